import Glibc
import Orders
import Testing

/// What the shops' habits mean for counting, and what is refused.
@Suite struct ShopExportTests {
    private func net(_ orders: DecodedOrders) -> PeriodStatistics { PeriodStatistics(of: orders.feed, counting: .net) }

    private func decode(_ text: String, _ change: (inout OrderDecodingOptions) -> Void = { _ in }) throws(OrdersError)
        -> DecodedOrders
    {
        var options = OrderDecodingOptions(key: .demo)
        change(&options)
        return try OrderDecoder(options: options).decode(bytes: Array(text.utf8))
    }

    private func failure(_ text: String, _ change: (inout OrderDecodingOptions) -> Void = { _ in }) -> OrdersError? {
        do throws(OrdersError) {
            _ = try decode(text, change)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Shopify: order cells on the first row only, a named currency

    private func shopify(_ rows: [String]) -> String {
        export(
            rows,
            header:
                "Name,Financial Status,Paid at,Currency,Total,Refunded Amount,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at"
        )
    }

    @Test func shopifyFillsDown() throws {
        let text = shopify([
            "#1001,paid,2025-10-07 09:50:26 +0200,CNY,30.00,0.00,1,a,10.00,", "#1001,,,,,,2,b,10.00,",
            ",,,,,,1,gift,0.00,",
            "#1002,pending,,CNY,5.00,0.00,1,a,5.00,", "#1002,,,,,,1,b,5.00,",
            "#1003,refunded,2025-10-07 10:00:00 +0200,CNY,8.00,8.00,1,a,8.00,", "#1003,,,,,,1,b,8.00,",
            "#1004,partially_refunded,2025-10-07 10:00:00 +0200,CNY,8.00,3.00,1,a,8.00,",
            "#1005,paid,2025-10-07 10:00:00 +0200,CNY,9.00,0.00,1,a,9.00,2025-10-08 10:00:00 +0200",
        ])
        let orders = try decode(text)
        #expect(orders.feed[0].at == Instant("2025-10-07 15:50:26") && orders.knowsRefunds)
        let statistics = net(orders)
        #expect(statistics.orders.value == 2 && statistics.revenue.value == 3500 && statistics.items.value == 4)
        #expect(statistics.grossOrders.value == 4 && statistics.gifts == 1 && orders.summary.unpaidRows == 2)
        #expect(statistics.refundedAmount.value == 1700 && orders.summary.partlyRefundedRows == 1)
        // A cancelled order goes when it was cancelled.
        #expect((0..<orders.feed.count).contains { orders.feed[$0].at == Instant("2025-10-08 16:00") })
    }

    @Test func otherCurrenciesNeedARate() throws {
        let text = shopify(["#1001,paid,2025-10-07 09:50:26 +0200,USD,10.01,0.00,1,a,10.01,"])
        let error = try #require(failure(text))
        #expect(error.what.contains("USD") && error.remedy.contains("--rate USD="))
        let orders = try decode(text) { $0.rates = ["USD": ExchangeRate("7.1234")].compactMapValues { $0 } }
        #expect(
            net(orders).revenue.value == 7131 && orders.warnings == ["amounts in USD were converted at 7.1234 yuan"])
        // Whatever stands in the cell is told only where it looks like a code.
        #expect(failure(text.replacing("USD", with: "小满"))?.description.contains("小满") == false)
    }

    @Test(
        arguments: [
            ("7.1234", 7_123_400), ("1", 1_000_000), ("0.000001", 1), ("999999.999999", 999_999_999_999), ("0", nil),
            ("-1", nil),
            ("7,1", nil), ("7.1234567", nil), ("1.2.3", nil), ("", nil), (".5", nil), ("5.", nil), ("1000000", nil),
            ("７", nil),
        ] as [(String, Int64?)])
    func rates(_ text: String, _ micros: Int64?) {
        #expect(ExchangeRate(text)?.micros == micros)
        if let rate = ExchangeRate(text) {
            #expect(ExchangeRate(rate.text) == rate && rate.fen(of: 0) == 0)
            #expect(rate.fen(of: .max) == nil)
        }
        #expect(ExchangeRate("0.5")?.fen(of: 1) == 1 && ExchangeRate("0.49")?.fen(of: 1) == 0)
    }

    @Test func filesThatNameNoCurrencyAsk() throws {
        let text = export(
            [
                "Platform unique order ID.,Status.,Sub.,Number.,Amount.,Refund.,Time.,Time.",
                "123456789012345678,Shipped,In transit,1,10.00,0.00,31/12/2026 20:00:03,31/12/2026 20:00:13",
            ],
            header:
                "Order ID,Order Status,Order Substatus,Quantity,Order Amount,Order Refund Amount,Created Time,Paid Time"
        )
        #expect(failure(text)?.remedy.contains("--currency") == true)
        #expect(failure(text) { $0.currency = "GBP" }?.what.contains("GBP") == true)
        let orders = try decode(text) { $0.currency = "cny" }
        #expect(net(orders).revenue.value == 1000 && orders.summary.shop == "tiktok" && !orders.feed.isSynthetic)
        #expect(orders.feed[0].at == Instant("2026-12-31 20:00:13"))
    }

    @Test func timesOfOtherZones() throws {
        let text = export(
            [
                "123456789012345678,Shipped,In transit,1,10.00,12/31/2026 8:00:13 AM",
                "123456789012345679,Shipped,In transit,1,10.00,2026-12-31T08:00:14Z",
            ], header: "Order ID,Order Status,Order Substatus,Quantity,Order Amount,Paid Time")
        let beijing = try decode(text) { $0.currency = "CNY" }
        #expect(beijing.feed[0].at == Instant("2026-12-31 08:00:13") && beijing.warnings.count == 1)
        let berlin = try decode(text) {
            $0.currency = "CNY"
            $0.zoneMinutes = 60
        }
        // A time that names its zone keeps it.
        #expect(berlin.feed[0].at == Instant("2026-12-31 15:00:13") && berlin.warnings.isEmpty)
        #expect(berlin.feed[1].at == Instant("2026-12-31 16:00:14"))
        let header = "order_number,order_total,currency,order_date,date_paid_gmt,status"
        let woo = try decode(export(["57,1.00,CNY,2026-12-31 08:00:00,2026-12-31 00:00:13,processing"], header: header))
        #expect(woo.feed[0].at == Instant("2026-12-31 08:00:13") && woo.warnings.allSatisfy { !$0.contains("zone") })
        let absurd = failure(text) {
            $0.currency = "CNY"
            $0.zoneMinutes = 100_000
        }
        #expect(absurd?.problems.first?.column == "Paid Time")
    }

    // MARK: Shops told by the user

    @Test func theUserMayNameTheShop() throws {
        let text = export(["99,2026-11-11 20:00:03,1.00"], header: "order_id,date_paid,total")
        #expect(failure(text) != nil)
        let orders = try decode(text) {
            $0.shop = "woocommerce"
            $0.currency = "CNY"
        }
        #expect(orders.summary.orders == 1 && orders.summary.shop == "woocommerce")
        let error = try #require(failure(text) { $0.shop = "amazon" })
        #expect(error.kind == .usage && error.remedy.contains("woocommerce"))
        // A map overrules the shop's names.
        let mapped = try decode(export(["990001,2026-11-11 20:00:03,1.00,2.00"], header: "主订单编号,支付完成时间,订单应付金额,x")) {
            $0.columnMap = [.amount: "x"]
        }
        #expect(mapped.feed[0].amount == 200)
    }

    @Test func ordersCanCountWhenTheyWerePlaced() throws {
        let text = export(
            [
                "330000000001,2026-11-11 20:00:03,1.00,等待出库", "330000000002,2026-11-11 20:00:03,1.00,等待付款",
                "330000000003,2026-11-11 20:00:03,1.00,已取消",
            ].map { $0 + ",x" }, header: "订单号,下单时间,应付金额,订单状态,下单帐号")
        let error = try #require(failure(text))
        #expect(error.remedy.contains("--map paidAt=下单时间"))
        let orders = try decode(text) { $0.columnMap = [.paidAt: "下单时间"] }
        #expect(orders.summary.orders == 1 && orders.summary.unpaidRows == 2)
        #expect(orders.warnings.contains { $0.contains("下单时间") })
    }

    @Test func missingColumnsAreCalledAsTheShopDoes() throws {
        let error = try #require(failure(export(["x,x,x,x"], header: "商品,订单号,样式ID,商品数量(件)")))
        #expect(
            error.what
                == "has no column for 支付时间 / 订单成交时间 / 拼单成功时间 (paidAt), 用户实付金额 (amount)")
        #expect(error.remedy.contains("--map paidAt=列名 --map amount=列名"))
        let jd = try #require(failure(export(["x,x,x"], header: "订单号,京东价,商品名称")))
        #expect(jd.what.contains("应付金额 / 订单金额 (orderAmount)") && !jd.what.contains("支付完成时间"), "\(jd)")
    }

    // MARK: ERP

    @Test func splitOrdersAreOne() throws {
        func erp(_ ids: [String]) -> String {
            export(
                ids.map { "\($0),袋,1,1.00,2026-11-11 20:00:03,已发货" }, header: "原始单号,货品名称,货品数量,分摊后总价,付款时间,订单状态")
        }
        let one = try decode(erp(["6917926768823643751A", "6917926768823643751B", "6917926768823643751"]))
        #expect(one.summary.orders == 1 && net(one).revenue.value == 300)
        #expect(try decode(erp(["6917926768823643751-1", "6917926768823643751-12"])).summary.orders == 1)
        #expect(one.feed[0].order == ProjectKey.demo.pseudonym(of: "6917926768823643751"))
        // What only looks alike is not stripped.
        #expect(
            try decode(erp(["261111-123456789012345", "261111-123456789012346", "SO20261A", "SO20261B"])).summary.orders
                == 4)
        let joined = try #require(failure(erp(["\"6917926768823643751,6917926768823643752\""])))
        #expect(joined.problems.first?.shape == "several ids")
    }

    // MARK: Several files

    @Test func filesAddUpAndMustNotOverlap() throws {
        let folder = try TemporaryFolder()
        let header = "订单号,付款时间,实付款,订单状态,退款状态"
        let first = try folder.write(
            "a.csv", Array(export(["99000001,2026-11-11 20:00:03,1.00,已发货,-"], header: header).utf8))
        let second = try folder.write(
            "b.csv",
            [0xFF, 0xFE]
                + export(["99000002,2026-11-11 20:00:03,2.00,已发货,-"], header: header).replacing(",", with: "\t").utf16
                .flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        let both = try decoder.decode(paths: [first, second])
        #expect(net(both).revenue.value == 300 && both.summary.rows == 2 && both.standardCounting == .net)
        do throws(OrdersError) {
            _ = try decoder.decode(paths: [first, second, first])
            Issue.record("must fail")
        } catch {
            #expect(error.problems.first?.source == "a.csv" && error.problems.first?.row == 2, "\(error)")
            #expect(error.description.contains("a.csv, row 2, 订单号: "))
        }
        let log = try folder.write("c.jsonl", OrderLogWriter.text(of: both.feed))
        #expect(failure(paths: [first, log])?.file == log)
        #expect(failure(paths: [first, first + "x"])?.kind == .missingInput)
        #expect(failure(paths: [])?.kind == .usage)
        #expect(
            failure(paths: [first, try folder.write("d.csv", Array("说明\n".utf8))])?.what.contains("header") == true)
    }

    private func failure(paths: [String]) -> OrdersError? {
        do throws(OrdersError) {
            _ = try decoder.decode(paths: paths)
            return nil
        } catch {
            return error
        }
    }

    @Test func taobaosFilesMustMatch() throws {
        let folder = try TemporaryFolder()
        let orders = "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货地址,订单付款时间\n"
        let details = "子订单编号,主订单编号,标题,购买数量,订单状态,买家应付货款,退款状态\n"
        func head(_ id: String, paid: String = "2026-11-11 20:00:03") -> String {
            "\(id),x,3.00,3.00,卖家已发货，等待买家确认,浙江省 杭州市 西湖区 槐荫巷3号,\(paid)\n"
        }
        func row(_ id: String, _ main: String, refund: String = "没有申请退款") -> String {
            "\(id),\(main),袋,1,卖家已发货，等待买家确认,1.50,\(refund)\n"
        }
        func decoded(_ heads: [String], _ rows: [String]) throws -> Result<DecodedOrders, OrdersError> {
            let paths = [
                try folder.write("o.csv", Array((orders + heads.joined()).utf8)),
                try folder.write("d.csv", Array((details + rows.joined()).utf8)),
            ]
            do throws(OrdersError) { return .success(try decoder.decode(paths: paths)) } catch {
                return .failure(error)
            }
        }
        let pair = try decoded(
            [head("99000001"), head("99000002", paid: "")],
            [row("1", "99000001"), row("2", "99000001", refund: "退款成功"), row("3", "99000002")]
        ).get()
        #expect(net(pair).revenue.value == 150 && net(pair).refundedAmount.value == 150 && pair.summary.unpaidRows == 1)
        #expect(pair.feed[0].place == Place(province: "浙江", city: "杭州"))
        for (heads, rows, source, shape) in [
            ([head("99000001")], [row("1", "99000001"), row("2", "99000009")], "d.csv", "orders file does not have"),
            ([head("99000001"), head("99000002")], [row("1", "99000001")], "o.csv", "details file does not have"),
            ([head("99000001"), head("99000001")], [row("1", "99000001")], "o.csv", "earlier row"),
        ] {
            guard case .failure(let error) = try decoded(heads, rows) else {
                Issue.record("must fail: \(shape)")
                continue
            }
            #expect(
                error.problems.first?.source == source && error.problems.first?.shape.contains(shape) == true,
                "\(error)")
            #expect(!error.description.contains("槐荫巷"))
        }
    }

    @Test func badTextNeverTrapsInAnyShop() {
        var dice = Dice(77)
        let heads = [
            "Name,Financial Status,Paid at,Currency,Total,Refunded Amount,Lineitem quantity,Lineitem name,Lineitem price",
            "原始单号,货品名称,货品数量,分摊后总价,付款时间,订单状态,收货地区",
            "Order ID,Order Substatus,Order Amount,Paid Time,Order Refund Amount",
        ]
        let cells = [
            "#1", "99", "-1", "1e9", "paid", "退款成功", "46337.8", "1/2/2026 3:04", "浙江", "省直辖", "CNY", "USD",
            "\"a\"\"b\"", "",
            "=\"9\"", "-12", "A", "9999999999999999999", "1.2万", "16/4/2026 9:00 PM", "\u{FEFF}", "万", "件", "#",
            "北京市市市",
        ]
        for round in 0..<3000 {
            var text = heads[round % heads.count] + "\n"
            for _ in 0...dice.below(5) {
                text +=
                    (0..<(heads[round % heads.count].split(separator: ",").count)).map { _ in
                        cells[dice.below(cells.count)]
                    }
                    .joined(separator: ",") + "\n"
            }
            _ = failure(text) {
                $0.currency = "CNY"
                $0.skipBadRows = round % 2 == 0
            }
        }
    }
}
