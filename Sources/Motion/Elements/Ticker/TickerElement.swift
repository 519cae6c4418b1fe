package import Drawing
import Typesetting

/// A running line: texts that follow one another for ever, at a constant speed.
package struct TickerSpecification: ElementSpecification {
    package static let kind = "ticker"
    package static let summary = "A running line of one or more texts, at a constant speed, without end or seam."

    /// Where it runs to.
    package enum Direction: String, Hashable, Sendable, CaseIterable {
        case left, right
    }

    private let texts: [TextTemplate]
    private let look: TextLook
    private let separator: String
    private let gap: Double
    private let speed: Double?
    private let rounds: Int?
    private let direction: Direction
    private let fade: Double

    package init?(from fields: FieldDecoder) {
        let scale = fields.context.environment.scale
        look = TextLook(from: fields, base: TextLook(size: 44 * scale))
        separator = fields.value(Self.separator, default: "")
        gap = fields.value(Self.gap, default: look.size * 1.5)
        direction = fields.value(Self.direction, default: .left)
        fade = fields.value(Self.fade, default: 0)
        (speed, rounds) = (fields.optional(Self.speed), fields.optional(Self.rounds))
        if fields.has(Self.speed), fields.has(Self.rounds) {
            fields.report(.type, "speed and rounds say the same thing", hint: "remove one of them", at: Self.rounds)
            return nil
        }
        guard let texts = fields.required(Self.texts) else { return nil }
        if let changing = texts.firstIndex(where: { !$0.isConstant }) {
            fields.report(
                .type, "text \(changing + 1) has a number that changes, under which the line would jump",
                hint: "show the number in an element of type text or odometer", at: Self.texts)
            return nil
        }
        self.texts = texts
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        var items: [TickerContent.Item] = []
        var x = 0.0
        var height = 0.0
        do {
            for text in texts {
                let words = text.parts.map { part in
                    switch part {
                    case .literal(let literal), .small(let literal): literal
                    case .fact(let fact, let format): context.facts.text(fact, format)
                    case .measure, .price, .clock, .order: ""
                    }
                }.joined()
                for words in [words, separator] where !words.isEmpty {
                    var options = ParagraphOptions(maxHeight: context.box?.height, verticalAlignment: .middle)
                    options.drawsPictures = true
                    let layout = try context.typesetter.layout(
                        RichText(words, style: look.style(tabular: false)), options: options)
                    height = max(height, layout.textHeight)
                    let text = SetText(layout, pictures: context.pictures(of: layout))
                    items += TickerContent.items(text, look: look, at: x, id: context.id)
                    x += layout.textWidth + gap
                }
                context.note(
                    TextFact(
                        place: context.place, scene: context.sceneOrdinal, text: words, size: look.size,
                        wantedSize: look.size, isTruncated: false, overflows: false, isDisclosure: false))
            }
        } catch {
            context.report(error)
            return nil
        }
        guard x > 0, !items.isEmpty else {
            context.report(.missingKey, "the running line has no text", hint: "write text: a sentence")
            return nil
        }
        let size = context.box ?? Size(width: Double(context.canvas.width), height: height)
        guard size.width >= 1, size.height >= 1 else {
            context.report(.range, "the running line has no room", hint: "make its size larger")
            return nil
        }
        guard size.width / x * Double(items.count) <= 400 else {
            context.report(
                .range, "the running line would pass its box \(Int(size.width / x)) times at once",
                hint: "write more text, or make gap or fontSize larger")
            return nil
        }
        // Rounded so that the scene ends where it began.
        let seconds = max(1e-3, context.sceneDuration.seconds(at: context.rate))
        let pace = rounds.map { Double($0) * x / seconds } ?? speed ?? look.size * 2.5
        FeedLegibility.check(speed: pace, in: context)
        return .ticker(
            TickerContent(
                items: items, round: x, size: size, speed: direction == .left ? pace : -pace,
                fade: min(fade, size.width / 2)))
    }

    private static let texts = Field(
        "text",
        ValueType<[TextTemplate]>(
            .anyOf([
                .text(maximum: 1000), .list(of: .text(maximum: 1000), minimum: 1, maximum: 50),
            ])
        ) { value, context in
            if value.elements != nil {
                return ValueType<[TextTemplate]>.list(of: TextTemplate.type(), count: 1...50).read(value, context)
            }
            return TextTemplate.type().read(value, context).map { [$0] }
        }, "What runs: a text, or several that follow one another.", isRequired: true)
    private static let separator = Field(
        "separator", ValueType<String>.text(maximum: 20), "What stands between two texts, with a gap on both sides.")
    private static let gap = Field("gap", ValueType<Double>.length(0...8192), "The distance between two texts.")
    private static let speed = Field("speed", ValueType<Double>.length(1...20000), "Units a second.")
    private static let rounds = Field(
        "rounds", ValueType<Int>.whole(1...100),
        "How often all texts pass in the scene, instead of speed: the scene's end then joins its beginning.")
    private static let direction = Field("direction", ValueType<Direction>.choice, "Where the line runs to.")
    private static let fade = Field(
        "fade", ValueType<Double>.length(0...2000), "How far it fades at both ends of its box.")

    package static let fields =
        [
            texts.schema, separator.schema, gap.schema, speed.schema, rounds.schema, direction.schema, fade.schema,
        ] + TextLook.fields
}

/// A running line, resolved.
package struct TickerContent: ElementContent {
    /// A piece of the line, drawn once; `x` is where its text begins in the round.
    struct Item: Sendable {
        let content: LayerContent
        let x: Double
    }

    /// The longest piece in pixels: textures have an end.
    private static let longest = 2048.0

    package let size: Size
    private let items: [Item]
    private let round: Double
    private let speed: Double
    private let reach: (left: Double, right: Double)
    private let mask: LayerContent?

    init(items: [Item], round: Double, size: Size, speed: Double, fade: Double) {
        (self.items, self.round, self.size, self.speed) = (items, round, size, speed)
        reach = (
            items.map { $0.x + $0.content.bounds.rect.x }.min() ?? 0,
            items.map { $0.x + $0.content.bounds.rect.maxX }.max() ?? 0
        )
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        let edge = fade / size.width
        mask =
            fade > 0
            ? LayerContent(
                bounds: box,
                nodes: [
                    .path(
                        PathNode(
                            path: .rect(box),
                            paint: .gradient(
                                .linear(
                                    from: Point(x: 0, y: 0), to: Point(x: size.width, y: 0),
                                    stops: [
                                        Gradient.Stop(0, .clear), Gradient.Stop(edge, .black),
                                        Gradient.Stop(1 - edge, .black), Gradient.Stop(1, .clear),
                                    ]))))
                ]) : nil
    }

    /// Cuts a line into pieces between glyphs.
    static func items(_ text: SetText, look: TextLook, at x: Double, id: LayerID) -> [Item] {
        let fill = look.fill.paint(at: .zero, in: text.area)
        func piece(_ x: Double) -> Int { Int(x / longest) }
        var runs: [Int: [SetText.Run]] = [:]
        for run in text.runs {
            let glyphs = run.run.glyphs
            for (piece, indices) in Dictionary(
                grouping: glyphs.indices, by: { piece(Fixed.pixels(glyphs[$0].x)) })
            {
                let part = GlyphRun(
                    font: run.run.font, size: run.run.size, glyphs: indices.map { glyphs[$0] },
                    outlines: indices.map { run.run.outlines[$0] }, text: run.run.text)
                runs[piece, default: []].append(SetText.Run(run: part, span: 0))
            }
        }
        let pictures = Dictionary(grouping: text.pictures) { piece($0.image.target.rect.x) }
        return Set(runs.keys).union(pictures.keys).sorted().map { piece in
            let letters = LetterPainter.nodes(
                runs[piece] ?? [], looks: [look], fills: [fill], id: id.child("piece", piece))
            return Item(content: .enclosing(letters + (pictures[piece] ?? []).map { .image($0.image) }), x: x)
        }
    }

    /// How far the line has run, from 0 to a round.
    package func offset(at seconds: Double) -> Double {
        let turns = speed * seconds / round
        return (turns - turns.rounded(.down)) * round
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        let start = -offset(at: context.time.seconds)
        var nodes: [Node] = []
        var ordinal = 0
        // The first round that still reaches into the box.
        var copy = ((-start - reach.right) / round).rounded(.down)
        while start + copy * round + reach.left < size.width {
            for item in items {
                let x = start + copy * round + item.x
                let bounds = item.content.bounds.rect
                defer { ordinal += 1 }
                guard x + bounds.maxX > 0, x + bounds.x < size.width else { continue }
                nodes.append(
                    .layer(
                        Layer(
                            id: context.id.child("item", ordinal), content: item.content,
                            matrix: .translation(x: x, y: 0), clip: mask == nil ? Clip(box) : nil)))
            }
            copy += 1
        }
        guard let mask else { return LayerContent(bounds: box, nodes: nodes) }
        return LayerContent(
            bounds: box,
            nodes: [
                .layer(
                    Layer(
                        id: context.id.child("line"), content: LayerContent(bounds: box, nodes: nodes),
                        mask: Mask(content: mask)))
            ])
    }
}
