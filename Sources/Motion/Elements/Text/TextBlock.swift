package import Drawing
package import Typesetting

/// Text in a box, as a template asks for it: pieces, looks and what happens when it does not fit. Lengths are output pixels.
package struct TextBlock: Hashable, Sendable {
    /// A piece in one look.
    package struct Span: Hashable, Sendable {
        package var text: TextTemplate
        package var look: TextLook
        /// The bar behind it.
        package var highlight: TextHighlight?

        package init(text: TextTemplate, look: TextLook, highlight: TextHighlight? = nil) {
            (self.text, self.look, self.highlight) = (text, look, highlight)
        }
    }

    /// What happens to text that is too large for its box.
    package enum Overflow: String, Hashable, Sendable, CaseIterable {
        case wrap, ellipsis, shrink
    }

    package var spans: [Span]
    package var alignment = ParagraphOptions.Alignment.center
    package var verticalAlignment = ParagraphOptions.VerticalAlignment.middle
    package var lineHeight = 1.4
    package var maxLines: Int?
    package var overflow = Overflow.shrink
    package var minimumSize: Double?
    /// The size of ¥ and decimals of prices beside the yuan.
    package var priceScale = 0.62
    /// Whether Chinese and Latin letters or figures are set apart.
    package var isSpaced = false
    /// Whether it runs down in columns, from right to left.
    package var isVertical = false
    /// The picture that the letters are cut out of, instead of their colours.
    package var picture: String?
    /// How it comes piece by piece.
    package var reveal: TextReveal?

    package init(spans: [Span]) { self.spans = spans }

    /// True when nothing in it changes with time.
    package var isConstant: Bool { spans.allSatisfy { $0.text.isConstant && $0.look.fill.isConstant } }

    /// The same with a span of its own for everything that is set smaller.
    package var expanded: TextBlock {
        var block = self
        block.spans = []
        for span in spans {
            var plain: [TextTemplate.Part] = []
            func flush() {
                if !plain.isEmpty {
                    block.spans.append(
                        Span(text: TextTemplate(parts: plain), look: span.look, highlight: span.highlight))
                }
                plain = []
            }
            var small = span.look
            small.size *= priceScale
            small.letterSpacing *= priceScale
            for part in span.text.parts {
                switch part {
                case .small, .price(_, .sign), .price(_, .decimals):
                    flush()
                    block.spans.append(
                        Span(text: TextTemplate(parts: [part]), look: small, highlight: span.highlight))
                default: plain.append(part)
                }
            }
            flush()
        }
        if block.spans.isEmpty { block.spans = spans }
        // Shrinking counts in sizes of the first span, which may now be a small one.
        if let first = spans.first?.look.size, let now = block.spans.first?.look.size, first > 0 {
            block.minimumSize = (minimumSize ?? first * 0.5) * now / first
        }
        return block
    }

    /// As the typesetter wants it.
    package func options(box: Size?, missing: ParagraphOptions.MissingGlyphs) -> ParagraphOptions {
        let least = minimumSize ?? (spans.first.map { $0.look.size * 0.5 } ?? 1)
        let behaviour: ParagraphOptions.Overflow =
            switch overflow {
            case .wrap: .wrap
            case .ellipsis: .ellipsis
            case .shrink: .shrink(minSize: max(1, min(4096, least)))
            }
        var options = ParagraphOptions(
            maxWidth: box?.width, maxHeight: box?.height, maxLines: maxLines, alignment: alignment,
            verticalAlignment: verticalAlignment, lineHeight: lineHeight, overflow: box == nil ? .wrap : behaviour,
            missing: missing)
        options.countsLetters = reveal != nil
        options.drawsPictures = true
        return options
    }
}

extension TextBlock {
    private static let spanText = Field("text", TextTemplate.type(), "The piece.", isRequired: true)
    private static let highlight = Field(
        "highlight", TextHighlight.type, "A bar behind it, as long as a measure or keys say.")
    private static let spanFields = [spanText.schema, highlight.schema] + TextLook.fields
    private static let text = Field(
        "text",
        ValueType<YAMLValue>(
            .anyOf([
                .text(maximum: 1000),
                .list(of: .anyOf([.text(maximum: 1000), .object(spanFields)]), minimum: 1, maximum: 64),
            ])
        ) { value, _ in value },
        "The text, with {measure|format} and {parameter}; or pieces in different looks.", isRequired: true)
    private static let align = Field(
        "align", ValueType<ParagraphOptions.Alignment>.choice, "Where lines stand across the box.")
    private static let vertical = Field(
        "verticalAlign", ValueType<ParagraphOptions.VerticalAlignment>.choice, "Where lines stand down the box.")
    private static let lineHeight = Field("lineHeight", ValueType<Double>.number(0.5...4), "Height of a line in ems.")
    private static let maxLines = Field("maxLines", ValueType<Int>.whole(1...100), "The most lines.")
    private static let overflow = Field(
        "overflow", ValueType<Overflow>.choice, "What happens to text that is too large.")
    private static let minimumSize = Field(
        "minFontSize", ValueType<Double>.length(1...2000), "How small text may be made to fit.")

    private static let priceScale = Field(
        "priceScale", ValueType<Double>.number(0.2...1), "The size of ¥ and decimals in {price|retail}.")
    private static let spacing = Field(
        "pangu", ValueType<Bool>.boolean, "Whether a thin space parts Chinese from Latin letters and figures.")
    /// Where text runs.
    private enum Writing: String, CaseIterable {
        case horizontal, vertical
    }

    private static let writing = Field(
        "writing", ValueType<Writing>.choice, "Whether it runs across, or down in columns from right to left.")
    private static let picture = Field(
        "fillImage", ValueType<String>.file, "A picture of the template's folder that the letters are cut out of.")
    private static let reveal = Field("reveal", TextReveal.type, "How it comes, piece by piece.")

    /// The keys of the box; `text` comes first.
    package static let fields =
        [text.schema] + TextLook.fields + boxFields + [
            priceScale.schema, spacing.schema, writing.schema, picture.schema,
            reveal.schema, highlight.schema,
        ]
    /// The keys without the text and its look.
    package static let boxFields = [
        align.schema, vertical.schema, lineHeight.schema, maxLines.schema, overflow.schema, minimumSize.schema,
    ]

    /// Reads text and box; nil when the text cannot be used.
    package init?(from fields: FieldDecoder) {
        let base = TextLook(from: fields, base: TextLook(size: 48 * fields.context.environment.scale))
        guard let value = fields.required(Self.text) else { return nil }
        let context = fields.context
        let spans: [Span]? = context.within(.key("text")) {
            if value.elements == nil {
                return context.decode(value, as: TextTemplate.type()).map { [Span(text: $0, look: base)] }
            }
            let piece = ValueType<Span>(.anyOf([])) { value, context in
                if value.entries == nil {
                    return context.decode(value, as: TextTemplate.type()).map { Span(text: $0, look: base) }
                }
                guard let fields = FieldDecoder(value, fields: Self.spanFields, in: context),
                    let text = fields.required(Self.spanText)
                else { return nil }
                return Span(
                    text: text, look: TextLook(from: fields, base: base), highlight: fields.optional(Self.highlight))
            }
            return context.decode(value, as: ValueType<[Span]>.list(of: piece, count: 1...64))
        }
        guard let spans else { return nil }
        self.init(spans: spans)
        // What comes from a feed is as long as it likes: one line, cut at its end.
        if spans.contains(where: { $0.text.showsOrder }) { overflow = .ellipsis }
        decodeBox(fields)
        if spans.contains(where: { $0.text.showsOrder }) { maxLines = maxLines ?? 1 }
        // A number that lost its last digits is another number: it shrinks. A title before it gives way first.
        if overflow == .ellipsis, spans.contains(where: { $0.text.showsFigures }),
            !spans.contains(where: { $0.text.parts.contains(.order(.product)) })
        {
            overflow = .shrink
            minimumSize = (spans.first?.look.size ?? 1) * 0.25
        }
        priceScale = fields.value(Self.priceScale, default: priceScale)
        isSpaced = fields.value(Self.spacing, default: false)
        reveal = fields.optional(Self.reveal)
        picture = fields.optional(Self.picture)
        if let bar = fields.optional(Self.highlight) {
            for index in self.spans.indices where self.spans[index].highlight == nil {
                self.spans[index].highlight = bar
            }
        }
        if picture != nil, fields.has(Self.reveal) {
            fields.report(
                .type, "letters that are cut out of a picture do not come piece by piece",
                hint: "remove reveal, or give the element an enter", at: Self.reveal)
        }
        isVertical = fields.value(Self.writing, default: .horizontal) == .vertical
        if isVertical, self.spans.contains(where: { $0.highlight != nil }) {
            fields.report(
                .type, "vertical text has no bars behind it", hint: "remove highlight, or lay a shape behind it",
                at: Self.writing)
        }
        if isVertical, reveal != nil {
            fields.report(
                .type, "vertical text does not come piece by piece",
                hint: "remove reveal, or give every column an element",
                at: Self.reveal)
        }
        if reveal != nil, !isConstant {
            fields.report(
                .animation, "text with a number or a colour that changes cannot come piece by piece",
                hint: "put the number into an element of its own", at: Self.reveal)
        }
    }

    /// Reads the keys of the box.
    package mutating func decodeBox(_ fields: FieldDecoder) {
        alignment = fields.optional(Self.align) ?? alignment
        verticalAlignment = fields.optional(Self.vertical) ?? verticalAlignment
        lineHeight = fields.optional(Self.lineHeight) ?? lineHeight
        maxLines = fields.optional(Self.maxLines)
        overflow = fields.optional(Self.overflow) ?? overflow
        minimumSize = fields.optional(Self.minimumSize)
    }
}
