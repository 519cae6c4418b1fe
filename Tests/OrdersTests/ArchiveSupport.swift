import CArchive
import Glibc
import SampleMaker
import Testing

/// A ZIP archive of stored entries.
func zip(_ files: [(String, [UInt8])]) -> [UInt8] {
    var writer = ZipWriter()
    for (name, bytes) in files { writer.append(name: Array(name.utf8), isMarkedUTF8: true, bytes) }
    return writer.finish()
}

/// A ZIP archive as libarchive packs it, or a gzip file of one entry.
func packed(_ files: [(String, [UInt8])], password: String? = nil, gzip: Bool = false) throws -> [UInt8] {
    let handle = try #require(archive_write_new())
    defer { archive_write_free(handle) }
    if gzip {
        archive_write_add_filter_gzip(handle)
        archive_write_set_format_raw(handle)
    } else {
        archive_write_set_format_zip(handle)
    }
    if let password {
        archive_write_set_options(handle, "zip:encryption=traditional")
        archive_write_set_passphrase(handle, password)
    }
    let room = files.reduce(4096) { $0 + $1.1.count + 1024 }
    let output = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)
    defer { output.deallocate() }
    var used = 0
    try #require(archive_write_open_memory(handle, output, room, &used) == ARCHIVE_OK)
    for (name, bytes) in files {
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
        archive_entry_set_perm(entry, 0o600)
        archive_entry_set_size(entry, Int64(bytes.count))
        try #require(archive_write_header(handle, entry) == ARCHIVE_OK)
        try #require(archive_write_data(handle, bytes, bytes.count) == bytes.count)
    }
    try #require(archive_write_close(handle) == ARCHIVE_OK)
    return Array(UnsafeRawBufferPointer(start: output, count: used))
}

/// A workbook with the given parts of its own; sheets are `worksheets/sheetN.xml` in order.
struct WorkbookMaker {
    var sheets: [(name: String, state: String, xml: String)] = []
    var strings: String?
    var styles: String?
    var properties = ""
    var stringsFirst = false

    /// Wraps rows into a sheet.
    static func sheet(_ rows: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"m\"><sheetData>\(rows)</sheetData></worksheet>"
    }

    /// A header and rows of plain text cells, header in the given row.
    static func table(_ rows: [[String]], from first: Int = 1) -> String {
        rows.enumerated().map { number, cells in
            "<row r=\"\(first + number)\">"
                + cells.map { $0.hasPrefix("<c") ? $0 : "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
                + "</row>"
        }.joined()
    }

    var files: [(String, [UInt8])] {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        var relations = sheets.indices.map {
            "<Relationship Id=\"r\($0)\" Type=\"\(type)worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }
        let list = sheets.indices.map {
            "<sheet name=\"\(sheets[$0].name)\" sheetId=\"\($0 + 1)\" \(sheets[$0].state) r:id=\"r\($0)\"/>"
        }
        var files: [(String, String)] = [
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"a\" Type=\"\(type)officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
            ),
            ("xl/workbook.xml", "<workbook xmlns:r=\"r\">\(properties)<sheets>\(list.joined())</sheets></workbook>"),
        ]
        for index in sheets.indices { files.append(("xl/worksheets/sheet\(index).xml", sheets[index].xml)) }
        if let strings {
            relations.append("<Relationship Id=\"s\" Type=\"\(type)sharedStrings\" Target=\"sharedStrings.xml\"/>")
            files.insert(("xl/sharedStrings.xml", strings), at: stringsFirst ? 0 : files.count)
        }
        if let styles {
            relations.append("<Relationship Id=\"t\" Type=\"\(type)styles\" Target=\"styles.xml\"/>")
            files.append(("xl/styles.xml", styles))
        }
        files.append(("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>"))
        return files.map { ($0.0, Array($0.1.utf8)) }
    }
}

let orderHeader = ["主订单编号", "子订单编号", "选购商品", "商品数量", "订单应付金额", "支付完成时间", "订单状态", "售后状态"]

/// A workbook of one sheet.
func workbook(_ rows: [[String]], styles: String? = nil, properties: String = "") -> [UInt8] {
    var maker = WorkbookMaker()
    maker.sheets = [("订单", "", WorkbookMaker.sheet(WorkbookMaker.table([orderHeader] + rows)))]
    maker.styles = styles
    maker.properties = properties
    return zip(maker.files)
}
