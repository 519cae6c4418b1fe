package import Drawing
internal import Typesetting

/// What the numbers on screen count: period, counting, as of when, source. Filled from the data; required wherever measures are shown.
package struct DisclosureSpecification: ElementSpecification {
    package static let kind = "disclosure"
    package static let summary =
        "What the numbers count: source, period, counting and as of when, filled from the data."

    private static let note = Field(
        "note", TextTemplate.type(maximum: 100), "A sentence of the template's own, before the others.")
    /// How its sentences follow one another.
    private enum Arrangement: String, CaseIterable {
        /// One after the other.
        case flow
        /// Each on a line of its own.
        case lines

        var separator: String { self == .flow ? "；" : "\n" }
    }

    private static let arrange = Field(
        "arrange", ValueType<Arrangement>.choice, "Whether sentences follow one another or have lines of their own.")
    package static let fields = [note.schema, arrange.schema] + TextLook.fields + TextBlock.boxFields

    private let block: TextBlock
    private let note: TextTemplate?
    private let arrangement: Arrangement

    package init?(from fields: FieldDecoder) {
        var look = TextLook(size: 0)
        look.fill = .solid(Animated(Color(red: 255, green: 255, blue: 255, alpha: 190)))
        look = TextLook(from: fields, base: look)
        // A brand's wide font must not drive it out of its box: it may neither shrink nor be cut.
        look.family = FontLibrary.exact(look.family)
        var block = TextBlock(spans: [TextBlock.Span(text: TextTemplate(parts: []), look: look)])
        block.alignment = .center
        block.lineHeight = 1.35
        block.overflow = .wrap
        block.decodeBox(fields)
        self.block = block
        note = fields.optional(Self.note)
        arrangement = fields.value(Self.arrange, default: .flow)
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        var block = block
        let minimum = Legibility.disclosureMinimum(canvas: context.canvas)
        // Without a size of its own it is as small as may be read.
        if block.spans[0].look.size == 0 { block.spans[0].look.size = minimum }
        block.minimumSize = max(minimum, block.minimumSize ?? minimum)
        var parts = note?.parts ?? []
        if !parts.isEmpty { parts.append(.literal(arrangement.separator)) }
        parts.append(
            .literal(context.facts.disclosureSentences.joined(separator: arrangement.separator)))
        block.spans[0].text = TextTemplate(parts: parts)
        if block.spans[0].look.size < minimum - 0.01 {
            context.report(
                .disclosure,
                "the disclosure is smaller than can be read (\(Legibility.shown(block.spans[0].look.size / context.scale)) units)",
                hint: "give it a fontSize of at least \(Legibility.shown(minimum / context.scale))")
        }
        guard let content = TextContent(block, in: context, missing: .replace, isDisclosure: true) else { return nil }
        context.noteDisclosure()
        return .text(content)
    }
}

/// How small text may be.
package enum Legibility {
    /// The smallest text anywhere: 34 px at a width of 1080.
    package static func minimum(canvas: PixelSize) -> Double { 34 * Double(min(canvas.width, canvas.height)) / 1080 }

    /// The smallest disclosure: 2.2 % of the height (advertising law, art. 11, as courts read it), and never below the smallest text.
    package static func disclosureMinimum(canvas: PixelSize) -> Double {
        max(0.022 * Double(canvas.height), minimum(canvas: canvas))
    }

    /// A length with at most one decimal, rounded up.
    package static func shown(_ length: Double) -> String { Scalar.text((length * 10).rounded(.up) / 10) }
}
