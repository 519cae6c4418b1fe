import Drawing
import Typesetting

/// How a countdown looks: figures, colours, pulse, and what it says at the end.
package struct CountdownLook: Sendable {
    /// The kind of figures.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Text with figures of one width.
        case plain
        /// Lit segments over unlit ones.
        case sevenSegment = "seven-segment"
        /// A small split-flap board.
        case flap
    }

    let kind: Kind
    let family: String
    let weight: Int
    let color, urgentColor, signColor: Color?
    let urgentMicroseconds: Int64
    let pulse: Double
    let endText: String
    let endFamily: String
    let endAlignment: FlipBoardLayout.Alignment
    let flip: FlipLook

    init?(from fields: FieldDecoder) {
        guard let flip = FlipLook(from: fields) else { return nil }
        self.flip = flip
        kind = fields.value(Self.style, default: .plain)
        family = fields.has(Self.font) ? flip.family : kind == .sevenSegment ? "DSEG7 Classic" : flip.family
        weight = flip.weight
        color = fields.optional(Self.color)
        urgentColor = fields.optional(Self.urgentColor)
        signColor = fields.optional(Self.signColor)
        let rate = fields.context.environment.rate
        urgentMicroseconds = fields.value(Self.urgent, default: FrameTime(seconds: 10, rate: rate)).microseconds(
            at: rate)
        pulse = fields.value(Self.pulse, default: 0.03)
        endText = fields.value(Self.endText, default: "已结束")
        endAlignment = fields.value(Self.endAlign, default: .center)
        endFamily = fields.value(Self.endFont, default: "Smiley Sans")
    }

    /// The colour of the figures.
    func figures(isUrgent: Bool) -> Color {
        isUrgent ? urgentColor ?? Color(red: 255, green: 74, blue: 61) : color ?? .white
    }

    /// The end text as large as fits.
    func endContent(in size: Size, with typesetter: SharedTypesetter) throws(TypesettingError) -> LayerContent? {
        guard !endText.isEmpty else { return nil }
        let style = TextStyle(family: endFamily, weight: 700, size: 100)
        let print = try FlapPrint(
            [endText], style: style, extent: Size(width: size.width * 0.96, height: size.height * 0.72),
            with: typesetter)
        let half = print.glyphs[0].ink.width / 2
        let center =
            switch endAlignment {
            case .left: half
            case .center: size.width / 2
            case .right: size.width - half
            }
        let nodes = print.nodes(
            0, centeredAt: Point(x: center, y: size.height / 2), paint: .solid(color ?? .white))
        return .enclosing(nodes, including: Rect(x: 0, y: 0, width: size.width, height: size.height))
    }

    /// The end text, `age` seconds after it came: it lands from a little larger.
    func ending(_ content: LayerContent, size: Size, age: Double, id: LayerID) -> LayerContent {
        let progress = max(0, min(1, age / 0.35))
        let rest = (1 - progress) * (1 - progress)
        return Self.scaled(
            [.layer(Layer(id: id.child("end"), content: content, opacity: UInt8((255 * (1 - rest)).rounded())))],
            by: 1 + 0.12 * rest, size: size, id: id)
    }

    /// The figures, `age` seconds after a second began.
    func pulsing(_ nodes: [Node], size: Size, age: Double, isUrgent: Bool, id: LayerID) -> LayerContent {
        let strength = pulse * (isUrgent ? 2 : 1)
        // Up within two frames, then back: strongest at 1/12 s.
        let rise = min(1, age * 12)
        let scale = 1 + strength * rise * PortableMath.exp(-9 * max(0, age - 1.0 / 12))
        return Self.scaled(nodes, by: scale < 1.0005 ? 1 : scale, size: size, id: id)
    }

    private static func scaled(_ nodes: [Node], by scale: Double, size: Size, id: LayerID) -> LayerContent {
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        // Room for the largest pulse and for leaves, always the same.
        let margin = (max(size.width, size.height) * 0.16).rounded(.up)
        let bounds = box.insetBy(-margin)
        guard scale != 1 else { return LayerContent(bounds: bounds, nodes: nodes) }
        let matrix: Matrix3 =
            .translation(x: size.width / 2, y: size.height / 2) * .scale(x: scale, y: scale)
            * .translation(x: -size.width / 2, y: -size.height / 2)
        return LayerContent(
            bounds: bounds,
            nodes: nodes.map { node in
                guard case .layer(let layer) = node else { return node }
                let clip = layer.clip.flatMap { clip in
                    matrix.bounds(of: clip.rect.rect).map { Clip($0, radius: Fixed.pixels(clip.radius) * scale) }
                }
                return .layer(
                    Layer(
                        id: layer.id, content: layer.content, scale: layer.scale, matrix: matrix * layer.matrix,
                        opacity: layer.opacity, blend: layer.blend, light: layer.light, effects: layer.effects,
                        mask: layer.mask, clip: clip))
            })
    }

    private static let style = Field("style", ValueType<Kind>.word, "The kind of figures.")
    private static let font = Field("font", ValueType<String>.text(maximum: 100), "The font family of the figures.")
    private static let color = Field("color", ValueType<Color>.color, "The figures.")
    private static let urgentColor = Field("urgentColor", ValueType<Color>.color, "The figures in the last seconds.")
    private static let signColor = Field("signColor", ValueType<Color>.color, "What stands between the figures.")
    private static let urgent = Field(
        "urgent", ValueType<FrameTime>.duration(0...86400), "How long before the end the figures turn urgent.")
    private static let pulse = Field(
        "pulse", ValueType<Double>.number(0...0.2), "By how much the figures grow with every second.")
    private static let endText = Field(
        "endText", ValueType<String>.text(maximum: 20), "What it says from the end on; empty keeps the zeros.")
    private static let endAlign = Field(
        "endAlign", ValueType<FlipBoardLayout.Alignment>.word, "Where the end text stands in the box.")
    private static let endFont = Field(
        "endFont", ValueType<String>.text(maximum: 100), "The font family of the end text.")

    static let fields =
        [
            style.schema, color.schema, urgentColor.schema, signColor.schema, urgent.schema, pulse.schema,
            endText.schema, endFont.schema, endAlign.schema,
        ] + FlipLook.sharedFields
}
