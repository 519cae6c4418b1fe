import Orders

/// libFuzzer's entry: any bytes as a shop's CSV export.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzOrderCSV(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
