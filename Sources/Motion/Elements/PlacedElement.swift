package import Drawing

/// An element of a composition at its place: common code for all kinds.
package struct PlacedElement: Sendable {
    /// Identity from frame to frame.
    package let id: LayerID
    /// Where the template says it, for checks.
    package let place: Diagnostic.Place
    /// Where, when and how it stands.
    package let placement: Placement
    /// When it is there, since the scene began; in its own times when it waits for a marker.
    package let lifetime: Range<FrameTime>
    /// What markers have to do with that; nil: nothing.
    package let life: ElementLife?
    /// How many siblings came before it, for staggered appearances.
    package let ordinal: Int
    /// What it draws.
    package var element: ResolvedElement
    /// What cuts it.
    private(set) var matte: Matte?

    package init(
        id: LayerID, place: Diagnostic.Place, placement: Placement, lifetime: Range<FrameTime>, ordinal: Int,
        element: ResolvedElement, life: ElementLife? = nil, matte: Matte? = nil
    ) {
        (self.id, self.place, self.placement, self.life) = (id, place, placement, life)
        (self.lifetime, self.ordinal, self.element) = (lifetime, ordinal, element)
        self.matte = matte
    }

    /// What the animations add.
    package func pose(_ presence: ElementPresence) -> Pose {
        guard placement.enter != nil || placement.exit != nil || placement.loop != nil else { return .rest }
        var pose = Pose.rest
        if let enter = placement.enter { pose.add(enter.entering(at: presence.age, ordinal: ordinal)) }
        if let exit = placement.exit { pose.add(exit.leaving(before: presence.rest, ordinal: ordinal)) }
        if let loop = placement.loop { pose.add(loop.pose(at: presence.age)) }
        return pose
    }

    /// The box at a moment of the scene.
    package func size(at time: FrameTime) -> Size {
        if let size = placement.size, !size.isConstant {
            let extent = size.value(at: time)
            return Size(width: extent.x, height: extent.y)
        }
        return element.size
    }

    /// How high it stands above the plane of its parent, for the order of siblings: that of its box's centre.
    func height(at time: SceneTime, in tracks: [MeasureTrack]) -> Double {
        guard let presence = presence(at: time, in: tracks) else { return 0 }
        let size = size(at: presence.own)
        return placement.model(at: presence.own, pose: pose(presence), size: size)
            .apply(SIMD3(size.width / 2, size.height / 2, 0)).z
    }

    /// Draws it at a moment: appends what is seen of it to the nodes of the frame of reference.
    package func draw(in frame: borrowing FrameOfReference, into nodes: inout [Node]) {
        guard let presence = presence(at: frame.time, in: frame.tracks) else { return }
        let time = presence.own
        let pose = pose(presence)
        let opacity = UInt8(
            max(0, min(255, (placement.opacity.value(at: time) * pose.opacity * 255).rounded())))
        guard opacity > 0 else { return }
        let size = size(at: time)
        let model = frame.model * placement.model(at: time, pose: pose, size: size)
        if placement.backFace == .hidden, !frame.base.facesFront(model) { return }
        let effects = placement.effects(at: time)
        if case .group(let group) = element {
            group.draw(
                in: frame.inside(model, at: time), id: id, opacity: opacity, blend: placement.blend, effects: effects,
                matte: matte, into: &nodes)
            return
        }
        let view = LocalView(camera: frame.base.camera, model: frame.base.model * model)
        let context = EvaluateContext(
            time: frame.time.counted(as: time), id: id, view: view, tracks: frame.tracks, clock: frame.clock,
            order: frame.order)
        guard let content = element.content(in: context) else { return }
        let matrix = frame.base.project(model)
        // A corner behind the eye has no place on the canvas.
        guard let corners = matrix.corners(of: content.bounds.rect) else { return }
        let mask = matte?.mask(
            in: FrameOfReference(
                time: frame.time, base: view, model: .identity, tracks: frame.tracks, clock: frame.clock,
                order: frame.order), over: content.bounds.rect.grown(by: effects))
        nodes.append(
            .layer(
                Layer(
                    id: id, content: content,
                    scale: .covering(
                        matrix, corners: corners, content: content.bounds.rect, isScaled: placement.isScaled),
                    matrix: matrix, opacity: opacity, blend: placement.blend, effects: effects, mask: mask)))
    }

    /// Takes new events in.
    mutating func append(_ update: FeedUpdate) {
        element.append(update)
        matte?.append(update)
    }

    /// Characters of shown orders that no font has.
    var missingGlyphs: Int { element.missingGlyphs + (matte?.missingGlyphs ?? 0) }

    /// True when its letters are too soft to be read, or cut by a matte that may leave none of them.
    func isObscured(at time: FrameTime, on canvas: PixelSize) -> Bool {
        matte != nil || placement.blur.value(at: time) * 540 > Double(min(canvas.width, canvas.height))
    }
}

extension Rect {
    /// The rectangle that filters spread it to.
    func grown(by effects: [Effect]) -> Rect { insetBy(-effects.reduce(0) { $0 + $1.support }) }
}

/// What a list of elements is drawn in: the space of their group, as seen from the nearest content that is drawn as one.
package struct FrameOfReference: Sendable {
    /// The moment.
    package let time: SceneTime
    /// The content that the nodes go into, in space.
    package let base: LocalView
    /// The space of the elements in that content.
    package let model: Matrix4
    /// The measures.
    package let tracks: [MeasureTrack]
    /// Shop time.
    package let clock: FeedClock
    /// The order that the elements show, in a row.
    package let order: ShownOrder?

    package init(
        time: SceneTime, base: LocalView, model: Matrix4, tracks: [MeasureTrack], clock: FeedClock,
        order: ShownOrder? = nil
    ) {
        (self.time, self.base, self.model, self.tracks, self.clock) = (time, base, model, tracks, clock)
        self.order = order
    }

    /// The same with elements in a space inside, whose times count as `own` does.
    func inside(_ model: Matrix4, at own: FrameTime) -> FrameOfReference {
        FrameOfReference(
            time: time.counted(as: own), base: base, model: model, tracks: tracks, clock: clock, order: order)
    }

    /// Draws siblings, those that stand highest above their plane last.
    package func draw(_ elements: [PlacedElement], isFlat: Bool, into nodes: inout [Node]) {
        if isFlat {
            // In place: an element is a large value, and a copy of it counts dozens of references.
            for index in elements.indices { elements[index].draw(in: self, into: &nodes) }
            return
        }
        let order = elements.indices.map { (height: elements[$0].height(at: time, in: tracks), index: $0) }
            .sorted { ($0.height, $0.index) < ($1.height, $1.index) }
        for (_, index) in order { elements[index].draw(in: self, into: &nodes) }
    }
}

extension RasterScale {
    /// The scale at which a content has enough pixels for the place that `matrix` gives it.
    ///
    /// What changes its size is never drawn below one to one, so that it is not drawn again at every step of the ladder on its way
    /// there; nothing is drawn above four to one.
    static func covering(_ matrix: Matrix3, corners: [Point], content: Rect, isScaled: Bool) -> RasterScale {
        if matrix.isTranslation { return .one }
        guard content.width > 0, content.height > 0, corners.count == 4 else { return .one }
        func length(_ a: Int, _ b: Int) -> Double {
            let (x, y) = (corners[a].x - corners[b].x, corners[a].y - corners[b].y)
            return (x * x + y * y).squareRoot()
        }
        let across = max(length(0, 1), length(3, 2)) / content.width
        let down = max(length(0, 3), length(1, 2)) / content.height
        let magnification = max(across, down)
        if isScaled || !matrix.isAffine { return RasterScale(covering: max(1, min(4, magnification))) }
        return RasterScale(covering: max(1.0 / 16, min(4, magnification)))
    }
}
