/// Writes orders as the workbook that somebody makes of an export: a title over the header, numbers and dates in cells of
/// their own kinds, empty cells left out, a hidden sheet in front.
struct WorkbookSample {
    private var random: Random
    private let columns: [String: Int]
    private var strings: [String: Int] = [:]
    private var stringXML = ""
    private var rows = ""
    private var rowNumber = 3

    init(seed: UInt64) {
        random = Random(seed: seed)
        let names = ExportSample.header.split(separator: ",").map(String.init)
        columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        rows =
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>2026年11月11日 订单</t></is></c><c r=\"B1\"/><c r=\"C1\"/></row>"
        rows += "<row r=\"3\" spans=\"1:\(names.count)\">"
        for (column, name) in names.enumerated() { rows += shared(column, 3, name) }
        rows += "</row>"
    }

    mutating func append(_ order: SampleOrder) {
        for row in order.rows {
            rowNumber += 1
            var cells: [(Int, String)] = []
            func set(_ name: String, _ make: (Int) -> String) {
                if let column = columns[name] { cells.append((column, make(column))) }
            }
            let number = rowNumber
            set("主订单编号") { shared($0, number, order.id) }
            set("子订单编号") { inline($0, number, row.id) }
            set("选购商品") { title($0, number, row.product.title) }
            set("商品数量") { "<c r=\"\(reference($0, number))\"><v>\(row.quantity)</v></c>" }
            set("订单提交时间") { moment($0, number, order.orderedAt) }
            if let paid = order.paidAt { set("支付完成时间") { moment($0, number, paid) } }
            if let completed = order.completedAt { set("订单完成时间") { moment($0, number, completed) } }
            set("买家留言") { shared($0, number, "-") }
            set("订单状态") { shared($0, number, row.isRefunded ? "已关闭" : status(order)) }
            set("售后状态") { shared($0, number, row.isRefunded ? "退款成功" : "-") }
            if let shipped = order.shippedAt { set("发货时间") { moment($0, number, shipped) } }
            set("订单应付金额") { "<c r=\"\(reference($0, number))\" s=\"2\"><v>\(yuan(row.fen))</v></c>" }
            set("收件人") { shared($0, number, random.pick(Catalogue.surnames) + "**") }
            set("收件人手机号") { shared($0, number, "$$" + Catalogue.cipher(&random, length: 8) + "*$1$$") }
            set("省") { shared($0, number, order.town.province) }
            set("市") { shared($0, number, order.town.city) }
            set("区") { shared($0, number, order.town.district) }
            set("流量体裁") { shared($0, number, order.channel) }
            cells.sort { $0.0 < $1.0 }
            rows += "<row r=\"\(number)\">" + cells.map(\.1).joined() + "</row>"
        }
    }

    func make() -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        func relations(_ targets: [(String, String)]) -> String {
            let list = targets.enumerated().map {
                "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/\($1.0)\" Target=\"\($1.1)\"/>"
            }
            return declaration
                + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + list.joined() + "</Relationships>"
        }
        var zip = ZipWriter()
        let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        zip.append(
            "[Content_Types].xml",
            declaration + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(types).sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"\(types).worksheet+xml\"/>"
                + "<Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"\(types).worksheet+xml\"/>"
                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(types).styles+xml\"/>"
                + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"\(types).sharedStrings+xml\"/></Types>")
        zip.append("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
        zip.append(
            "xl/workbook.xml",
            declaration + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
                + "<sheet name=\"参数\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>"
                + "<sheet name=\"订单\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>")
        zip.append(
            "xl/_rels/workbook.xml.rels",
            relations([
                ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"),
                ("styles", "styles.xml"), ("sharedStrings", "/xl/sharedStrings.xml"),
            ]))
        zip.append(
            "xl/worksheets/sheet1.xml",
            declaration
                + "<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>"
                + "</worksheet>")
        zip.append(
            "xl/worksheets/sheet2.xml",
            declaration
                + "<worksheet xmlns=\"\(main)\"><dimension ref=\"A1:BW\(rowNumber)\"/><sheetData>\(rows)</sheetData>"
                + "<mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells></worksheet>")
        zip.append(
            "xl/styles.xml",
            declaration + "<styleSheet xmlns=\"\(main)\"><numFmts count=\"1\">"
                + "<numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ hh:mm:ss\"/></numFmts>"
                + "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"3\">"
                + "<xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"4\"/></cellXfs></styleSheet>")
        zip.append(
            "xl/sharedStrings.xml",
            declaration + "<sst xmlns=\"\(main)\" uniqueCount=\"\(strings.count)\">\(stringXML)</sst>")
        return zip.finish()
    }

    // MARK: Cells

    private func reference(_ column: Int, _ row: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            letters = String(Character(Unicode.Scalar(UInt8(65 + (rest - 1) % 26)))) + letters
            rest = (rest - 1) / 26
        }
        return letters + String(row)
    }

    private mutating func shared(_ column: Int, _ row: Int, _ text: String) -> String {
        let number = strings[text] ?? strings.count
        if number == strings.count {
            strings[text] = number
            stringXML += "<si><t>\(escaped(text))</t></si>"
        }
        return "<c r=\"\(reference(column, row))\" t=\"s\"><v>\(number)</v></c>"
    }

    private func inline(_ column: Int, _ row: Int, _ text: String) -> String {
        "<c r=\"\(reference(column, row))\" t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
    }

    /// Titles in two runs, with a phonetic guide that is not part of them.
    private mutating func title(_ column: Int, _ row: Int, _ text: String) -> String {
        if random.chance(80) { return shared(column, row, text) }
        let parts = [String(text.prefix(3)), String(text.dropFirst(3))]
        let runs = parts.map { "<r><rPr><b/></rPr><t xml:space=\"preserve\">\(escaped($0))</t></r>" }
        return "<c r=\"\(reference(column, row))\" t=\"inlineStr\"><is>\(runs.joined())"
            + "<rPh sb=\"0\" eb=\"1\"><t>ヨミ</t></rPh></is></c>"
    }

    /// A serial number of days since 30 December 1899, in the digits that Excel writes.
    private func moment(_ column: Int, _ row: Int, _ second: Int) -> String {
        let day = 46_337 + second / 86_400
        let fraction = (second % 86_400) * 10_000_000_000 / 864
        let digits = String(fraction).leftPadded(12)
        return "<c r=\"\(reference(column, row))\" s=\"1\"><v>\(day).\(digits.prefix(10))</v></c>"
    }

    /// `28.9`, and now and then what a sum of such numbers is in binary.
    private mutating func yuan(_ fen: Int) -> String {
        if fen % 10 != 0, fen % 100 > 10, fen < 100_000, random.chance(10) {
            return "\(fen / 100)." + String(fen % 100 - 1).leftPadded(2) + String(repeating: "9", count: 13)
        }
        return "\(fen / 100)." + String(fen % 100).leftPadded(2)
    }

    private func status(_ order: SampleOrder) -> String {
        switch order.fate {
        case .open: "待发货"
        case .shipped: "已发货"
        case .completed: "已完成"
        case .unpaid: "待支付"
        case .cancelled, .closedAfterPayment: "已关闭"
        }
    }

    /// Some characters as numbers, as some programs write all of Chinese.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "杯", "毯": result += "&#\(scalar.value);"
            case "椅": result += "&#x\(String(scalar.value, radix: 16));"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
