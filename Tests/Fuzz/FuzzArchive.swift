import Orders

/// libFuzzer's entry: any bytes as a ZIP archive or a gzip file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzArchive(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
