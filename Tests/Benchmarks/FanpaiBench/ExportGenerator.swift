import Glibc

/// Writes made-up exports of any size: 75 columns, 600 to 900 bytes a row, a quarter of the orders with two rows.
struct ExportGenerator {
    let orders: Int
    let form: OrdersBenchmark.Form

    /// The columns of a recent Doudian export that are read; the rest are named after it.
    private static let named: [(Int, String)] = [
        (0, "主订单编号"), (1, "子订单编号"), (2, "支付方式"), (3, "选购商品"), (7, "商品数量"), (8, "商品金额"), (9, "订单提交时间"),
        (10, "支付完成时间"), (11, "订单完成时间"), (18, "订单状态"), (20, "售后状态"), (22, "发货时间"), (27, "订单应付金额"), (41, "收件人"),
        (42, "收件人手机号"), (43, "省"), (44, "市"), (45, "区"), (47, "详细地址"), (62, "流量体裁"),
    ]
    private static let width = 75
    private static let towns = ["浙江省,杭州市,西湖区", "广东省,深圳市,南山区", "四川省,成都市,武侯区", "北京市,北京市,朝阳区", "湖北省,武汉市,洪山区"]
    private static let products = [
        "轻薄羽绒服 90白鸭绒 男女同款", "手冲咖啡豆 云南小粒 227g 新鲜烘焙", "云朵抱枕 可拆洗 45cm 客厅沙发", "儿童积木套装 1000粒 收纳桶装",
        "人体工学椅 旗舰款 可躺 带脚托",
    ]

    /// Writes the file and says how many rows and bytes it has.
    func write(to path: String) throws -> (rows: Int, bytes: Int) {
        if form == .xlsx { return try writeWorkbook(to: path) }
        guard let file = fopen(path, "wb") else { throw Child.Failure(description: "cannot create \(path)") }
        defer { fclose(file) }
        var block: [UInt8] = []
        var (rows, bytes) = (0, 0)
        func flush() throws {
            // A block ends between characters, so that it may be encoded on its own.
            let encoded = form == .utf8 ? block : try GB18030.encoded(block)
            bytes += encoded.count
            guard fwrite(encoded, 1, encoded.count, file) == encoded.count else {
                throw Child.Failure(description: "cannot write \(path)")
            }
            block.removeAll(keepingCapacity: true)
        }
        var header = (0..<Self.width).map { "其他字段\($0)" }
        for (column, name) in Self.named { header[column] = name }
        block += Array((header.joined(separator: ",") + "\r\n").utf8)
        let templates = Self.rows()
        for order in 0..<orders {
            let rowCount = order % 4 == 0 ? 2 : 1
            for row in 0..<rowCount {
                Self.append(templates[(order * 7 + row) % templates.count], order: order, row: row, to: &block)
                rows += 1
            }
            if block.count > 1 << 20 { try flush() }
        }
        try flush()
        return (rows, bytes)
    }

    /// The same rows as a workbook with inline strings.
    private func writeWorkbook(to path: String) throws -> (rows: Int, bytes: Int) {
        let sheet = path + ".xml"
        guard let file = fopen(sheet, "wb") else { throw Child.Failure(description: "cannot create \(sheet)") }
        var block = Array(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                .utf8)
        var (rows, bytes) = (0, 0)
        func flush() throws {
            bytes += block.count
            guard fwrite(block, 1, block.count, file) == block.count else {
                throw Child.Failure(description: "cannot write \(sheet)")
            }
            block.removeAll(keepingCapacity: true)
        }
        let columns = (0..<Self.width).map {
            $0 < 26 ? Self.letter($0) : Self.letter($0 / 26 - 1) + Self.letter($0 % 26)
        }
        var header = (0..<Self.width).map { "其他字段\($0)" }
        for (column, name) in Self.named { header[column] = name }
        func row(_ cells: [String], _ number: Int) -> [UInt8] {
            var text = "<row r=\"\(number)\">"
            for (column, cell) in zip(columns, cells) {
                let value = cell.filter { $0 != "\"" && $0 != "\t" }
                text += "<c r=\"\(column)\(number)\" t=\"inlineStr\"><is><t>\(value)</t></is></c>"
            }
            return Array((text + "</row>").utf8)
        }
        block += row(header, 1)
        // References in the cells of the body are left out, as many writers do: they follow from the order.
        let templates = Self.rows().map { bytes -> [UInt8] in
            let cells = String(decoding: bytes.dropLast(2), as: UTF8.self).split(
                separator: ",", omittingEmptySubsequences: false)
            var text = "<row>"
            for cell in cells {
                text += "<c t=\"inlineStr\"><is><t>\(cell.filter { $0 != "\"" && $0 != "\t" })</t></is></c>"
            }
            return Array((text + "</row>").utf8)
        }
        for order in 0..<orders {
            for number in 0..<(order % 4 == 0 ? 2 : 1) {
                Self.append(templates[(order * 7 + number) % templates.count], order: order, row: number, to: &block)
                rows += 1
            }
            if block.count > 1 << 20 { try flush() }
        }
        block += Array("</sheetData></worksheet>".utf8)
        try flush()
        fclose(file)
        try WorkbookWriter.write(sheet: sheet, to: path)
        return (rows, bytes)
    }

    private static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(65 + index))) }

    /// Rows with `I` and `J` where the ids go and `S` where the second of the day goes (control characters, to be found quickly).
    private static func rows() -> [[UInt8]] {
        (0..<60).map { number in
            var cells = [String](repeating: "-", count: width)
            func set(_ column: Int, _ value: String) { cells[column] = value }
            set(0, "\"\t\u{1}\"")
            set(1, "\"\t\u{2}\"")
            set(2, "抖音支付")
            set(3, "\"\t\(products[number % products.count])\"")
            set(4, "HH-\(number)-2026-规格:均码;颜色:雾霾蓝")
            set(5, "\"\t37\(10_000_000_000_000_000 + number * 7_919)\"")
            set(6, "\"\tSKU-\(number)\"")
            set(7, "\(1 + number % 3)")
            set(8, "\(59 + number).90")
            for column in [9, 10] { set(column, "2026-11-11 \u{3}") }
            set(11, number % 3 == 0 ? "2026-11-19 \u{3}" : "-")
            for column in [12, 70] { set(column, "2026-11-13 \u{3}") }
            set(16, number % 20 == 0 ? "\"客户要求尽快发货，谢谢\"" : "-")
            set(17, "抖音")
            set(18, number % 11 == 0 ? "已关闭" : number % 3 == 0 ? "已完成" : "已发货")
            set(20, number % 11 == 0 ? "退款成功" : "-")
            set(21, "普通订单")
            set(22, "2026-11-12 \u{3}")
            set(27, "\(57 + number).90")
            for column in [28, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40] { set(column, "0.00") }
            set(29, "2.00")
            set(41, "##qTn8xK2LpQ==*mV7wBz*#1##")
            set(42, "$$Qf2nXa9KdLw==*T8bNc*$1$$")
            for (offset, part) in towns[number % towns.count].split(separator: ",").enumerated() {
                set(43 + offset, String(part))
            }
            set(46, "某某街道")
            set(47, "##uVb3kPz0RtYq7wLmNcXs5DfGhJk2QaZe==*aB1cD2*#1##")
            set(48, "否")
            set(49, "极兔速递-JT\(3_000_000_000_000 + number)")
            set(62, ["直播", "短视频", "商品卡", "其他"][number % 4])
            set(63, "推荐feed")
            set(64, "某某旗舰店官方直播间-品牌自播-\(number)")
            return Array((cells.joined(separator: ",") + "\r\n").utf8)
        }
    }

    private static func append(_ row: [UInt8], order: Int, row number: Int, to block: inout [UInt8]) {
        // 19 digits in the reserved range, unlike any shop's.
        let id = 9_900_000_000_000_000_000 as UInt64 + UInt64(order) * 1_048_573
        let second = (order * 7_919) % 86_400
        for byte in row {
            switch byte {
            case 1: block.append(contentsOf: String(id).utf8)
            case 2: block.append(contentsOf: String(id + UInt64(number)).utf8)
            case 3:
                for (position, part) in [second / 3600, second / 60 % 60, second % 60].enumerated() {
                    if position > 0 { block.append(UInt8(ascii: ":")) }
                    block.append(UInt8(ascii: "0") + UInt8(part / 10))
                    block.append(UInt8(ascii: "0") + UInt8(part % 10))
                }
            default: block.append(byte)
            }
        }
    }
}

/// Text as GB18030, by the C library.
private enum GB18030 {
    static func encoded(_ text: [UInt8]) throws -> [UInt8] {
        let opened = iconv_open("GB18030", "UTF-8")
        guard let opened, Int(bitPattern: opened) != -1 else {
            throw Child.Failure(description: "this system cannot encode GB18030")
        }
        defer { iconv_close(opened) }
        var input = text
        var output = [UInt8](repeating: 0, count: text.count * 2 + 16)
        let made: Int? = input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = source.count
                var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var toLeft = target.count
                _ = iconv(opened, &from, &fromLeft, &to, &toLeft)
                return fromLeft == 0 ? target.count - toLeft : nil
            }
        }
        guard let made else { throw Child.Failure(description: "a text has no GB18030 form") }
        return Array(output[0..<made])
    }
}
