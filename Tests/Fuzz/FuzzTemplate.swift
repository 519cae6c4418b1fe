import Motion

/// libFuzzer's entry: any bytes as a template.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzTemplate(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
