import Orders

/// libFuzzer's entry: any bytes as an order log.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzOrderLog(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
