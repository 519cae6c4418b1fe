import Glibc

/// A workbook of one sheet with inline strings, deflated as Excel does it: `gzip` makes the streams, this the archive around them.
struct WorkbookWriter {
    private var archive: [UInt8] = []
    private var directory: [UInt8] = []
    private var entries = 0

    /// Writes a workbook whose sheet lies at `sheet`, and removes that file.
    static func write(sheet: String, to path: String) throws {
        var writer = WorkbookWriter()
        let main = "http://schemas.openxmlformats.org"
        let office = "\(main)/officeDocument/2006/relationships"
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
        func relation(_ kind: String, _ target: String) -> String {
            head + "<Relationships xmlns=\"\(main)/package/2006/relationships\"><Relationship Id=\"rId1\" "
                + "Type=\"\(office)/\(kind)\" Target=\"\(target)\"/></Relationships>"
        }
        let parts = [
            (
                "[Content_Types].xml",
                head + "<Types xmlns=\"\(main)/package/2006/content-types\"><Default Extension=\"rels\" "
                    + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
            ),
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            (
                "xl/workbook.xml",
                head + "<workbook xmlns=\"\(main)/spreadsheetml/2006/main\" xmlns:r=\"\(office)\"><sheets>"
                    + "<sheet name=\"orders\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ), ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ]
        let scratch = sheet + ".part"
        for (name, text) in parts {
            try TextFile.write(Array(text.utf8), to: scratch)
            try writer.append(name, file: scratch)
        }
        try writer.append("xl/worksheets/sheet1.xml", file: sheet)
        try TextFile.write(writer.finish(), to: path)
    }

    /// Appends a file as a deflated entry (APPNOTE 6.3); the file is gone then.
    private mutating func append(_ name: String, file: String) throws {
        _ = try Child(["/bin/gzip", "-n", "-f", file])
        let stream = TextFile.bytes(file + ".gz")
        TextFile.remove(file + ".gz")
        // RFC 1952: ten bytes before the deflated data; its CRC and length after it.
        guard stream.count > 18 else { throw Child.Failure(description: "gzip made nothing of \(name)") }
        let (data, check) = (stream[10..<(stream.count - 8)], stream.suffix(8))
        let shared =
            little(20, 2) + little(0x800, 2) + little(8, 2) + little(0, 4) + check.prefix(4) + little(data.count, 4)
            + check.suffix(4) + little(name.utf8.count, 2) + little(0, 2)
        directory += [0x50, 0x4B, 1, 2, 20, 0] + shared + little(0, 10) + little(archive.count, 4) + name.utf8
        archive += [0x50, 0x4B, 3, 4] + shared + name.utf8 + data
        entries += 1
    }

    private func finish() -> [UInt8] {
        let end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        return archive + directory + end + little(entries, 2) + little(entries, 2) + little(directory.count, 4)
            + little(archive.count, 4) + little(0, 2)
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
