internal import Drawing

extension Placement {
    private static let type = Field("type", ValueType<String>.text(), "The kind of element.", isRequired: true)
    private static let id = Field("id", Name.type, "A name, for messages and stable identity.")
    private static let position = Field(
        "position", ValueType<Point>.point.animated, "Where its anchor is, in units of the layout from the upper left.")
    private static let anchor = Field("anchor", Anchor.type, "The point of its box that position places.")
    private static let size = Field("size", ValueType<Point>.extent.animated, "Width and height of its box.")
    private static let opacity = Field("opacity", ValueType<Double>.number(0...1).animated, "0 is invisible.")
    private static let scale = Field(
        "scale", ValueType<Point>.factors.animated, "A factor, or one across and one down.")
    private static let rotation = Field("rotation", ValueType<Double>.angle.animated, "Degrees clockwise.")
    private static let rotationX = Field(
        "rotationX", ValueType<Double>.angle.animated, "Degrees about its x axis; positive tips the upper edge away.")
    private static let rotationY = Field(
        "rotationY", ValueType<Double>.angle.animated, "Degrees about its y axis; positive turns the right edge away.")
    private static let depth = Field(
        "depth", ValueType<Double>.length().animated, "Units towards the viewer; negative is away.")
    private static let backFace = Field("backFace", ValueType<BackFace>.choice, "Whether its back is drawn.")
    private static let blend = Field("blend", ValueType<BlendName>.choice, "How it meets what is below.")
    private static let blur = Field(
        "blur", ValueType<Double>.length(0...400).animated,
        "How soft it is drawn: the standard deviation of a Gaussian, in units of the layout, before its scale.")
    private static let start = Field(
        "start", ElementMoment.type,
        "When it comes, since the scene began; or a marker, from which its times then count.")
    private static let end = Field(
        "end", ElementMoment.type, "When it is gone, since the scene began; or a marker, at which it begins to go.")
    private static let since = Field(
        "since", MarkerSpecification.reference,
        "The marker from which its times count: keys, start, end, and those of its elements. Before it, keys have their first value."
    )
    private static let enter = Field("enter", Appearance.type(isGoing: false), "How it comes.")
    private static let exit = Field("exit", Appearance.type(isGoing: true), "How it goes.")
    private static let loop = Field("loop", LoopMotion.type, "What it does as long as it is there.")
    private static let visible = Field(
        "visible", presence, "False leaves it out, as does a parameter of text or picture that is empty.")

    /// What is there to be shown: what stands behind a logo goes with it.
    private static let presence = ValueType<Bool>(.boolean) { value, context in
        if value.isParameter, case .scalar(let text, true) = value.content { return !text.isEmpty }
        return ValueType<Bool>.boolean.read(value, context)
    }

    private static let when = Field(
        "when", ValueType<Condition>.choice, "What must hold of the data; else it is left out.")

    /// The keys that every element has.
    package static let fields: [FieldSchema] = [
        type.schema, id.schema, position.schema, anchor.schema, size.schema, opacity.schema, scale.schema,
        rotation.schema, rotationX.schema, rotationY.schema, depth.schema, backFace.schema, blend.schema,
        blur.schema, start.schema, end.schema, since.schema, enter.schema, exit.schema, loop.schema, visible.schema,
        when.schema, MatteSpecification.field.schema,
    ]

    /// The keys that a group lays out for its children by itself may lack a position; all others default to the origin.
    package init(from fields: FieldDecoder) {
        self.init()
        id = fields.optional(Self.id)
        position = fields.value(Self.position, default: position)
        anchor = fields.value(Self.anchor, default: anchor)
        size = fields.optional(Self.size)
        opacity = fields.value(Self.opacity, default: opacity)
        scale = fields.value(Self.scale, default: scale)
        rotation = fields.value(Self.rotation, default: rotation)
        rotationX = fields.value(Self.rotationX, default: rotationX)
        rotationY = fields.value(Self.rotationY, default: rotationY)
        depth = fields.value(Self.depth, default: depth)
        backFace = fields.value(Self.backFace, default: backFace)
        blend = fields.value(Self.blend, default: .normal).mode
        blur = fields.value(Self.blur, default: blur)
        readMoments(fields)
        enter = fields.optional(Self.enter)
        exit = fields.optional(Self.exit)
        loop = fields.optional(Self.loop)
        isVisible = fields.value(Self.visible, default: true)
        condition = fields.value(Self.when, default: .always)
    }

    private mutating func readMoments(_ fields: FieldDecoder) {
        from = fields.optional(Self.since)
        switch fields.optional(Self.start) {
        case .time(let time)?: start = time
        case .marker(let moment)?:
            if let from, from != moment.marker {
                fields.report(
                    .animation, "its times cannot count from two markers",
                    hint: "remove since, or name the same marker",
                    at: Self.start)
            }
            (from, start) = (moment.marker, moment.offset)
        case nil: break
        }
        switch fields.optional(Self.end) {
        case .time(let time)?: end = time
        // Since it counts from this marker, its end is known as soon as it comes.
        case .marker(let moment)? where moment.marker == from && start != nil: end = moment.offset
        case .marker(let moment)?: endMarker = moment
        case nil: break
        }
        if let end, end <= start ?? .zero {
            fields.report(
                .animation, "the element ends before it starts", hint: "make end later than start", at: Self.end)
        }
    }

    /// Blend modes by their names in a template.
    private enum BlendName: String, CaseIterable {
        case normal, multiply, screen, add, overlay, darken, lighten
        case colorDodge = "color-dodge"
        case colorBurn = "color-burn"
        case hardLight = "hard-light"
        case softLight = "soft-light"
        case difference, exclusion, hue, saturation, color, luminosity

        var mode: BlendMode {
            switch self {
            case .normal: .normal
            case .multiply: .multiply
            case .screen: .screen
            case .add: .add
            case .overlay: .overlay
            case .darken: .darken
            case .lighten: .lighten
            case .colorDodge: .colorDodge
            case .colorBurn: .colorBurn
            case .hardLight: .hardLight
            case .softLight: .softLight
            case .difference: .difference
            case .exclusion: .exclusion
            case .hue: .hue
            case .saturation: .saturation
            case .color: .color
            case .luminosity: .luminosity
            }
        }
    }
}
