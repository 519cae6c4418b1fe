import Orders
import SampleMaker
import Testing

@Suite struct SampleTests {
    private let files: [Samples.File]

    init() throws {
        files = try #require(Samples.make())
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        try #require(files.first { $0.name == name }).bytes
    }

    /// The number behind a key of a section of `truth.json`.
    private func truth(_ section: String, _ key: String) throws -> [Int64] {
        let text = String(decoding: try bytes("truth.json"), as: UTF8.self)
        let body = try #require(text.split(separator: "\"\(section)\":").last)
        let value = try #require(body.split(separator: "\"\(key)\": ").dropFirst().first)
        return value.prefix { $0 != "\n" && $0 != "]" }.split { !$0.isNumber && $0 != "-" }.compactMap { Int64($0) }
    }

    @Test func committedFilesAreWhatTheGeneratorMakes() throws {
        for file in files {
            let committed = try readFile("\(checkout)/Samples/\(file.name)")
            #expect(committed == file.bytes, "run: swift run -c release SampleMaker")
        }
    }

    @Test(
        arguments: [
            "douyin-1111.csv", "douyin-1111-gb18030.csv", "douyin-1111.zip", "douyin-1111.xlsx", "doudian-orders.json",
        ])
    func totalsAreTheGenerators(_ name: String) throws {
        let orders = try decoder.decode(path: "\(checkout)/Samples/\(name)")
        let period = try Period("2026-11-11")
        let net = PeriodStatistics(of: orders.feed, period: period, counting: .net)
        let figures: [(String, Int64)] = [
            ("fileOrders", Int64(orders.summary.orders)), ("fileRows", Int64(orders.summary.rows)),
            ("unpaidRows", Int64(orders.summary.unpaidRows)), ("closedRows", Int64(orders.summary.closedRows)),
            ("refundedRows", Int64(orders.summary.refundedRows)), ("giftRows", Int64(orders.summary.giftRows)),
            ("rows", net.rows), ("gifts", net.gifts), ("netOrders", net.orders.value), ("netItems", net.items.value),
            ("netRevenue", net.revenue.value), ("grossOrders", net.grossOrders.value),
            ("grossRevenue", net.grossRevenue.value), ("refundedOrders", net.refundedOrders.value),
            ("refundedAmount", net.refundedAmount.value),
        ]
        for (key, value) in figures { #expect(try truth(name, key) == [value], "\(key)") }
        let series = MeasureSeries(.orders, of: orders.feed, period: period, counting: .net)
        #expect(series.last == net.orders.value)
        let hours = (0..<24).map { hour in
            series.value(at: period.from.microseconds + Int64(hour + 1) * 3_600_000_000 - 1)
                - series.value(at: period.from.microseconds + Int64(hour) * 3_600_000_000 - 1)
        }
        #expect(try truth(name, "netOrdersByHour") == hours)
        #expect(orders.feed.isSynthetic && orders.warnings == [] && orders.summary.dimension == .items)
        let isGB18030 = name.contains("gb18030") || name.hasSuffix(".zip")
        #expect(orders.summary.encoding == (isGB18030 ? .gb18030 : .utf8))
        if isGB18030 {
            #expect((0..<orders.feed.count).contains { orders.feed[$0].product == "𠮷野杉木托盘" })
        }
    }

    @Test(arguments: ["shopify-orders.json", "woocommerce-orders.json"])
    func totalsOfStoresAreTheGenerators(_ name: String) throws {
        let orders = try decoder.decode(path: "\(checkout)/Samples/\(name)")
        let net = PeriodStatistics(of: orders.feed, period: try Period("2026-11-11"), counting: .net)
        let figures: [(String, Int64)] = [
            ("fileOrders", Int64(orders.summary.orders)), ("fileRows", Int64(orders.summary.rows)),
            ("unpaidRows", Int64(orders.summary.unpaidRows)), ("rows", net.rows), ("netOrders", net.orders.value),
            ("netItems", net.items.value), ("netRevenue", net.revenue.value), ("grossOrders", net.grossOrders.value),
            ("grossRevenue", net.grossRevenue.value), ("refundedOrders", net.refundedOrders.value),
        ]
        for (key, value) in figures { #expect(try truth(name, key) == [value], "\(key)") }
        #expect(orders.feed.isSynthetic && orders.warnings == [])
        #expect((0..<orders.feed.count).contains { orders.feed[$0].product == "便携榨汁杯 350ml" })
        #expect((0..<orders.feed.count).contains { orders.feed[$0].place?.province == "浙江" })
    }

    @Test func sessionCountsAsTheGeneratorDoes() throws {
        let orders = try decoder.decode(bytes: try bytes("live-session.jsonl"))
        #expect(orders.feed.isSynthetic && orders.standardCounting == .asSeen)
        let session = try #require(orders.feed.session)
        func values(_ measure: Measure) throws -> [Int64] {
            var series = MeasureSeries(measure, counting: .asSeen)
            series.append(from: orders.feed) { at, seen in Int64(seen ?? session.frame(at: at)) }
            return try truth("live-session.jsonl", "frames").map { series.value(at: $0) }
        }
        #expect(try values(.orders) == truth("live-session.jsonl", "ordersAsSeen"))
        #expect(try values(.revenue) == truth("live-session.jsonl", "revenueAsSeen"))
        // The log is canonical already.
        #expect(try decoder.decode(bytes: OrderLogWriter.text(of: orders.feed)).feed.count == orders.feed.count)
    }

    @Test func nothingPersonalComesOut() throws {
        let text = String(decoding: try bytes("truth.json"), as: UTF8.self)
        let list = try #require(text.split(separator: "\"mustNotAppear\":").last)
        let secrets = list.split(separator: "\"").map(String.init).filter {
            $0.utf8.count > 3 && !$0.contains("[") && !$0.contains("]")
        }
        #expect(secrets.count >= 10)
        let export = try bytes("douyin-1111.csv")
        let source = String(decoding: export, as: UTF8.self)
        for secret in secrets {
            let isHeld = source.contains(secret)
            #expect(isHeld, "the sample must hold \(secret)")
        }
        let orders = try decoder.decode(bytes: export)
        var shown = String(decoding: OrderLogWriter.text(of: orders.feed), as: UTF8.self)
        shown += "\(orders.summary) \(orders.warnings)"
        // Every row is damaged in one way or other: what the errors say is personal no more than the data.
        for damaged in [
            source.replacing("2026-11-11 ", with: "2026-99-11 "), source.replacing("抖音支付,", with: "抖音支付,槐荫巷,"),
            source.replacing("待发货", with: "小满"),
        ] {
            let error = try #require(failure(damaged))
            shown += error.description
        }
        for secret in secrets {
            let isShown = shown.contains(secret)
            #expect(!isShown, "\(secret)")
        }
        for cipher in ["##", "$$", "9900000012", "\"\t", "99069179"] {
            let isShown = shown.contains(cipher)
            #expect(!isShown, "\(cipher)")
        }
        let buyers = Set((0..<orders.feed.count).compactMap { orders.feed[$0].buyer })
        #expect(
            buyers.contains("欧阳**") && buyers.contains("阿**")
                && buyers.allSatisfy { $0.hasSuffix("**") && $0.count <= 4 })
    }

    @Test(arguments: ["douyin-1111.xlsx", "doudian-orders.json", "shopify-orders.json", "woocommerce-orders.json"])
    func nothingPersonalComesOutOfOtherForms(_ name: String) throws {
        let text = String(decoding: try bytes("truth.json"), as: UTF8.self)
        let list = try #require(text.split(separator: "\"mustNotAppear\":").last)
        let secrets = list.split(separator: "\"").map(String.init).filter {
            $0.utf8.count > 3 && !$0.contains("[") && !$0.contains("]")
        }
        let file = try bytes(name)
        let source = String(decoding: file, as: UTF8.self)
        #expect(secrets.contains { source.contains($0) } || source.contains("$$"))
        let orders = try decoder.decode(bytes: file)
        var shown = String(decoding: OrderLogWriter.text(of: orders.feed), as: UTF8.self)
        shown += "\(orders.summary) \(orders.warnings)"
        // Amounts and times that are none: every order is a problem.
        if name.hasSuffix("json") {
            let damaged = source.replacing("\"quantity\":", with: "\"quantity\":0").replacing(
                "\"item_num\":", with: "\"item_num\":0.")
            shown += try #require(failure(damaged)).description
        }
        for secret in secrets + ["##", "$$", "example.com"] {
            let isShown = shown.contains(secret)
            #expect(!isShown, "\(secret)")
        }
    }

    @Test func exportAndItsLogAgree() throws {
        let orders = try decoder.decode(bytes: try bytes("douyin-1111.csv"))
        let log = OrderLogWriter.text(of: orders.feed)
        let again = try decoder.decode(bytes: log)
        #expect(OrderLogWriter.text(of: again.feed) == log)
        for measure in Measure.allCases {
            for counting in Counting.allCases {
                #expect(
                    MeasureSeries(measure, of: again.feed, counting: counting).last
                        == MeasureSeries(measure, of: orders.feed, counting: counting).last)
            }
        }
    }
}
