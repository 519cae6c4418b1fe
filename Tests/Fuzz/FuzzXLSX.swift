import Orders

/// libFuzzer's entry: any bytes as the sheet, the shared strings and the styles of a workbook.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    fuzzWorkbook(UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}
