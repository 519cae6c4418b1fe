import Orders
import Testing

@Suite struct OrderArrivalsTests {
    private static let start = Instant(unixSeconds: 1_794_326_400)

    private static func at(_ seconds: Int) -> Instant { start.adding(microseconds: Int64(seconds) * 1_000_000) }

    private static func id(_ number: Int) -> OrderID { ProjectKey.demo.pseudonym(of: "99\(number)") }

    private static func feed(_ events: [OrderEvent]) -> Feed {
        var feed = Feed()
        for event in events { feed.append(event) }
        return feed
    }

    private static func arrivals(_ feed: Feed, _ counting: Counting, period: Period? = nil) -> [Int] {
        var arrivals = OrderArrivals(period: period, counting: counting)
        var events: [Int] = []
        arrivals.append(from: feed) { events.append($0.event) }
        #expect(arrivals.count == events.count)
        return events
    }

    @Test func anOrderArrivesOnceWithItsFirstRowThatCounts() {
        let feed = Self.feed([
            OrderEvent(.paid, order: Self.id(1), row: 0, at: Self.at(0), amount: 0, isGift: true),
            OrderEvent(.paid, order: Self.id(1), row: 1, at: Self.at(0), amount: 900),
            OrderEvent(.paid, order: Self.id(1), row: 2, at: Self.at(1), amount: 100),
            OrderEvent(.paid, order: Self.id(1), row: 1, at: Self.at(2), amount: 900),
            OrderEvent(.paid, order: Self.id(2), at: Self.at(3), amount: 5),
        ])
        for counting in Counting.allCases { #expect(Self.arrivals(feed, counting) == [1, 4]) }
    }

    @Test func refundsTakeBackNothingButAreNeverSeenWithNet() {
        let feed = Self.feed([
            OrderEvent(.paid, order: Self.id(1), at: Self.at(0), amount: 900),
            OrderEvent(.paid, order: Self.id(2), row: 0, at: Self.at(1), amount: 900),
            OrderEvent(.paid, order: Self.id(2), row: 1, at: Self.at(1), amount: 800),
            OrderEvent(.refunded, order: Self.id(1), at: Self.at(2)),
            OrderEvent(.closed, order: Self.id(2), row: 0, at: Self.at(3)),
            OrderEvent(.paid, order: Self.id(1), row: 1, at: Self.at(4), amount: 1),
        ])
        #expect(Self.arrivals(feed, .asSeen) == [0, 1])
        #expect(Self.arrivals(feed, .gross) == [0, 1])
        // Order 2 is still there with its second row; nothing of order 1 is.
        #expect(Self.arrivals(feed, .net) == [2])
    }

    @Test func onlyThePeriodCounts() throws {
        let feed = Self.feed((0..<10).map { OrderEvent(.paid, order: Self.id($0), at: Self.at($0), amount: 1) })
        let period = try Period(from: Self.at(3), to: Self.at(6))
        #expect(Self.arrivals(feed, .asSeen, period: period) == [3, 4, 5])
    }

    @Test func prefixAndRestGiveTheWhole() {
        var random = Numbers(state: 7)
        for _ in 0..<50 {
            var events: [OrderEvent] = []
            for second in 0..<120 {
                let order = Self.id(Int.random(in: 0..<40, using: &random))
                let row = Int.random(in: 0..<3, using: &random)
                let isRemoval = Int.random(in: 0..<4, using: &random) == 0
                events.append(
                    OrderEvent(
                        isRemoval ? .refunded : .paid, order: order, row: row, at: Self.at(second), seen: second,
                        amount: 100, city: nil, isGift: Int.random(in: 0..<5, using: &random) == 0))
            }
            let whole = Self.feed(events)
            var feed = Feed()
            var split = OrderArrivals(counting: .asSeen)
            var found: [Int] = []
            for event in events {
                feed.append(event)
                if Int.random(in: 0..<3, using: &random) == 0 { split.append(from: feed) { found.append($0.event) } }
            }
            split.append(from: feed) { found.append($0.event) }
            #expect(found == Self.arrivals(whole, .asSeen))
        }
    }

    /// Every order that the gross count has arrives.
    @Test func theyAddUpToTheCount() throws {
        let decoded = try decoder.decode(path: "\(checkout)/Samples/douyin-1111.csv")
        for counting in Counting.allCases {
            let count = Self.arrivals(decoded.feed, counting).count
            let orders = MeasureSeries(.orders, of: decoded.feed, counting: counting)
            if counting == .asSeen {
                #expect(count == Self.arrivals(decoded.feed, .gross).count)
            } else {
                #expect(Int64(count) == orders.last)
            }
        }
    }

    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }
}
