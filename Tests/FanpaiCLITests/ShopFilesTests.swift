import Foundation
import Testing

/// Any shop's file, dropped on the command line as it is.
@Suite struct ShopFilesTests {
    /// A sample, the further arguments that it needs, and the section of the truth that it must agree with.
    struct Sample: CustomTestStringConvertible, Sendable {
        let files: [String]
        let section: String
        var arguments: [String] = []
        /// Whether the file cannot tell refunds: only what counts before them can be compared.
        var lacksRefunds = false
        var testDescription: String { files.joined(separator: "+") }
    }

    static let samples: [Sample] =
        [
            "douyin-1111.csv", "douyin-1111-gb18030.csv", "douyin-1111.zip", "douyin-1111.xlsx", "doudian-orders.json",
            "douyin-orders.csv", "pinduoduo.csv", "kuaishou.tsv", "weixin.csv", "erp.csv", "shopify.csv",
            "woocommerce.csv",
        ].map { Sample(files: [$0], section: $0) } + [
            Sample(files: ["taobao-orders.csv", "taobao-details.csv"], section: "taobao-orders.csv"),
            Sample(files: ["taobao-details.csv", "taobao-orders.csv"], section: "taobao-orders.csv"),
            Sample(files: ["taobao-orders.csv"], section: "taobao-orders.csv", lacksRefunds: true),
            // The one file that names no currency.
            Sample(
                files: ["tiktok.csv"], section: "tiktok.csv", arguments: ["--currency", "usd", "--rate", "USD=7"]),
        ]

    static func document(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// What the generator knows of a sample.
    static func truth(_ section: String) throws -> [String: Any] {
        for name in ["truth.json", "truth-shops.json"] {
            let all = try document(TemporaryFolder.read(CommandLineTool.root + "/Samples/" + name))
            if let found = all[section] as? [String: Any] { return found }
        }
        throw Missing(section: section)
    }

    struct Missing: Error { let section: String }

    private static func path(_ name: String) -> String { CommandLineTool.root + "/Samples/" + name }

    @Test(arguments: samples) func statsAgreeWithTheTruth(sample: Sample) throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(
            ["stats"] + sample.files.map(Self.path) + sample.arguments
                + ["--period", "2026-11-11", "--json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let (found, truth) = (try Self.document(outcome.output), try Self.truth(sample.section))
        var pairs = [("grossOrders", "grossOrders"), ("grossRevenueFen", "grossRevenue")]
        if !sample.lacksRefunds {
            pairs += [
                ("orders", "netOrders"), ("items", "netItems"), ("revenueFen", "netRevenue"),
                ("refundedOrders", "refundedOrders"),
            ]
        }
        for (key, name) in pairs {
            let (left, right) = (found[key] as? Int, truth[name] as? Int)
            #expect(left != nil && left == right, "\(key)")
        }
        // Closed orders are known, and never count.
        #expect(found["counting"] as? String == "net")
    }

    @Test(arguments: [
        "douyin-1111.xlsx", "douyin-1111.zip", "doudian-orders.json", "shopify-orders.json", "weixin.csv",
    ])
    func anyOfThemMakesAFilm(name: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(
            ["render", BadInputTests.template, "--orders", Self.path(name), "-o", "out.mp4"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let manifest = try Self.document(TemporaryFolder.read(folder("out.mp4.json")))
        let orders = try #require(manifest["orders"] as? [String: Any])
        let files = try #require(orders["files"] as? [[String: Any]])
        #expect(files.map { $0["name"] as? String } == [name])
        #expect(orders["synthetic"] as? Bool == true)
    }

    @Test func theManifestNamesEveryFile() throws {
        let folder = try TemporaryFolder()
        let names = ["taobao-orders.csv", "taobao-details.csv"]
        let outcome = try CommandLineTool.run(
            ["render", BadInputTests.template] + names.flatMap { ["--orders", Self.path($0)] } + ["-o", "out.mp4"],
            in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let manifest = try Self.document(TemporaryFolder.read(folder("out.mp4.json")))
        let files = try #require((manifest["orders"] as? [String: Any])?["files"] as? [[String: Any]])
        #expect(files.map { $0["name"] as? String } == names)
        #expect(Set(files.compactMap { $0["sha256"] as? String }).count == 2)
    }

    @Test func theUserOverrulesTheHeader() throws {
        let folder = try TemporaryFolder()
        // A day that could be a month, and no zone: neither is guessed.
        let rows =
            "Order ID,Order Status,Product Name,Quantity,Order Amount,Paid Time\n"
            + "9900000000000000001,Completed,衣,1,12.00,11/12/2026 10:00:00\n"
        let path = try folder.write(rows, "orders.csv")
        let plain = try CommandLineTool.run(["stats", path, "--shop", "tiktok", "--currency", "CNY"], in: folder)
        #expect(plain.status == 65 && plain.errors.contains("day and month cannot be told apart"), "\(plain.errors)")
        #expect(plain.errors.contains("--date-order dmy or --date-order mdy"))
        let here = try CommandLineTool.run(
            ["stats", path, "--shop", "tiktok", "--currency", "CNY", "--date-order", "dmy"], in: folder)
        #expect(
            here.status == 0 && here.errors.contains("times without a zone are read as Beijing's"), "\(here.errors)")
        let day = try CommandLineTool.run(
            [
                "stats", path, "--shop", "tiktok", "--date-order", "dmy", "--zone", "+08:00", "--currency", "CNY",
                "--json",
            ],
            in: folder)
        #expect(day.status == 0 && !day.errors.contains("zone"), "\(day.errors)")
        #expect(try Self.document(day.output)["firstPayment"] as? String == "2026-12-11T10:00:00+08:00")
        let month = try CommandLineTool.run(
            [
                "stats", path, "--shop", "tiktok", "--date-order", "mdy", "--zone", "+07:00", "--currency", "CNY",
                "--json",
            ],
            in: folder)
        #expect(try Self.document(month.output)["firstPayment"] as? String == "2026-11-12T11:00:00+08:00")
    }
}
