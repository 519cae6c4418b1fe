import Drawing

/// How a progress looks, and its drawings.
struct ProgressLook: Sendable {
    let form: ProgressSpecification.Form
    let fill: PaintSpecification
    let track: PaintSpecification
    let thickness: Double?
    let radius: Double?
    let glow: ShadowSpecification?

    /// What does not change with the number.
    struct Drawing: Sendable {
        let track: LayerContent
        /// All of the fill of a bar: a clip shows as much of it as is reached.
        let full: LayerContent
        let thickness: Double
    }

    init(from fields: FieldDecoder) {
        form = fields.value(Self.form, default: .bar)
        fill = fields.value(
            Self.fill,
            default: .linear(
                angle: .pi / 2,
                stops: [
                    Gradient.Stop(0, Color(red: 255, green: 138, blue: 46)),
                    Gradient.Stop(1, Color(red: 255, green: 46, blue: 77)),
                ]))
        track = fields.value(
            Self.track, default: .solid(Animated(Color(red: 255, green: 255, blue: 255, alpha: 46))))
        thickness = fields.optional(Self.thickness)
        radius = fields.optional(Self.radius)
        glow = fields.optional(Self.fillGlow).map {
            ShadowSpecification(color: $0.color, blur: $0.blur, offset: .zero)
        }
    }

    /// The width of a ring's line.
    func lineWidth(_ size: Size) -> Double {
        min(thickness ?? min(size.width, size.height) * 0.12, min(size.width, size.height) / 2)
    }

    func drawing(_ size: Size) -> Drawing {
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        let width = lineWidth(size)
        switch form {
        case .bar:
            let shape = Path.roundedRect(box, radius: radius ?? size.height / 2)
            return Drawing(
                track: .enclosing([.path(PathNode(path: shape, paint: track.paint(at: .zero, in: box)))]),
                full: .enclosing([.path(PathNode(path: shape, paint: fill.paint(at: .zero, in: box)))]),
                thickness: size.height)
        case .ring:
            let line = DrawStyle.stroke(Stroke(width: width, cap: .round))
            let track = PathNode(
                path: .ellipse(in: box.insetBy(width / 2)), style: line, paint: track.paint(at: .zero, in: box))
            return Drawing(
                track: .enclosing([.path(track)]), full: LayerContent(bounds: box, nodes: []), thickness: width)
        }
    }

    /// The reached part of a bar from its left end, and the radius of its corners.
    ///
    /// As wide as it is, so that no more is shown than is reached; what is narrower than two round corners is lower as well, and ends
    /// as a dot: corners stay quarter circles, where a narrow cut through a high bar would be an egg.
    static func reached(_ width: Double, of bar: Rect, radius: Double) -> Clip {
        let radius = corner(radius, in: bar)
        let missing = max(0, 2 * radius - width)
        return Clip(
            Rect(x: bar.x, y: bar.y + missing / 2, width: width, height: bar.height - missing),
            radius: radius - missing / 2)
    }

    /// A radius that a bar has room for.
    static func corner(_ radius: Double, in bar: Rect) -> Double { min(radius, bar.width / 2, bar.height / 2) }

    func nodes(_ drawing: Drawing, fraction: Double, size: Size, id: LayerID) -> [Node] {
        var nodes: [Node] = [.layer(Layer(id: id.child("track"), content: drawing.track))]
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        guard fraction > 0 else { return nodes }
        switch form {
        case .bar:
            // Rounded down to 1/64 px: the end of the bar is never beyond what is reached.
            let reached = (size.width * fraction * 64).rounded(.down) / 64
            let clip = Self.reached(reached, of: box, radius: radius ?? size.height / 2)
            if let glow, reached >= 1 {
                let shape = Path.roundedRect(clip.rect.rect, radius: Fixed.pixels(clip.radius))
                nodes.append(
                    glow.layer([.path(PathNode(path: shape, paint: .solid(glow.color)))], id: id.child("glow")))
            }
            nodes.append(.layer(Layer(id: id.child("fill"), content: drawing.full, clip: clip)))
        case .ring:
            let path = Self.arc(in: box.insetBy(drawing.thickness / 2), turn: fraction)
            let style: DrawStyle =
                fraction >= 1
                ? .stroke(Stroke(width: drawing.thickness)) : .stroke(Stroke(width: drawing.thickness, cap: .round))
            if let glow {
                nodes.append(
                    glow.layer(
                        [.path(PathNode(path: path, style: style, paint: .solid(glow.color)))], id: id.child("glow")))
            }
            nodes.append(
                .layer(
                    Layer(
                        id: id.child("fill"),
                        content: .enclosing(
                            [.path(PathNode(path: path, style: style, paint: fill.paint(at: .zero, in: box)))],
                            including: box))))
        }
        return nodes
    }

    /// A part of an ellipse, clockwise from its top, as cubic curves of at most an eighth of a turn.
    static func arc(in box: Rect, turn: Double) -> Path {
        var path = Path()
        let (center, rx, ry) = (box.center, box.width / 2, box.height / 2)
        let count = max(1, Int((turn * 8).rounded(.up)))
        let step = 2 * Double.pi * turn / Double(count)
        // 4/3 tan(angle / 4): the control distance of a circular arc.
        let (sine, cosine) = PortableMath.sinCos(step / 4)
        let reach = 4.0 / 3 * sine / cosine
        func point(_ angle: Double) -> (at: Point, along: Point) {
            let (sine, cosine) = PortableMath.sinCos(angle)
            return (
                Point(x: center.x + rx * sine, y: center.y - ry * cosine),
                Point(x: rx * cosine * reach, y: ry * sine * reach)
            )
        }
        var from = point(0)
        path.move(to: from.at)
        for index in 1...count {
            let to = point(step * Double(index))
            path.cubic(from.at + from.along, to.at + Point(x: -to.along.x, y: -to.along.y), to: to.at)
            from = to
        }
        if turn >= 1 { path.close() }
        return path
    }

    private static let form = Field("form", ValueType<ProgressSpecification.Form>.choice, "A bar or a ring.")
    private static let fill = Field("fill", PaintSpecification.type, "What the reached part is filled with.")
    private static let track = Field("track", PaintSpecification.type, "What the rest is filled with.")
    private static let thickness = Field("thickness", ValueType<Double>.length(1...1000), "The width of a ring's line.")
    private static let radius = Field(
        "radius", ValueType<Double>.length(0...8192), "Radius of a bar's corners; half its height when missing.")
    private static let fillGlow = Field("fillGlow", ShadowSpecification.type, "A glow around the reached part.")
    static let fields = [
        form.schema, fill.schema, track.schema, thickness.schema, radius.schema, fillGlow.schema,
    ]
}
