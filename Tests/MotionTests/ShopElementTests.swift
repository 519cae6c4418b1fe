import Drawing
import Motion
import Orders
import Testing

/// Progress, stock, running lines and particles.
@Suite("Shop elements") struct ShopElementTests {
    private static let disclosure = "- {type: disclosure, position: [500, 850], size: [960, 260], fontSize: 34}"
    private static let session = Session(start: TestFeed.start, rateNumerator: 30)

    private static func composition(
        _ elements: String, events: [OrderEvent] = [], measures: String = "", seed: UInt64 = 0
    ) throws -> Composition {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                elements, header: measures.isEmpty ? "" : "data: {measures: {\(measures)}}", duration: "5s"))
        var options = ResolveOptions()
        options.seed = seed
        return try Composition.resolve(
            template, feed: TestFeed.feed(events, session: session), world: TestWorld(), options: options)
    }

    private static func problems(_ elements: String, measures: String = "") -> [Diagnostic] {
        do {
            _ = try composition(elements, measures: measures)
            return []
        } catch {
            return (error as? MotionError)?.diagnostics ?? []
        }
    }

    private static func dump(_ composition: Composition, _ frame: Int) -> String {
        composition.displayList(atFrame: frame).dump
    }

    private static func paid(_ frames: [Int]) -> [OrderEvent] {
        frames.enumerated().map {
            OrderEvent(.paid, order: TestFeed.id($0.offset), at: TestFeed.start, seen: $0.element, amount: 1_000)
        }
    }

    // MARK: Progress

    private static func progress(_ composition: Composition) throws -> ProgressContent {
        for element in composition.resolvedScenes[0].elements {
            if case .progress(let content) = element.element { return content }
        }
        throw TestWorld.NoSuchFile()
    }

    @Test("a progress never says more than the data", arguments: ["bar", "ring"]) func progressIsHonest(
        form: String
    ) throws {
        let frames = (0..<150).filter { $0 % 7 == 0 }
        let composition = try Self.composition(
            """
            - {type: progress, form: \(form), measure: m, goal: 7, position: [500, 300], size: [600, 600], label: "{percent}% {value} {left}"}
            \(Self.disclosure)
            """, events: Self.paid(frames), measures: "m: {of: orders, counting: as-seen}")
        let content = try Self.progress(composition)
        for frame in 0..<150 {
            let time = FrameTime(frame: frame)
            let value = composition.tracks[0].value(at: time)
            #expect(content.fraction(at: time, in: composition.tracks) <= min(1, Double(value) / 7))
            #expect(content.number("value", at: time, in: composition.tracks) <= value)
            #expect(content.number("percent", at: time, in: composition.tracks) <= value * 100 / 7)
            #expect(content.number("left", at: time, in: composition.tracks) >= max(0, 7 - value))
        }
        // 22 orders of 7: the label counts on, the bar is full.
        #expect(content.number("percent", at: FrameTime(frame: 400), in: composition.tracks) == 314)
        #expect(content.fraction(at: FrameTime(frame: 400), in: composition.tracks) == 1)
        #expect(Self.dump(composition, 149).contains("%"))
    }

    @Test("beyond: stop stops the label with the bar") func progressStops() throws {
        let composition = try Self.composition(
            """
            - {type: progress, measure: m, goal: 7, beyond: stop, position: [500, 300], size: [600, 60]}
            \(Self.disclosure)
            """, events: Self.paid(Array(repeating: 3, count: 9)), measures: "m: {of: orders, counting: as-seen}")
        let content = try Self.progress(composition)
        #expect(content.number("percent", at: FrameTime(frame: 100), in: composition.tracks) == 100)
        #expect(content.number("value", at: FrameTime(frame: 100), in: composition.tracks) == 7)
    }

    @Test("a goal of another kind is refused") func progressRefuses() {
        let problems = Self.problems(
            "- {type: progress, measure: m, goal: r, position: [500, 300], size: [600, 60]}",
            measures: "m: {of: orders}, r: {of: revenue}")
        #expect(problems.contains { $0.code == .type && $0.place?.path.hasSuffix("goal") == true })
        #expect(
            Self.problems("- {type: progress, measure: n, goal: 5, size: [6, 6]}", measures: "m: {of: orders}")
                .contains { $0.code == .unknownName })
    }

    // MARK: Stock

    private static func stock(_ composition: Composition) throws -> StockContent {
        for element in composition.resolvedScenes[0].elements {
            if case .stock(let content) = element.element { return content }
        }
        throw TestWorld.NoSuchFile()
    }

    @Test("a stock is never below zero, and says that it is sold out") func stockEnds() throws {
        let events = [(5, 12), (40, 3), (60, 0), (90, 6)].map { frame, left in
            OrderEvent(.stock, order: nil, at: TestFeed.start, seen: frame, product: "A", stockLeft: left)
        }
        let composition = try Self.composition(
            """
            - {type: stockCounter, measure: left, total: 12, position: [500, 300], size: [700, 160]}
            \(Self.disclosure)
            """, events: events, measures: "left: {of: stock}")
        let content = try Self.stock(composition)
        func left(_ frame: Int) -> Int64 { content.left(at: FrameTime(frame: frame), in: composition.tracks) }
        #expect([10, 50, 70, 100].map(left) == [12, 3, 0, 6])
        #expect(Self.dump(composition, 80).contains("已售罄"))
        #expect(!Self.dump(composition, 50).contains("已售罄"))
        // The piece that goes is seen to go, and then it is still again.
        #expect(Self.dump(composition, 42).contains("-9"))
        #expect(
            composition.displayList(atFrame: 88).digest == composition.displayList(atFrame: 89).digest)
        #expect(!Self.dump(composition, 50).contains("模拟库存"))
        #expect(!composition.facts.isStockSimulated)
    }

    @Test("a stock that nobody has told is not sold out") func stockIsNotGuessed() throws {
        let element =
            "- {type: stockCounter, measure: left, total: 12, position: [500, 300], size: [700, 160]}\n\(Self.disclosure)"
        func composition(_ steps: [(Int, Int)]) throws -> Composition {
            try Self.composition(
                element,
                events: Self.paid([1])
                    + steps.map { frame, left in
                        OrderEvent(.stock, order: nil, at: TestFeed.start, seen: frame, product: "A", stockLeft: left)
                    }, measures: "left: {of: stock}")
        }
        #expect(Self.problems(element, measures: "left: {of: stock}").map(\.code) == [.noOrders])
        let late = try composition([(60, 5)])
        let content = try Self.stock(late)
        #expect([0, 59, 60, 149].map { content.left(at: FrameTime(frame: $0), in: late.tracks) } == [12, 12, 5, 5])
        for frame in [0, 30, 59, 100] { #expect(!Self.dump(late, frame).contains("已售罄")) }
        // That nothing is left is told like any other number.
        let none = try composition([(60, 0)])
        #expect(!Self.dump(none, 50).contains("已售罄") && Self.dump(none, 90).contains("已售罄"))
    }

    @Test("a made-up stock is marked on the frame, in the disclosure and in the facts") func stockIsMarked() throws {
        let element =
            "- {type: stockCounter, schedule: [{at: 0s, left: 20}, {at: 1s, left: 8}, {at: 2s, left: 0}], position: [500, 300], size: [700, 160]}"
        let composition = try Self.composition("\(element)\n\(Self.disclosure)")
        #expect(composition.facts.isStockSimulated)
        #expect(composition.facts.disclosure.contains("模拟库存"))
        #expect(Self.dump(composition, 10).contains("模拟库存 已抢"))
        let content = try Self.stock(composition)
        #expect([0, 29, 30, 60, 149].map { content.left(at: FrameTime(frame: $0), in: []) } == [20, 20, 8, 0, 0])
        // Without a disclosure there is no picture.
        #expect(Self.problems(element).contains { $0.code == .disclosure })
        for wrong in [
            "schedule: [{at: 1s, left: 5}]", "schedule: [{at: 0s, left: 5}, {at: 0s, left: 4}]",
            "schedule: [{at: 0s, left: -5}]", "measure: left", "total: 5",
        ] {
            let problems = Self.problems(
                "- {type: stockCounter, \(wrong), position: [500, 300], size: [700, 160]}\n\(Self.disclosure)",
                measures: "left: {of: stock}")
            #expect(!problems.isEmpty && problems.allSatisfy { !$0.hint.isEmpty }, "\(wrong)")
        }
    }

    // MARK: Running lines

    private static func ticker(_ composition: Composition) throws -> TickerContent {
        for element in composition.resolvedScenes[0].elements {
            if case .ticker(let content) = element.element { return content }
        }
        throw TestWorld.NoSuchFile()
    }

    @Test("a running line covers its box at every moment, however short it is", arguments: [20.0, 300, 990])
    func tickerIsSeamless(width: Double) throws {
        let composition = try Self.composition(
            "- {type: ticker, text: [抢, 前一百名送小样], gap: 10, speed: 237, position: [500, 100], size: [\(width), 80], fontSize: 40}"
        )
        let content = try Self.ticker(composition)
        for frame in 0..<150 {
            let context = EvaluateContext(
                time: SceneTime(absolute: FrameTime(frame: frame), local: FrameTime(frame: frame), rate: .thirty),
                id: LayerID("t"), view: LocalView(camera: composition.camera, model: .identity), tracks: [],
                clock: composition.clock)
            let nodes = try #require(content.content(in: context)).nodes
            let spans = nodes.compactMap { node -> (Double, Double)? in
                guard let bounds = node.touchedBounds else { return nil }
                return (bounds.x, bounds.maxX)
            }.sorted { $0.0 < $1.0 }
            // No hole wider than a gap with the room around letters.
            var reached = 0.0
            for span in spans {
                #expect(span.0 - reached < 26, "frame \(frame)")
                reached = max(reached, span.1)
            }
            #expect(width - reached < 26, "frame \(frame)")
        }
    }

    @Test("rounds join the scene's end to its beginning; the pace is constant and finer than a pixel")
    func tickerLoops() throws {
        let composition = try Self.composition(
            "- {type: ticker, text: 今晚八点开抢, rounds: 2, position: [500, 100], size: [1000, 80], fontSize: 40}")
        let content = try Self.ticker(composition)
        #expect(min(content.offset(at: 5), 1) < 1e-6 || content.offset(at: 5) > content.offset(at: 2.499))
        let steps = (0..<40).map { content.offset(at: Double($0 + 1) / 64) - content.offset(at: Double($0) / 64) }
        #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-9 })
    }

    @Test("emoji of a running line run along with its letters, also where it has no letter")
    func tickerDrawsEmoji() throws {
        for (text, pictures) in [("🎁下单即送👍🏽", 2), ("🎁", 1)] {
            let list = try Self.composition(
                "- {type: ticker, text: \(text), gap: 1000, rounds: 1, position: [500, 100], size: [1000, 80], fontSize: 40}"
            ).displayList(atFrame: 0)
            #expect(list.dump.split(separator: "\n").count { $0.contains(" image ") } == pictures)
        }
    }

    @Test("a running line does not take numbers that change") func tickerRefuses() {
        let problems = Self.problems(
            "- {type: ticker, text: \"已售 {m} 件\", position: [500, 100]}", measures: "m: {of: orders}")
        #expect(problems.contains { $0.code == .type && $0.place?.path.hasSuffix("text") == true })
    }

    // MARK: Particles

    private static func layers(_ composition: Composition, _ frame: Int) -> Int {
        dump(composition, frame).split(separator: "\n").filter { $0.contains("layer") }.count
    }

    @Test("particles follow from seed and time alone, and end", arguments: ["confetti", "coins", "sparks"])
    func particlesAreSeeded(preset: String) throws {
        let text = "- {type: particles, id: p, preset: \(preset), bursts: [0.5s], count: 40, life: 1s}"
        let first = try Self.composition(text, seed: 1)
        let again = try Self.composition(text, seed: 1)
        let other = try Self.composition(text, seed: 2)
        for frame in [149, 20, 30, 16] {
            #expect(first.displayList(atFrame: frame).digest == again.displayList(atFrame: frame).digest)
        }
        #expect(first.displayList(atFrame: 20).digest != other.displayList(atFrame: 20).digest)
        #expect(first.displayList(atFrame: 10).nodes.isEmpty)
        #expect(Self.layers(first, 17) > 20)
        #expect(first.displayList(atFrame: 60).nodes.isEmpty)
    }

    @Test("there are never more than the most, and the larger the fewer", arguments: ["confetti", "coins", "sparks"])
    func particlesAreBounded(preset: String) throws {
        func element(_ count: Int, size: Int, bursts: String) -> String {
            "- {type: particles, preset: \(preset), bursts: \(bursts), count: \(count), particleSize: \(size), speed: 1, gravity: 0}"
        }
        var last = Int.max
        for size in [4, 26, 74, 200, 400] {
            let most = (1...90).last { Self.problems(element($0, size: size, bursts: "[0s]")).isEmpty } ?? 0
            #expect(most > 0 && most < last)
            #expect(Self.problems(element(most + 1, size: size, bursts: "[0s]")).map(\.code) == [.range])
            let bursts = try Self.composition(element(most, size: size, bursts: "[0s, 0.1s, 0.2s, 0.3s]"))
            #expect(Self.layers(bursts, 12) == most + 1)
            last = most
        }
        #expect((1...90).contains { !Self.problems(element($0, size: 4, bursts: "[0s]")).isEmpty })
    }

    @Test("streams of particles are bounded as well") func particleStreamsAreBounded() throws {
        let stream = try Self.composition(
            "- {type: particles, preset: sparks, rate: 60, life: 1s, speed: 1, gravity: 0}")
        #expect((30...62).contains(Self.layers(stream, 100)))
        #expect(
            Self.problems("- {type: particles, preset: sparks, rate: 200, life: 10s}").contains { $0.code == .range })
        #expect(
            Self.problems("- {type: particles, preset: sparks, rate: 20, bursts: [1s]}").contains { $0.code == .type })
    }

    @Test("drawings") func golden() throws {
        let composition = try Self.composition(
            """
            - {type: progress, id: bar, measure: m, goal: 5, position: [500, 100], size: [600, 40], label: "{percent}%"}
            - {type: progress, id: ring, form: ring, measure: m, goal: 5, position: [500, 300], size: [200, 200]}
            - {type: stockCounter, id: s, schedule: [{at: 0s, left: 9}, {at: 1s, left: 7}], position: [500, 500], size: [600, 120]}
            - {type: ticker, id: t, text: [甲乙, 丙], separator: "·", position: [500, 640], size: [300, 60], fontSize: 40}
            - {type: particles, id: p, preset: sparks, bursts: [1s], count: 2}
            \(Self.disclosure)
            """, events: Self.paid([5, 25]), measures: "m: {of: orders, counting: as-seen}")
        var text = ""
        for frame in [0, 33, 120] { text += "frame \(frame)\n" + Self.dump(composition, frame) }
        try Golden.check(text, "Tests/MotionTests/Goldens/shop-elements.txt")
    }

    // MARK: Bad input

    @Test("extreme values are drawn or refused, and never trap") func survivesExtremes() throws {
        let good = """
            - {type: odometer, measure: m, digits: 3, glide: 1s, position: [500, 100], size: [600, 90], fontSize: 60}
            - {type: progress, measure: m, goal: 70, label: "{percent}", position: [500, 300], size: [600, 60]}
            - {type: progress, form: ring, measure: m, goal: m, thickness: 20, position: [500, 300], size: [90, 90]}
            - {type: stockCounter, schedule: [{at: 0s, left: 20}, {at: 1s, left: 8}], barHeight: 40, hit: 1, position: [500, 500], size: [600, 120]}
            - {type: ticker, text: 好, gap: 30, speed: 100, fade: 50, position: [500, 600], size: [300, 60]}
            - {type: particles, preset: coins, bursts: [1s], count: 20, drag: 2, life: 2s, particleSize: 40, speed: 800}
            - {type: text, text: 竖着写的字12, writing: vertical, lineHeight: 2, position: [100, 500], size: [200, 400]}
            - {type: text, text: 一个一个来, reveal: {each: 100ms, order: random, enter: pop}, position: [500, 700]}
            \(Self.disclosure)
            """
        let changes = [
            ("[600, 90]", "[0, 0]"), ("[600, 90]", "[1, 1]"), ("[600, 90]", "[16384, 2]"), ("digits: 3", "digits: 15"),
            ("fontSize: 60", "fontSize: 2000"), ("glide: 1s", "glide: 0s"), ("glide: 1s", "glide: 10s"),
            ("goal: 70", "goal: 1000000000000"), ("[600, 60]", "[1, 1]"), ("[90, 90]", "[0, 5]"),
            ("thickness: 20", "thickness: 1000"), ("barHeight: 40", "barHeight: 1000"), ("hit: 1", "hit: 2"),
            ("left: 20", "left: 100000000"), ("[600, 120]", "[2, 2]"), ("gap: 30", "gap: 0"),
            ("[300, 60]", "[16000, 1]"),
            ("speed: 100", "speed: 20000"), ("fade: 50", "fade: 2000"), ("drag: 2", "drag: 20"),
            ("life: 2s", "life: 0.1s"),
            ("speed: 800", "speed: 20000"), ("particleSize: 40", "particleSize: 2"), ("[200, 400]", "[1, 1]"),
            ("lineHeight: 2", "lineHeight: 0.5"), ("竖着写的字12", "\"\\n\\n 。。。，，\""), ("each: 100ms", "each: 10s"),
            ("一个一个来", "\"  \""), ("好", "\" \""),
        ]
        for (old, new) in changes {
            let text = good.replacing(old, with: new)
            #expect(text != good, "\(old)")
            guard
                let composition = try? Self.composition(
                    text, events: Self.paid([0, 3, 9, 40]), measures: "m: {of: orders, counting: as-seen}")
            else { continue }
            for frame in stride(from: 0, to: 150, by: 7) { _ = composition.displayList(atFrame: frame).digest }
        }
    }
}
