import Orders
import Testing

/// FACTS §1.4, the parser checklist: one test a quirk, on an export as small as it can be.
@Suite struct QuirkTests {
    private let header = "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,支付完成时间,订单状态,售后状态"

    /// The paid events of one row after the usual header, with some cells replaced.
    private func paid(_ change: [Int: String], header: String? = nil) throws -> OrderEvent {
        var cells = ["9900000000000000001", "9900000000000000001", "p", "1", "1.00", "2026-11-11 20:00:03", "已发货", "-"]
        for (column, text) in change { cells[column] = text }
        let orders = try decode(export([cells.joined(separator: ",")], header: header ?? self.header))
        return try #require((0..<orders.feed.count).map { orders.feed[$0] }.first { $0.kind == .paid })
    }

    private func count(_ text: String) throws -> Int { try decode(text).summary.orders }

    private let row = "9900000000000000001,9900000000000000001,p,1,1.00,2026-11-11 20:00:03,已发货,-"

    @Test func byteOrderMarkInTheFirstHeader() throws {
        #expect(try count("\u{FEFF}" + export([row])) == 1)
        #expect(try count("\u{FEFF}\"\u{FEFF}主订单编号\"" + export([row]).dropFirst(5)) == 1)
    }

    @Test(arguments: [UInt8(0xFF), 0xFE])
    func utf16OfBothKinds(_ mark: UInt8) throws {
        let text = export([row.replacing(",p,", with: ",𠮷野é,")]).replacing(",", with: "\t")
        var bytes: [UInt8] = mark == 0xFF ? [0xFF, 0xFE] : [0xFE, 0xFF]
        for unit in text.utf16 {
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            bytes += mark == 0xFF ? pair.reversed() : pair
        }
        let orders = try decoder.decode(bytes: bytes)
        #expect(orders.summary.encoding == .utf16 && orders.feed[0].product == "𠮷野é")
        #expect(failure(Array(bytes.dropLast()))?.what.contains("UTF-16") == true)
    }

    @Test(arguments: [false, true])
    func utf16WithoutItsMarkIsNamed(_ isBigEndian: Bool) throws {
        let bytes = export([row]).utf16.flatMap {
            let pair = [UInt8($0 >> 8), UInt8($0 & 0xFF)]
            return isBigEndian ? pair : pair.reversed()
        }
        let error = try #require(failure(bytes))
        #expect(error.what.contains("UTF-16 without a byte order mark") && error.remedy.contains("CSV UTF-8"))
        #expect(failure([0, 1, 0, 0, 0, 2, 0, 0, 0, 3])?.what.contains("UTF-16") == false)
    }

    @Test(arguments: [
        "<table border=1><tr>", "<?xml version=\"1.0\"?><Workbook>", "\u{FEFF}\n<HTML>", "<!doctype html>",
    ])
    func tablesSavedAsWebPagesAreNamed(_ text: String) throws {
        let error = try #require(failure(text))
        #expect(error.what.contains("web page") && error.remedy.contains("save it as XLSX or “CSV UTF-8”"))
    }

    @Test(arguments: [",", "\t", ";"])
    func delimiters(_ delimiter: String) throws {
        #expect(try count(export([row]).replacing(",", with: delimiter)) == 1)
    }

    @Test func delimitersAreToldByTheHeader() throws {
        // A title with more commas than the row has tabs.
        let text = export([row]).replacing(",", with: "\t").replacing("\tp\t", with: "\ta,b,c,d,e,f,g,h,i,j,k\t")
        #expect(try decode("sep=\t\n" + text).feed[0].product == "a,b,c,d,e,f,g,h,i,j,k")
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        #expect(try count(export([row]).replacing("\n", with: end)) == 1)
    }

    @Test func quotedNewlinesAndCommas() throws {
        #expect(try paid([2: "\"a\r\nb, \"\"c\"\"\""]).product == "a\r\nb, \"c\"")
    }

    @Test(
        arguments: [
            "\"\tX\"", "'X", "`X", "=\"X\"", "\"=\"\"X\"\"\"", "\u{200B}X\u{200B}", "\u{A0}X\u{A0}", "\u{3000}X ",
            "\u{FEFF}X\u{2060}", " X  ", "''X",
        ])
    func wrappedCells(_ form: String) throws {
        let id = "9900000000000000007"
        #expect(try paid([2: form.replacing("X", with: "袋")]).product == "袋")
        #expect(try paid([0: form.replacing("X", with: id)]).order == ProjectKey.demo.pseudonym(of: id))
        #expect(try paid([4: form.replacing("X", with: "28.90")]).amount == 2890)
        #expect(try paid([5: form.replacing("X", with: "2026-11-11 08:00:00")]).at == instant("2026-11-11 08:00"))
    }

    @Test(arguments: ["-", "--", "", "null", "NULL", "NA", "N/A", "0000-00-00", "0000-00-00 00:00:00", "\t-", "0"])
    func nothing(_ form: String) throws {
        let text = export(
            [row, "9900000000000000002,2,p,1,1.00,\"\(form)\",待支付,\"\(form == "0" ? "" : form)\""])
        #expect(try decode(text).summary.unpaidRows == 1)
    }

    @Test func spacesBehindHeadersAndTwins() throws {
        let wide = header.replacing(",", with: " ,") + "\t,商家编码,商家编码"
        #expect(try count(export([row + ",a,b"], header: wide)) == 1)
    }

    @Test func headerBelowOtherRows() throws {
        for above in 0...9 {
            #expect(try count(String(repeating: "导出时间：今天,\n", count: above) + export([row])) == 1)
        }
        let error = try #require(failure(String(repeating: "x,\n", count: 10) + export([row])))
        #expect(error.what.contains("first 10 rows") && error.remedy.contains("--map"))
    }

    @Test func descriptionAndTotalRows() throws {
        let text = export([
            "平台主订单号,子订单号,商品标题,件数,应付金额（元）,支付时间,状态,售后", row, "合计,,,1,1.00,,,", "总计：,,,1,1.00,,,", ",,,,,,,",
        ])
        let orders = try decode(text)
        #expect(orders.summary.rows == 1 && orders.warnings.count == 2)
        #expect(orders.warnings.contains { $0.contains("row 2 describes") })
        #expect(orders.warnings.contains { $0.contains("2 rows of totals") })
        // Only the first row may describe; a row with a figure where figures are is none.
        #expect(failure(export([row, "平台主订单号,子订单号,商品标题,件数,应付金额（元）,支付时间,状态,售后"]))?.problems.first?.row == 3)
        #expect(failure(export(["平台 主订单号,x,p,1,1.00,2026-11-11 20:00:03,已发货,-", row]))?.problems.first?.row == 2)
    }

    @Test(
        arguments: [
            ("28.90", 2890), ("28.9", 2890), ("28", 2800), ("28.9000", 2890), ("\"1,299.00\"", 129_900),
            ("1，299.00", 129_900),
            ("￥5", 500), ("¥5.5", 550), ("5元", 500), ("¥ 5.00 元", 500), ("1.2万", 1_200_000), ("1.2万元", 1_200_000),
            ("0.012345万", 12345), ("0", 0), ("0.00", 0),
        ] as [(String, Int64)])
    func money(_ text: String, _ fen: Int64) throws {
        #expect(try paid([4: text]).amount == fen)
    }

    @Test(arguments: ["0.0000001万", "1.2.3", "1,2", "-5", "5美元", "1e3", "1亿", "=1+1", "99999999999万"])
    func notMoney(_ text: String) {
        #expect(failure(export([row.replacing(",1.00,", with: ",\"\(text)\",")]))?.problems.first?.column == "订单应付金额")
    }

    @Test func negativeRefunds() throws {
        let header = header + ",退款金额"
        func decoded(_ refund: String, _ afterSale: String = "-") throws -> DecodedOrders {
            try decode(export([row.replacing("已发货,-", with: "已发货,\(afterSale),\(refund)")], header: header))
        }
        for (refund, afterSale, net, gross) in [
            ("-1.00", "-", 0, 100), ("1.00", "-", 0, 100), ("-0.40", "-", 60, 60), ("0.40", "退款成功", 60, 60),
            ("0.40", "售后处理中", 100, 100), ("0.00", "-", 100, 100), ("0.00", "退款成功", 0, 100), ("-", "-", 100, 100),
        ] as [(String, String, Int64, Int64)] {
            let orders = try decoded(refund, afterSale)
            let statistics = PeriodStatistics(of: orders.feed, counting: .net)
            #expect(statistics.revenue.value == net && statistics.grossRevenue.value == gross, "\(refund) \(afterSale)")
            #expect(orders.summary.partlyRefundedRows == (net == 60 ? 1 : 0) && orders.warnings.isEmpty == (net != 60))
        }
        #expect(failure(export([row + ",--5"], header: header))?.problems.first?.column == "退款金额")
    }

    @Test(
        arguments: [
            ("2026-11-11 20:00:03", "2026-11-11 20:00:03"), ("2026/11/11 20:00", "2026-11-11 20:00:00"),
            ("2026/9/2 0:54", "2026-09-02 00:54:00"), ("2026-11-11 24:00", "2026-11-12 00:00:00"),
            ("2026-11-11 24:00:00", "2026-11-12 00:00:00"), ("2026-11-11T12:00:03Z", "2026-11-11 20:00:03"),
            ("2026-11-11T12:00:03.250+00:00", "2026-11-11 20:00:03"),
            ("2026-11-11 12:00:03 +0000", "2026-11-11 20:00:03"),
            ("1794398403", "2026-11-11 20:00:03"), ("1794398403000", "2026-11-11 20:00:03"),
            ("20261111200003", "2026-11-11 20:00:03"), ("46337.83336805556", "2026-11-11 20:00:03"),
            ("46337", "2026-11-11 00:00:00"), ("46337.5", "2026-11-11 12:00:00"),
            ("46337.999994", "2026-11-11 23:59:59"),
            ("31/12/2026 20:00:03", "2026-12-31 20:00:03"), ("12/31/2026 8:00:03 PM", "2026-12-31 20:00:03"),
            ("12/31/2026 12:30 AM", "2026-12-31 00:30:00"), ("31.12.2026 00:30", "2026-12-31 00:30:00"),
            ("11/11/2026 20:00", "2026-11-11 20:00:00"),
        ])
    func times(_ text: String, _ expected: String) throws {
        #expect(try paid([5: text]).at.text == expected)
    }

    @Test(
        arguments: [
            "2026-11-11", "11/12/26 20:00", "179439840", "17943984030", "46337.", "4633.5", "99999.5", "46337.5.1",
            "2026-13-01 00:00:00",
            "13/13/2026 20:00", "12/31/2026 13:00 PM", "20261311200003", "今天",
        ])
    func notTimes(_ text: String) {
        #expect(failure(export([row.replacing("2026-11-11 20:00:03", with: text)]))?.problems.first?.column == "支付完成时间")
    }

    @Test func datesThatEndWithTheYear() throws {
        func text(_ dates: [String]) -> String {
            export(dates.enumerated().map { "99000000000000000\($0 + 10),\($0),p,1,1.00,\($1),已发货,-" })
        }
        // One date settles the file, wherever it stands.
        let settled = text(["11/12/2026 20:00", "13/12/2026 20:00", "1/2/2026 08:00"])
        #expect(
            try decode(settled).feed.firstInstants == [
                "2026-02-01 08:00:00", "2026-12-11 20:00:00", "2026-12-13 20:00:00",
            ])
        #expect(
            try decode(text(["11/12/2026 20:00", "12/13/2026 20:00"])).feed.firstInstants == [
                "2026-11-12 20:00:00", "2026-12-13 20:00:00",
            ])
        let error = try #require(failure(text(["11/11/2026 20:00", "11/12/2026 20:00", "1/2/2026 08:00"])))
        #expect(error.remedy.contains("--date-order") && error.problems.first?.row == 3)
        for (order, expected) in [(DateOrder.dayFirst, "2026-12-11 20:00:00"), (.monthFirst, "2026-11-12 20:00:00")] {
            let decoder = OrderDecoder(options: .init(key: .demo, dateOrder: order))
            let orders = try decoder.decode(bytes: Array(text(["11/12/2026 20:00"]).utf8))
            #expect(orders.feed.firstInstants == [expected])
        }
        #expect(
            failure(text(["13/12/2026 20:00", "12/13/2026 20:00"]))?.problems.first?.shape.contains("other way") == true
        )
        let decoder = OrderDecoder(options: .init(key: .demo, dateOrder: .monthFirst))
        #expect(throws: OrdersError.self) { try decoder.decode(bytes: Array(settled.utf8)) }
    }

    @Test func lostTimesOfDayAreSaid() throws {
        let rows = (10..<13).map { "99000000000000000\($0),\($0),p,1,1.00,46337,已发货,-" }
        #expect(try decode(export(rows)).warnings.contains { $0.contains("midnight") })
    }

    @Test func datesAndTimesInColumnsOfTheirOwn() throws {
        func problem(_ header: String, _ cells: String) -> OrdersError.RowProblem? {
            let row = "9900000000000000001,p,1.00,\(cells)"
            return failure(export([row], header: "主订单编号,选购商品,订单应付金额," + header))?.problems.first
        }
        let time = try #require(problem("支付完成日期,支付完成时间", "2026-11-11,20:00:03"))
        #expect(time.column == "支付完成时间" && time.hint.contains("column 支付完成日期"), "\(time)")
        let date = try #require(problem("订单提交日期,订单提交时间,支付完成时间", "2026-11-11,20:00:03,2026/11/11"))
        #expect(date.column == "订单提交时间" && date.hint.contains("column 订单提交日期"), "\(date)")
        let alone = try #require(problem("支付完成时间,x", "2026/11/11,y"))
        #expect(alone.column == "支付完成时间" && alone.hint.hasPrefix("the time of day is missing"), "\(alone)")
        #expect(problem("支付完成时间,x", "今天,y")?.hint.hasPrefix("write times") == true)
    }

    @Test(arguments: ["6.93648E+18", "6.93648e18", "6.9E+18"])
    func scientificIDs(_ text: String) throws {
        for column in [0, 1] {
            var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells[column] = text
            let error = try #require(
                failure(export([row.replacing("1,9", with: "2,9"), cells.joined(separator: ",")])))
            #expect(error.problems.first?.row == 3 && error.problems.first?.column == (column == 0 ? "主订单编号" : "子订单编号"))
            #expect(error.problems.first?.hint.contains("Excel") == true)
        }
    }

    @Test func formulasAreText() throws {
        #expect(try paid([2: "=cmd|' /C calc'!A0"]).product == "=cmd|' /C calc'!A0")
        #expect(try paid([2: "\"=HYPERLINK(\"\"x\"\")\""]).product == "=HYPERLINK(\"x\")")
        #expect(failure(export([row.replacing("9900000000000000001,99", with: "=A1+1,99")]))?.problems.count == 1)
    }

    @Test func quantities() throws {
        #expect(try paid([3: "3件"]).quantity == 3)
        #expect(try paid([3: "2.00"]).quantity == 2)
        #expect(failure(export([row.replacing(",p,1,", with: ",p,-1,")]))?.problems.first?.column == "商品数量")
    }

    @Test func hugeCellsAndManyColumnsAreBounded() {
        let long = String(repeating: "长", count: 500)
        #expect(failure(export([row.replacing(",p,", with: ",\(long),")]))?.problems.first?.column == "选购商品")
        #expect(failure(export([row.replacing("已发货", with: long)]))?.problems.first?.column == "订单状态")
        #expect(failure(header + String(repeating: ",", count: 5_000_000))?.what.contains("columns") == true)
    }

    @Test func columnsThatSayTheSameMustAgree() throws {
        let two = "订单号,付款时间,实付款,支付金额"
        #expect(try count(export(["99000001,2026-11-11 20:00:03,1.00,1.00"], header: two)) == 1)
        let error = try #require(failure(export(["99000001,2026-11-11 20:00:03,1.00,2.00"], header: two)))
        #expect(
            error.problems.first?.shape.contains("支付金额") == true && error.problems.first?.hint.contains("--map") == true
        )
        let mapped = try decode(
            export(["99000001,2026-11-11 20:00:03,1.00,2.00"], header: two), map: [.amount: "支付金额"])
        #expect(mapped.feed[0].amount == 200)
    }
}

extension Feed {
    /// Times of the payments, in order.
    fileprivate var firstInstants: [String] {
        (0..<count).map { self[$0] }.filter { $0.kind == .paid }.map(\.at.text)
    }
}
