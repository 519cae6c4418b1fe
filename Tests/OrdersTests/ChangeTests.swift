import Orders
import Testing

/// Orders come to a measure and leave it as its number changes.
@Suite struct ChangeTests {
    /// Any events in any order: several rows, gifts, repeated payments, refunds of a row or of all, before the payment too.
    private static func feed(_ seed: UInt64) -> Feed {
        var dice = Dice(seed)
        var feed = Feed()
        for minute in 0..<160 {
            let order = ProjectKey.demo.pseudonym(of: "9900\(dice.below(40))")
            let at = instant("2026-11-11").adding(microseconds: Int64(minute - dice.below(3)) * 60_000_000)
            switch dice.below(6) {
            case 0...2:
                feed.append(
                    OrderEvent(
                        .paid, order: order, row: dice.below(3), at: at, amount: 100, isGift: dice.below(5) == 0))
            case 3:
                feed.append(OrderEvent(.refunded, order: order, row: dice.below(2) == 0 ? nil : dice.below(3), at: at))
            case 4: feed.append(OrderEvent(.closed, order: order, at: at))
            default: feed.append(OrderEvent(.shipped, order: order, at: at))
            }
        }
        return feed
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>, Counting.allCases)
    func asManyOrdersAsTheNumberSays(_ seed: UInt64, _ counting: Counting) throws {
        let feed = Self.feed(seed)
        let period = seed % 2 == 0 ? try Period("2026-11-11 00:20..2026-11-11 02:00") : nil
        for measure in [Measure.orders, .refunds] {
            let series = MeasureSeries(measure, of: feed, period: period, counting: counting)
            var counted: Set<OrderID> = []
            var last = Int64.min
            var changes = 0
            feed.forEachChange(of: measure, period: period, counting: counting, position: { at, _ in at.microseconds })
            {
                // Between two positions the number stays.
                if $0.position != last { #expect(Int64(counted.count) == series.value(at: $0.position - 1)) }
                #expect($0.position >= last)
                #expect($0.isCounted ? counted.insert($0.order).inserted : counted.remove($0.order) != nil)
                last = $0.position
                changes += 1
            }
            #expect(Int64(counted.count) == series.last)
            #expect(changes > 1)
        }
        feed.forEachChange(of: .stockLeft, counting: counting, position: { at, _ in at.microseconds }) { _ in
            Issue.record("no order stands behind stock")
        }
    }

    @Test func ordersAreFoundAsPeopleNameThem() throws {
        let key = ProjectKey.demo
        let id = key.pseudonym(of: "6936482716253849571")
        for text in ["6936482716253849571", " 6936482716253849571\t", "'6936482716253849571", id.text] {
            #expect(try key.order(named: text) == id, "\(text)")
        }
        #expect(try key.order(named: id.traceCode).traceCode == id.traceCode)
        for text in ["", "张三", "6.93648E+18", "1234 5678 9012", String(repeating: "7", count: 100)] {
            #expect(throws: OrdersError.self) { try key.order(named: text) }
        }
    }
}
