import Glibc
import Testing

/// What identifies a buyer stays in the file that it came in, whichever shop's file that is.
@Suite struct ShopPersonalInformationTests {
    /// A sample, and the columns or keys of it whose content must never be seen again: ids, names in clear, phones, addresses, accounts,
    /// e-mails, remarks.
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        let columns: [String]
        /// The file that it is read with, and further arguments.
        var arguments: [String] = []
        /// The text file that is packed in it.
        var content: String?
        var testDescription: String { name }
        var path: String { CommandLineTool.root + "/Samples/" + name }

        func strings() throws -> Set<String> {
            let path = CommandLineTool.root + "/Samples/" + (content ?? name)
            if path.hasSuffix(".json") {
                return try PersonalInformationTests.personalStrings(inJSON: path, keys: columns)
            }
            let bytes = TemporaryFolder.bytes(path)
            let text = try String(validating: bytes, as: UTF8.self) ?? Self.decoded(bytes)
            return PersonalInformationTests.personalStrings(of: text, columns: columns)
        }

        private static func decoded(_ gb18030: [UInt8]) throws -> String {
            let converter = try #require(iconv_open("UTF-8", "GB18030"))
            defer { iconv_close(converter) }
            var (input, output) = (
                gb18030.map { CChar(bitPattern: $0) }, [CChar](repeating: 0, count: 2 * gb18030.count)
            )
            var (inputLeft, outputLeft) = (input.count, output.count)
            input.withUnsafeMutableBufferPointer { input in
                output.withUnsafeMutableBufferPointer { output in
                    var (from, to) = (input.baseAddress, output.baseAddress)
                    _ = iconv(converter, &from, &inputLeft, &to, &outputLeft)
                }
            }
            try #require(inputLeft == 0)
            return String(decoding: output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    private static let douyin = PersonalInformationTests.columns
    private static let dollars = ["--currency", "usd", "--rate", "USD=7"]
    private static func file(_ name: String) -> String { CommandLineTool.root + "/Samples/" + name }

    static let samples = [
        Sample(name: "douyin-1111.csv", columns: douyin), Sample(name: "douyin-1111-gb18030.csv", columns: douyin),
        Sample(name: "douyin-orders.csv", columns: douyin),
        Sample(name: "douyin-1111.zip", columns: douyin, content: "douyin-1111.csv"),
        Sample(
            name: "taobao-orders.csv",
            columns: ["订单编号", "买家会员名", "买家支付宝账号", "买家留言", "收货人姓名", "收货地址", "联系电话", "联系手机"],
            arguments: [file("taobao-details.csv")]),
        Sample(
            name: "taobao-details.csv", columns: ["子订单编号", "主订单编号", "备注"], arguments: [file("taobao-orders.csv")]),
        Sample(name: "jd.csv", columns: ["订单号", "下单帐号", "客户姓名", "客户地址", "联系电话", "商家备注"]),
        Sample(name: "pinduoduo.csv", columns: ["订单号", "收货人", "手机", "街道"]),
        Sample(name: "kuaishou.tsv", columns: ["订单号", "收货人姓名", "收货人电话", "收货地址"]),
        Sample(name: "weixin.csv", columns: ["订单号", "收件人姓名", "收件人手机", "收货地址"]),
        Sample(name: "erp.csv", columns: ["订单编号", "原始单号", "收件人"]),
        Sample(name: "shopify.csv", columns: ["Name", "Email", "Billing Name", "Shipping Name", "Notes"]),
        Sample(name: "woocommerce.csv", columns: ["order_number", "First Name (Shipping)", "customer_note"]),
        Sample(
            name: "tiktok.csv", columns: ["Order ID", "Buyer Message", "Buyer Username", "Recipient", "Phone #"],
            arguments: dollars),
        Sample(
            name: "doudian-orders.json",
            columns: [
                "order_id", "parent_order_id", "buyer_words", "seller_words", "encrypt_post_receiver",
                "encrypt_post_tel",
                "mask_post_tel", "encrypt_detail",
            ]),
        Sample(
            name: "shopify-orders.json",
            columns: ["id", "name", "note", "email", "phone", "first_name", "last_name", "admin_graphql_api_id"]),
        Sample(name: "woocommerce-orders.json", columns: ["customer_note", "first_name", "phone"]),
    ]

    @Test func everySampleIsLookedAt() {
        // Logs are pseudonymous already; the workbook's cells are those of no other file.
        let others: Set<String> = ["truth.json", "truth-shops.json", "live-session.jsonl", "douyin-1111.xlsx"]
        let names = Set(TemporaryFolder.names(in: CommandLineTool.root + "/Samples")).subtracting(others)
        #expect(names == Set(Self.samples.map(\.name)))
    }

    @Test(arguments: samples) func noSampleShowsWhoBought(sample: Sample) throws {
        let folder = try TemporaryFolder()
        let strings = try sample.strings()
        #expect(strings.count > 50, "\(strings.count)")
        let data = [sample.path] + sample.arguments
        let key = ["--key", CommandLineTool.root + "/Samples/truth.json"]
        for arguments in [
            ["stats"] + data, ["stats"] + data + ["--json"],
            ["orders", "convert"] + data + key + ["-o", "out.jsonl", "--json"],
        ] {
            let outcome = try CommandLineTool.run(arguments, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            PersonalInformationTests.expectNone(of: strings, in: outcome.output + outcome.errors, arguments[0])
        }
        let log = TemporaryFolder.read(folder("out.jsonl"))
        #expect(log.contains("\"paid\""))
        PersonalInformationTests.expectNone(of: strings.filter { !$0.hasSuffix("**") }, in: log, "the order log")
    }

    /// Every cell of a personal column is refused where money or a time should be, and none is quoted.
    @Test(arguments: samples) func noErrorShowsWhoBought(sample: Sample) throws {
        let folder = try TemporaryFolder()
        let strings = try sample.strings()
        let bytes = TemporaryFolder.bytes(sample.path)
        let cut = try folder.write(Array(bytes.prefix(bytes.count * 2 / 3)), sample.name)
        var runs = [["stats", cut] + sample.arguments]
        for column in sample.columns.dropFirst() where !sample.name.hasSuffix(".json") {
            runs.append(["stats", sample.path] + sample.arguments + ["--map", "amount=" + column])
            runs.append(["stats", sample.path] + sample.arguments + ["--map", "paidAt=" + column, "--skip-bad-rows"])
        }
        var refused = 0
        for arguments in runs {
            let outcome = try CommandLineTool.run(arguments, in: folder)
            #expect([0, 65].contains(outcome.status), "\(outcome.status)")
            if outcome.status == 65 { refused += 1 }
            PersonalInformationTests.expectNone(of: strings, in: outcome.output + outcome.errors, "an error")
        }
        #expect(refused > 0)
    }
}
