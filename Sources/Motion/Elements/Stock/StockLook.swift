import Drawing

/// How a stock looks.
struct StockLook: Sendable {
    let fill, track: PaintSpecification
    let low: PaintSpecification
    /// The share of the stock from which on it is low.
    let lowFrom: Double
    /// What a piece that has just gone leaves on the bar.
    let ghost: Color
    let barHeight: Double?
    let radius: Double?
    let hit: Double
    let note: TextLook
    let soldOut: String
    let soldOutLook: TextLook

    init?(from fields: FieldDecoder, labelSize: Double) {
        fill = fields.value(
            Self.fill,
            default: .linear(
                angle: .pi / 2,
                stops: [
                    Gradient.Stop(0, Color(red: 255, green: 122, blue: 48)),
                    Gradient.Stop(1, Color(red: 255, green: 196, blue: 46)),
                ]))
        low = fields.value(
            Self.low,
            default: .linear(
                angle: .pi / 2,
                stops: [
                    Gradient.Stop(0, Color(red: 224, green: 22, blue: 56)),
                    Gradient.Stop(1, Color(red: 255, green: 72, blue: 60)),
                ]))
        track = fields.value(
            Self.track, default: .solid(Animated(Color(red: 255, green: 255, blue: 255, alpha: 46))))
        lowFrom = fields.value(Self.lowFrom, default: 0.2)
        ghost = fields.value(Self.ghost, default: Color(red: 255, green: 255, blue: 255, alpha: 220))
        barHeight = fields.optional(Self.barHeight)
        radius = fields.optional(Self.radius)
        hit = fields.value(Self.hit, default: 1)
        var small = TextLook(size: labelSize * 0.62)
        small.weight = 700
        small.fill = .solid(Animated(Color(red: 255, green: 255, blue: 255, alpha: 225)))
        note = small
        var stamp = TextLook(size: labelSize * 1.1)
        (stamp.family, stamp.weight) = ("Smiley Sans", 700)
        soldOutLook = stamp
        soldOut = fields.value(Self.soldOut, default: "已售罄")
    }

    private static let fill = Field("fill", PaintSpecification.type, "What is left, on the bar.")
    private static let track = Field("track", PaintSpecification.type, "What is gone, on the bar.")
    private static let low = Field("lowFill", PaintSpecification.type, "What is left, on the bar, when it is little.")
    private static let lowFrom = Field(
        "lowFrom", ValueType<Double>.number(0...1), "The share of the total from which on it is little.")
    private static let ghost = Field(
        "ghost", ValueType<Color>.color, "What has just gone, on the bar, before it fades.")
    private static let barHeight = Field("barHeight", ValueType<Double>.length(1...1000), "The height of the bar.")
    private static let radius = Field("radius", ValueType<Double>.length(0...8192), "Radius of the bar's corners.")
    private static let hit = Field(
        "hit", ValueType<Double>.number(0...2), "How hard the number jumps with every piece that goes; 0 not at all.")
    private static let soldOut = Field(
        "soldOut", ValueType<String>.text(maximum: 20), "What it says when nothing is left.")
    static let fields = [
        fill.schema, track.schema, low.schema, lowFrom.schema, ghost.schema, barHeight.schema, radius.schema,
        hit.schema, soldOut.schema,
    ]
}
