import Orders
import Testing

/// Where a guess would be near at hand and would change a figure.
@Suite struct NothingGuessedTests {
    private func statistics(_ orders: DecodedOrders) -> PeriodStatistics {
        PeriodStatistics(of: orders.feed, counting: .net)
    }

    @Test func aTitleAloneMakesNoGift() throws {
        let row = "9900000000000000001,9900000000000000001,p,1,1.00,2026-11-11 20:00:03,已发货,-"
        let sold = try decode(export([row.replacing(",p,", with: ",赠品袋,"), row.replacing("1,p", with: "2,【赠品】袋")]))
        #expect(statistics(sold).revenue.value == 200 && statistics(sold).gifts == 0)
        #expect(sold.warnings.contains("2 rows are called 赠品 but have a price: counted as sold"))
        let given = try decode(export([row, row.replacing("1,p,1,1.00", with: "2,赠品袋,1,0.00")]))
        #expect(statistics(given).gifts == 1 && given.warnings.isEmpty)
        // Where the amount is the order's, the price of a piece tells.
        let jd = "订单号,商品名称,订购数量,京东价,应付金额,订单状态,付款确认时间"
        let both = ["赠品杯,1,0.000", "赠品袋,1,10.00"].map { "990000000001,\($0),10.00,完成,2026-11-11 20:00:03" }
        let orders = try decode(export(both, header: jd))
        #expect(statistics(orders).gifts == 1 && statistics(orders).revenue.value == 1000)
        #expect(orders.warnings.contains { $0.hasPrefix("1 row is called 赠品") })
    }

    @Test func pricesOnlyTellGifts() throws {
        let header =
            "Order Number,Order Status,Order Date,Paid Date,Item Name,Quantity (- Refund),Item Cost,Order Total Amount,Currency"
        func orders(_ quantity: String, _ price: String) throws -> DecodedOrders {
            let row = "990001,processing,2026-11-11 20:00,2026-11-11 20:00:03,p,\(quantity),\(price),10.00,CNY"
            return try decode(export([row], header: header))
        }
        for price in ["3.333333", "0.0001", "n.a.", ""] {
            #expect(try orders("1", price).summary.giftRows == 0, "\(price)")
        }
        for price in ["0", "0.000000", "¥0.00"] { #expect(try orders("1", price).summary.giftRows == 1, "\(price)") }
        // All pieces of the row were given back.
        let none = try orders("0", "3.33")
        #expect(
            none.feed[0].quantity == 0 && statistics(none).items.value == 0 && statistics(none).revenue.value == 1000)
        let log = try decode(String(decoding: OrderLogWriter.text(of: none.feed), as: UTF8.self))
        #expect(log.feed[0].quantity == 0)
        #expect(throws: OrdersError.self) { try orders("-1", "3.33") }
        let plain = header.replacing(" (- Refund)", with: "")
        let row = "990001,processing,2026-11-11 20:00,2026-11-11 20:00:03,p,0,1.00,10.00,CNY"
        #expect(failure(export([row], header: plain))?.problems.first?.column == "Quantity")
    }

    @Test func aPlaceIsCountedOnce() throws {
        let header =
            "Name,Financial Status,Paid at,Currency,Total,Lineitem quantity,Lineitem name,Lineitem price,Shipping Province"
        let rows = ["#1001,paid,2025-10-07 09:50:26 +0800,CNY,30.00,1,a,10.00,Nowhere", "#1001,,,,,2,b,10.00,"]
        let warnings = try decode(export(rows, header: header)).warnings
        #expect(warnings.contains { $0.hasPrefix("1 row has a place") }, "\(warnings)")
    }

    @Test func filesBehindEachOther() throws {
        let rows = ["1", "2"].map { "990000000000000000\($0),9900000000000000001,p,1,1.00,2026-11-11 20:00:03,已发货,-" }
        let both = try decode(export([rows[0]]) + export([rows[1]]))
        #expect(both.summary.rows == 2 && statistics(both).revenue.value == 200)
        #expect(both.warnings == ["row 3 repeats the header: what follows is read as a file of its own"])
        // What both hold is found, as it is in files of their own.
        let error = try #require(failure(export(rows) + export([rows[1]])))
        #expect(error.problems.map(\.row) == [5] && error.problems[0].shape.contains("earlier file"), "\(error)")
        #expect(failure(export([rows[0], rows[0].replacing(",1.00,", with: ",订单应付金额,")]))?.problemCount == 1)
    }

    @Test(arguments: ["未退款成功", "部分退款成功", "退款中（已退款0元）"])
    func afterSaleWordsThatSayTwoThingsAreRefused(_ word: String) throws {
        let row = "9900000000000000001,9900000000000000001,p,1,1.00,2026-11-11 20:00:03,已发货,\(word)"
        let problem = try #require(failure(export([row]))?.problems.first)
        #expect(problem.column == "售后状态" && problem.hint.contains("退款金额") && !"\(problem)".contains(word))
    }
}
