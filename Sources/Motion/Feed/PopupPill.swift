internal import Drawing
internal import Synchronization
internal import Typesetting

/// How a pop-up looks: a sentence beside an avatar in a capsule as wide as they need. Lengths are output pixels.
struct PillLook: Sendable {
    let fill: PaintSpecification
    let stroke: PaintSpecification?
    let strokeWidth: Double
    let largeFill: PaintSpecification
    let shadow: ShadowSpecification?
    /// Nil: half the height.
    let radius: Double?
    let padding: Point
    let hasAvatar: Bool

    private static let fill = Field("fill", PaintSpecification.type, "The capsule.")
    private static let stroke = Field("stroke", PaintSpecification.type, "The line along its edge.")
    private static let strokeWidth = Field("strokeWidth", ValueType<Double>.length(0...200), "The width of that line.")
    private static let largeFill = Field("largeFill", PaintSpecification.type, "The capsule of a large order.")
    private static let boxShadow = Field("boxShadow", ShadowSpecification.type, "A shadow below the capsule.")
    private static let radius = Field(
        "radius", ValueType<Double>.length(0...8192), "Radius of its corners; half its height when missing.")
    private static let padding = Field(
        "padding", ValueType<Point>.extent, "Between its edge and what is in it, across and down.")
    private static let avatar = Field("avatar", ValueType<Bool>.boolean, "Whether the initial stands before the text.")
    static let fields = [
        fill.schema, stroke.schema, strokeWidth.schema, largeFill.schema, boxShadow.schema, radius.schema,
        padding.schema, avatar.schema,
    ]

    init(from fields: FieldDecoder) {
        let scale = fields.context.environment.scale
        fill = fields.value(
            Self.fill, default: .solid(Animated(Color(red: 0x1a, green: 0x10, blue: 0x16, alpha: 0xdc))))
        stroke = fields.optional(Self.stroke)
        strokeWidth = fields.value(Self.strokeWidth, default: 2 * scale)
        largeFill = fields.value(
            Self.largeFill, default: .solid(Animated(Color(red: 0xb8, green: 0x16, blue: 0x1c, alpha: 0xf0))))
        shadow = fields.optional(Self.boxShadow)
        radius = fields.optional(Self.radius)
        padding = fields.value(Self.padding, default: Point(x: 26 * scale, y: 14 * scale))
        hasAvatar = fields.value(Self.avatar, default: true)
    }
}

/// Sets and draws pop-ups: equal orders at equal ages look the same.
final class PillPainter: Sendable {
    private struct Key: Hashable, Sendable {
        let face: OrderLine.Face
        let merged: Int
        let isLarge: Bool
        let ago: String
    }

    /// The height of every pop-up.
    let height: Double
    /// What one says of an order like most.
    let sample: String
    /// The widest that one can be.
    let maximumWidth: Double
    private let look: PillLook
    private let block: TextBlock
    private let rule: MergeRule
    private let typesetter: SharedTypesetter
    private let emoji: EmojiPictures
    private let avatar: AvatarArt
    private let id: LayerID
    private let cache = ContentCache<Key>(capacity: 128)
    /// Texts as they were set: many orders say the same, and what is measured is often drawn.
    private let layouts = Mutex<[[String]: TextLayout]>([:])
    private static let layoutCapacity = 512

    /// Nil, and reported, when the text cannot be set.
    init?(look: PillLook, block: TextBlock, rule: MergeRule, maximumWidth: Double, in context: ResolveContext) {
        (self.look, self.block, self.rule, self.maximumWidth) = (look, block, rule, maximumWidth)
        (typesetter, emoji, id) = (context.typesetter, context.emoji, context.id)
        var letter = TextLook(size: 0)
        letter.weight = 700
        avatar = AvatarArt(look: letter, palette: AvatarSpecification.palette, typesetter: context.typesetter)
        let shown = ShownOrder(line: .sample, ago: "59分钟前", more: "")
        sample = Self.texts(block, shown).joined()
        let layout: TextLayout
        context.note(words: rule.words(for: 99))
        do {
            // All that the template says: what no font has is an error there, and 〓 in what the feed says.
            let whole = ShownOrder(line: .sample, ago: shown.ago, more: rule.words(for: 99))
            _ = context.pictures(
                of: try context.typesetter.layout(
                    Self.richText(block, Self.texts(block, whole)),
                    options: Self.options(block, width: nil, missing: .error)))
            layout = try context.typesetter.layout(
                Self.richText(block, Self.texts(block, shown)), options: Self.options(block, width: nil))
        } catch {
            context.report(error)
            return nil
        }
        height = (layout.textHeight + 2 * look.padding.y).rounded()
        let many = ShownOrder(line: .sample, ago: "59分钟前", more: rule.words(for: 9999))
        context.note(
            TextFact(
                place: context.place, scene: context.sceneOrdinal, text: sample,
                size: layout.fittedSize, wantedSize: block.spans.first?.look.size ?? 0,
                isTruncated: fitted(many).map { !$0.isWhole } ?? true,
                overflows: textWidth < block.spans[0].look.size * 4, isDisclosure: false))
    }

    /// From the left edge to the text.
    private var inset: Double { look.hasAvatar ? disc + 2 * discInset : look.padding.x }
    private var disc: Double { max(1, height - 2 * discInset) }
    private var discInset: Double { (height * 0.11).rounded() }
    private var textWidth: Double { maximumWidth - inset - look.padding.x }

    /// How far a pop-up reaches out of its capsule, in whole pixels: half of the line along the edge, and what outlines of letters need
    /// beyond the padding. Soft shadows are not counted.
    var reach: Double {
        var reach = look.stroke == nil ? 0 : look.strokeWidth / 2
        for span in block.spans where span.look.outlineReach > 0 {
            // Lines that lie closer than an em let letters stand out of them.
            let tightness = max(0, (1 - block.lineHeight) / 2 * span.look.size)
            reach = max(
                reach, span.look.outlineReach + tightness - look.padding.y,
                span.look.outlineReach - min(look.padding.x, inset))
        }
        return reach.rounded(.up)
    }

    /// The width of a pop-up whose numbers have as many figures as these.
    func width(_ entry: FeedSchedule.Entry, ago: String) -> Double {
        let more = String(rule.words(for: entry.merged).map { $0.isASCII && $0.isNumber ? "0" : $0 })
        return layout(ShownOrder(line: entry.order.line, ago: ago, more: more)).map { width($0) } ?? 0
    }

    private func width(_ layout: TextLayout) -> Double {
        min(maximumWidth, (inset + layout.textWidth + look.padding.x).rounded(.up))
    }

    private func layout(_ shown: ShownOrder) -> TextLayout? {
        let key = Self.texts(block, shown)
        if let known = layouts.withLock({ $0[key] }) { return known }
        var layout = fitted(shown)
        if let cut = layout, !cut.isWhole, !shown.more.isEmpty {
            // How many others there are is never cut: it then stands alone, and smaller where even that is too long.
            let count = block.spans.map { $0.text.parts.contains(.order(.more)) ? shown.more : "" }
            layout = set(count, shrinks: true) ?? cut
        }
        layouts.withLock { layouts in
            if layouts.count >= Self.layoutCapacity { layouts.removeAll() }
            layouts[key] = layout
        }
        return layout
    }

    /// The sentence, with as much of the product as fits.
    private func fitted(_ shown: ShownOrder) -> TextLayout? {
        ProductCut.fitted(shown.line.face.product) { set(Self.texts(block, shown, product: $0)) }
    }

    private func set(_ texts: [String], shrinks: Bool = false) -> TextLayout? {
        var options = Self.options(block, width: max(1, textWidth))
        if shrinks {
            options.maxLines = 1
            options.overflow = .shrink(minSize: 4)
        }
        return try? typesetter.layout(Self.richText(block, texts), options: options)
    }

    /// The drawing of a pop-up.
    func content(_ entry: FeedSchedule.Entry, ago: String) -> LayerContent? {
        let key = Key(face: entry.order.line.face, merged: entry.merged, isLarge: entry.order.isLarge, ago: ago)
        return cache.content(for: key) {
            let more = rule.words(for: entry.merged)
            guard let layout = layout(ShownOrder(line: entry.order.line, ago: ago, more: more)) else { return nil }
            let box = Rect(x: 0, y: 0, width: width(layout), height: height)
            let path = Path.roundedRect(box, radius: min(look.radius ?? height / 2, height / 2))
            var nodes: [Node] = []
            if let shadow = look.shadow {
                let silhouette = Node.path(PathNode(path: path, paint: .solid(shadow.color)))
                nodes.append(shadow.layer([silhouette], id: id.child("shadow")))
            }
            let fill = entry.order.isLarge ? look.largeFill : look.fill
            nodes.append(.path(PathNode(path: path, paint: fill.paint(at: .zero, in: box))))
            if let stroke = look.stroke, look.strokeWidth > 0 {
                nodes.append(
                    .path(
                        PathNode(
                            path: path, style: .stroke(Stroke(width: look.strokeWidth)),
                            paint: stroke.paint(at: .zero, in: box))))
            }
            if look.hasAvatar, let face = avatar.content(entry.order.line, size: Size(width: disc, height: disc)) {
                nodes.append(
                    .layer(
                        Layer(
                            id: id.child("avatar"), content: face,
                            matrix: .translation(x: discInset, y: discInset))))
            }
            let (dx, dy) = (Fixed.steps(inset), Fixed.steps(((height - layout.textHeight) / 2).rounded()))
            let area = Rect(
                x: inset, y: (height - layout.textHeight) / 2, width: layout.textWidth, height: layout.textHeight)
            for run in layout.runs {
                let look = block.spans[run.tag].look
                let glyphs = run.run.offsetBy(x: dx, y: dy)
                if let shadow = look.shadow {
                    let silhouette = Node.glyphs(GlyphsNode(run: glyphs, paint: .solid(shadow.color)))
                    nodes.append(shadow.layer([silhouette], id: id.child("letters", run.tag)))
                }
                // The outermost lies lowest.
                var reach = look.outlineReach
                for outline in look.outlines.reversed() where outline.width > 0 {
                    let stroke = Stroke(width: reach * 2, join: .round)
                    nodes.append(
                        .glyphs(GlyphsNode(run: glyphs, style: .stroke(stroke), paint: .solid(outline.color))))
                    reach -= outline.width
                }
                nodes.append(.glyphs(GlyphsNode(run: glyphs, paint: look.fill.paint(at: .zero, in: area))))
            }
            // On whole pixels, as the layout has them.
            for picture in SetText(layout, pictures: emoji.facts(of: layout)).pictures {
                nodes.append(
                    .image(picture.movedBy(x: inset.rounded(), y: ((height - layout.textHeight) / 2).rounded()).image))
            }
            return .enclosing(nodes, including: box)
        }
    }

    /// The width of a pop-up that was drawn, without its shadow.
    static func width(of content: LayerContent) -> Double {
        for node in content.nodes { if case .path(let node) = node { return node.path.bounds.maxX } }
        return 0
    }

    /// The texts of the spans; what is missing (a place, say) leaves no double space.
    private static func texts(_ block: TextBlock, _ shown: ShownOrder, product: String? = nil) -> [String] {
        var last: Character = " "
        return block.spans.map { span in
            var text = ""
            for part in span.text.parts {
                let piece: String
                switch part {
                case .literal(let literal), .small(let literal): piece = literal
                case .order(.product): piece = product ?? shown.line.face.product
                case .order(let word): piece = shown.text(word)
                case .measure, .price, .fact, .clock: piece = ""
                }
                for letter in piece where letter != " " || last != " " && last != "\n" {
                    text.append(letter)
                    last = letter
                }
            }
            return text
        }
    }

    private static func richText(_ block: TextBlock, _ texts: [String]) -> RichText {
        RichText(
            zip(block.spans, texts).enumerated().map { ordinal, pair in
                RichText.Span(
                    pair.1, style: pair.0.look.style(tabular: pair.0.text.wantsTabularFigures), tag: ordinal)
            })
    }

    private static func options(
        _ block: TextBlock, width: Double?, missing: ParagraphOptions.MissingGlyphs = .replace
    ) -> ParagraphOptions {
        let lines = block.spans.reduce(1) { sum, span in
            sum
                + span.text.parts.reduce(0) { count, part in
                    if case .literal(let text) = part { count + text.count { $0 == "\n" } } else { count }
                }
        }
        var options = ParagraphOptions(
            maxWidth: width, maxLines: lines, alignment: .start, lineHeight: block.lineHeight, overflow: .ellipsis,
            missing: missing)
        options.drawsPictures = true
        return options
    }
}
