package import Drawing
internal import Typesetting

/// The first letter of a buyer's masked name on a disc, in a row.
package struct AvatarSpecification: ElementSpecification {
    package static let kind = "avatar"
    package static let summary = "The first letter of the buyer's masked name on a coloured disc; only in a row."

    private static let paletteField = Field(
        "palette", ValueType<[Color]>.list(of: .color, count: 1...32),
        "Colours of discs; which one an order gets does not depend on the name.")
    package static let fields = TextLook.fields + [paletteField.schema]

    /// Deep enough for white letters.
    static let palette: [Color] = [
        Color(red: 0xd9, green: 0x48, blue: 0x41), Color(red: 0xc9, green: 0x6a, blue: 0x1b),
        Color(red: 0x2f, green: 0x8a, blue: 0x5b), Color(red: 0x1d, green: 0x7f, blue: 0x8c),
        Color(red: 0x33, green: 0x66, blue: 0xcc), Color(red: 0x6a, green: 0x4f, blue: 0xc4),
        Color(red: 0xb0, green: 0x3f, blue: 0x8a), Color(red: 0x8a, green: 0x5a, blue: 0x3c),
    ]

    private let look: TextLook
    private let colors: [Color]

    package init?(from fields: FieldDecoder) {
        guard !fields.context.environment.orderWords.isEmpty else {
            fields.context.report(
                .type, "an avatar shows the buyer of a row's order", hint: "put it into the row of a waterfall",
                at: fields.value)
            return nil
        }
        var base = TextLook(size: 0)
        base.weight = 700
        look = TextLook(from: fields, base: base)
        colors = fields.value(Self.paletteField, default: Self.palette)
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        guard let box = context.box, box.width > 0, box.height > 0 else {
            context.report(.missingKey, "an avatar needs a size", hint: "write size: [80, 80]")
            return nil
        }
        return .avatar(
            AvatarContent(
                size: box, art: AvatarArt(look: look, palette: colors, typesetter: context.typesetter)))
    }
}

/// An avatar, resolved.
package struct AvatarContent: ElementContent {
    package let size: Size
    private let art: AvatarArt

    init(size: Size, art: AvatarArt) { (self.size, self.art) = (size, art) }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        context.order.flatMap { art.content($0.line, size: size) }
    }
}

/// Draws initials on discs.
struct AvatarArt: Sendable {
    private struct Key: Hashable, Sendable {
        let initial: String
        let color: Color
        let size: Size
    }

    private let look: TextLook
    private let palette: [Color]
    private let typesetter: SharedTypesetter
    private let cache = ContentCache<Key>(capacity: 256)

    init(look: TextLook, palette: [Color], typesetter: SharedTypesetter) {
        (self.look, self.palette, self.typesetter) = (look, palette, typesetter)
    }

    func content(_ line: OrderLine, size: Size) -> LayerContent? {
        let color = palette[Int(line.face.shade % UInt64(palette.count))]
        return cache.content(for: Key(initial: line.face.initial, color: color, size: size)) {
            let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
            var nodes: [Node] = [.path(PathNode(path: .ellipse(in: box), paint: .solid(color)))]
            var look = look
            if look.size == 0 { look.size = min(size.width, size.height) * 0.52 }
            let options = ParagraphOptions(
                maxWidth: size.width, maxHeight: size.height, maxLines: 1, alignment: .center,
                verticalAlignment: .middle, lineHeight: 1, missing: .replace)
            if let set = try? typesetter.layout(
                RichText(line.face.initial, style: look.style(tabular: false)), options: options)
            {
                let paint = look.fill.paint(at: .zero, in: box)
                nodes += set.runs.map { .glyphs(GlyphsNode(run: $0.run, paint: paint)) }
            }
            return .enclosing(nodes, including: box)
        }
    }
}
