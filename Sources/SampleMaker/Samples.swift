/// The sample files, byte for byte the same on every machine.
package enum Samples {
    /// One file: its name in `Samples/` and its bytes.
    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]
    }

    /// All files; nil where this system cannot encode GB18030.
    package static func make() -> [File]? {
        let (large, largeTruth) = export(seed: 1111, orders: 3600, lineEnd: "\r\n", extraTitle: nil)
        // 𠮷 takes four bytes in GB18030.
        let (small, smallTruth) = export(seed: 18030, orders: 200, lineEnd: "\n", extraTitle: "𠮷野杉木托盘")
        guard let encoded = gb18030(small), let name = gb18030("订单导出_1111.csv"), let note = gb18030("说明.txt") else {
            return nil
        }
        var zip = ZipWriter()
        zip.append(name: note, isMarkedUTF8: false, Array("made by SampleMaker\n".utf8))
        zip.append(name: name, isMarkedUTF8: false, encoded)
        var workbook = WorkbookSample(seed: 30)
        let workbookTruth = made(seed: 31, orders: 150) { workbook.append($0) }
        var platform = PlatformSample(seed: 40)
        var list: [SampleOrder] = []
        let doudianTruth = made(seed: 41, orders: 120) { list.append($0) }
        let doudian = platform.doudian(list)
        list = []
        let storeTruth = made(seed: 42, orders: 40) {
            // These shops refund orders, not items.
            list.append($0)
        } change: { order in
            for index in order.rows.indices { order.rows[index].isRefunded = false }
        }
        let shopify = platform.shopify(list)
        let wooCommerce = platform.wooCommerce(list)
        var session = SessionSample(seed: 2000)
        let (log, orders, revenue) = session.make()
        let secrets =
            Catalogue.secretWords + Catalogue.clearNames.map { String($0.dropFirst()) } + [Catalogue.phonePrefix]
        let truth = """
            {
              "comment": "made by SampleMaker; period 2026-11-11..2026-11-11, amounts in fen",
              "douyin-1111.csv": \(largeTruth.json),
              "douyin-1111-gb18030.csv": \(smallTruth.json),
              "douyin-1111.zip": \(smallTruth.json),
              "douyin-1111.xlsx": \(workbookTruth.json),
              "doudian-orders.json": \(doudianTruth.json),
              "shopify-orders.json": \(storeTruth.json),
              "woocommerce-orders.json": \(storeTruth.json),
              "live-session.jsonl": {
                "frames": \(SessionSample.checkpoints),
                "ordersAsSeen": \(orders),
                "revenueAsSeen": \(revenue)
              },
              "mustNotAppear": [\(secrets.map { "\"\($0)\"" }.joined(separator: ", "))]
            }

            """
        var shops: [File] = []
        for export in ShopSamples.make() {
            guard let bytes = export.isGB18030 ? gb18030(export.text) : [0xEF, 0xBB, 0xBF] + Array(export.text.utf8)
            else { return nil }
            shops.append(File(name: export.name, bytes: bytes))
        }
        return shops + [
            File(name: "truth-shops.json", bytes: Array(ShopSamples.truth().utf8)),
            File(name: "douyin-1111.csv", bytes: [0xEF, 0xBB, 0xBF] + Array(large.utf8)),
            File(name: "douyin-1111-gb18030.csv", bytes: encoded),
            File(name: "douyin-1111.zip", bytes: zip.finish()),
            File(name: "douyin-1111.xlsx", bytes: workbook.make()),
            File(name: "doudian-orders.json", bytes: Array(doudian.utf8)),
            File(name: "shopify-orders.json", bytes: Array(shopify.utf8)),
            File(name: "woocommerce-orders.json", bytes: Array(wooCommerce.utf8)),
            File(name: "live-session.jsonl", bytes: Array(log.utf8)),
            File(name: "truth.json", bytes: Array(truth.utf8)),
        ]
    }

    /// A long export of the same kind, for measuring.
    package static func large(orders: Int) -> [UInt8] {
        [0xEF, 0xBB, 0xBF] + Array(export(seed: 1111, orders: orders, lineEnd: "\r\n", extraTitle: nil).text.utf8)
    }

    /// Orders of a day for a writer, and the truth about them.
    private static func made(
        seed: UInt64, orders: Int, _ write: (SampleOrder) -> Void, change: (inout SampleOrder) -> Void = { _ in }
    ) -> Truth {
        var day = Day(seed: seed)
        var truth = Truth()
        for order in day.orders(count: orders) {
            var order = order
            change(&order)
            write(order)
            truth.add(order)
        }
        return truth
    }

    private static func export(
        seed: UInt64, orders: Int, lineEnd: String, extraTitle: String?
    ) -> (text: String, truth: Truth) {
        var day = Day(seed: seed)
        var writer = ExportSample(seed: seed + 1, lineEnd: lineEnd)
        var truth = Truth()
        for (number, order) in day.orders(count: orders).enumerated() {
            var order = order
            if number == 7, let extraTitle {
                order.rows[0].product = Catalogue.Product(title: extraTitle, code: "SM-01", fen: 9900)
            }
            writer.append(order)
            truth.add(order)
        }
        return (writer.text, truth)
    }
}
