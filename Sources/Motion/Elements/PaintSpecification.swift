package import Drawing

/// What a shape or a text is filled with: a colour that may change, or a gradient over the box.
package enum PaintSpecification: Hashable, Sendable {
    /// One colour.
    case solid(Animated<Color>)
    /// Along a line through the box's centre, by an angle in radians: 0 is upwards, clockwise (as CSS has it).
    case linear(angle: Double, stops: [Gradient.Stop])
    /// From a centre out to an ellipse; fractions of the box.
    case radial(center: Point, radius: Point, stops: [Gradient.Stop])

    /// True when it never changes.
    package var isConstant: Bool {
        if case .solid(let color) = self { return color.isConstant }
        return true
    }

    /// The opacity where it hides least, from 0 to 1.
    func leastOpacity(at time: FrameTime) -> Double {
        switch self {
        case .solid(let color): Double(color.value(at: time).alpha) / 255
        case .linear(_, let stops), .radial(_, _, let stops):
            Double(stops.map(\.color.alpha).min() ?? 0) / 255
        }
    }

    /// The paint at a moment over a box.
    package func paint(at time: FrameTime, in box: Rect) -> Paint {
        switch self {
        case .solid(let color): return .solid(color.value(at: time))
        case .linear(let angle, let stops):
            let (sine, cosine) = PortableMath.sinCos(angle)
            // CSS Images 3: the line is as long as needed for the corners to get the end colours.
            let half = (abs(box.width * sine) + abs(box.height * cosine)) / 2
            let center = box.center
            return .gradient(
                .linear(
                    from: Point(x: center.x - sine * half, y: center.y + cosine * half),
                    to: Point(x: center.x + sine * half, y: center.y - cosine * half), stops: stops))
        case .radial(let center, let radius, let stops):
            return .gradient(
                .radial(
                    center: Point(x: box.x + center.x * box.width, y: box.y + center.y * box.height),
                    radiusX: radius.x * box.width, radiusY: radius.y * box.height, stops: stops))
        }
    }
}

extension PaintSpecification {
    private static let at = Field(
        "at", ValueType<Double>.number(0...1), "0 at the start, 1 at the end.", isRequired: true)
    private static let color = Field("color", ValueType<Color>.color, "The colour there.", isRequired: true)
    private static let stop = ValueType<Gradient.Stop>.object([at.schema, color.schema]) { fields in
        guard let at = fields.required(at), let color = fields.required(color) else { return nil }
        return Gradient.Stop(at, color)
    }
    private static let stops = ValueType<[Gradient.Stop]>(
        .list(of: .anyOf([ValueType<Color>.color.schema, stop.schema]), minimum: 1, maximum: 64)
    ) { value, context in
        // Colours alone are spread evenly.
        if let values = value.elements, values.allSatisfy({ $0.entries == nil }) {
            guard let colors = ValueType<[Color]>.list(of: .color, count: 1...64).read(value, context) else {
                return nil
            }
            return colors.enumerated().map {
                Gradient.Stop(Double($0.offset) / Double(max(1, colors.count - 1)), $0.element)
            }
        }
        return ValueType<[Gradient.Stop]>.list(of: stop, count: 1...64).read(value, context)
    }
    private static let linear = Field("linear", stops, "Colours along a line, evenly spread or with places.")
    private static let radial = Field("radial", stops, "Colours from a centre outwards.")
    private static let angle = Field(
        "angle", ValueType<Double>.angle, "Direction of the line in degrees: 0 is upwards, 90 to the right.")
    private static let center = Field("center", Anchor.type, "Centre of a radial gradient in its box.")
    private static let radius = Field(
        "radius", ValueType<Point>.factors, "Radius of a radial gradient, as a share of its box.")
    private static let fields = [linear.schema, radial.schema, angle.schema, center.schema, radius.schema]

    /// A colour, keyframes of colours, `{linear: [...], angle: 180}` or `{radial: [...]}`.
    package static let type = ValueType<PaintSpecification>(
        .anyOf([ValueType<Color>.color.animated.schema, .object(fields)])
    ) { value, context in
        guard value.entries != nil, value["keys"] == nil else {
            return ValueType<Color>.color.animated.read(value, context).map { .solid($0) }
        }
        guard let fields = FieldDecoder(value, fields: fields, in: context) else { return nil }
        guard fields.has(linear) != fields.has(radial) else {
            context.report(.type, "a gradient is either linear or radial", hint: "write one of the two keys", at: value)
            return nil
        }
        if let stops = fields.optional(linear) {
            return .linear(angle: fields.value(angle, default: .pi), stops: stops)
        }
        return fields.optional(radial).map {
            .radial(
                center: fields.value(center, default: Point(x: 0.5, y: 0.5)),
                radius: fields.value(radius, default: Point(x: 0.5, y: 0.5)), stops: $0)
        }
    }
}
