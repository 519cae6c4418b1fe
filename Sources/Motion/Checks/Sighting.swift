internal import Drawing

/// How long what a viewer must be able to read is seen.
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
        let chains = scene.leaves.filter { chain in places.contains { $0 != nil && $0 == chain.last?.place } }
        let base = LocalView(camera: composition.camera, model: .identity)
        let canvas = composition.size.bounds.rect
        let seen = (0..<Self.moments).count { moment in
            let time = FrameTime(ticks: scene.duration.ticks * (2 * moment + 1) / (2 * Self.moments))
            return chains.contains { chain in
                guard let (rect, opacity) = chain.sight(at: time, base: base), opacity >= Self.leastOpacity else {
                    return false
                }
                return rect.x >= -0.5 && rect.y >= -0.5 && rect.maxX <= canvas.width + 0.5
                    && rect.maxY <= canvas.height + 0.5
            }
        }
        return Double(seen) / Double(Self.moments)
    }
}

extension ResolvedScene {
    /// Every element that is no group, each with the groups that it is in, outermost first.
    var leaves: [[PlacedElement]] {
        func leaves(_ chain: [PlacedElement]) -> [[PlacedElement]] {
            guard let last = chain.last, case .group(let group) = last.element else { return [chain] }
            return group.children.flatMap { leaves(chain + [$0]) }
        }
        return elements.flatMap { leaves([$0]) }
    }
}

extension [PlacedElement] {
    /// The box of the innermost element on the canvas, and how much of it all opacities leave; nil when it is not there.
    func sight(at time: FrameTime, base: LocalView) -> (rect: Rect, opacity: Double)? {
        var model = Matrix4.identity
        var size = Size(width: 0, height: 0)
        var opacity = 1.0
        for element in self {
            guard element.lifetime.contains(time) else { return nil }
            opacity *= element.placement.opacity.value(at: time)
            size = element.size(at: time)
            model = model * element.placement.model(at: time, pose: .rest, size: size)
        }
        let box = Rect(x: 0, y: 0, width: size.width, height: size.height)
        guard opacity > 0, let rect = base.project(model).bounds(of: box) else { return nil }
        return (rect, opacity)
    }
}
