import Orders
import SampleMaker
import Testing

@Suite struct ArchiveTests {
    private let csv = Array(export(["990000001,1,p,1,1.00,2026-11-11 12:00:00,已发货,-"]).utf8)
    private let other = Array(export(["990000002,2,p,1,2.00,2026-11-11 12:00:00,已发货,-"]).utf8)

    @Test func oneOrderFileAmongOthers() throws {
        let bytes = try packed([
            ("__MACOSX/._订单.csv", [1, 2]), ("说明.txt", Array("hello".utf8)), ("图/a.png", [0x89]), ("数据/订单.csv", csv),
        ])
        #expect(try decoder.decode(bytes: bytes).summary.orders == 1)
        #expect(try decoder.decode(bytes: try packed([("a", csv)], gzip: true)).summary.orders == 1)
        let inner = zip([
            ("a.xlsx", workbook([["990000001", "1", "p", "1", "1.00", "2026-11-11 12:00:00", "已发货", "-"]]))
        ])
        #expect(try decoder.decode(bytes: inner).summary.orders == 1)
    }

    @Test func namesInGBKAndUnsafeOnes() throws {
        // 订单 in GBK, not marked as UTF-8, as Windows writes it.
        var writer = ZipWriter()
        writer.append(name: [0xB6, 0xA9, 0xB5, 0xA5] + Array("1.csv".utf8), isMarkedUTF8: false, csv)
        writer.append(name: Array("a\u{202E}\n\u{7}2.csv".utf8), isMarkedUTF8: true, other)
        let error = try #require(failure(writer.finish()))
        #expect(error.kind == .badData && error.what.contains("“订单1.csv”") && error.remedy.contains("unpack"))
        #expect(error.what.contains("2.csv") && !error.description.contains("\u{202E}") && !error.what.contains("\n"))
    }

    @Test func momentOfTheInnerName() throws {
        let bytes = zip([("1799213782_订单.csv", csv)])
        let options = OrderDecodingOptions(key: .demo, fileName: "download.zip")
        #expect(
            try OrderDecoder(options: options).decode(bytes: bytes).feed.exportedAt
                == Instant(unixSeconds: 1_799_213_782))
    }

    @Test func errorsNameTheEntry() throws {
        let bad = Array(export(["990000001,1,p,x,1.00,2026-11-11 12:00:00,已发货,-"]).utf8)
        let error = try #require(failure(zip([("订单.csv", bad)])))
        #expect(error.place == "“订单.csv”" && error.problems.first?.column == "商品数量")
        #expect(error.description.hasPrefix("“订单.csv”: has 1 bad row of "))
    }

    @Test func refusedArchives() throws {
        let inner = zip([("订单.csv", csv)])
        let cases: [([UInt8], String)] = [
            (zip([]), "nothing in it"), (zip([("a/", [])]), "nothing at all"),
            (zip([("a.png", [1]), ("b.pdf", [2])]), "“a.png”, “b.pdf”"),
            (zip([("a.zip", inner)]), "archive inside an archive"),
            (zip([("a.csv", inner)]), "archive inside an archive"),
            (zip([("a.csv", try packed([("b", csv)], gzip: true))]), "archive inside an archive"),
            (try packed([("a", inner)], gzip: true), "archive inside an archive"),
            (try packed([("订单.csv", csv)], password: "secret"), "password"),
            (zip([("a.csv", csv), ("b.csv", other)]), "2 files that may be orders: “a.csv”, “b.csv”"),
            (zip([("content.xml", [1]), ("mimetype", [2])]), "OpenDocument"),
            (zip([("[Content_Types].xml", [1]), ("xl/workbook.bin", [2])]), "xlsb"),
            (zip((0..<4100).map { ("\($0).txt", [1]) }), "more than 4096 files"),
            (Array("Rar!".utf8) + [0x1A, 7], "RAR"),
        ]
        for (bytes, what) in cases {
            let error = try #require(failure(bytes))
            let isRight = error.description.contains(what) && error.kind == .badData && !error.remedy.isEmpty
            #expect(isRight, "\(what): \(error)")
        }
    }

    @Test func damagedArchives() throws {
        let whole = try packed([("订单.csv", csv)])
        for length in stride(from: 4, to: whole.count - 1, by: 7) {
            let error = failure(Array(whole.prefix(length)))
            #expect(error?.kind == .badData, "\(length)")
        }
        // A byte of the packed data: the checksum tells.
        let start = try #require(
            zip([("订单.csv", csv)]).indices.first { zip([("订单.csv", csv)])[$0...].starts(with: csv) })
        var flipped = zip([("订单.csv", csv)])
        flipped[start + csv.count - 10] ^= 1
        #expect(failure(flipped)?.what.contains("damaged") == true)
        let gzip = try packed([("a", csv)], gzip: true)
        #expect(failure(Array(gzip.prefix(gzip.count / 2)))?.what.contains("gzip") == true)
    }

    @Test func bombs() throws {
        // 400 MB of blank lines in half a megabyte.
        let blank = [UInt8](repeating: 10, count: 400 << 20)
        let bomb = try packed([("a.csv", csv + blank)])
        #expect(bomb.count < 1 << 20)
        #expect(failure(bomb)?.what.contains("far more") == true)
        #expect(failure(try packed([("a", csv + blank)], gzip: true))?.what.contains("far more") == true)
    }

    @Test func taobaosPair() throws {
        let orders =
            "订单编号,买家会员名,买家应付货款,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,订单创建时间,订单付款时间,宝贝标题,宝贝总数量\n"
            + "\"=\"\"990000000000000001\"\"\",a,3.00,3.00,3.00,交易成功,张三,浙江省 杭州市 西湖区,2026-11-11 12:00:00,2026-11-11 12:00:05,p,2\n"
        let details =
            "子订单编号,主订单编号,标题,价格,购买数量,订单状态,买家应付货款,买家实际支付金额,退款状态\n"
            + "\"=\"\"990000000000000002\"\"\",\"=\"\"990000000000000001\"\"\",甲,1.00,1,交易成功,1.00,1.00,没有申请退款\n"
            + "\"=\"\"990000000000000003\"\"\",\"=\"\"990000000000000001\"\"\",乙,2.00,1,交易成功,2.00,2.00,没有申请退款\n"
        let bytes = zip([
            ("ExportOrderDetailList1.csv", Array(details.utf8)), ("ExportOrderList1.csv", Array(orders.utf8)),
        ])
        let decoded = try decoder.decode(bytes: bytes)
        #expect(decoded.summary.orders == 1 && decoded.summary.dimension == .items)
        #expect(MeasureSeries(.revenue, of: decoded.feed, counting: .net).last == 300)
    }
}
