package import Drawing

/// One scene of a composition as a check of its pixels wants it: frame by frame as it is, and with nothing but white letters on black.
package struct LetterScene {
    /// An element that draws letters.
    package struct Owner: Sendable {
        /// Its identity in display lists.
        package let id: LayerID
        /// Where the template says it.
        package let place: Diagnostic.Place
        /// What it is, for messages.
        package let word: String
        /// The frames of the scene in which it neither comes nor goes.
        package let rest: RestingFrames
    }

    /// Frames of the scene.
    package var frameCount: Int { scene.frames.count }
    /// The elements, from the lowest to the topmost.
    package let owners: [Owner]

    private let composition: Composition
    private let scene: ResolvedScene
    private var finder, seenFinder: InkFinder
    /// The letters of frames that were looked at: several checks ask for the same ones.
    private var known: [Int: (all: [Ink], seen: [Ink])] = [:]

    /// The scenes of a composition.
    package static func all(of composition: Composition) -> [LetterScene] {
        composition.resolvedScenes.map { LetterScene($0, of: composition) }
    }

    private init(_ scene: ResolvedScene, of composition: Composition) {
        (self.composition, self.scene) = (composition, scene)
        owners = scene.leaves.compactMap { chain in
            guard let element = chain.last else { return nil }
            switch element.element {
            case .shape, .image, .particles, .group: return nil
            default: break
            }
            return Owner(
                id: element.id, place: element.place, word: element.element.word,
                rest: composition.restingFrames(of: chain, in: scene))
        }
        let ids = Set(owners.map(\.id))
        finder = InkFinder(owners: ids)
        seenFinder = InkFinder(owners: ids, leavesOutCovered: true)
    }

    /// Frames of the scene as frames of the video.
    package func inVideo(_ frames: ClosedRange<Int>) -> ClosedRange<Int> { scene.inVideo(frames) }

    /// All letters of a frame.
    package mutating func ink(at frame: Int) -> [Ink] { letters(in: frame).all }

    /// The letters of a frame but those that a panel hides altogether.
    package mutating func seenInk(at frame: Int) -> [Ink] { letters(in: frame).seen }

    private mutating func letters(in frame: Int) -> (all: [Ink], seen: [Ink]) {
        if let known = known[frame] { return known }
        let nodes = nodes(at: frame)
        let letters = (finder.ink(of: nodes), seenFinder.ink(of: nodes))
        known[frame] = letters
        return letters
    }

    /// The frame as it is, without scenes that fade into it.
    package func picture(at frame: Int) -> DisplayList {
        DisplayList(size: composition.size, nodes: nodes(at: frame))
    }

    /// The frame without anything that is drawn after an element.
    package func picture(at frame: Int, upTo owner: LayerID) -> DisplayList {
        DisplayList(size: composition.size, nodes: Self.cut(nodes(at: frame), after: owner).nodes)
    }

    /// Only the elements of which letters are seen: their letters white and opaque, all else of them black.
    package mutating func letters(at frame: Int) -> DisplayList {
        let seen = Set(seenInk(at: frame).compactMap(\.owner))
        return DisplayList(size: composition.size, nodes: key(nodes(at: frame), of: seen, isOwned: false))
    }

    private func nodes(at frame: Int) -> [Node] { composition.nodes(of: scene, at: FrameTime(frame: frame)) }

    private static func cut(_ nodes: [Node], after owner: LayerID) -> (nodes: [Node], isFound: Bool) {
        var result: [Node] = []
        for node in nodes {
            guard case .layer(let layer) = node, layer.id != owner else {
                result.append(node)
                if case .layer = node { return (result, true) }
                continue
            }
            let inner = cut(layer.content.nodes, after: owner)
            guard inner.isFound else {
                result.append(node)
                continue
            }
            result.append(.layer(layer.with(LayerContent(bounds: layer.content.bounds.rect, nodes: inner.nodes))))
            return (result, true)
        }
        return (result, false)
    }

    private func key(_ nodes: [Node], of seen: Set<LayerID>, isOwned: Bool) -> [Node] {
        nodes.compactMap { node in
            switch node {
            case .path(let path):
                return isOwned ? .path(PathNode(path: path.path, style: path.style, paint: path.paint.blackened)) : nil
            case .glyphs(let glyphs):
                guard isOwned else { return nil }
                var paint = glyphs.paint.blackened
                if case .fill = glyphs.style { paint = .solid(.white) }
                return .glyphs(GlyphsNode(run: glyphs.run, style: glyphs.style, paint: paint))
            case .layer(let layer):
                let isOwned = isOwned || seen.contains(layer.id)
                guard layer.effects.isEmpty, layer.opacity > 0 else { return nil }
                var nodes = key(layer.content.nodes, of: seen, isOwned: isOwned)
                if isOwned, nodes.isEmpty, let mask = layer.mask, mask.kind == .alpha {
                    // A picture that letters cut out.
                    nodes = [.path(PathNode(path: .rect(layer.content.bounds.rect), paint: .solid(.white)))]
                }
                guard !nodes.isEmpty else { return nil }
                let content = LayerContent(bounds: layer.content.bounds.rect, nodes: nodes)
                return .layer(
                    Layer(
                        id: layer.id, content: content, scale: layer.scale, matrix: layer.matrix, mask: layer.mask,
                        clip: layer.clip))
            case .accumulate(let mean):
                return .accumulate(
                    Accumulate(
                        samples: mean.samples.map {
                            Accumulate.Sample(
                                content: LayerContent(
                                    bounds: $0.content.bounds.rect,
                                    nodes: key($0.content.nodes, of: seen, isOwned: isOwned)),
                                weight: $0.weight)
                        }))
            case .image, .video: return nil
            }
        }
    }
}

extension Layer {
    /// The same layer of another content.
    fileprivate func with(_ content: LayerContent) -> Layer {
        Layer(
            id: id, content: content, scale: scale, matrix: matrix, opacity: opacity, blend: blend, light: light,
            effects: effects, mask: mask, clip: clip)
    }
}

extension Paint {
    /// Black where it hides what is below, as much as it hides it.
    fileprivate var blackened: Paint {
        func black(_ color: Color) -> Color { Color(red: 0, green: 0, blue: 0, alpha: color.alpha) }
        switch self {
        case .solid(let color): return .solid(black(color))
        case .gradient(let gradient):
            let stops = gradient.stops.map(\.color.alpha)
            return .solid(Color(red: 0, green: 0, blue: 0, alpha: stops.min() ?? 0))
        }
    }
}
