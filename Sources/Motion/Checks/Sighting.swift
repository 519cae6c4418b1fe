internal import Drawing

/// How long what a viewer must be able to read is seen: in the frame, large enough, not faded, and nothing over it.
struct Sighting {
    /// Moments at which a scene is looked at.
    private static let moments = 24
    /// Less than this and it is no text but a shade.
    private static let leastOpacity = 0.5
    /// What must be read may come and go with the scene, but is seen for this part of it.
    static let leastShare = 0.6

    let composition: Composition

    /// The part of a scene, 0...1, in which some element of the given places lies in the frame and is not faded.
    func share(of places: [Diagnostic.Place?], in scene: ResolvedScene) -> Double {
        let leaves = scene.leaves
        // What a marker calls, sends away or moves may never be seen: nobody can rely on it.
        let chains = leaves.filter { chain in
            places.contains { $0 != nil && $0 == chain.last?.place } && chain.allSatisfy { $0.life == nil }
        }
        let base = LocalView(camera: composition.camera, model: .identity)
        let canvas = composition.size.bounds.rect
        let seen = (0..<Self.moments).count { part in
            let time = FrameTime(ticks: scene.duration.ticks * (2 * part + 1) / (2 * Self.moments))
            let moment = scene.time(time, rate: composition.rate)
            return chains.contains { chain in
                guard let sight = chain.sight(at: moment, in: composition.tracks, base: base), let element = chain.last,
                    !chain.contains(where: { $0.isObscured(at: time, on: composition.size) }),
                    sight.opacity * Self.inkOpacity(of: element, at: time) >= Self.leastOpacity
                else { return false }
                let rect = sight.rect
                if case .text(let text) = element.element {
                    let size = text.inkSize * min(rect.width / sight.box.width, rect.height / sight.box.height)
                    if size < Legibility.minimum(canvas: composition.size) - 0.5 { return false }
                }
                return rect.x >= -0.5 && rect.y >= -0.5 && rect.maxX <= canvas.width + 0.5
                    && rect.maxY <= canvas.height + 0.5
                    && !isCovered(rect, chain, among: leaves, at: moment, base: base)
            }
        }
        return Double(seen) / Double(Self.moments)
    }

    /// How much of what is below the ink of a text hides: the weakest of its spans.
    private static func inkOpacity(of element: PlacedElement, at time: FrameTime) -> Double {
        if case .text(let text) = element.element { return text.inkOpacity(at: time) }
        return 1
    }

    /// True when something that is drawn later hides more than a fifth of a box.
    private func isCovered(
        _ rect: Rect, _ chain: [PlacedElement], among order: [[PlacedElement]], at moment: SceneTime, base: LocalView
    ) -> Bool {
        guard let index = order.firstIndex(where: { $0.map(\.id) == chain.map(\.id) }) else { return false }
        return order[(index + 1)...].contains { other in
            guard let last = other.last, last.placement.blend == .normal,
                let sight = other.sight(at: moment, in: composition.tracks, base: base)
            else { return false }
            let ink: Double
            switch last.element {
            case .shape(let shape): ink = shape.fillOpacity(at: moment.local)
            case .image: ink = 1
            default: return false
            }
            let width = min(rect.maxX, sight.rect.maxX) - max(rect.x, sight.rect.x)
            let height = min(rect.maxY, sight.rect.maxY) - max(rect.y, sight.rect.y)
            return ink * sight.opacity > 0.25 && width > 0 && height > 0
                && width * height > 0.2 * rect.width * rect.height
        }
    }
}

extension ResolvedScene {
    /// Every element that is no group, each with the groups that it is in, outermost first.
    var leaves: [[PlacedElement]] { elements.flatMap(\.leaves) }
}

extension [PlacedElement] {
    /// The box of the innermost element on the canvas, and how much of it all opacities leave; nil when it is not there.
    ///
    /// What comes, goes or loops counts as if it stood still, unless `isPosed`.
    func sight(
        at moment: SceneTime, in tracks: [MeasureTrack], base: LocalView, isPosed: Bool = false
    ) -> (rect: Rect, box: Rect, opacity: Double)? {
        var model = Matrix4.identity
        var size = Size(width: 0, height: 0)
        var opacity = 1.0
        var moment = moment
        for element in self {
            guard let presence = element.presence(at: moment, in: tracks) else { return nil }
            let time = presence.own
            let pose = isPosed ? element.pose(presence) : .rest
            opacity *= element.placement.opacity.value(at: time) * pose.opacity
            size = element.size(at: time)
            model = model * element.placement.model(at: time, pose: pose, size: size)
            moment = moment.counted(as: time)
        }
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        guard opacity > 0, let rect = base.project(model).bounds(of: box) else { return nil }
        return (rect, box, opacity)
    }
}
