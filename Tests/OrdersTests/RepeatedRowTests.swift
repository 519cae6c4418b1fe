import Orders
import Testing

/// Rows that come twice, amounts that disagree and ids that were rounded: none of them may change a sum unseen.
@Suite struct RepeatedRowTests {
    private func problem(_ header: String, _ rows: [String]) -> String? {
        failure(export(rows, header: header)).map { error in
            error.problems.first.map { "\($0.row): \($0.shape)" } ?? error.what
        }
    }

    @Test(
        arguments: [
            ("订单号,用户实付金额,支付时间,订单状态,样式ID", "990000001,1.00,2026-11-11 12:00:00,已发货，待签收,7"),
            ("订单号,订单创建时间,实付款,支付时间,商品名称", "990000001,2026-11-11 12:00:00,1.00,2026-11-11 12:00:00,p"),
            ("订单编号,买家会员名,总金额,买家实际支付金额,订单付款时间", "990000001,a,1.00,1.00,2026-11-11 12:00:00"),
            ("主订单编号,选购商品,订单应付金额,支付完成时间", "990000001,p,1.00,2026-11-11 12:00:00"),
        ])
    func ordersOfOneRowComeOnce(_ header: String, _ row: String) {
        #expect(problem(header, [row, row.replacing("990000001", with: "990000002")]) == nil)
        #expect(problem(header, [row, row]) == "3: the order was in row 2 already")
        // The rest of the row plays no part.
        #expect(problem(header, [row, row.replacing("1.00", with: "2.00")]) == "3: the order was in row 2 already")
    }

    @Test(arguments: [
        ("订单号,京东价,商品名称,订购数量,付款确认时间,应付金额,货号编码", "990000001,1.00,p,1,2026-11-11 12:00:00,9.00,A"),
        ("订单号,付款时间,实付款,商品规格", "990000001,2026-11-11 12:00:00,1.00,A"),
    ])
    func rowsThatAreTheSameAreOne(_ header: String, _ row: String) {
        let other = String(row.dropLast()) + "B"
        let third = row.replacing("1.00", with: "2.00")
        #expect(problem(header, [row, other, third]) == nil)
        #expect(problem(header, [row, row]) == "3: the order was in row 2 already")
        #expect(problem(header, [row, other, third, other]) == "5: the order was in row 2 already")
    }

    @Test func anOrderHasOneAmount() throws {
        let header = "订单号,京东价,商品名称,付款确认时间,应付金额"
        let rows = ["990000001,1.00,p,2026-11-11 12:00:00,9.00", "990000001,1.00,q,2026-11-11 12:00:00,8.00"]
        #expect(problem(header, rows) == "3: differs from the amount of the order's first row")
        #expect(failure(export(rows, header: header))?.problems.first?.hint.contains("--map amount=应付金额") == true)
        let own = try decode(export(rows, header: header), map: [.amount: "应付金额"])
        #expect(MeasureSeries(.revenue, of: own.feed, counting: .net).last == 1700)
    }

    @Test(
        arguments: [
            (["6917926768823640000", "6917926768823650000"], true),
            (["6917926768823640000", "6917926768823651000"], false),
            (["69179267688236400", "69179267688236500"], true), (["69179267688236400", "69179267688236450"], false),
            (["6917926768823640", "6917926768823650"], false),
            (["691792676882364000000", "6917926768823651234"], false),
            (["6917926768823640000", "6917926768823650000", "69179267688236512"], true),
        ])
    func roundedIDs(_ ids: [String], _ isRefused: Bool) {
        let rows = ids.map { "\($0),,p,1,1.00,2026-11-11 12:00:00,已发货,-" }
        #expect((failure(export(rows))?.what.contains("rounded") == true) == isRefused)
    }

    @Test func oneRoundedIDIsAWarning() throws {
        let row = "6917926768823640000,1,p,1,1.00,2026-11-11 12:00:00,已发货,-"
        let two = row.replacing(",1,p", with: ",2,p")
        #expect(try decode(export([row, two])).warnings.contains { $0.contains("rounded") })
        #expect(try decode(export([row.replacing("40000,1", with: "40001,1")])).warnings.isEmpty)
    }
}
