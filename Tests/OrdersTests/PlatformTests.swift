import Orders
import Testing

@Suite struct PlatformTests {
    private func order(_ changes: [(String, String)] = []) -> String {
        var text = #"""
            {"order_id":"6917926768823643751","order_status":3,"create_time":1794398390,"pay_time":1794398400,"ship_time":0,"finish_time":0,
             "mask_post_receiver":"欧*","encrypt_post_receiver":"##c2VjcmV0*c2VjcmV0#1##","buyer_words":"槐荫巷三号","order_expire_time":1800,
             "post_addr":{"province":{"name":"福建省","id":"35"},"city":{"name":"厦门市"},"town":{"name":"思明区"}},"order_amount":30000,
             "sku_order_list":[
              {"order_id":"6917926768823643752","product_name":"a\u4e2d\ud842\udfb7\"","item_num":2,"order_amount":12900,"room_id":7299000000000000001},
              {"order_id":6917926768823643753,"product_name":"b","item_num":1,"order_amount":"17100","after_sale_info":{"refund_status":3}}]}
            """#
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return text
    }

    private func paid(_ text: String) throws -> [OrderEvent] {
        let feed = try decode(text).feed
        return (0..<feed.count).map { feed[$0] }.filter { $0.kind == .paid }
    }

    @Test func anOrderOfDoudian() throws {
        let text = "{\"data\":{\"shop_order_list\":[\(order())],\"total\":1},\"code\":10000}"
        let orders = try decode(text)
        #expect(orders.summary.orders == 1 && orders.summary.rows == 2 && orders.summary.refundedRows == 1)
        #expect(orders.warnings == [] && orders.knowsRefunds)
        let rows = try paid(text)
        #expect(rows.map(\.product) == ["a中𠮷\"", "b"] && rows.map(\.amount) == [12900, 17100])
        #expect(rows.map(\.quantity) == [2, 1] && rows.map(\.channel) == [.live, nil])
        #expect(rows.map(\.at.text) == ["2026-11-11 20:00:00", "2026-11-11 20:00:00"])
        #expect(rows[0].buyer == "欧**" && rows[0].place == Place(province: "福建", city: "厦门"))
        let log = String(decoding: OrderLogWriter.text(of: orders.feed), as: UTF8.self)
        #expect(!log.contains("槐荫巷") && !log.contains("c2Vj"))
        // The same order from an export has the same pseudonym: no digit is lost on the way.
        let csv = try decode(export(["6917926768823643751,1,p,1,1.00,2026-11-11 20:00:00,已发货,-"]))
        #expect(rows[0].order == csv.feed[0].order)
    }

    @Test(arguments: ["21", "22", "39"])
    func refundedOrdersOfDoudian(_ state: String) throws {
        // The item still says that nothing was asked back.
        let settled = order([
            ("\"order_status\":3", "\"order_status\":4,\"main_status\":\(state)"),
            ("\"refund_status\":3", "\"refund_status\":0"),
        ])
        #expect(try decode("[\(settled)]").summary.refundedRows == 2)
        let open = order([("\"refund_status\":3", "\"refund_status\":0")])
        #expect(try decode("[\(open)]").summary.refundedRows == 0)
    }

    @Test func shapesOfAnswers() throws {
        let one = order()
        let two = order([("6882364375", "6882364399")])
        for text in [
            "{\"shop_order_list\":[\(one),\(two)]}", "[{\"shop_order_list\":[\(one)]},{\"shop_order_list\":[\(two)]}]",
            "{\"data\":{\"shop_order_list\":[\(one)]}}\n{\"data\":{\"shop_order_list\":[\(two)]}}\n", "[\(one),\(two)]",
            "\u{FEFF}{\"code\":10000,\"data\":{\"shop_order_detail\":\(one)}}\n{\"data\":{\"shop_order_detail\":\(two)}}",
            "\(one)\n\(two)",
        ] {
            let orders = try decode(text)
            #expect(orders.summary.orders == 2 && orders.summary.rows == 4, "\(text.prefix(60))")
        }
        #expect(
            try decode("{\"data\":{\"total\":250,\"shop_order_list\":[\(one)]}}").warnings.first?.contains("250")
                == true)
        #expect(
            failure("{\"code\":30001,\"msg\":\"no\",\"sub_code\":\"x\",\"log_id\":\"1\"}")?.what.contains("code 30001")
                == true)
        #expect(
            failure("{\"code\":10000,\"data\":{\"shop_order_list\":[]},\"log_id\":\"1\"}")?.what.contains("no orders")
                == true)
        #expect(failure("[1,2]")?.what.contains("kind that is not known") == true)
    }

    @Test func pagesInFilesOfTheirOwn() throws {
        let folder = try TemporaryFolder()
        func page(_ number: Int, _ change: [(String, String)]) throws -> String {
            let text =
                "{\"data\":{\"page\":\(number),\"total\":3,\"shop_order_list\":[\(order(change))]},\"code\":10000}"
            return try folder.write("\(number).json", Array(text.utf8))
        }
        let pages = try [[], [("6882364375", "6882364399")], [("6882364375", "6882364398")]].enumerated().map {
            try page($0.offset, $0.element)
        }
        #expect(try decoder.decode(paths: pages).warnings == [])
        #expect(
            try decoder.decode(paths: Array(pages.dropLast())).warnings == [
                "the platform counts 3 orders, of which 2 are here: get all pages"
            ])
    }

    @Test(arguments: [
        ("\"order_amount\":12900", "\"order_amount\":129.00", "sku_order_list[0].order_amount", "whole fen"),
        ("\"order_amount\":12900", "\"order_amount\":-1", "sku_order_list[0].order_amount", "whole fen"),
        ("\"order_amount\":12900,", "", "sku_order_list[0].order_amount", "yuan"),
        ("\"17100\"", "\"171.0\"", "sku_order_list[1].order_amount", "whole fen"),
        ("\"item_num\":2", "\"item_num\":0", "sku_order_list[0].item_num", "whole number"),
        ("\"order_status\":3", "\"order_status\":77", "order_status", "known are"),
        ("6917926768823643753,", "6.917926768823644e18,", "sku_order_list[1].order_id", "floating-point"),
        ("\"6917926768823643751\"", "\"\"", "order_id", "needs an order id"),
        ("\"6917926768823643751\"", "6917926768823643751.0", "order_id", "floating-point"),
        ("\"pay_time\":1794398400", "\"pay_time\":\"昨天\"", "pay_time", "unix seconds"),
        ("\"refund_status\":3", "\"refund_status\":9", "sku_order_list[1].after_sale_info.refund_status", "known are"),
    ])
    func badOrders(_ old: String, _ new: String, _ key: String, _ hint: String) throws {
        let good = order([("6882364375", "6882364399")])
        let text = "{\"shop_order_list\":[\(good),\n\(order([(old, new)]))]}"
        let error = try #require(failure(text))
        let problem = try #require(error.problems.first)
        #expect(problem.column == "shop_order_list[1]." + key && problem.hint.contains(hint), "\(problem)")
        #expect(problem.row >= 6 && problem.position != nil && !error.description.contains("昨天"))
        #expect(try decode(text, skip: true).summary.orders >= 1)
    }

    @Test(arguments: [
        ("{\"shop_order_list\":[{\"order_id\":\"1\",\"order_id\":\"2\"}]}", "twice"),
        ("{\"shop_order_list\":[{\"order_id\":\"1\"},]}", "comma before"),
        ("{\"shop_order_list\":[{\"order_id\":\"1\"}", "cut off"),
        ("{\"shop_order_list\":[{\"order_id\":\"1", "not closed"),
        ("{\"shop_order_list\":[{\"order_id\" \"1\"}]}", "colon"),
        ("{\"shop_order_list\":[{\"order_id\":01}]}", "malformed number"),
        ("{\"shop_order_list\":[{\"order_id\":\"\\ud800\"}]}", "surrogate"),
        ("{\"shop_order_list\":[nope]}", "no JSON value"),
        ("{\"shop_order_list\":[{\"a\":1 \"b\":2}]}", "comma or"),
        ("{\"shop_order_list\":[{\"a\":\"\t\"}]}", "control character"),
        ("{\"shop_order_list\":" + String(repeating: "[", count: 40), "inside more than"),
        ("{\"shop_order_list\":[{a:1}]}", "without quotes"), ("{\"shop_order_list\":[]}}", "no JSON value"),
        ("{\"shop_order_list\":[{\"order_id\":\"" + String(repeating: "1", count: 5 << 20) + "\"}]}", "4 MiB"),
    ])
    func badJSON(_ text: String, _ what: String) throws {
        let error = try #require(failure(text))
        #expect(error.what.contains(what) && error.what.contains("line 1, byte") && error.kind == .badData, "\(error)")
    }

    @Test func placesInMessages() throws {
        // A key may be data: only what looks like a program's own name is shown.
        let error = try #require(failure("{\"shop_order_list\":[{\"13800000000\":{\"x\":nope}}]}"))
        #expect(error.what.contains("(shop_order_list[0].?.x)") && !error.description.contains("138"))
    }

    @Test func stores() throws {
        let shopify =
            ##"{"id":5990000000001,"name":"#1001","financial_status":"partially_refunded","currency":"CNY","total_price":"30.00","##
            + #""created_at":"2026-11-11T12:00:00Z","processed_at":"2026-11-11T12:00:03Z","line_items":[{"id":1,"title":"p","quantity":2,"price":"15.00"}],"#
            + #""refunds":[{"transactions":[{"amount":"4.00","kind":"refund","status":"success"},{"kind":"refund","status":"success","amount":"1.00"},"#
            + #"{"kind":"refund","status":"failure","amount":"7.00"},{"kind":"refund","status":"pending","amount":"8.00"},"#
            + #"{"kind":"void","status":"success","amount":"9.00"}]}]}"#
        let rows = try paid(shopify)
        #expect(
            rows.map(\.at.text) == ["2026-11-11 20:00:03"] && rows.map(\.amount) == [2500]
                && rows.map(\.quantity) == [2])
        #expect(try decode("{\"orders\":[\(shopify)]}").summary.orders == 1)
        let foreign = try #require(failure(shopify.replacing("CNY", with: "USD")))
        #expect(foreign.description.contains("USD") && foreign.description.contains("--rate"))
        #expect(try paid(shopify.replacing("\"partially_refunded\"", with: "\"pending\"")).isEmpty)
        let test = try decode(
            "{\"orders\":[\(shopify),\(shopify.replacing("#1001\"", with: "#1002\",\"test\":true"))]}")
        #expect(test.summary.orders == 1 && test.warnings.contains("1 test order was left out"))
        let woo =
            #"[{"id":727,"status":"processing","currency":"CNY","date_created_gmt":"2026-11-11T12:00:00","date_paid_gmt":"2026-11-11T12:00:05","#
            + #""total":"29.35","line_items":[{"id":315,"name":"Woo","quantity":1,"price":29.35}],"refunds":[{"id":1,"total":"-9.35"}]}]"#
        let sold = try paid(woo)
        #expect(sold.map(\.at.text) == ["2026-11-11 20:00:05"] && sold.map(\.amount) == [2000])
    }

    @Test func bufferEnds() throws {
        // What is read must not depend on where a buffer ends: the fuzz functions compare a large one with one of five bytes.
        let texts = [
            "{\"shop_order_list\":[\(order())]}\n 12345", "[{\"sku_order_list\":[",
            "{\"shop_order_list\":[\(order().prefix(700))",
        ]
        for text in texts { Array(text.utf8).withUnsafeBytes { fuzzPlatformJSON($0) } }
        let sheet = WorkbookMaker.sheet(
            WorkbookMaker.table([orderHeader, orderHeader.map { _ in "&#25991;<!-- x -->" }]))
        for text in [sheet, sheet + "   ", String(sheet.dropLast(30)), "<?>", "  <worksheet >text"] {
            Array(text.utf8).withUnsafeBytes { fuzzWorkbook($0) }
        }
    }

    @Test func logsStayLogs() throws {
        let line =
            #"{"event":"paid","id":"K7Q2M9XA","at":"2026-11-11T20:00:03+08:00","amount":100,"product":"\"line_items\""}"#
        #expect(try decode(line + "\n").summary.dimension == .events)
    }
}
