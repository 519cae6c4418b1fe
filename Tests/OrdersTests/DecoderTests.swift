import Orders
import Testing

@Suite struct DecoderTests {
    @Test func quirksOfCells() throws {
        let header = "\u{FEFF}\"主订单编号 \",\"\t子订单编号\",选购商品,商品数量(件),订单应付金额（元）,支付完成时间,订单状态,售后状态,商家编码,商家编码,买家留言"
        let text = export(
            [
                "\"\t9900000000000000001\",'9900000000000000001,\"a \"\"b\"\", c\",1,\"1,299.00\",2026-11-11 20:00:03,已发货,-,x,y,\"two\nlines\"\r",
                "\"=\"\"9900000000000000002\"\"\",=\"9900000000000000002\",\u{A0}\u{200B}d ,2,￥28.90元,2026/11/11 9:05,待发货,\"同意退款，退款成功\",x,y,",
                "`9900000000000000003,9900000000000000003,e,3.0,¥5,2026-11-11 24:00,已完成,--,x,y,null",
                "", "9900000000000000004,9900000000000000004,f,1,3.00,-,已关闭,-,x,y,-", "合计,,,,36.90,,,,,,",
            ], header: header)
        let orders = try decode(text)
        #expect(orders.summary.rows == 4 && orders.summary.unpaidRows == 1 && orders.summary.dimension == .orders)
        #expect(orders.feed.isSynthetic && orders.knowsRefunds)
        let paid = (0..<orders.feed.count).map { orders.feed[$0] }.filter { $0.kind == .paid }
        #expect(paid.map(\.product) == ["d", "a \"b\", c", "e"])
        #expect(paid.map(\.amount) == [2890, 129_900, 500])
        #expect(paid.map(\.quantity) == [2, 1, 3])
        #expect(paid.map(\.at.text) == ["2026-11-11 09:05:00", "2026-11-11 20:00:03", "2026-11-12 00:00:00"])
        #expect(MeasureSeries(.orders, of: orders.feed, counting: .net).last == 2)
        #expect(orders.standardCounting == .net)
    }

    @Test func partlyRefundedThreeRowOrderOfAFile() throws {
        let rows = (0..<3).map {
            "9900000000000000001,99000000000000001\($0),p,\($0 + 1),\($0 + 1)0.00,2026-11-11 12:00:00,已发货,\($0 == 1 ? "退款成功" : "-")"
        }
        let orders = try decode(
            export(rows + ["9900000000000000001,9900000000000000014,【赠品】袋,1,0.00,2026-11-11 12:00:00,已发货,-"]))
        let statistics = PeriodStatistics(of: orders.feed, period: try Period("2026-11-11"), counting: .net)
        #expect(statistics.orders.value == 1 && statistics.items.value == 4 && statistics.revenue.value == 4000)
        #expect(statistics.refundedOrders.value == 1 && statistics.refundedAmount.value == 2000)
        #expect(statistics.gifts == 1 && statistics.rows == 4 && orders.summary.dimension == .items)
        #expect(statistics.grossRevenue.value == 6000 && statistics.averageOrderValue.value == 4000)
    }

    @Test(
        arguments: [
            ("6.93648E+18,1,p,1,1.00,2026-11-11 12:00:00,已发货,-", "主订单编号", "scientific"),
            (",1,p,1,1.00,2026-11-11 12:00:00,已发货,-", "主订单编号", "empty"),
            ("990000001,1,p,0,1.00,2026-11-11 12:00:00,已发货,-", "商品数量", "1 digits"),
            ("990000001,1,p,1.5,1.00,2026-11-11 12:00:00,已发货,-", "商品数量", "3 digits and signs"),
            ("990000001,1,p,1,-1.00,2026-11-11 12:00:00,已发货,-", "订单应付金额", "5 digits and signs"),
            ("990000001,1,p,1,\"28,90\",2026-11-11 12:00:00,已发货,-", "订单应付金额", "5 digits and signs"),
            ("990000001,1,p,1,1.005,2026-11-11 12:00:00,已发货,-", "订单应付金额", "5 digits and signs"),
            ("990000001,1,p,1,99999999999999999999,2026-11-11 12:00:00,已发货,-", "订单应付金额", "20 digits"),
            ("990000001,1,p,1,槐荫巷三号,2026-11-11 12:00:00,已发货,-", "订单应付金额", "text of 5 characters"),
            ("990000001,1,p,1,1.00,16337.5,已发货,-", "支付完成时间", "7 digits and signs"),
            ("990000001,1,p,1,1.00,2026-02-30 12:00:00,已发货,-", "支付完成时间", "19 digits and signs"),
            ("990000001,1,p,1,1.00,2026-11-11 12:00:00,发明状态,-", "订单状态", "text of 4 characters"),
            ("990000001,1,p,1,1.00,2026-11-11 12:00:00,已发货,未知词", "售后状态", "text of 3 characters"),
            ("990000001,1,p,1,1.00,2026-11-11 12:00:00,待支付,-", "订单状态", "unpaid"),
            ("990000001,1,p,1,1.00", nil, "5 cells"),
            ("990000001,\"1\"x,p,1,1.00,2026-11-11 12:00:00,已发货,-", nil, "text after"),
        ] as [(String, String?, String)])
    func badRows(_ row: String, _ column: String?, _ shape: String) throws {
        let good = "990000009,9,p,1,2.00,2026-11-11 12:00:00,已发货,-"
        let error = try #require(failure(export([good, row])))
        #expect(error.kind == .badData && error.problemCount == 1)
        let problem = try #require(error.problems.first)
        #expect(problem.row == 3 && problem.column == column, "\(problem)")
        #expect(problem.shape.contains(shape), "\(problem)")
        #expect(!error.description.contains("槐荫巷"))
        let skipped = try decode(export([good, row]), skip: true)
        #expect(skipped.summary.skippedRows == 1 && skipped.summary.orders == 1)
        #expect(skipped.warnings == ["1 bad row was skipped"])
    }

    @Test func onlyTwentyProblemsAreKept() throws {
        let error = try #require(failure(export((0..<50).map { "99000\($0),x,p,1,x,2026-11-11 12:00:00,已发货,-" })))
        #expect(error.problems.count == 20 && error.problemCount == 50)
        #expect(error.description.contains("30 more"))
        #expect(failure(export(["990000001,1,p,1,x,2026-11-11 12:00:00,已发货,-"]), skip: true) != nil)
    }

    @Test func repeatedRowsAndTwinColumns() throws {
        let row = "990000001,77,p,1,1.00,2026-11-11 12:00:00,已发货,-"
        #expect(failure(export([row, row]))?.problems.first?.row == 3)
        let header = "主订单编号,支付完成时间,订单应付金额,订单应付金额"
        #expect(failure(export(["990000001,2026-11-11 12:00:00,1.00,1.00"], header: header)) == nil)
        #expect(
            failure(export(["990000001,2026-11-11 12:00:00,1.00,2.00"], header: header))?.problems.first?.shape
                .contains("differ") == true)
    }

    @Test func headers() throws {
        let row = "990000001,2026-11-11 12:00:00,1.00,1"
        let lines = "说明\n\n" + export([row], header: "单号,付款,应付,数量")
        #expect(failure(lines)?.what.contains("header") == true)
        let mapped = try decode(lines, map: [.order: "单号", .paidAt: "付款", .amount: "应付"])
        #expect(mapped.summary.orders == 1 && !mapped.knowsRefunds && mapped.standardCounting == .gross)
        #expect(failure(export([row], header: "订单号,x,应付,数量,订单状态"))?.what.contains("支付完成时间") == true)
        #expect(
            failure(export([row], header: "订单号,付款时间,实付款,数量"), map: [.product: "品名"])?.what.contains("mapped") == true)
        for delimiter in ["\t", ";"] {
            let text = export([row], header: "订单号,付款时间,实付款,数量").replacing(",", with: delimiter)
            #expect(try decode(text).summary.orders == 1)
        }
        let whole = try decode(
            export(
                ["990000001,1,9.00,2026-11-11 12:00:00", "990000001,2,9.00,2026-11-11 12:00:00"],
                header: "订单号,子订单编号,总额,付款时间"),
            map: [.orderAmount: "总额"])
        #expect(MeasureSeries(.revenue, of: whole.feed, counting: .net).last == 900)
    }

    // One test, not one an argument: the library would print the megabytes of each.
    @Test func badFiles() throws {
        let cases: [([UInt8], String)] = [
            ([], "empty"), (Array(" \n ".utf8), "white space"), ([0x50, 0x4B, 3, 4, 0], "ZIP"),
            ([0xFF, 0xFE, 0x31, 0xD8, 0x31, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x31, 0], "UTF-16"),
            ([0xEF, 0xBB, 0xBF] + Array("订单号,付款时间,实付款\n".utf8) + [0xFF, 0x0A], "byte order mark"),
            ([0x81, 0xFF, 0x0A], "neither UTF-8 nor GB18030"), (Array("a\0b\n".utf8), "not a text file"),
            (Array("订单号,付款时间,实付款\n\"99000001,".utf8), "cut off"), (Array("订单号,付款时间,实付款\n".utf8), "no orders"),
            (Array(String(repeating: "a,", count: 3000).utf8), "columns"),
            (Array(repeating: 0x61, count: 5 << 20), "longer than"),
            (Array("订单号,付款时间,实付款\n\"".utf8) + Array(repeating: 0x61, count: 5 << 20), "longer than"),
        ]
        for (bytes, what) in cases {
            let error = try #require(failure(bytes))
            let isRight = error.what.contains(what) && error.kind == .badData && !error.remedy.isEmpty
            #expect(isRight, "\(what): \(error)")
        }
    }

    @Test func missingAndUnreadable() throws {
        do throws(OrdersError) {
            _ = try decoder.decode(path: "/nowhere/orders.csv")
            Issue.record("must fail")
        } catch {
            #expect(error.kind.exitCode == 66 && error.file == "/nowhere/orders.csv")
        }
        do throws(OrdersError) {
            _ = try decoder.decode(path: "/")
            Issue.record("must fail")
        } catch {
            #expect(error.kind.exitCode == 74)
        }
    }

    @Test func roundedIDsAreRefused() throws {
        let rows = (10..<30).map {
            "6917926768823\($0)0000,,p,1,1.00,2026-11-11 12:00:00,已发货,-".replacing("\($0)0000", with: "\($0)" + "0000")
        }
        #expect(failure(export(rows))?.what.contains("rounded") == true)
    }

    @Test func exportMoments() throws {
        let text = Array(export(["990000001,1,p,1,1.00,2026-10-01 12:00:00,已发货,退款成功"]).utf8)
        var options = OrderDecodingOptions(key: .demo, fileName: "1791213782_abc.csv")
        let orders = try OrderDecoder(options: options).decode(bytes: text)
        let moment = Instant(unixSeconds: 1_791_213_782)
        #expect(orders.feed.exportedAt == moment && orders.feed[1].at == moment)
        #expect(AsOf(feed: orders.feed)?.rule == .export)
        let period = try Period("2026-10-01..2026-11-11")
        #expect(AsOf(feed: orders.feed, period: period).map { [$0.now, $0.dataUntil] } == [period.to, moment])
        options.fileName = "1291213782_old.csv"
        let stale = try OrderDecoder(options: options).decode(bytes: text)
        #expect(stale.feed.exportedAt == nil && stale.warnings.count == 1)
        #expect(AsOf(feed: stale.feed)?.rule == .lastEvent && AsOf(feed: Feed()) == nil)
    }

    @Test func rowsAcrossBufferEnds() throws {
        // Rows of every length around the reader's window, with line ends and quotes at its seams.
        var rows: [String] = []
        for number in 0..<9000 {
            let filler = String(repeating: "长", count: number % 97) + "\"\"\r\n\"\""
            rows.append("99\(1_000_000 + number),1,\"\(filler)\",1,1.00,2026-11-11 12:00:00,已发货,-\r")
        }
        let orders = try decode(export(rows))
        #expect(orders.summary.rows == 9000 && orders.summary.orders == 9000)
        #expect(orders.feed[8999].product?.hasSuffix("\"\r\n\"") == true)
    }

    @Test func damageNeverTraps() throws {
        let text = Array(
            export((0..<20).map { "\"\t99\($0 + 100)\",\($0),\"p\"\"x\",1,\"1,000.00\",2026-11-11 12:00:00,已发货,退款成功" })
                .utf8)
        let log = OrderLogWriter.text(of: try decoder.decode(bytes: text).feed)
        var dice = Dice(9)
        for round in 0..<1500 {
            var bytes = round % 2 == 0 ? text : log
            for _ in 0...dice.below(4) {
                switch dice.below(3) {
                case 0: bytes[dice.below(bytes.count)] = UInt8(truncatingIfNeeded: dice.next())
                case 1: bytes.remove(at: dice.below(bytes.count))
                default: bytes.removeLast(dice.below(bytes.count / 2))
                }
            }
            bytes.withUnsafeBytes { buffer in
                fuzzOrderCSV(buffer)
                fuzzOrderLog(buffer)
            }
        }
    }
}
