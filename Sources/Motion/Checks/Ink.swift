package import Drawing

/// Letters as they are drawn in one frame: glyphs of one font, where they lie on the canvas, and whose they are.
package struct Ink: Sendable {
    /// The glyphs, in pixels of their own.
    package let run: GlyphRun
    /// Their pixels to those of the canvas.
    package let matrix: Matrix3
    /// What of the canvas they can reach.
    package let clip: Rect?
    /// How much of what is below they hide, from 0 to 1: paint and all layers around.
    package let opacity: Double
    /// The element that draws them; nil for none of those asked about.
    package let owner: LayerID?

    /// The smallest rectangle of the canvas around them; nil when nothing of them is there.
    package var rect: Rect? { placed(run.bounds) }

    /// The rectangle of every glyph that is there.
    package var glyphs: [Rect] {
        zip(run.glyphs, run.outlines).compactMap { glyph, outline in
            outline.isEmpty
                ? nil : placed(outline.bounds.offsetBy(x: Fixed.pixels(glyph.x), y: Fixed.pixels(glyph.y)))
        }
    }

    /// Pixels of the canvas to an em.
    package var em: Double {
        let scale = abs(matrix.m11 * matrix.m22 - matrix.m12 * matrix.m21).squareRoot()
        if matrix.isAffine { return Fixed.pixels(run.size) * scale }
        let bounds = run.bounds
        guard bounds.height > 0, let placed = matrix.bounds(of: bounds) else { return 0 }
        return Fixed.pixels(run.size) * placed.height / bounds.height
    }

    private func placed(_ rect: Rect) -> Rect? {
        guard var placed = matrix.bounds(of: rect) else { return nil }
        if let clip { placed = placed.intersection(clip) }
        return placed.isEmpty ? nil : placed
    }

    fileprivate func placed(by layer: Layer, owners: Set<LayerID>) -> Ink {
        var clip = clip.flatMap { layer.matrix.bounds(of: $0) }
        if let cut = layer.clip?.rect.rect { clip = clip?.intersection(cut) ?? cut }
        return Ink(
            run: run, matrix: layer.matrix * matrix, clip: clip, opacity: opacity * Double(layer.opacity) / 255,
            owner: owner ?? (owners.contains(layer.id) ? layer.id : nil))
    }
}

/// Finds the letters of frames; keeps what it found in contents that come again.
package struct InkFinder {
    private let owners: Set<LayerID>
    private var known: [LayerContent: [Ink]] = [:]

    /// Finds letters, and whose of these elements they are.
    package init(owners: Set<LayerID>) { self.owners = owners }

    /// The letters that nodes draw, from the lowest to the topmost; those of shadows and glows are none.
    package mutating func ink(of nodes: [Node]) -> [Ink] {
        var result: [Ink] = []
        for node in nodes {
            switch node {
            case .glyphs(let glyphs):
                guard case .fill = glyphs.style else { continue }
                result.append(
                    Ink(run: glyphs.run, matrix: .identity, clip: nil, opacity: glyphs.paint.opacity, owner: nil))
            case .layer(let layer):
                guard layer.effects.isEmpty, layer.opacity > 0 else { continue }
                // A picture that letters cut out is letters.
                var inner = layer.mask.map { $0.kind == .alpha ? ink(of: $0.content) : [] } ?? []
                if inner.isEmpty { inner = ink(of: layer.content) }
                result += inner.map { $0.placed(by: layer, owners: owners) }
            case .accumulate(let mean):
                for sample in mean.samples {
                    result += ink(of: sample.content).map {
                        Ink(
                            run: $0.run, matrix: $0.matrix, clip: $0.clip,
                            opacity: $0.opacity * Double(sample.weight) / 65536, owner: $0.owner)
                    }
                }
            case .path, .image, .video: continue
            }
        }
        return result
    }

    private mutating func ink(of content: LayerContent) -> [Ink] {
        if let known = known[content] { return known }
        let bounds = content.bounds.rect
        let found = ink(of: content.nodes).map {
            Ink(
                run: $0.run, matrix: $0.matrix, clip: $0.clip?.intersection(bounds) ?? bounds, opacity: $0.opacity,
                owner: $0.owner)
        }
        // Contents that change with every frame would fill the memory.
        if known.count > 4096 { known.removeAll() }
        known[content] = found
        return found
    }
}

extension Paint {
    /// Where it hides most, from 0 to 1.
    fileprivate var opacity: Double {
        switch self {
        case .solid(let color): Double(color.alpha) / 255
        case .gradient(let gradient): Double(gradient.stops.map(\.color.alpha).max() ?? 0) / 255
        }
    }
}
