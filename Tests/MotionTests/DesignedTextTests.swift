import Drawing
import Motion
import Orders
import Testing

/// Prices, spacing, text that comes in pieces, and what lies around letters.
@Suite("Designed text") struct DesignedTextTests {
    private static let session = Session(start: TestFeed.start, rateNumerator: 30)
    private static let parameters = """
        parameters:
          price: {type: number, default: 1299.9, title: {zh: 价, en: Price}}
          words: {type: text, default: "9.9", title: {zh: 字, en: Words}}
        data: {measures: {sold: {of: orders, counting: as-seen}, income: {of: revenue, counting: as-seen}}}
        """

    private static func composition(_ element: String, seed: UInt64 = 0, income: Int64 = 123_450) throws -> Composition
    {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                """
                \(element)
                - {type: disclosure, position: [500, 800], size: [960, 300], fontSize: 34}
                """, header: parameters, duration: "4s"))
        var options = ResolveOptions()
        options.seed = seed
        let paid = OrderEvent(.paid, order: TestFeed.id(1), at: TestFeed.start, seen: 5, amount: income)
        return try Composition.resolve(
            template, feed: TestFeed.feed([paid], session: session), world: TestWorld(), options: options)
    }

    /// The glyph runs of a frame without those of the disclosure.
    private static func runs(_ composition: Composition, _ frame: Int) -> [GlyphRun] {
        var runs: [GlyphRun] = []
        func add(_ nodes: [Node]) {
            for node in nodes {
                switch node {
                case .glyphs(let node): runs.append(node.run)
                case .layer(let layer): add(layer.content.nodes)
                default: break
                }
            }
        }
        add(Array(composition.displayList(atFrame: frame).nodes.dropLast()))
        return runs
    }

    private static func problems(_ element: String) -> [Diagnostic] {
        TestTemplate.problems(TestTemplate.scene(element, header: parameters))
    }

    @Test("a price has a small sign and small decimals, from a parameter and from a measure")
    func prices() throws {
        for (name, texts) in [("price", ["¥", "1,299", ".9"]), ("income", ["¥", "1,234", ".5"])] {
            let composition = try Self.composition(
                "- {type: text, text: \"{\(name)|retail}\", fontSize: 100, position: [500, 300], size: [900, 200]}")
            let runs = Self.runs(composition, 100)
            #expect(runs.map(\.text) == texts)
            #expect(runs[0].size == runs[2].size && Double(runs[0].size) < Double(runs[1].size) * 0.7)
        }
        // Whole yuan have no decimals, and no run for them.
        let whole = try Self.composition(
            "- {type: text, text: \"{income|retail}\", position: [500, 300], size: [900, 200]}", income: 9_900)
        #expect(Self.runs(whole, 100).map(\.text) == ["¥", "99"])
    }

    @Test("retail is for money and for numbers") func priceErrors() {
        for text in ["{sold|retail}", "{words|retail}", "{price|wan}"] {
            let problems = Self.problems("- {type: text, text: \"\(text)\"}")
            #expect(problems.contains { $0.place?.path == "scenes[0].elements[0].text" && !$0.hint.isEmpty }, "\(text)")
        }
    }

    @Test(
        "spaces between Chinese and Latin",
        arguments: [
            (["已售128件"], ["已售 128 件"]), (["共", "88", "单OK吗"], ["共", " 88", " 单 OK 吗"]),
            (["到手价¥99，立减50%起"], ["到手价 ¥99，立减 50% 起"]), (["已 有 空格 A 了"], ["已 有 空格 A 了"]),
            (["", "A", "", "中"], ["", "A", "", " 中"]),
            (["第1名"], ["第 1 名"]), (["无"], ["无"]),
        ])
    func pangu(texts: [String], spaced: [String]) { #expect(PanguSpacing.spaced(texts) == spaced) }

    @Test("orders of pieces") func orders() {
        func ordinals(_ order: TextReveal.Order, _ count: Int, seed: UInt64 = 1) -> [Int] {
            order.ordinals(count, seed: seed)
        }
        #expect(ordinals(.forward, 4) == [0, 1, 2, 3])
        #expect(ordinals(.reverse, 4) == [3, 2, 1, 0])
        #expect(ordinals(.center, 5) == [2, 1, 0, 1, 2])
        #expect(ordinals(.center, 4) == [1, 0, 0, 1])
        #expect(ordinals(.random, 50).sorted() == Array(0..<50))
        #expect(ordinals(.random, 50) == ordinals(.random, 50))
        #expect(ordinals(.random, 50) != ordinals(.random, 50, seed: 2))
        #expect(ordinals(.center, 0).isEmpty)
    }

    @Test("a typewriter writes character after character, and the text then stands as without it")
    func typewriter() throws {
        func text(_ keys: String) throws -> Composition {
            try Self.composition(
                "- {type: text, id: t, text: 今晚OK吗, fontSize: 60, position: [500, 300], size: [900, 200]\(keys)}")
        }
        let written = try text(", reveal: {order: forward, each: 200ms, enter: cut}")
        let counts = [0, 5, 6, 11, 12, 23, 24, 60].map { Self.runs(written, $0).count }
        #expect(counts == [1, 1, 2, 2, 3, 4, 3, 3])
        #expect(written.displayList(atFrame: 60).digest == (try text("")).displayList(atFrame: 60).digest)
        // With a caret, which blinks for ever.
        let caret = try text(", reveal: typewriter")
        let digests = Set((60..<90).map { caret.displayList(atFrame: $0).digest })
        #expect(digests.count == 2)
    }

    @Test("words and lines come whole") func wordsAndLines() throws {
        func pieces(_ by: String) throws -> [Int] {
            let composition = try Self.composition(
                "- {type: text, text: \"FREE now 包邮\\n88\", fontSize: 60, position: [500, 300], size: [900, 300], reveal: {by: \(by), each: 1s, enter: cut}}"
            )
            return [0, 30, 60, 90].map { frame in
                Self.runs(composition, frame).reduce(0) { $0 + $1.outlines.filter { !$0.isEmpty }.count }
            }
        }
        // FREE, now, 包, 邮 ...
        #expect(try pieces("word") == [4, 7, 8, 9])
        // The first line, then the second and all is there.
        #expect(try pieces("line").last ?? 0 >= 11)
    }

    @Test("text that changes does not come in pieces") func revealErrors() {
        let problems = Self.problems("- {type: text, text: \"{sold}\", reveal: pop}")
        #expect(problems.contains { $0.code == .animation && $0.place?.path.hasSuffix("reveal") == true })
        #expect(!Self.problems("- {type: text, text: 好, reveal: {by: letter}}").isEmpty)
    }

    @Test("outlines lie from the outermost to the letters, glows below and inner shadows above")
    func looks() throws {
        let composition = try Self.composition(
            """
            - type: text
              text: 爆款
              fontSize: 100
              position: [500, 300]
              size: [900, 200]
              outline: [{width: 4, color: "#111111"}, {width: 6, color: "#eeeeee"}]
              glow: {color: "#ff0000", blur: 9}
              innerShadow: {color: "#00000080", blur: 3, offset: [0, 4]}
            """)
        let dump = composition.displayList(atFrame: 0).dump
        #expect(dump.contains("stroke 20 #eeeeee") && dump.contains("stroke 8 #111111"))
        try Golden.check(dump, "Tests/MotionTests/Goldens/text-look.txt")
    }

    @Test("emoji are pictures, one a piece") func emoji() throws {
        let text = "- {type: text, text: 爆👍🏽🇨🇳, fontSize: 100, position: [500, 300], size: [900, 200]"
        func images(_ composition: Composition, _ frame: Int) -> Int {
            composition.displayList(atFrame: frame).dump.split(separator: "\n").filter { $0.contains(" image ") }.count
        }
        let still = try Self.composition(text + "}")
        #expect(images(still, 0) == 2)
        let written = try Self.composition(text + ", reveal: {each: 1s, enter: cut}}")
        #expect([0, 30, 60].map { images(written, $0) } == [0, 1, 2])
    }

    @Test("vertical text runs down from the right, words on their side, short figures upright, no comma on top")
    func vertical() throws {
        func runs(_ text: String, _ box: String, _ keys: String = "") throws -> [GlyphRun] {
            Self.runs(
                try Self.composition(
                    "- {type: text, text: \"\(text)\", fontSize: 100, lineHeight: 1.2, writing: vertical, position: [500, 300], size: \(box)\(keys)}"
                ), 100)
        }
        let columns = try runs("今晚八点开抢", "[400, 310]", ", verticalAlign: top, align: start")
        #expect(columns.count == 6)
        // Three cells a column of 100 px; the first column is the one on the right.
        let places = columns.map { (x: Fixed.pixels($0.glyphs[0].x), y: Fixed.pixels($0.glyphs[0].y)) }
        #expect(places.map(\.x) == [290, 290, 290, 170, 170, 170])
        #expect(places[1].y - places[0].y == 100 && places[3].y == places[0].y)
        // 12 is upright in one cell, the word is turned: higher than wide.
        let mixed = try runs("前12名FREE", "[200, 900]")
        #expect(mixed.map(\.text) == ["前", "12", "名", "FREE"])
        #expect(mixed[1].bounds.height < 100 && mixed[3].bounds.height > mixed[3].bounds.width * 2)
        #expect(abs(mixed[3].bounds.center.x - mixed[0].bounds.center.x) < 12)
        // The comma would begin the second column: it hangs below the first.
        let hung = try runs("买一送，一", "[300, 305]", ", overflow: wrap")
        #expect(hung[3].bounds.center.x > hung[4].bounds.center.x + 60)
        // An opening bracket goes with what it opens, and … with what it follows.
        let opened = try runs("买一（送一", "[300, 305]", ", overflow: wrap")
        #expect(opened[1].bounds.center.x > opened[2].bounds.center.x + 60)
        let trailing = try runs("买一送…", "[300, 305]", ", overflow: wrap")
        #expect(trailing[1].bounds.center.x > trailing[2].bounds.center.x + 60)
        // Nothing else than brackets: they stand where they must.
        #expect(try runs("（（（（（", "[300, 305]", ", overflow: wrap").count == 5)
        // Too much shrinks.
        let small = try runs("买一送一买一送一买一送一", "[200, 300]", ", minFontSize: 20")
        #expect(small[0].size < 100 * 64)
        #expect(try runs("成交{income|retail}", "[200, 900]").map(\.text) == ["成", "交", "¥", "1,234", ".5"])
    }

    @Test("letters can be cut out of a picture") func fillImage() throws {
        let composition = try Self.composition(
            "- {type: text, text: 爆款, fontSize: 100, fillImage: gold.png, position: [500, 300], size: [900, 200]}")
        let lines = composition.displayList(atFrame: 0).dump.split(separator: "\n")
        let image = try #require(lines.firstIndex { $0.contains(" image ") })
        #expect(lines[image + 1].contains("mask alpha") && lines[image + 2].contains("爆款"))
        for wrong in ["fillImage: ../gold.png", "fillImage: gold.png, reveal: pop", "fillImage: gold.txt"] {
            #expect(throws: MotionError.self, "\(wrong)") {
                _ = try Self.composition("- {type: text, text: 爆款, \(wrong), position: [500, 300], size: [900, 200]}")
            }
        }
    }

    /// The width of the widest bar of a colour.
    private static func bar(_ color: Color, _ composition: Composition, _ frame: Int) -> Double {
        func widths(_ nodes: [Node]) -> [Double] {
            nodes.flatMap { node -> [Double] in
                switch node {
                case .path(let path): path.paint == .solid(color) ? [path.path.bounds.width] : []
                case .layer(let layer): widths(layer.content.nodes)
                default: []
                }
            }
        }
        return widths(composition.displayList(atFrame: frame).nodes).max() ?? 0
    }

    @Test("a bar behind a piece follows a measure, keys, or lights up with each change") func highlights() throws {
        let red = Color(red: 255, green: 0, blue: 0)
        let half = try Self.composition(
            """
            - {type: text, text: [今日, {text: 突破目标, highlight: {color: "#ff0000", measure: income, goal: 2469}}], size: [900, 90], position: [500, 300]}
            """)
        #expect(Self.bar(red, half, 4) == 0)
        let whole = try Self.composition(
            """
            - {type: text, text: [今日, {text: 突破目标, highlight: {color: "#ff0000"}}], size: [900, 90], position: [500, 300]}
            """)
        let full = Self.bar(red, whole, 0)
        #expect(full > 4 * 48)
        // 1,234.50 of 2,469 yuan: half, and never beyond on the way.
        var last = 0.0
        for frame in 5..<60 {
            let width = Self.bar(red, half, frame)
            #expect(width >= last && width <= full / 2 + 0.1)
            last = width
        }
        #expect(abs(last - full / 2) < 0.1)
        let keyed = try Self.composition(
            """
            - {type: text, text: 突破, highlight: {color: "#ff0000", shape: box, extent: {keys: [{at: 0s, value: 0}, {at: 1s, value: 1, ease: linear}]}}, size: [900, 90], position: [500, 300]}
            """)
        #expect(Self.bar(red, keyed, 0) == 0)
        #expect(abs(Self.bar(red, keyed, 15) * 2 - Self.bar(red, keyed, 40)) < 0.1)
        let pulsing = try Self.composition(
            """
            - {type: text, text: "{sold} 单", highlight: {color: "#ff0000", shape: underline, measure: sold}, size: [900, 90], position: [500, 300]}
            """)
        #expect(Self.bar(red, pulsing, 4) > 0)
        // Lit up, it has another colour, which goes back.
        #expect(Self.bar(red, pulsing, 5) == 0)
        #expect(Self.bar(red, pulsing, 40) > 0)
    }

    @Test("a bar that cannot be drawn is refused") func highlightErrors() {
        for (keys, message) in [
            ("writing: vertical, highlight: {color: \"#ff0000\"}", "vertical text has no bars"),
            ("highlight: {color: \"#ff0000\", goal: 5}", "follows no measure"),
            ("highlight: {color: \"#ff0000\", measure: nothing}", "there is no measure"),
            ("highlight: {color: \"#ff0000\", measure: sold, goal: 5, extent: 0.5}", "both say how long"),
        ] {
            let found = Self.problems("- {type: text, text: 字, size: [90, 90], \(keys)}")
            #expect(found.contains { $0.message.contains(message) }, "\(found)")
        }
    }
}
