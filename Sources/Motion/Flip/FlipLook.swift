import Drawing

/// How a board looks and moves: the keys that counters and countdowns share.
package struct FlipLook: Sendable {
    package var style: FlipStyle
    package var family: String
    package var weight: Int
    package var drum: [String]
    package var fraction: Int
    package var grouping: Int
    package var leading: CounterFormat.Leading
    package var unit: CounterFormat.Unit
    package var prefix: String?
    package var suffix: String
    package var alignment: FlipBoardLayout.Alignment
    package var ratio, gap, digitHeight, fractionScale: Double
    package var radius: Double?
    package var direction: FlapDirection
    package var walk: FlapWalk
    package var speed: FlapSpeed
    package var stagger: Double
    package var usesCanvasCamera: Bool

    /// Reads the keys; nil, and reported, when they do not go together.
    package init?(from fields: FieldDecoder) {
        var style = fields.value(Self.material, default: .midnight)
        if let card = fields.optional(Self.card) { style.card = card }
        if let digit = fields.optional(Self.digit) { (style.digit, style.digitLow) = (digit, digit) }
        if let low = fields.optional(Self.digitLow) { style.digitLow = low }
        if let housing = fields.optional(Self.housing) { style.housing = housing }
        if let pin = fields.optional(Self.pin) { style.pin = pin }
        if let print = fields.optional(Self.print) { style.print = print }
        if let gloss = fields.optional(Self.gloss) { style.gloss = gloss }
        self.style = style
        family = fields.value(Self.font, default: "Bebas Neue")
        weight = fields.value(Self.weight, default: 700)
        drum = fields.value(Self.drum, default: (0..<10).map(String.init))
        fraction = fields.value(Self.decimals, default: 0)
        grouping = fields.value(Self.grouping, default: 3)
        leading = fields.value(Self.leading, default: .blank)
        unit = fields.value(Self.unit, default: .none)
        prefix = fields.optional(Self.prefix)
        suffix = fields.value(Self.suffix, default: "")
        alignment = fields.value(Self.align, default: .center)
        ratio = fields.value(Self.ratio, default: 0.66)
        gap = fields.value(Self.gap, default: 0.052)
        digitHeight = fields.value(Self.digitHeight, default: 0.7)
        fractionScale = fields.value(Self.decimalScale, default: 0.62)
        radius = fields.optional(Self.radius)
        direction = fields.value(Self.down, default: .forward)
        walk = fields.value(Self.walk, default: .drum)
        let rate = fields.context.environment.rate
        func seconds(_ field: Field<FrameTime>, _ fallback: Double) -> Double {
            fields.optional(field).map { $0.seconds(at: rate) } ?? fallback
        }
        speed = FlapSpeed(
            fall: seconds(Self.flip, 0.3), top: seconds(Self.fastest, 0.085), hold: seconds(Self.hold, 0.06))
        stagger = seconds(Self.stagger, 0.035)
        usesCanvasCamera = fields.value(Self.camera, default: false)
        guard drum.count == 10 || (fraction == 0 && unit == .none) else {
            fields.report(
                .range, "a drum of \(drum.count) glyphs has neither decimals nor units",
                hint: "give ten glyphs, or leave decimals and unit out", at: Self.drum)
            return nil
        }
    }

    /// The number's format on a board with so many places.
    func format(places: Int, isMoney: Bool) -> CounterFormat {
        CounterFormat(
            places: places, fraction: fraction, valueFraction: isMoney ? 2 : 0,
            grouping: drum.count == 10 ? grouping : 0,
            leading: leading, unit: unit, base: drum.count)
    }

    /// What the board is made of.
    ///
    /// - Parameter countWord: what stands for the suffix `auto`.
    func board(format: CounterFormat, isMoney: Bool, countWord: String = "") -> FlipBoardSpecification {
        var specification = FlipBoardSpecification(
            format: format, style: style, family: family, weight: weight, drum: drum,
            prefix: prefix ?? (isMoney ? "¥" : ""), suffix: suffix == "auto" ? countWord : suffix,
            alignment: alignment)
        specification.ratio = ratio
        specification.gap = gap
        specification.printHeight = digitHeight
        specification.fractionScale = fractionScale
        specification.radius = radius
        return specification
    }
}

extension ValueType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static var word: ValueType<Value> {
        ValueType(.choice(Value.allCases.map(\.rawValue))) { value, context in
            guard let found = value.text.flatMap(Value.init(rawValue:)) else {
                context.report(
                    .unknownName, "\(value.shape) is not possible here",
                    hint: Suggestion.hint(for: value.text ?? "", among: Value.allCases.map(\.rawValue)), at: value)
                return nil
            }
            return found
        }
    }
}

extension FlipLook {
    private static let material = Field(
        "material",
        ValueType<FlipStyle>(.choice(FlipStyle.presets.map(\.name))) { value, context in
            guard let found = FlipStyle.presets.first(where: { $0.name == value.text }) else {
                context.report(
                    .unknownName, "there is no material \(value.shape)",
                    hint: Suggestion.hint(for: value.text ?? "", among: FlipStyle.presets.map(\.name)), at: value)
                return nil
            }
            return found.style
        }, "What the board is made of; the colours below change it.")
    private static let card = Field("cardColor", ValueType<Color>.color, "The cards.")
    private static let digit = Field("digitColor", ValueType<Color>.color, "The print on the cards.")
    private static let digitLow = Field(
        "digitColorLow", ValueType<Color>.color, "The print at its lower end, for a gradient.")
    private static let housing = Field("housingColor", ValueType<Color>.color, "What the cards hang in.")
    private static let pin = Field("pinColor", ValueType<Color>.color, "The pins of the hinges.")
    private static let print = Field("printColor", ValueType<Color>.color, "Separators, and signs beside the cards.")
    private static let gloss = Field("gloss", ValueType<Double>.number(0...1), "How much the cards shine.")
    private static let font = Field("font", ValueType<String>.text(maximum: 100), "The font family of the print.")
    private static let weight = Field("weight", ValueType<Int>.whole(1...1000), "The weight of the print.")
    private static let drum = Field(
        "drum", ValueType<[String]>.list(of: .text(maximum: 8), count: 2...100),
        "The glyphs or words of a drum, from 0; ten of them for a decimal number.")
    private static let decimals = Field("decimals", ValueType<Int>.whole(0...4), "Places after the point.")
    private static let decimalScale = Field(
        "decimalScale", ValueType<Double>.number(0.3...1), "Size of the cards of decimals by that of the others.")
    private static let grouping = Field(
        "grouping", ValueType<Int>.whole(0...6), "Digits between two commas; 0 for no commas.")
    private static let leading = Field(
        "leading", ValueType<CounterFormat.Leading>.word, "What places show that are left of the number.")
    private static let unit = Field(
        "unit", ValueType<CounterFormat.Unit>.word, "How large numbers are shortened; always rounded down.")
    private static let prefix = Field("prefix", ValueType<String>.text(maximum: 8), "Left of the cards; ¥ for money.")
    private static let suffix = Field(
        "suffix", ValueType<String>.text(maximum: 8), "Right of the cards; auto: 单, 件 or nothing, by the measure.")
    private static let align = Field(
        "align", ValueType<FlipBoardLayout.Alignment>.word, "Where the board stands in a wider box.")
    private static let ratio = Field("cardRatio", ValueType<Double>.number(0.3...3), "Width of a card by its height.")
    private static let gap = Field("gap", ValueType<Double>.number(0...1), "Between two cards, by a card's height.")
    private static let digitHeight = Field(
        "digitHeight", ValueType<Double>.number(0.2...0.95), "Height of the print by a card's height.")
    private static let radius = Field("radius", ValueType<Double>.length(0...500), "Radius of the cards' corners.")
    private static let down = Field(
        "down", ValueType<FlapDirection>.word, "Which way the drums turn when the number falls.")
    private static let walk = Field(
        "walk", ValueType<FlapWalk>.word,
        "Whether a drum comes to a digit over all those in between, or with a single leaf.")
    private static let flip = Field(
        "flip", ValueType<FrameTime>.duration(0.05...5), "What a single leaf takes to fall.")
    private static let fastest = Field(
        "fastest", ValueType<FrameTime>.duration(0.03...5), "What a leaf takes at the board's top speed.")
    private static let hold = Field(
        "hold", ValueType<FrameTime>.duration(0...1), "How long a leaf is held, lifting a little, before it falls.")
    private static let stagger = Field(
        "stagger", ValueType<FrameTime>.duration(0...0.5),
        "By how much each card starts later than the one right of it.")
    private static let camera = Field(
        "camera",
        ValueType<Bool>(.choice(["board", "canvas"])) { value, context in
            guard value.text == "board" || value.text == "canvas" else {
                context.report(
                    .unknownName, "there is no camera \(value.shape)", hint: "write board or canvas", at: value)
                return nil
            }
            return value.text == "canvas"
        }, "Whether an eye of the board's own sees the leaves, or that of the canvas.")

    /// The keys that a countdown has too.
    static let sharedFields = [
        material.schema, card.schema, digit.schema, digitLow.schema, housing.schema, pin.schema, print.schema,
        gloss.schema, font.schema, weight.schema, ratio.schema, gap.schema, digitHeight.schema, radius.schema,
        flip.schema, hold.schema,
    ]

    /// The keys.
    package static let fields = [
        material.schema, card.schema, digit.schema, digitLow.schema, housing.schema, pin.schema, print.schema,
        gloss.schema, font.schema, weight.schema, drum.schema, decimals.schema, decimalScale.schema, grouping.schema,
        leading.schema, unit.schema, prefix.schema, suffix.schema, align.schema, ratio.schema, gap.schema,
        digitHeight.schema, radius.schema, down.schema, walk.schema, flip.schema, fastest.schema, hold.schema,
        stagger.schema, camera.schema,
    ]
}
