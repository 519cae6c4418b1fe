package import Drawing

/// Elements that move, turn and fade as one.
package struct GroupSpecification: ElementSpecification {
    package static let kind = "group"
    package static let summary = "Elements that move, turn and fade as one; their positions are in the group's box."

    private static let elements = Field(
        "elements", PlacedSpecification.list, "The elements, from the lowest to the topmost.", isRequired: true)
    private static let clip = Field("clip", ValueType<Bool>.boolean, "Whether its box cuts them.")
    private static let radius = Field(
        "radius", ValueType<Double>.length(0...8192), "Radius of the corners of the box that cuts them.")
    /// The schema of `elements` refers to this very table, so it is written by name.
    package static let fields = [
        FieldSchema(
            key: "elements", summary: "The elements, from the lowest to the topmost.",
            schema: .list(of: .named("element"), minimum: 0, maximum: 200), isRequired: true),
        clip.schema, radius.schema,
    ]

    /// The elements, from the lowest to the topmost.
    package var children: [PlacedSpecification] { elements }

    private let elements: [PlacedSpecification]
    private let clip: Bool
    private let radius: Double
    private let enter: Appearance?
    private let exit: Appearance?

    package init?(from fields: FieldDecoder) {
        guard let elements = fields.required(Self.elements) else { return nil }
        self.elements = elements
        clip = fields.value(Self.clip, default: false)
        radius = fields.value(Self.radius, default: 0)
        enter = fields.optional(Field("enter", Appearance.type(isGoing: false), ""))
        exit = fields.optional(Field("exit", Appearance.type(isGoing: true), ""))
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        let size = context.box ?? Size(width: 0, height: 0)
        if clip, size.width <= 0 || size.height <= 0 {
            context.report(.missingKey, "a group that clips needs a size", hint: "give it a size")
        }
        let handsDown = (enter?.stagger ?? .zero > .zero, exit?.stagger ?? .zero > .zero)
        let children = context.resolve(
            elements, path: context.elementPath, enter: handsDown.0 ? enter : nil, exit: handsDown.1 ? exit : nil)
        return .group(
            GroupContent(
                size: size,
                clip: clip ? Clip(Rect(x: 0, y: 0, width: size.width, height: size.height), radius: radius) : nil,
                handsDownEnter: handsDown.0, handsDownExit: handsDown.1,
                isFlat: children.allSatisfy { $0.placement.isFlat }, children: children))
    }
}

/// Elements that move, turn and fade as one, resolved.
package struct GroupContent: Sendable {
    /// The group's box in its own pixels.
    package let size: Size
    private let clip: Clip?
    /// Whether its own appearance is given to its children, one after the other.
    let handsDownEnter: Bool
    let handsDownExit: Bool
    private let isFlat: Bool
    /// The elements, from the lowest to the topmost.
    package private(set) var children: [PlacedElement]

    init(
        size: Size, clip: Clip?, handsDownEnter: Bool, handsDownExit: Bool, isFlat: Bool, children: [PlacedElement]
    ) {
        (self.size, self.clip, self.isFlat, self.children) = (size, clip, isFlat, children)
        (self.handsDownEnter, self.handsDownExit) = (handsDownEnter, handsDownExit)
    }

    /// A group of nothing.
    static let empty = GroupContent(
        size: Size(width: 0, height: 0), clip: nil, handsDownEnter: false, handsDownExit: false, isFlat: true,
        children: [])

    /// Draws the children in the group's space.
    ///
    /// They go straight into the parent's nodes, each placed by the one camera: the layers of those that rest stay as they are while another
    /// moves. Only a group that fades, blends, clips, is blurred or cut is drawn as one picture first.
    func draw(
        in frame: FrameOfReference, id: LayerID, opacity: UInt8, blend: BlendMode, effects: [Effect] = [],
        matte: Matte? = nil, into nodes: inout [Node]
    ) {
        if opacity == 255, blend == .normal, clip == nil, effects.isEmpty, matte == nil {
            frame.draw(children, isFlat: isFlat, into: &nodes)
            return
        }
        let view = LocalView(camera: frame.base.camera, model: frame.base.model * frame.model)
        let inside = FrameOfReference(
            time: frame.time, base: view, model: .identity, tracks: frame.tracks, clock: frame.clock,
            order: frame.order)
        var inner: [Node] = []
        inside.draw(children, isFlat: isFlat, into: &inner)
        guard !inner.isEmpty else { return }
        let matrix = frame.base.project(frame.model)
        var bounds = clip?.rect.rect ?? .zero
        if clip == nil {
            for node in inner { bounds = bounds.union(node.touchedBounds ?? .zero) }
            // Edges on a coarse grid: what moves inside seldom changes the size of the picture.
            bounds = Self.coarse(bounds)
        }
        var content = LayerContent(bounds: bounds, nodes: inner)
        if let clip {
            content = LayerContent(
                bounds: bounds, nodes: [.layer(Layer(id: id.child("clip"), content: content, clip: clip))])
        }
        guard let corners = matrix.corners(of: bounds) else { return }
        nodes.append(
            .layer(
                Layer(
                    id: id, content: content,
                    scale: .covering(matrix, corners: corners, content: bounds, isScaled: true), matrix: matrix,
                    opacity: opacity, blend: blend, effects: effects,
                    mask: matte?.mask(in: inside, over: bounds.grown(by: effects)))))
    }

    mutating func append(_ update: FeedUpdate) {
        for index in children.indices { children[index].append(update) }
    }

    /// Characters of shown orders that no font has.
    var missingGlyphs: Int { children.reduce(0) { $0 + $1.missingGlyphs } }

    private static func coarse(_ rect: Rect) -> Rect {
        let grid = 64.0
        let (left, top) = ((rect.x / grid).rounded(.down) * grid, (rect.y / grid).rounded(.down) * grid)
        let (right, bottom) = ((rect.maxX / grid).rounded(.up) * grid, (rect.maxY / grid).rounded(.up) * grid)
        return Rect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
