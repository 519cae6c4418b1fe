extension DisplayList {
    /// The pixels in which this list may differ from an older one of the same size; all of them when the sizes differ.
    ///
    /// Layers are matched by identity, other instructions by equality and order. Where only the inside of a layer
    /// changed and it is merely placed (no filter, mask or perspective), the damage is that of its inside.
    public func damage(since old: DisplayList) -> Damage {
        guard size == old.size else { return Damage(size.bounds) }
        if digest == old.digest { return .none }
        var finder = DamageFinder(canvas: size.bounds)
        finder.compare(old.content, content, matrix: .identity, cut: size.bounds)
        return finder.damage
    }
}

private struct DamageFinder {
    let canvas: PixelRect
    var damage = Damage.none

    init(canvas: PixelRect) { self.canvas = canvas }

    mutating func compare(_ old: LayerContent, _ new: LayerContent, matrix: Matrix3, cut: PixelRect) {
        if old === new || old.digest == new.digest { return }
        let oldNodes = old.nodes
        let newNodes = new.nodes
        var oldByID: [LayerID: Int] = [:]
        var oldLeaves: [Node: [Int]] = [:]
        for (index, node) in oldNodes.enumerated() {
            if case .layer(let layer) = node {
                oldByID[layer.id] = index
            } else {
                oldLeaves[node, default: []].append(index)
            }
        }
        var matched = [Bool](repeating: false, count: oldNodes.count)
        var last = -1
        for node in newNodes {
            var partner: Int?
            if case .layer(let layer) = node {
                partner = oldByID[layer.id]
            } else if let candidates = oldLeaves[node] {
                partner = candidates.first { $0 > last && !matched[$0] }
            }
            guard let partner, partner > last, !matched[partner] else {
                add(node, matrix, cut)
                continue
            }
            matched[partner] = true
            last = partner
            if case .layer(let newLayer) = node, case .layer(let oldLayer) = oldNodes[partner] {
                compare(oldLayer, newLayer, matrix: matrix, cut: cut)
            }
        }
        for (index, node) in oldNodes.enumerated() where !matched[index] { add(node, matrix, cut) }
    }

    private mutating func compare(_ old: Layer, _ new: Layer, matrix: Matrix3, cut: PixelRect) {
        if old == new { return }
        let onlyPlaced =
            old.matrix == new.matrix && old.opacity == new.opacity && old.scale == new.scale && old.blend == new.blend
            && old.light == new.light && old.effects.isEmpty && new.effects.isEmpty && old.mask == nil
            && new.mask == nil && old.clip == new.clip && new.matrix.isAffine
            && old.content.bounds == new.content.bounds
        guard onlyPlaced else {
            add(.layer(old), matrix, cut)
            add(.layer(new), matrix, cut)
            return
        }
        guard let touched = touched(.layer(new), matrix) else { return add(.layer(new), matrix, cut) }
        compare(old.content, new.content, matrix: matrix * new.matrix, cut: cut.intersection(touched))
    }

    private mutating func add(_ node: Node, _ matrix: Matrix3, _ cut: PixelRect) {
        damage.add((touched(node, matrix) ?? canvas).intersection(cut))
    }

    /// The pixels of the canvas that a node in a content at `matrix` can touch; nil is everywhere.
    private func touched(_ node: Node, _ matrix: Matrix3) -> PixelRect? {
        guard let bounds = node.touchedBounds else { return nil }
        if bounds.isEmpty { return .zero }
        if matrix.isTranslation { return bounds.offsetBy(x: matrix.m13, y: matrix.m23).insetBy(-1).enclosing }
        // One raster pixel of the parent layer and the reach of the filter that placed it.
        return matrix.bounds(of: bounds.insetBy(-2))?.insetBy(-2).enclosing
    }
}
