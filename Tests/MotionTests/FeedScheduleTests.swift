import Drawing
import Motion
import Orders
import Testing

/// Which orders are shown, and from when.
@Suite struct FeedScheduleTests {
    private static let elements = """
        - {type: waterfall, id: push, position: [500, 200], size: [900, 300], rowHeight: 90, priority: {over: 1500}}
        - {type: waterfall, id: scroll, mode: scroll, from: bottom, position: [500, 500], size: [900, 260], rowHeight: 90, merge: {perSecond: 4, after: 1, text: "还有{count}笔"}}
        - {type: popups, id: queue, position: [500, 700], size: [900, 140], fontSize: 40, hold: 1.2s, minimum: 0.5s, pause: 0.1s, text: "{place} {name} {ago}下单了【{product}】", priority: {over: 1500}}
        - {type: popups, id: danmaku, mode: danmaku, position: [500, 800], size: [900, 240], fontSize: 36, speed: 400, text: "{name} {ago}买了{product}", priority: {over: 1500}}
        """

    @Test func prefixAndRestGiveTheWhole() throws {
        let template = try FeedScene.template(Self.elements)
        var random = SeededGenerator(seed: 5)
        for (seed, density) in [(1, 0.8), (2, 6), (3, 40)] as [(UInt64, Double)] {
            let events = FeedScene.session(seconds: 6, perSecond: density, seed: seed)
            let expected = try FeedScene.resolve(template, events)
            let whole = expected.digests(every: 3)
            for _ in 0..<3 {
                var cuts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    Int.random(in: 0...events.count, using: &random)
                }
                cuts.sort()
                var composition = try FeedScene.resolve(template, events[..<cuts[0]])
                for (from, to) in zip(cuts, cuts.dropFirst() + [events.count]) where from < to {
                    let before = composition.digests(every: 3)
                    try composition.append(events[from..<to])
                    let after = composition.digests(every: 3)
                    let seen = events[from].seen ?? 0
                    for index in before.indices where index * 3 < seen && before[index] != after[index] {
                        Issue.record("an event seen at \(seen) changed frame \(index * 3)")
                    }
                }
                #expect(composition.digests(every: 3) == whole, "seed \(seed), cuts \(cuts)")
                #expect(composition.facts.missingGlyphs == expected.facts.missingGlyphs)
            }
        }
    }

    @Test func nothingIsLostAtAnyPace() throws {
        let template = try FeedScene.template(Self.elements)
        let empty = try FeedScene.resolve(template, [OrderEvent]())
        for seed in 0..<40 as Range<UInt64> {
            let density = [0.05, 0.5, 3, 20, 300][Int(seed % 5)]
            let events = FeedScene.session(seconds: 6, perSecond: density, seed: seed + 100)
            var composition = empty
            try composition.append(events)
            let orders = events.count { $0.kind == .paid }
            for schedule in composition.schedules {
                #expect(schedule.total == orders)
                // What is on screen by the end and what waited too late: all in all every order, by name or by number.
                for index in 1..<max(1, schedule.entries.count) {
                    #expect(schedule.entries[index].tick > schedule.entries[index - 1].tick)
                }
            }
        }
    }

    @Test func rowsComeNoFasterThanTheRule() throws {
        let template = try FeedScene.template(Self.elements)
        let composition = try FeedScene.resolve(
            template, FeedScene.session(seconds: 6, perSecond: 500, seed: 9))
        let second = Int64(30 * 64)
        for (schedule, interval) in zip(composition.schedules, [second / 2, second / 4, 0, second / 2]) {
            #expect(schedule.entries.count > 2)
            for index in 1..<schedule.entries.count {
                #expect(schedule.entries[index].tick - schedule.entries[index - 1].tick >= interval)
            }
            #expect((0..<schedule.entries.count).contains { schedule.entries[$0].merged > 20 })
        }
        // One at a time: it is there for its minimum, and gone before the next comes.
        let queue = composition.schedules[2]
        for index in 1..<queue.entries.count {
            let (one, next) = (queue.entries[index - 1], queue.entries[index])
            #expect(one.leave - one.tick >= second / 2)
            #expect(next.tick - one.leave >= second / 10)
        }
    }

    @Test func largeOrdersAreShownByName() throws {
        let template = try FeedScene.template(Self.elements)
        let events = FeedScene.session(seconds: 6, perSecond: 30, seed: 11)
        let plain = Self.elements.replacing(", priority: {over: 1500}", with: "")
        let with = try FeedScene.resolve(template, events).schedules
        let without = try FeedScene.resolve(FeedScene.template(plain), events).schedules
        for index in [0, 2, 3] {
            func large(_ schedule: FeedSchedule) -> Int {
                (0..<schedule.entries.count).count { schedule.entries[$0].order.line.face.amount >= 150_000 }
            }
            #expect(large(with[index]) > large(without[index]))
        }
    }

    @Test func framesCanBeAskedForInAnyOrder() throws {
        let template = try FeedScene.template(Self.elements)
        let events = FeedScene.session(seconds: 6, perSecond: 5, seed: 3)
        let forwards = try FeedScene.resolve(template, events).digests(every: 5)
        let other = try FeedScene.resolve(template, events)
        let backwards = stride(from: 0, to: other.frameCount, by: 5).reversed().map {
            other.displayList(atFrame: $0).digest
        }
        #expect(forwards == backwards.reversed())
    }

    /// Copies that went different ways share their caches, and nothing else.
    @Test func copiesShowWhatTheirOwnOrdersSay() throws {
        let template = try FeedScene.template(Self.elements)
        let empty = try FeedScene.resolve(template, [OrderEvent]())
        for seed in [21, 22] as [UInt64] {
            let events = FeedScene.session(seconds: 6, perSecond: 4, seed: seed)
            var copy = empty
            try copy.append(events)
            #expect(copy.digests(every: 5) == (try FeedScene.resolve(template, events)).digests(every: 5))
        }
    }

    @Test func aRefundedOrderOfAFileIsNeverShown() throws {
        let template = try FeedScene.template(
            "- {type: waterfall, position: [500, 300], size: [900, 500]}", header: "data: {source: 店}")
        var random = SeededGenerator(seed: 1)
        var events: [OrderEvent] = []
        for number in 0..<40 {
            let at = TestFeed.start.adding(microseconds: Int64(number) * 1_000_000)
            events.append(FeedScene.order(number, frame: nil, at: at, using: &random))
        }
        events.append(OrderEvent(.refunded, order: TestFeed.id(5), at: TestFeed.start.adding(microseconds: 90_000_000)))
        var options = ResolveOptions()
        options.period = .day
        let composition = try FeedScene.resolve(template, events, isSession: false, options)
        #expect(composition.schedules[0].total == 39)
        #expect(composition.facts.disclosure.contains("支付成功订单，不含已退款及已关闭"))
        #expect(composition.facts.disclosure.contains("历史订单回放，非实时"))
    }

    /// A film that holds its last numbers has shown every order by then, by name or by number.
    @Test func everyOrderOfAFileHasBeenShownByItsEnd() throws {
        let template = try FeedScene.template(
            Self.elements, header: "data: {map: {start: 0.5s, hold: 4s}}", duration: "12s")
        var random = SeededGenerator(seed: 2)
        for count in [1, 7, 90, 900] {
            var events: [OrderEvent] = []
            for number in 0..<count {
                let at = TestFeed.start.adding(microseconds: Int64.random(in: 0..<86_000_000_000, using: &random))
                events.append(FeedScene.order(number, frame: nil, at: at, using: &random))
            }
            events.sort { $0.at < $1.at }
            var options = ResolveOptions()
            options.period = .day
            let composition = try FeedScene.resolve(template, events, isSession: false, options)
            let last = Int64(composition.frameCount * 64 - 1)
            for schedule in composition.schedules {
                let shown = (0..<schedule.begun(at: last)).reduce(0) { $0 + 1 + schedule.entries[$1].merged }
                #expect(shown == count)
            }
        }
    }

    @Test func aMillionOrdersAreAFewRows() throws {
        let template = try FeedScene.template(
            "- {type: waterfall, position: [500, 300], size: [900, 500]}", duration: "12s")
        var feed = Feed()
        feed.session = FeedScene.session
        for number in 0..<1_000_000 {
            guard let id = OrderID(pseudonym: Self.name(number)) else { continue }
            feed.append(
                OrderEvent(
                    .paid, order: id, at: TestFeed.start, seen: number / 2800, amount: 100, product: "杯", buyer: "张三"))
        }
        let clock = ContinuousClock()
        var composition = try FeedScene.resolve(template, [OrderEvent]())
        let time = try clock.measure {
            composition = try Composition.resolve(template, feed: feed, world: TestWorld())
        }
        feed = Feed()
        let schedule = composition.schedules[0]
        print("resolving a million orders as rows: \(time), \(schedule.entries.count) rows")
        #expect(schedule.total == 1_000_000)
        #expect(schedule.entries.count < 40)
        #expect(time < .seconds(5))
        var times: [Duration] = []
        for number in 0..<500 {
            let event = OrderEvent(
                .paid, order: ProjectKey.demo.pseudonym(of: "97\(number)"), at: TestFeed.start, seen: 358, amount: 100)
            times.append(try clock.measure { try composition.append([event]) })
        }
        times.sort()
        print("append of an order to a million: median \(times[250]), 99 % \(times[495])")
        #expect(times[250] < .microseconds(50))
        #expect(composition.schedules[0].total == 1_000_500)
    }

    private static func name(_ number: Int) -> String {
        var (rest, letters) = (number, "")
        for _ in 0..<8 {
            letters.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "A") + UInt8(rest % 26)))
            rest /= 26
        }
        return letters
    }
}
