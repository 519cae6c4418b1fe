package import Drawing

/// A rectangle, an ellipse or an outline, with fill, line, shadow and glow.
package struct ShapeSpecification: ElementSpecification {
    package static let kind = "shape"
    package static let summary = "A rectangle, an ellipse or an outline, with fill, line, shadow and glow."

    /// The forms.
    package enum Form: String, Hashable, Sendable, CaseIterable {
        /// A rectangle over the box, with round corners by `radius`.
        case rect
        /// The ellipse in the box.
        case ellipse
        /// An outline in SVG path data, in units of the layout from the box's upper left.
        case path
    }

    private static let form = Field("shape", ValueType<Form>.choice, "Its form.", isRequired: true)
    private static let radius = Field(
        "radius", ValueType<Double>.length(0...8192).animated, "Radius of the corners of a rectangle.")
    private static let data = Field(
        "path", ValueType<OutlineData>.outline, "The outline of a path, in SVG path data (M L H V C Q Z).")
    private static let fill = Field("fill", PaintSpecification.type, "What it is filled with; nothing when missing.")
    private static let stroke = Field("stroke", PaintSpecification.type, "The colour of the line along its edge.")
    private static let strokeWidth = Field(
        "strokeWidth", ValueType<Double>.length(0...1000).animated, "The width of that line.")
    private static let shadow = Field("shadow", ShadowSpecification.type, "A shadow below it.")
    private static let glow = Field("glow", ShadowSpecification.type, "A glow around it.")
    package static let fields = [
        form.schema, radius.schema, data.schema, fill.schema, stroke.schema, strokeWidth.schema, shadow.schema,
        glow.schema,
    ]

    private let look: ShapeContent.Look
    private let size: Animated<Point>?

    package init?(from fields: FieldDecoder) {
        guard let form = fields.required(Self.form) else { return nil }
        let outline = fields.optional(Self.data)
        if form == .path, outline == nil {
            fields.report(.missingKey, "a path needs its outline", hint: "write path: \"M 0 0 L …\"", at: Self.data)
            return nil
        }
        size = fields.optional(Field("size", ValueType<Point>.extent.animated, ""))
        if form != .path, size == nil {
            guard fields.value["size"] == nil else { return nil }
            fields.context.report(
                .missingKey, "a shape needs a size", hint: "write size: [width, height]", at: fields.value)
            return nil
        }
        let glow = fields.optional(Self.glow)
        look = ShapeContent.Look(
            form: form, outline: outline?.path ?? Path(), radius: fields.value(Self.radius, default: Animated(0)),
            fill: fields.optional(Self.fill), stroke: fields.optional(Self.stroke),
            strokeWidth: fields.value(Self.strokeWidth, default: Animated(fields.context.environment.scale)),
            shadow: fields.optional(Self.shadow),
            glow: glow.map { ShadowSpecification(color: $0.color, blur: $0.blur, offset: .zero) })
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        .shape(ShapeContent(look: look, size: size, id: context.id))
    }
}

/// A shape, resolved.
package struct ShapeContent: ElementContent {
    /// How it looks.
    struct Look: Sendable {
        let form: ShapeSpecification.Form
        let outline: Path
        let radius: Animated<Double>
        let fill: PaintSpecification?
        let stroke: PaintSpecification?
        let strokeWidth: Animated<Double>
        let shadow: ShadowSpecification?
        let glow: ShadowSpecification?

        var isConstant: Bool {
            radius.isConstant && fill?.isConstant ?? true && stroke?.isConstant ?? true && strokeWidth.isConstant
        }
    }

    package let size: Size
    private let look: Look
    private let extent: Animated<Point>?
    private let still: LayerContent?

    init(look: Look, size extent: Animated<Point>?, id: LayerID) {
        self.look = look
        self.extent = extent
        let bounds = look.outline.bounds
        let first = extent?.first ?? Point(x: bounds.maxX, y: bounds.maxY)
        size = Size(width: first.x, height: first.y)
        still =
            look.isConstant && extent?.isConstant ?? true
            ? Self.draw(look, Rect(x: 0, y: 0, width: first.x, height: first.y), at: .zero, id: id) : nil
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        if let still { return still }
        let time = context.time.own
        let extent = extent?.value(at: time) ?? Point(x: size.width, y: size.height)
        return Self.draw(look, Rect(x: 0, y: 0, width: extent.x, height: extent.y), at: time, id: context.id)
    }

    /// How much of what is below its fill hides, from 0 to 1; a path counts for nothing, since its box says little of where it is.
    func fillOpacity(at time: FrameTime) -> Double {
        guard look.form != .path, let fill = look.fill else { return 0 }
        return fill.leastOpacity(at: time)
    }

    private static func draw(_ look: Look, _ box: Rect, at time: FrameTime, id: LayerID) -> LayerContent? {
        let path: Path
        switch look.form {
        case .rect: path = .roundedRect(box, radius: look.radius.value(at: time))
        case .ellipse: path = .ellipse(in: box)
        case .path: path = look.outline
        }
        guard !path.isEmpty, path.bounds.width > 0 || path.bounds.height > 0 else { return nil }
        var nodes: [Node] = []
        let line = Stroke(width: look.strokeWidth.value(at: time), join: .round, cap: .round)
        for (shadow, name) in [(look.shadow, StaticString("shadow")), (look.glow, StaticString("glow"))] {
            guard let shadow else { continue }
            let style = look.fill == nil ? DrawStyle.stroke(line) : .fill
            let silhouette = Node.path(PathNode(path: path, style: style, paint: .solid(shadow.color)))
            nodes.append(shadow.layer([silhouette], id: id.child(name)))
        }
        if let fill = look.fill {
            nodes.append(.path(PathNode(path: path, paint: fill.paint(at: time, in: box))))
        }
        if let stroke = look.stroke, line.width > 0 {
            nodes.append(.path(PathNode(path: path, style: .stroke(line), paint: stroke.paint(at: time, in: box))))
        }
        return .enclosing(nodes, including: box)
    }
}
