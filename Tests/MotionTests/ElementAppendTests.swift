import Drawing
import Motion
import Orders
import Testing

/// Resolve is a left fold: whatever follows data shows the same in every frame, however the events came in.
@Suite struct ElementAppendTests {
    /// What is on screen, by a name for messages.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let elements: String
        /// Whether it tells of one order, and so looks ahead.
        let looksAhead: Bool
        var testDescription: String { name }

        init(_ name: String, _ elements: String, looksAhead: Bool = false) {
            (self.name, self.elements, self.looksAhead) = (name, elements, looksAhead)
        }
    }

    static let cases = [
        Case(
            "text",
            "- {type: text, text: \"{sold} {income|yuan} {average|wholeYuan} 剩{left}\", position: [500, 300], size: [900, 200]}"
        ),
        Case(
            "text in spans",
            "- {type: text, text: [{text: \"{sold|grouped} 单\", weight: 700}, {text: \" 剩{left}\"}], position: [500, 300], size: [900, 200]}"
        ),
        Case("flipCounter", "- {type: flipCounter, measure: sold, position: [500, 300], size: [800, 200]}"),
        Case("odometer", "- {type: odometer, measure: income, decimals: 2, position: [500, 300], size: [900, 160]}"),
        Case(
            "odometer with a unit",
            "- {type: odometer, measure: income, unit: automatic, position: [500, 300], size: [900, 160]}"),
        Case(
            "progress bar",
            "- {type: progress, measure: sold, goal: 40, label: \"{percent}% {left}\", position: [500, 300], size: [900, 60]}"
        ),
        Case(
            "progress ring",
            "- {type: progress, form: ring, measure: sold, goal: left, beyond: stop, label: \"{value}/{goal}\", position: [500, 300], size: [300, 300]}"
        ),
        Case(
            "stockCounter", "- {type: stockCounter, measure: left, total: 60, position: [500, 300], size: [700, 160]}"),
        Case(
            "stockCounter with a schedule",
            "- {type: stockCounter, schedule: [{at: 0s, left: 20}, {at: 1s, left: 8}], position: [500, 300], size: [700, 160]}"
        ),
        Case(
            "ticker",
            "- {type: ticker, text: [\"{source} {counting}\", 今晚八点], gap: 30, fade: 40, position: [500, 300], size: [900, 80]}"
        ),
        Case("countdown", "- {type: countdown, span: 2s, position: [500, 300], size: [800, 160]}"),
        Case(
            "countdown on flaps",
            "- {type: countdown, span: 2500ms, style: flap, endText: 开抢, position: [500, 300], size: [800, 160]}"),
        Case(
            "waterfall that pushes",
            "- {type: waterfall, position: [500, 400], size: [900, 600], rowHeight: 100, priority: {over: 1500}}"),
        Case(
            "waterfall that scrolls",
            "- {type: waterfall, mode: scroll, from: bottom, position: [500, 400], size: [900, 500], rowHeight: 100, merge: {perSecond: 3, after: 1, text: \"还有{count}笔\"}}"
        ),
        Case(
            "popups in lanes",
            "- {type: popups, mode: danmaku, position: [500, 400], size: [900, 300], fontSize: 36, speed: 500, text: \"{name} {ago}买了{product}\", priority: {over: 1500}}"
        ),
        Case(
            "popups in a queue",
            "- {type: popups, position: [500, 400], size: [900, 200], fontSize: 40, hold: 0.8s, minimum: 0.5s, pause: 0.1s, text: \"{place} {name} {ago}下单了 {product}\", priority: {over: 1500}}"
        ),
        Case(
            "order",
            """
            - type: order
              position: [500, 300]
              size: [900, 300]
              row:
                - {type: avatar, position: [60, 60], size: [80, 80]}
                - {type: text, text: "{name} {place} {price} {shipped}", fontSize: 40, position: [450, 60], size: [700, 80]}
            - {type: text, text: 已发货, when: shipped, fontSize: 40, position: [500, 600], size: [300, 80]}
            - {type: text, text: "第{sold}单", when: not-shipped, fontSize: 40, position: [500, 700], size: [300, 80]}
            """, looksAhead: true),
        Case(
            "particles",
            """
            - {type: particles, preset: confetti, since: each, count: 30, position: [500, 300]}
            - {type: particles, preset: coins, start: tenth, end: tenth+1s, rate: 5, position: [500, 500]}
            """),
        Case(
            "shape and image",
            """
            - {type: shape, shape: rect, fill: "#ff0000", start: tenth+0.1s, enter: pop, exit: fade, end: scarce, size: [90, 90], position: [100, 100]}
            - {type: image, image: a.png, since: each, size: [90, 90], position: [500, 300], scale: {keys: [{at: 0s, value: 1}, {at: 0.2s, value: 1.5}]}}
            """),
        Case(
            "group",
            """
            - type: group
              start: tenth
              enter: {preset: rise, stagger: 0.1s}
              position: [0, 300]
              elements:
                - {type: text, text: "过了 {each}", size: [400, 90], position: [300, 0]}
                - {type: odometer, measure: sold, size: [300, 90], position: [700, 0]}
            """),
        Case(
            "matte",
            """
            - type: shape
              shape: rect
              fill: "#ff0000"
              size: [900, 300]
              position: [500, 300]
              matte: {elements: [{type: flipCounter, measure: sold, position: [450, 150], size: [800, 200]}]}
            """),
    ]

    private static let frames = 90
    private static let session = Session(start: TestFeed.start, rateNumerator: 30)
    /// The order of which films tell, counted from 1: it is there before the first frame.
    private static let told = 2

    /// Orders with products and places, refunds, parcels and a stock; the first three are there from the start.
    private static func events(seed: UInt64) -> [OrderEvent] {
        var random = SeededGenerator(seed: seed)
        let frames = [0, 0, 0] + (0..<60).map { _ in Int.random(in: 1..<Self.frames, using: &random) }.sorted()
        var (left, events): (Int, [OrderEvent]) = (50, [])
        for (number, frame) in frames.enumerated() {
            let at = TestFeed.start.adding(microseconds: Int64(frame) * 33_333)
            events.append(FeedScene.order(number, frame: frame, at: at, using: &random))
            left = Int.random(in: 0..<20, using: &random) == 0 ? left + 8 : max(0, left - 1)
            var stock = OrderEvent(.stock, order: nil, at: at, seen: frame, product: "杯")
            stock.stockLeft = left
            events.append(stock)
            if number > 4, Int.random(in: 0..<5, using: &random) == 0 {
                // Never the one that films tell of.
                let kind: OrderEvent.Kind = Bool.random(using: &random) ? .refunded : .shipped
                let other = TestFeed.id(Int.random(in: told..<number, using: &random))
                events.append(OrderEvent(kind, order: other, at: at, seen: frame))
            }
        }
        return events
    }

    /// - Parameter isLater: whether a scene of a second goes before it, at whose end most orders are known.
    private static func template(_ test: Case, counting: String, isLater: Bool = false) throws -> Template {
        let text = TestTemplate.scene(
            test.elements + "\n" + FeedScene.disclosure,
            header: """
                data:
                  source: 本店
                  measures:
                    sold: {of: orders, counting: \(counting)}
                    income: {of: revenue, counting: \(counting)}
                    average: {of: average, counting: \(counting)}
                    left: stock
                \(test.looksAhead ? "  offline: true\n  order: \(told)" : "")
                markers:
                  tenth: {measure: sold, passes: 10}
                  each: {measure: sold, every: 7}
                  scarce: {measure: left, falls: 30}
                """, duration: "3s")
        let before =
            "scenes:\n  - {id: before, duration: 1s, elements: [{type: shape, shape: rect, fill: \"#000000\", size: [9, 9]}]}\n"
        return try TestTemplate.decode(isLater ? text.replacing("scenes:\n", with: before) : text)
    }

    @Test("no kind of element is left out") func allKindsAreHere() {
        let text = Self.cases.map(\.elements).joined() + FeedScene.disclosure
        for kind in ElementRegistry.all { #expect(text.contains("type: \(kind.name)"), "\(kind.name)") }
    }

    @Test("any split of appends gives the frames of all at once", arguments: cases, [11, 12, 13] as [UInt64])
    func splits(test: Case, seed: UInt64) throws {
        let template = try Self.template(
            test, counting: ["as-seen", "gross", "net"][Int(seed % 3)], isLater: seed == 13)
        let events = Self.events(seed: seed)
        let whole = try FeedScene.resolve(template, events)
        let expected = whole.digests()
        // What never changes would agree with anything.
        #expect(Set(expected).count > 3)
        var random = SeededGenerator(seed: seed + 700)
        // The films' order, and the two beside it.
        let least = test.looksAhead ? 6 : 0
        for _ in 0..<2 {
            let cuts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                Int.random(in: least...events.count, using: &random)
            }.sorted()
            var composition = try FeedScene.resolve(template, events[..<cuts[0]])
            for (from, to) in zip(cuts, cuts.dropFirst() + [events.count]) where from < to {
                let before = composition.digests(every: 4)
                try composition.append(events[from..<to])
                let after = composition.digests(every: 4)
                let seen = events[from].seen ?? 0
                for index in before.indices where index * 4 < seen && before[index] != after[index] {
                    Issue.record("\(test.name): an event seen at \(seen) changed frame \(index * 4)")
                }
            }
            let digests = composition.digests()
            let wrong = digests.indices.filter { digests[$0] != expected[$0] }
            #expect(wrong.isEmpty, "\(test.name): cuts \(cuts), frames \(wrong)")
            #expect(composition.facts.missingGlyphs == whole.facts.missingGlyphs)
            #expect(composition.facts.figures == whole.facts.figures)
            #expect(composition.markers == whole.markers)
        }
    }

    /// A film shows its order's end from the first frame on: what would change it comes too late.
    @Test(
        "the order that a film tells of cannot change any more", arguments: [.shipped, .refunded] as [OrderEvent.Kind])
    func theToldOrderStands(kind: OrderEvent.Kind) throws {
        let test = try #require(Self.cases.first { $0.looksAhead })
        let template = try Self.template(test, counting: "as-seen")
        var random = SeededGenerator(seed: 3)
        var events = (0..<4).map { FeedScene.order($0, frame: 0, at: TestFeed.start, using: &random) }
        func event(_ kind: OrderEvent.Kind, _ frame: Int) -> OrderEvent {
            OrderEvent(kind, order: TestFeed.id(Self.told - 1), at: TestFeed.start, seen: frame)
        }
        // A refund takes nothing away from a parcel that has left.
        if kind == .refunded {
            events.append(OrderEvent(.paid, order: TestFeed.id(1), row: 1, at: TestFeed.start, seen: 1, amount: 5))
            events.append(OrderEvent(.shipped, order: TestFeed.id(1), row: 0, at: TestFeed.start, seen: 2))
        }
        var composition = try FeedScene.resolve(template, events)
        let before = composition.digests(every: 5)
        #expect(composition.displayList(atFrame: 20).content.texts.joined().contains("第"))
        let other = FeedScene.order(9, frame: 40, at: TestFeed.start, using: &random)
        do {
            try composition.append([event(.completed, 30), event(kind, 40), other])
            Issue.record("frames that were drawn would have changed")
        } catch {
            let problem = try #require(error.diagnostics.first)
            #expect(problem.code == .lookAhead && problem.message.contains("order 2") && !problem.hint.isEmpty)
        }
        #expect(composition.digests(every: 5) == before)
        try composition.append([other])
        #expect(composition.digests(every: 5) != before)
    }
}
