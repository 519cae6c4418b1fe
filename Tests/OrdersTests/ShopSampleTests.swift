import Orders
import SampleMaker
import Testing

/// Every shop's sample in every encoding adds up to what its generator knows.
@Suite struct ShopSampleTests {
    enum Encoding: CaseIterable {
        case utf8, markedUTF8, gb18030, utf16Little, utf16Big

        func bytes(_ text: String) throws -> [UInt8] {
            switch self {
            case .utf8: return Array(text.utf8)
            case .markedUTF8: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case .gb18030: return try #require(chineseBytes(text))
            case .utf16Little: return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case .utf16Big: return [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            }
        }

        var reported: DecodedOrders.Encoding {
            switch self {
            case .utf8, .markedUTF8: .utf8
            case .gb18030: .gb18030
            case .utf16Little, .utf16Big: .utf16
            }
        }
    }

    private static let samples = ShopSamples.make()
    private static let truth = ShopSamples.truth()

    /// The number behind a key of a section of `truth-shops.json`.
    private func truth(_ section: String, _ key: String) throws -> Int64 {
        let body = try #require(Self.truth.split(separator: "\"\(section)\":").last)
        let value = try #require(body.split(separator: "\"\(key)\": ").dropFirst().first)
        return try #require(Int64(value.prefix { $0.isNumber || $0 == "-" }))
    }

    private func expectTruth(_ orders: DecodedOrders, _ name: String) throws {
        let net = PeriodStatistics(of: orders.feed, period: try Period("2026-11-11"), counting: .net)
        let figures: [(String, Int64)] = [
            ("fileOrders", Int64(orders.summary.orders)), ("fileRows", Int64(orders.summary.rows)),
            ("unpaidRows", Int64(orders.summary.unpaidRows)), ("refundedRows", Int64(orders.summary.refundedRows)),
            ("giftRows", Int64(orders.summary.giftRows)), ("rows", net.rows), ("gifts", net.gifts),
            ("netOrders", net.orders.value), ("netItems", net.items.value), ("netRevenue", net.revenue.value),
            ("grossOrders", net.grossOrders.value), ("grossRevenue", net.grossRevenue.value),
            ("refundedOrders", net.refundedOrders.value), ("refundedAmount", net.refundedAmount.value),
        ]
        for (key, value) in figures {
            let expected = try truth(name, key)
            #expect(value == expected, "\(name) \(key)")
        }
        #expect(orders.feed.isSynthetic, "\(name)")
    }

    private func options(_ name: String) -> OrderDecodingOptions {
        guard name == "tiktok.csv" else { return OrderDecodingOptions(key: .demo) }
        let rate = ExchangeRate(String(ShopSamples.tikTokRate)).map { ["USD": $0] } ?? [:]
        return OrderDecodingOptions(key: .demo, currency: "USD", rates: rate)
    }

    @Test(arguments: Encoding.allCases)
    func totalsAreTheGenerators(_ encoding: Encoding) throws {
        for sample in Self.samples where !sample.name.hasPrefix("taobao") {
            var options = options(sample.name)
            // Errors name the sample.
            options.fileName = sample.name
            let orders = try OrderDecoder(options: options).decode(bytes: encoding.bytes(sample.text))
            try expectTruth(orders, sample.name)
            #expect(orders.summary.encoding == encoding.reported)
            #expect(sample.name.hasPrefix(orders.summary.shop ?? "none"))
            // What only that shop's file makes one say.
            let said = orders.warnings.map { $0.split(separator: " ").first { !$0.allSatisfy(\.isNumber) } ?? "" }
            let expected: [Substring] =
                switch sample.name {
                case "jd.csv": ["the"]
                case "shopify.csv": ["rows"]
                case "tiktok.csv": ["times", "row", "amounts"]
                case "erp.csv": ["row"]
                default: []
                }
            #expect(said == expected, "\(sample.name): \(orders.warnings)")
        }
    }

    @Test func excelsUnicodeText() throws {
        // Excel parts by tabs, and quotes what holds one.
        let sample = try #require(Self.samples.first { $0.name == "pinduoduo.csv" })
        var quoted = false
        let text = String(
            sample.text.map { character in
                if character == "\"" { quoted.toggle() }
                return character == "," && !quoted ? "\t" : character == "\t" && !quoted ? " " : character
            })
        try expectTruth(try decoder.decode(bytes: try Encoding.utf16Little.bytes(text)), sample.name)
    }

    @Test func taobaosFilesAreAPair() throws {
        let folder = "\(checkout)/Samples"
        let paths = ["\(folder)/taobao-orders.csv", "\(folder)/taobao-details.csv"]
        for list in [paths, paths.reversed()] {
            let orders = try decoder.decode(paths: list)
            try expectTruth(orders, "taobao-details.csv")
            #expect(orders.knowsRefunds && orders.warnings == [] && orders.summary.dimension == .items)
            #expect(orders.summary.shop == "taobao" && orders.summary.encoding == .gb18030)
            let events = (0..<orders.feed.count).map { orders.feed[$0] }
            #expect(events.contains { $0.place == Place(province: "浙江", city: "杭州") })
            #expect(events.allSatisfy { $0.buyer?.hasSuffix("**") == true })
        }
        // Alone the orders file tells no refunds in part, and the details file no times.
        let alone = try decoder.decode(path: paths[0])
        #expect(!alone.knowsRefunds && alone.warnings.first?.contains("宝贝表") == true)
        #expect(Int64(alone.summary.orders) == (try truth("taobao-orders.csv", "fileOrders")))
        do throws(OrdersError) {
            _ = try decoder.decode(path: paths[1])
            Issue.record("must fail")
        } catch {
            #expect(error.remedy.contains("ExportOrderList") && error.file == paths[1])
        }
    }

    @Test func nothingPersonalComesOut() throws {
        let truth = String(decoding: try readFile("\(checkout)/Samples/truth.json"), as: UTF8.self)
        let list = try #require(truth.split(separator: "\"mustNotAppear\":").last)
        let secrets = list.split(separator: "\"").map(String.init).filter {
            $0.utf8.count > 3 && !$0.contains("[") && !$0.contains("]")
        }
        var holding = 0
        for sample in Self.samples where sample.name != "taobao-details.csv" {
            let orders = try OrderDecoder(options: options(sample.name)).decode(bytes: Array(sample.text.utf8))
            var shown = String(decoding: OrderLogWriter.text(of: orders.feed), as: UTF8.self)
            shown += "\(orders.summary) \(orders.warnings)"
            for damaged in [
                sample.text.replacing("2026", with: "2226"), sample.text.replacing("11/11/2026", with: "槐荫巷"),
                sample.text.replacing("1", with: "小满"), sample.text.replacing(".", with: "一鸣"),
            ] {
                do throws(OrdersError) {
                    _ = try OrderDecoder(options: options(sample.name)).decode(bytes: Array(damaged.utf8))
                } catch {
                    shown += error.description
                }
            }
            for secret in secrets {
                if sample.text.contains(secret) { holding += 1 }
                let isShown = shown.contains(secret)
                #expect(!isShown, "\(sample.name) \(secret)")
            }
        }
        #expect(holding > 40, "the samples must hold what must not come out")
    }

    @Test func samplesAreSmall() throws {
        for sample in Self.samples {
            #expect(sample.text.utf8.count < 100_000 && sample.text.utf8.count > 5000, "\(sample.name)")
        }
    }
}

private func chineseBytes(_ text: String) -> [UInt8]? {
    gb18030(text)
}
