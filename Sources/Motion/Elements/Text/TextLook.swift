package import Drawing
package import Typesetting

/// How a piece of text looks. Lengths are output pixels.
package struct TextLook: Hashable, Sendable {
    /// A line around the letters.
    package struct Outline: Hashable, Sendable {
        /// How far it reaches beyond the letters, or beyond the outline before it.
        package let width: Double
        package let color: Color

        package init(width: Double, color: Color) { (self.width, self.color) = (width, color) }
    }

    package var family = "Noto Sans CJK SC"
    package var weight = 500
    /// Pixels to an em.
    package var size: Double
    package var letterSpacing = 0.0
    /// Nil: tabular where a measure is shown.
    package var tabularFigures: Bool?
    package var features: [String] = []
    package var fill = PaintSpecification.solid(Animated(.white))
    /// From the letters outwards.
    package var outlines: [Outline] = []
    package var shadow: ShadowSpecification?
    /// A soft light around the letters.
    package var glow: ShadowSpecification?
    /// A shadow that the edges throw into the letters.
    package var innerShadow: ShadowSpecification?

    /// How far all outlines together reach beyond the letters.
    package var outlineReach: Double { outlines.reduce(0) { $0 + $1.width } }

    package init(size: Double) { self.size = size }

    /// As the typesetter wants it.
    package func style(tabular: Bool) -> TextStyle {
        TextStyle(
            family: family, weight: weight, size: max(1, min(4096, size)), letterSpacing: letterSpacing,
            tabularFigures: tabularFigures ?? tabular, features: features)
    }
}

extension TextLook {
    private static let style = Field(
        "style", ValueType<TextLook>.namedStyle, "A named style of the template, which the other keys change.")
    private static let family = Field("font", ValueType<String>.text(maximum: 100), "The font family.")
    private static let weight = Field("weight", ValueType<Int>.whole(1...1000), "The weight: 400 regular, 700 bold.")
    private static let size = Field("fontSize", ValueType<Double>.length(1...2000), "Units of the layout to an em.")
    private static let letterSpacing = Field(
        "letterSpacing", ValueType<Double>.length(-500...500), "Added between characters.")
    private static let tabular = Field("tabular", ValueType<Bool>.boolean, "Whether all figures get one width.")
    private static let features = Field(
        "features", ValueType<[String]>.list(of: .text(maximum: 10), count: 0...16), "OpenType features such as palt.")
    private static let fill = Field("color", PaintSpecification.type, "A colour or a gradient.")
    private static let outlineWidth = Field(
        "width", ValueType<Double>.length(0...200), "How far it reaches outwards.", isRequired: true)
    private static let outlineColor = Field("color", ValueType<Color>.color, "Its colour.", isRequired: true)
    private static let oneOutline = ValueType<Outline>.object([outlineWidth.schema, outlineColor.schema]) { fields in
        guard let width = fields.required(outlineWidth), let color = fields.required(outlineColor) else { return nil }
        return Outline(width: width, color: color)
    }
    private static let outline = Field(
        "outline",
        ValueType<[Outline]>(
            .anyOf([oneOutline.schema, ValueType<[Outline]>.list(of: oneOutline, count: 0...4).schema])
        ) { value, context in
            if value.elements != nil {
                return ValueType<[Outline]>.list(of: oneOutline, count: 0...4).read(value, context)
            }
            return oneOutline.read(value, context).map { [$0] }
        }, "A line around the letters, or several from the innermost outwards.")
    private static let shadow = Field("shadow", ShadowSpecification.type, "A shadow below the letters.")
    private static let glow = Field("glow", ShadowSpecification.type, "A light around the letters.")
    private static let innerShadow = Field(
        "innerShadow", ShadowSpecification.type, "A shadow that the letters' edges throw into them.")

    /// The keys of a named style.
    package static let styleFields = [
        family.schema, weight.schema, size.schema, letterSpacing.schema, tabular.schema, features.schema, fill.schema,
        outline.schema, shadow.schema, glow.schema, innerShadow.schema,
    ]
    /// The keys of whatever shows text.
    package static let fields = [style.schema] + styleFields

    /// Reads the keys on top of `base`, or of the named style.
    package init(from fields: FieldDecoder, base: TextLook) {
        self = base
        if fields.value["style"] != nil, let named = fields.optional(Self.style) { self = named }
        family = fields.optional(Self.family) ?? family
        weight = fields.optional(Self.weight) ?? weight
        size = fields.optional(Self.size) ?? size
        letterSpacing = fields.optional(Self.letterSpacing) ?? letterSpacing
        tabularFigures = fields.optional(Self.tabular) ?? tabularFigures
        features = fields.optional(Self.features) ?? features
        fill = fields.optional(Self.fill) ?? fill
        outlines = fields.optional(Self.outline) ?? outlines
        shadow = fields.optional(Self.shadow) ?? shadow
        if let light = fields.optional(Self.glow) {
            glow = ShadowSpecification(color: light.color, blur: light.blur, offset: .zero)
        }
        innerShadow = fields.optional(Self.innerShadow) ?? innerShadow
    }

    /// Reads the mapping from names to styles.
    package static let map = ValueType<[String: TextLook]>(.map(of: .object(styleFields))) { value, context in
        guard let entries = value.entries, entries.count <= 100 else {
            context.report(
                .type, "\(value.shape) where styles are needed", hint: "write headline: {font: …, fontSize: 96}",
                at: value)
            return nil
        }
        var styles: [String: TextLook] = [:]
        for entry in entries {
            context.within(.key(entry.key)) {
                guard let fields = FieldDecoder(entry.value, fields: styleFields, in: context) else { return }
                styles[entry.key] = TextLook(from: fields, base: TextLook(size: 48 * context.environment.scale))
            }
        }
        return styles
    }
}

extension ValueType where Value == TextLook {
    /// The name of a style of the template.
    fileprivate static let namedStyle = ValueType(Name.type.schema) { value, context in
        guard let name = value.text, let style = context.environment.styles[name] else {
            context.report(
                .unknownName, "there is no style \(value.shape)",
                hint: Suggestion.hint(for: value.text ?? "", among: context.environment.styles.keys.sorted()), at: value
            )
            return nil
        }
        return style
    }
}
