import Orders
import Testing

@Suite struct SeriesTests {
    private let day = (instant("2026-11-11"), instant("2026-11-12"))

    private func id(_ name: String) -> OrderID { ProjectKey.demo.pseudonym(of: name) }

    private func total(_ measure: Measure, _ feed: Feed, _ counting: Counting) -> Int64 {
        MeasureSeries(measure, of: feed, counting: counting).last
    }

    @Test func partlyRefundedThreeRowOrder() {
        var feed = Feed()
        let order = id("three")
        for row in 0..<3 {
            feed.append(
                OrderEvent(
                    .paid, order: order, row: row, at: instant("2026-11-11 12:00"), amount: Int64(row + 1) * 1000,
                    quantity: row + 1))
        }
        feed.append(OrderEvent(.refunded, order: order, row: 1, at: instant("2026-11-11 13:00")))
        for counting in [Counting.net, .asSeen] {
            #expect(total(.orders, feed, counting) == 1)
            #expect(total(.items, feed, counting) == 4)
            #expect(total(.revenue, feed, counting) == 4000)
        }
        #expect(total(.revenue, feed, .gross) == 6000)
        #expect(total(.refunds, feed, .net) == 1 && total(.refundedAmount, feed, .net) == 2000)
        // Net never showed the refunded row; as-seen did until the refund.
        let noon = instant("2026-11-11 12:30").microseconds
        #expect(MeasureSeries(.revenue, of: feed, counting: .net).value(at: noon) == 4000)
        #expect(MeasureSeries(.revenue, of: feed, counting: .asSeen).value(at: noon) == 6000)
        // The rest goes too: the order counts no more.
        feed.append(OrderEvent(.refunded, order: order, at: instant("2026-11-11 14:00")))
        #expect(total(.orders, feed, .net) == 0 && total(.revenue, feed, .asSeen) == 0)
        #expect(total(.refunds, feed, .asSeen) == 1 && total(.refundedAmount, feed, .gross) == 6000)
    }

    @Test func giftsRepeatsAndOrderAmounts() {
        var feed = Feed()
        let at = instant("2026-11-11 12:00")
        feed.append(OrderEvent(.paid, order: id("gift"), at: at, isGift: true))
        feed.append(OrderEvent(.paid, order: id("twice"), at: at, amount: 500))
        feed.append(OrderEvent(.paid, order: id("twice"), at: at, amount: 500))
        for row in 0..<3 {
            feed.append(OrderEvent(.paid, order: id("whole"), row: row, at: at, amount: 9000, isOrderAmount: true))
        }
        #expect(total(.orders, feed, .net) == 2 && total(.revenue, feed, .net) == 9500)
        feed.append(OrderEvent(.refunded, order: id("whole"), row: 0, at: at))
        #expect(total(.orders, feed, .net) == 2 && total(.revenue, feed, .net) == 9500)
        #expect(total(.refundedAmount, feed, .net) == 0)
        feed.append(OrderEvent(.closed, order: id("whole"), at: at))
        #expect(total(.revenue, feed, .asSeen) == 500 && total(.refundedAmount, feed, .asSeen) == 9000)
        // A refund that overtakes its payment is not forgotten.
        feed.append(OrderEvent(.refunded, order: id("late"), at: at))
        feed.append(OrderEvent(.paid, order: id("late"), at: at, amount: 100))
        #expect(total(.orders, feed, .asSeen) == 1)
    }

    @Test func stockIsTheSumOfLastCounts() {
        var feed = Feed()
        for (product, left) in [("a", 10), ("b", 5), ("a", 7)] {
            feed.append(OrderEvent(.stock, order: nil, at: instant("2026-11-11"), product: product, stockLeft: left))
        }
        #expect(total(.stockLeft, feed, .net) == 12)
        let refused = [
            OrderEvent(.stock, order: nil, at: instant("2026-11-11")),
            OrderEvent(.paid, order: nil, at: instant("2026-11-11")),
            OrderEvent(.paid, order: id("x"), row: 512, at: instant("2026-11-11")),
            OrderEvent(.paid, order: id("x"), at: instant("2026-11-11"), amount: -1),
            OrderEvent(.paid, order: id("x"), at: instant("2026-11-11"), amount: .max),
        ]
        for event in refused {
            let isTaken = feed.append(event)
            #expect(!isTaken)
        }
        #expect(feed.count == 3)
    }

    // MARK: Properties

    /// A random feed of many small orders; live ones carry frames.
    private func randomEvents(_ dice: inout Dice, count: Int, isLive: Bool) -> [OrderEvent] {
        var events: [OrderEvent] = []
        var frame = 0
        for number in 0..<count {
            frame += dice.below(3)
            let kind: OrderEvent.Kind =
                switch dice.below(10) {
                case 0...5: .paid
                case 6: .shipped
                case 7, 8: .refunded
                default: .closed
                }
            let row = dice.below(5) == 0 ? nil : dice.below(3)
            events.append(
                OrderEvent(
                    kind, order: id("o\(dice.below(count / 4 + 1))"), row: row,
                    at: Instant(unixSeconds: 1_794_326_400 + Int64(number * 60 + dice.below(3600))),
                    seen: isLive ? frame : nil, amount: Int64(dice.below(5) * 100), quantity: 1 + dice.below(3),
                    isGift: dice.below(8) == 0))
        }
        return isLive ? events : events.sorted { $0.at < $1.at }
    }

    /// Orders, items and revenue by definition: no folding, no shortcuts.
    private func naive(_ events: [OrderEvent], period: Period?, counting: Counting) -> [Int64] {
        var orders: Int64 = 0
        var items: Int64 = 0
        var revenue: Int64 = 0
        for order in Set(events.compactMap(\.order)) {
            let own = events.filter { $0.order == order }
            let gone = own.filter { ($0.kind == .refunded || $0.kind == .closed) && counting != .gross }.map(\.row)
            var seen: Set<Int> = []
            var counts = false
            for event in own where event.kind == .paid && (period?.contains(event.at) ?? true) {
                let row = event.row ?? 0
                guard seen.insert(row).inserted, !event.isGift, !gone.contains(where: { $0 == nil || $0 == row }) else {
                    continue
                }
                counts = true
                items += Int64(event.quantity)
                revenue += event.amount
            }
            if counts { orders += 1 }
        }
        return [orders, items, revenue]
    }

    @Test(arguments: [false, true])
    func seriesAgreeWithTheDefinitionAtEveryPrefix(isLive: Bool) throws {
        var dice = Dice(isLive ? 5 : 6)
        let period = try Period("2026-11-11 00:30..2026-11-11 02:00")
        for round in 0..<30 {
            let events = randomEvents(&dice, count: 60, isLive: isLive)
            let within = round % 2 == 0 ? nil : period
            for counting in [Counting.asSeen, .gross] {
                var feed = Feed()
                var series = [Measure.orders, .items, .revenue].map {
                    MeasureSeries($0, period: within, counting: counting)
                }
                for (number, event) in events.enumerated() {
                    feed.append(event)
                    for index in series.indices { series[index].append(from: feed) { _, _ in Int64(number) } }
                    #expect(series.map(\.last) == naive(Array(events[0...number]), period: within, counting: counting))
                }
            }
            // Net: what the whole feed leaves standing, from the first payment on.
            var feed = Feed()
            for event in events { feed.append(event) }
            let net = [Measure.orders, .items, .revenue].map {
                MeasureSeries($0, of: feed, period: within, counting: .net).last
            }
            #expect(net == naive(events, period: within, counting: .net))
            let statistics = PeriodStatistics(of: feed, period: within, counting: .net)
            #expect([statistics.orders.value, statistics.items.value, statistics.revenue.value] == net)
        }
    }

    @Test func splitsChangeNothingAndAppendsOnlyTheFuture() {
        var dice = Dice(7)
        for _ in 0..<15 {
            let history = randomEvents(&dice, count: 20, isLive: false)
            let live = randomEvents(&dice, count: 60, isLive: true)
            let events = history + live
            let position: (Instant, Int?) -> Int64 = { $1.map(Int64.init) ?? -1 }
            for counting in Counting.allCases {
                for measure in Measure.allCases {
                    var whole = Feed()
                    for event in events { whole.append(event) }
                    var all = MeasureSeries(measure, counting: counting)
                    all.append(from: whole, position: position)
                    // Net may look ahead in the file, so it is whole before the first fold.
                    let first = counting == .net ? history.count : dice.below(events.count)
                    var feed = Feed()
                    var series = MeasureSeries(measure, counting: counting)
                    var index = 0
                    var next = first
                    while index < events.count {
                        while index < next {
                            feed.append(events[index])
                            index += 1
                        }
                        let before = series
                        let seen = Int64(events[max(0, before.consumed)..<index].map { $0.seen ?? -1 }.min() ?? -1)
                        series.append(from: feed, position: position)
                        if before.consumed > 0 {
                            for frame in -1..<max(-1, seen) {
                                #expect(series.value(at: frame) == before.value(at: frame))
                            }
                        }
                        next = min(events.count, index + 1 + dice.below(10))
                    }
                    #expect(series == all)
                }
            }
        }
    }

    @Test func copiesOfAFeedDoNotSeeEachOthersEvents() {
        var feed = Feed()
        for number in 0..<3000 {
            feed.append(
                OrderEvent(
                    .paid, order: id("o\(number % 900)"), row: number / 900, at: Instant(unixSeconds: Int64(number)),
                    amount: 1))
        }
        let snapshot = feed
        let text = OrderLogWriter.text(of: snapshot)
        for number in 0..<900 { feed.append(OrderEvent(.refunded, order: id("o\(number)"), at: instant("2026-11-11"))) }
        #expect(snapshot.count == 3000 && OrderLogWriter.text(of: snapshot) == text)
        #expect(total(.orders, snapshot, .net) == 900 && total(.orders, feed, .net) == 0)
    }

    @Test func appendingToAMillionOrdersIsQuick() {
        var feed = Feed()
        var series = MeasureSeries(.orders, counting: .asSeen)
        let position: (Instant, Int?) -> Int64 = { at, _ in at.microseconds }
        var dice = Dice(8)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        func event(_ number: Int) -> OrderEvent {
            let name = "O" + String((0..<15).map { _ in letters[dice.below(26)] })
            return OrderEvent(
                .paid, order: OrderID(pseudonym: name), at: Instant(unixSeconds: Int64(number)), amount: 100)
        }
        for number in 0..<300_000 { feed.append(event(number)) }
        series.append(from: feed, position: position)
        let clock = ContinuousClock()
        let events = (300_000..<310_000).map(event)
        let taken = clock.measure {
            for event in events {
                feed.append(event)
                series.append(from: feed, position: position)
            }
        }
        // The reach is 50 µs; on a busy machine this still tells constant from linear.
        #expect(taken / events.count < .microseconds(50))
        #expect(series.last == 310_000)
    }
}
