import Orders

/// libFuzzer's entry: any bytes as platform JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzPlatformJSON(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
