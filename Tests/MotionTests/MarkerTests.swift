import Drawing
import Motion
import Orders
import Testing

/// Named moments, and what is bound to them.
@Suite struct MarkerTests {
    private static let session = Session(start: TestFeed.start, rateNumerator: 30)
    private static let frames = 150

    private static func header(counting: String = "as-seen") -> String {
        """
        data:
          measures:
            sold: {of: orders, counting: \(counting)}
            income: {of: revenue, counting: \(counting)}
            left: stock
        markers:
          tenth: {measure: sold, passes: 10}
          rich: {measure: income, passes: 8000}
          each: {measure: sold, every: 7}
          scarce: {measure: left, falls: 20}
          late: {at: 2.5s}
          opening: {scene: main, at: 1s}
        """
    }

    private static let elements = """
        - {type: shape, shape: rect, fill: "#ff0000", start: tenth, enter: pop, size: [90, 90], position: [100, 100]}
        - {type: shape, shape: rect, fill: "#00ff00", end: tenth+0.2s, exit: fade, size: [90, 90], position: [300, 100]}
        - {type: text, text: "每{each}单 {rich|wholeYuan}", since: each, start: 0.1s, end: 1s, enter: rise, exit: fade, size: [400, 90], position: [500, 300]}
        - {type: shape, shape: rect, fill: "#0000ff", since: each, size: [90, 90], position: [700, 100], scale: {keys: [{at: 0s, value: 1}, {at: 0.2s, value: 1.5}, {at: 0.5s, value: 1}]}}
        - {type: particles, preset: confetti, since: each, position: [500, 500]}
        - type: group
          start: tenth
          end: scarce
          exit: {preset: fade, duration: 0.3s, stagger: 0.1s}
          enter: {preset: rise, stagger: 0.1s}
          position: [0, 600]
          elements:
            - {type: text, text: 突破, size: [200, 90], position: [200, 0], reveal: {by: character}}
            - {type: shape, shape: rect, fill: "#ffffff", size: [90, 90], position: [500, 0]}
        """

    private static func events(seed: UInt64) -> [OrderEvent] {
        var events = TestFeed.session(orders: 60, frames: frames, seed: seed)
        var random = SeededGenerator(seed: seed)
        var (left, merged): (Int, [OrderEvent]) = (40, [])
        for event in events {
            merged.append(event)
            guard event.kind == .paid, let seen = event.seen else { continue }
            left = Int.random(in: 0..<20, using: &random) == 0 ? left + 8 : max(0, left - 1)
            var stock = OrderEvent(.stock, order: nil, at: event.at, seen: seen, product: "杯")
            stock.stockLeft = left
            merged.append(stock)
        }
        events = merged
        return events
    }

    private static func resolve(
        _ events: some Sequence<OrderEvent>, counting: String = "as-seen", elements: String = Self.elements,
        header: String? = nil
    ) throws -> Composition {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                elements + "\n- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34}",
                header: header ?? Self.header(counting: counting), duration: "5s"))
        return try Composition.resolve(template, feed: TestFeed.feed(events, session: session), world: TestWorld())
    }

    private static func frames(_ name: String, _ composition: Composition) -> [Int] {
        composition.markers.first { $0.name == name }?.passes.map(\.frame) ?? []
    }

    private static func digests(_ composition: Composition) -> [Digest] {
        (0..<composition.frameCount).map { composition.displayList(atFrame: $0).digest }
    }

    @Test("a marker is where a search through all frames finds it", arguments: 0..<60) func bruteForce(
        seed: Int
    ) throws {
        let counting = ["as-seen", "gross", "net"][seed % 3]
        let composition = try Self.resolve(Self.events(seed: UInt64(seed)), counting: counting, elements: "")
        func values(_ track: Int) -> [Int64] {
            (0..<Self.frames).map { composition.tracks[track].value(at: FrameTime(frame: $0)) }
        }
        let (sold, income, left) = (values(0), values(1), values(2))
        #expect(Self.frames("tenth", composition) == sold.firstIndex { $0 >= 10 }.map { [$0] } ?? [])
        #expect(Self.frames("rich", composition) == income.firstIndex { $0 >= 800_000 }.map { [$0] } ?? [])
        let scarce = left.indices.dropFirst().first { left[$0] <= 20 && left[$0 - 1] > 20 }
        #expect(Self.frames("scarce", composition) == scarce.map { [$0] } ?? [])
        var (highest, expected): (Int64, [(Int, Int64)]) = (0, [])
        for (frame, value) in sold.enumerated() where value / 7 > highest {
            highest = value / 7
            expected.append((frame, highest * 7))
        }
        let each = composition.markers.first { $0.name == "each" }?.passes ?? []
        #expect(each.map(\.frame) == expected.map(\.0))
        #expect(each.map(\.value) == expected.map(\.1))
        #expect(Self.frames("late", composition) == [75])
        #expect(Self.frames("opening", composition) == [30])
    }

    @Test("any split of appends gives the same frames, and changes none before its events", arguments: 0..<18)
    func splits(seed: Int) throws {
        let counting = ["as-seen", "gross", "net"][seed % 3]
        let events = Self.events(seed: UInt64(seed))
        let whole = try Self.resolve(events, counting: counting)
        let digests = Self.digests(whole)
        var random = SeededGenerator(seed: UInt64(seed) + 400)
        let cuts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            Int.random(in: 0...events.count, using: &random)
        }.sorted()
        var composition = try Self.resolve(events[..<cuts[0]], counting: counting)
        for (from, to) in zip(cuts, cuts.dropFirst() + [events.count]) {
            let before = Self.digests(composition)
            try composition.append(events[from..<to])
            guard let seen = events[from..<to].first?.seen else { continue }
            let after = Self.digests(composition)
            #expect(before[..<min(seen, Self.frames)] == after[..<min(seen, Self.frames)])
        }
        #expect(Self.digests(composition) == digests, "cuts \(cuts)")
        #expect(composition.markers == whole.markers)
    }

    /// Two orders a frame from frame 10 on, so that `sold` passes 10 at frame 14.
    private static let steady = (0..<40).map {
        OrderEvent(.paid, order: TestFeed.id($0), at: TestFeed.start, seen: 10 + $0 / 2, amount: 100)
    }

    @Test("refunds pass nothing a second time") func refundsDoNotPassAgain() throws {
        var events = Self.steady[..<12].map { $0 }
        for (number, seen) in [(0, 40), (1, 40), (2, 40), (3, 41)] {
            events.append(OrderEvent(.refunded, order: TestFeed.id(number), at: TestFeed.start, seen: seen))
        }
        for number in 50..<60 {
            events.append(
                OrderEvent(.paid, order: TestFeed.id(number), at: TestFeed.start, seen: number, amount: 100))
        }
        let composition = try Self.resolve(events, elements: "")
        #expect(composition.tracks[0].value(at: FrameTime(frame: 45)) == 8)
        #expect(Self.frames("tenth", composition) == [14])
        #expect(Self.frames("each", composition) == [13, 55])
    }

    private static func count(_ kind: String, _ composition: Composition, _ frame: Int) -> Int {
        let dump = composition.displayList(atFrame: frame).dump
        return dump.split(separator: "\n").count { $0.contains(kind) }
    }

    private static func isThere(_ color: String, _ composition: Composition, _ frame: Int) -> Bool {
        count(color, composition, frame) > 0
    }

    @Test("an element comes at its marker, and goes from its marker on") func startAndEnd() throws {
        let composition = try Self.resolve(
            Self.steady,
            elements: """
                - {type: shape, shape: rect, fill: "#ff0000", start: tenth+0.1s, size: [90, 90], position: [100, 100]}
                - {type: shape, shape: rect, fill: "#00ff00", end: tenth, exit: {preset: fade, duration: 0.5s}, size: [90, 90], position: [300, 100]}
                - {type: shape, shape: rect, fill: "#0000ff", start: tenth, end: tenth+0.5s, size: [90, 90], position: [300, 300]}
                - {type: shape, shape: rect, fill: "#ffff00", start: rich, size: [90, 90], position: [500, 300]}
                """)
        #expect((0..<Self.frames).filter { Self.isThere("ff0000", composition, $0) } == Array(17..<Self.frames))
        #expect((0..<Self.frames).filter { Self.isThere("00ff00", composition, $0) } == Array(0..<29))
        #expect((0..<Self.frames).filter { Self.isThere("0000ff", composition, $0) } == Array(14..<29))
        #expect(!(0..<Self.frames).contains { Self.isThere("ffff00", composition, $0) })
        // It fades from the marker on, not before.
        #expect(composition.displayList(atFrame: 13).digest == composition.displayList(atFrame: 12).digest)
        #expect(composition.displayList(atFrame: 25).digest != composition.displayList(atFrame: 14).digest)
    }

    @Test("each pass lets an element begin anew, and texts say what was passed") func everyPass() throws {
        let composition = try Self.resolve(
            Self.steady,
            elements: """
                - {type: text, text: "每{each}单", start: each, end: each+0.1s, size: [400, 90], position: [500, 300]}
                """)
        let shown = (0..<60).map { frame in
            LayerContent(
                bounds: .zero, nodes: composition.displayList(atFrame: frame).nodes
            ).texts.first { $0.contains("每") }
        }
        #expect(Self.frames("each", composition) == [13, 16, 20, 23, 27])
        for (frame, number) in [(13, 7), (15, 7), (16, 14), (20, 21), (23, 28), (27, 35), (29, 35)] {
            #expect(
                LayerContent(bounds: .zero, nodes: composition.displayList(atFrame: frame).nodes).texts.joined()
                    .contains("\(number)"), "frame \(frame)")
        }
        #expect(shown[12] == nil && shown[19] == nil && shown[26] == nil && shown[30] == nil)
    }

    @Test("keys count from the marker; before it the first holds") func keys() throws {
        let composition = try Self.resolve(
            Self.steady,
            elements: """
                - {type: shape, shape: rect, fill: "#ff0000", since: tenth, size: [90, 90], position: {keys: [{at: 0s, value: [100, 100]}, {at: 1s, value: [400, 100], ease: linear}]}}
                """)
        func x(_ frame: Int) -> Double? {
            LayerContent(bounds: .zero, nodes: composition.displayList(atFrame: frame).nodes).layers().first?.origin.x
        }
        #expect(x(0) == x(14))
        #expect(x(29).map { ($0 - 205).magnitude < 1 } == true)
        #expect(x(44).map { ($0 - 355).magnitude < 1 } == true)
        #expect(x(120) == x(44))
    }

    @Test("a group hands its time down") func groups() throws {
        let composition = try Self.resolve(
            Self.steady,
            elements: """
                - type: group
                  start: tenth
                  end: tenth+2s
                  enter: {preset: cut, stagger: 0.2s}
                  elements:
                    - {type: shape, shape: rect, fill: "#ff0000", size: [90, 90], position: [100, 100]}
                    - {type: shape, shape: rect, fill: "#00ff00", size: [90, 90], position: [300, 100]}
                - type: group
                  start: 1s
                  enter: {preset: cut, stagger: 0.2s}
                  elements:
                    - {type: shape, shape: rect, fill: "#0000ff", size: [90, 90], position: [100, 300]}
                    - {type: shape, shape: rect, fill: "#ffff00", size: [90, 90], position: [300, 300]}
                """)
        func first(_ color: String) -> Int? { (0..<Self.frames).first { Self.isThere(color, composition, $0) } }
        #expect(first("ff0000") == 14)
        #expect(first("00ff00") == 20)
        #expect(first("0000ff") == 30)
        #expect(first("ffff00") == 36)
        #expect(!Self.isThere("ff0000", composition, 74))
    }

    @Test("what says what the numbers count cannot wait for a marker") func disclosures() {
        for binding in ["start: tenth", "end: tenth", "since: tenth"] {
            #expect(throws: MotionError.self, "\(binding)") {
                let template = try TestTemplate.decode(
                    TestTemplate.scene(
                        """
                        - {type: text, text: "{sold}", position: [500, 200], size: [800, 200]}
                        - {type: disclosure, \(binding), position: [500, 900], size: [960, 160], fontSize: 34}
                        """, header: Self.header(), duration: "5s"))
                _ = try Composition.resolve(
                    template, feed: TestFeed.feed(Self.steady, session: Self.session), world: TestWorld())
            }
        }
    }

    @Test(
        "a wrong marker is said with its place",
        arguments: [
            ("m: {measure: sold}", "", "a marker is one moment"), ("m: {passes: 8}", "", "a marker is one moment"),
            ("m: {measure: sold, passes: 8, every: 3}", "", "a marker is one moment"),
            ("m: {measure: sold, passes: 8, at: 1s}", "", "a marker is one moment"),
            ("m: {measure: solld, passes: 8}", "", "there is no measure"),
            ("m: {scene: nowhere}", "", "there is no scene"), ("sold: {at: 1s}", "", "already a name"),
            ("m: {shop: yesterday}", "", "no moment"), ("m: {measure: sold, passes: many}", "", "number is needed"),
            ("m: {at: 1s}", "start: n", "there is no marker"), ("m: {at: 1s}", "start: m-1s", "there is no marker"),
            ("m: {at: 1s}", "start: m+fast", "no moment after a marker"),
            ("m: {at: 1s}, n: {at: 2s}", "since: m, start: n", "two markers"),
            ("m: {at: 1s}", "start: m+2s, end: m+1s", "ends before it starts"),
            ("m: {at: 1s}", "enter: fade, text: \"{m}\"", "there is no measure or parameter"),
        ]) func errors(markers: String, keys: String, message: String)
    {
        let header = "data: {measures: {sold: {of: orders, counting: as-seen}}}\nmarkers: {\(markers)}"
        let text = keys.contains("text:") ? "" : ", text: a"
        do {
            _ = try Self.resolve(
                Self.steady, elements: "- {type: text\(text), size: [90, 90]\(keys.isEmpty ? "" : ", ")\(keys)}",
                header: header)
            Issue.record("nothing was found wrong")
        } catch {
            let found = (error as? MotionError)?.diagnostics ?? []
            #expect(found.contains { $0.message.contains(message) && $0.place?.path.isEmpty == false }, "\(found)")
        }
    }
}
