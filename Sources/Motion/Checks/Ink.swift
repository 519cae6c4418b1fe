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

    /// The same further down by pixels of the canvas.
    func moved(down distance: Double) -> Ink {
        Ink(
            run: run, matrix: .translation(x: 0, y: distance) * matrix, clip: clip?.offsetBy(x: 0, y: distance),
            opacity: opacity, owner: owner)
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
    private struct Found {
        var ink: [Ink] = []
        /// What hides all that is drawn before it.
        var covers: [Cover] = []
    }

    private let owners: Set<LayerID>
    private let leavesOutCovered: Bool
    private var known: [LayerContent: Found] = [:]

    /// Finds letters, and whose of these elements they are.
    /// - Parameter leavesOutCovered: leaves out letters that an opaque rectangle hides altogether.
    package init(owners: Set<LayerID>, leavesOutCovered: Bool = false) {
        (self.owners, self.leavesOutCovered) = (owners, leavesOutCovered)
    }

    /// The letters that nodes draw, from the lowest to the topmost; those of shadows and glows are none.
    package mutating func ink(of nodes: [Node]) -> [Ink] { found(in: nodes).ink }

    private mutating func found(in nodes: [Node]) -> Found {
        var result = Found()
        for node in nodes {
            switch node {
            case .glyphs(let glyphs):
                guard case .fill = glyphs.style else { continue }
                result.ink.append(
                    Ink(run: glyphs.run, matrix: .identity, clip: nil, opacity: glyphs.paint.opacity, owner: nil))
            case .layer(let layer):
                guard layer.effects.isEmpty, layer.opacity > 0 else { continue }
                // A picture that letters cut out is letters.
                if let mask = layer.mask, mask.kind == .alpha {
                    let letters = found(in: mask.content).ink
                    if !letters.isEmpty {
                        result.ink += letters.map { $0.placed(by: layer, owners: owners) }
                        continue
                    }
                }
                let inner = found(in: layer.content)
                cover(&result, with: inner.covers.compactMap { $0.placed(by: layer) })
                result.ink += inner.ink.map { $0.placed(by: layer, owners: owners) }
            case .accumulate(let mean):
                for sample in mean.samples {
                    result.ink += found(in: sample.content).ink.map {
                        Ink(
                            run: $0.run, matrix: $0.matrix, clip: $0.clip,
                            opacity: $0.opacity * Double(sample.weight) / 65536, owner: $0.owner)
                    }
                }
            case .path(let path):
                if leavesOutCovered, let new = Cover(path) { cover(&result, with: [new]) }
            case .image, .video: continue
            }
        }
        return result
    }

    private func cover(_ found: inout Found, with covers: [Cover]) {
        guard !covers.isEmpty else { return }
        found.ink.removeAll { ink in covers.contains { $0.hides(ink) } }
        found.covers += covers
    }

    private mutating func found(in content: LayerContent) -> Found {
        if let known = known[content] { return known }
        let bounds = content.bounds.rect
        var found = found(in: content.nodes)
        found.ink = found.ink.map {
            Ink(
                run: $0.run, matrix: $0.matrix, clip: $0.clip?.intersection(bounds) ?? bounds, opacity: $0.opacity,
                owner: $0.owner)
        }
        found.covers = found.covers.compactMap { $0.cut(to: bounds) }
        // Contents that change with every frame would fill the memory.
        if known.count > 4096 { known.removeAll() }
        known[content] = found
        return found
    }
}

/// An upright rectangle, perhaps with round corners, through which nothing is seen: two bars that cross.
private struct Cover {
    private let bars: [Rect]

    private init?(bars: [Rect]) {
        self.bars = bars.filter { !$0.isEmpty }
        if self.bars.isEmpty { return nil }
    }

    /// The rectangle that a path fills with an opaque paint; nil for other paths and paints.
    init?(_ node: PathNode) {
        guard case .fill = node.style, node.paint.leastOpacity == 1 else { return nil }
        let box = node.path.bounds
        // The points where the corners begin tell the radii; another path differs from the rectangle of these.
        let points = stride(from: 0, to: node.path.coordinates.count - 1, by: 2).map {
            Point(x: Fixed.pixels(node.path.coordinates[$0]), y: Fixed.pixels(node.path.coordinates[$0 + 1]))
        }
        let isRound = points.count == 17
        let (top, bottom) = isRound ? (points[0].x - box.x, box.maxY - points[5].y) : (0, 0)
        guard node.path == .roundedRect(box, top: top, bottom: bottom) else { return nil }
        let side = max(top, bottom)
        self.init(bars: [
            Rect(x: box.x, y: box.y + top, width: box.width, height: max(0, box.height - top - bottom)),
            Rect(x: box.x + side, y: box.y, width: max(0, box.width - 2 * side), height: box.height),
        ])
    }

    /// The same where a layer puts it; nil when something is seen through it there, or it no longer stands upright.
    func placed(by layer: Layer) -> Cover? {
        let matrix = layer.matrix
        guard layer.opacity == 255, layer.blend == .normal, layer.mask == nil, matrix.isAffine, matrix.m12 == 0,
            matrix.m21 == 0
        else { return nil }
        let placed = Cover(bars: bars.compactMap(matrix.bounds(of:)))
        guard let clip = layer.clip else { return placed }
        return placed?.cut(to: clip.rect.rect.insetBy(Fixed.pixels(clip.radius)))
    }

    /// What of it lies in a rectangle; nil when nothing does.
    func cut(to rect: Rect) -> Cover? { Cover(bars: bars.map { $0.intersection(rect) }) }

    /// True when nothing of letters is seen.
    func hides(_ ink: Ink) -> Bool { ink.glyphs.allSatisfy { glyph in bars.contains { $0.encloses(glyph) } } }
}

extension Rect {
    /// True when all of another lies in it.
    fileprivate func encloses(_ other: Rect) -> Bool {
        other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
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

    /// Where it hides least, from 0 to 1.
    fileprivate var leastOpacity: Double {
        switch self {
        case .solid(let color): Double(color.alpha) / 255
        case .gradient(let gradient): Double(gradient.stops.map(\.color.alpha).min() ?? 0) / 255
        }
    }
}
