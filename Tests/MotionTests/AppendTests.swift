import Drawing
import Motion
import Orders
import Testing

@Suite struct AppendTests {
    private static let frames = 150
    private static let session = Session(start: TestFeed.start, rateNumerator: 30)

    private static func template(counting: String) throws -> Template {
        try TestTemplate.decode(
            TestTemplate.scene(
                """
                - {type: text, id: sold, text: "{sold}", position: [500, 200], size: [800, 200]}
                - {type: group, id: g, position: [500, 500], elements: [{type: text, id: r, text: "{income|yuan} {average|yuan}", size: [900, 100]}]}
                - {type: flipCounter, id: flip, measure: sold, position: [500, 700], size: [800, 200]}
                - {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34}
                """,
                header: """
                    data:
                      measures:
                        sold: {of: orders, counting: \(counting)}
                        income: {of: revenue, counting: \(counting)}
                        average: {of: average, counting: \(counting)}
                    """, duration: "5s"))
    }

    private static func resolve(_ template: Template, _ events: some Sequence<OrderEvent>) throws -> Composition {
        try Composition.resolve(template, feed: TestFeed.feed(events, session: session), world: TestWorld())
    }

    private static func digests(_ composition: Composition) -> [Digest] {
        (0..<composition.frameCount).map { composition.displayList(atFrame: $0).digest }
    }

    @Test(arguments: ["as-seen", "gross", "net"]) func prefixAndRestGiveTheWhole(counting: String) throws {
        let template = try Self.template(counting: counting)
        let events = TestFeed.session(orders: 60, frames: Self.frames)
        let whole = Self.digests(try Self.resolve(template, events))
        var random = SeededGenerator(seed: 21)
        for _ in 0..<12 {
            var cuts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                Int.random(in: 0...events.count, using: &random)
            }
            cuts.sort()
            var composition = try Self.resolve(template, events[..<cuts[0]])
            for (from, to) in zip(cuts, cuts.dropFirst() + [events.count]) {
                let before = Self.digests(composition)
                try composition.append(events[from..<to])
                guard let seen = events[from..<to].first?.seen else { continue }
                let after = Self.digests(composition)
                for frame in 0..<min(seen, Self.frames) where before[frame] != after[frame] {
                    Issue.record("an event seen at \(seen) changed frame \(frame)")
                }
            }
            #expect(Self.digests(composition) == whole, "cuts \(cuts)")
        }
    }

    @Test func aFileWithAPeriodCanGrow() throws {
        let template = try Self.template(counting: "as-seen")
        let events = TestFeed.day(orders: 80)
        var options = ResolveOptions()
        options.period = .day
        func resolve(_ events: some Sequence<OrderEvent>) throws -> Composition {
            try Composition.resolve(template, feed: TestFeed.feed(events), world: TestWorld(), options: options)
        }
        var composition = try resolve(events[..<30])
        try composition.append(events[30...])
        #expect(Self.digests(composition) == Self.digests(try resolve(events)))
        #expect(composition.facts.figures == (try resolve(events)).facts.figures)
        #expect(composition.facts.payments == (try resolve(events)).facts.payments)
        #expect(composition.facts.disclosure == (try resolve(events)).facts.disclosure)
    }

    /// A refund that comes later would have to take its order off frames that were drawn.
    @Test func aNetCountOfAFileCannotGrow() throws {
        let events = TestFeed.day(orders: 80)
        var options = ResolveOptions()
        options.period = .day
        var composition = try Composition.resolve(
            Self.template(counting: "net"), feed: TestFeed.feed(events[..<30]), world: TestWorld(), options: options)
        let before = Self.digests(composition)
        #expect(throws: MotionError.self) { try composition.append(events[30...]) }
        #expect(Self.digests(composition) == before)
    }

    @Test func aFileWithoutAPeriodCannot() throws {
        let template = try Self.template(counting: "as-seen")
        let events = TestFeed.day(orders: 20)
        var composition = try Composition.resolve(template, feed: TestFeed.feed(events), world: TestWorld())
        do {
            try composition.append(events)
            Issue.record("the mapping of time would have changed")
        } catch {
            #expect(error.diagnostics.first?.code == .lookAhead)
        }
    }

    @Test func copiesKeepWhatTheyShow() throws {
        let template = try Self.template(counting: "as-seen")
        let events = TestFeed.session(orders: 40, frames: Self.frames)
        var composition = try Self.resolve(template, events[..<10])
        let copy = composition
        let before = Self.digests(copy)
        try composition.append(events[10...])
        #expect(Self.digests(copy) == before)
        #expect(Self.digests(composition) != before)
    }

    @Test func anAppendToAMillionOrdersIsCheap() throws {
        let template = try Self.template(counting: "as-seen")
        var feed = Feed()
        feed.session = Self.session
        let key = ProjectKey.demo
        var ids: [OrderID] = []
        for number in 0..<1000 { ids.append(key.pseudonym(of: "98\(number)")) }
        // A million events of a thousand orders would share chains: pseudonyms from letters instead, a million of them.
        for number in 0..<1_000_000 {
            guard let id = OrderID(pseudonym: Self.name(number)) else { continue }
            feed.append(OrderEvent(.paid, order: id, at: TestFeed.start, seen: number / 10_000, amount: 100))
        }
        #expect(feed.orderCount == 1_000_000)
        var composition = try Composition.resolve(template, feed: feed, world: TestWorld())
        feed = Feed()
        let clock = ContinuousClock()
        var times: [Duration] = []
        var slowest = (number: 0, time: Duration.zero)
        for (number, id) in ids.enumerated() {
            let event = OrderEvent(.paid, order: id, at: TestFeed.start, seen: 100 + number / 40, amount: 100)
            times.append(try clock.measure { try composition.append([event]) })
            if times[number] > slowest.time { slowest = (number, times[number]) }
        }
        times.sort()
        print("append to a million: median \(times[500]), 99 % \(times[990]), slowest \(slowest)")
        #expect(times[500] < .microseconds(50))
        #expect(composition.facts.figures.first?.value == 1_001_000)
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
