extension DisplayList {
    /// The pixels in which this list may differ from an older one of the same size; all of them when the sizes differ.
    ///
    /// Layers are matched by identity, other instructions by equality and order. Where only the inside of a layer
    /// changed and it is merely placed or masked (no filter or perspective), the damage is that of its inside.
    public func damage(since old: DisplayList) -> Damage {
        guard size == old.size else { return Damage(size.bounds) }
        if digest == old.digest { return .none }
        var finder = DamageFinder(canvas: size.bounds)
        finder.compare(old.content, content, Place(matrix: .identity, reach: 0, cut: size.bounds))
        return finder.damage
    }
}

/// Where a content lies on the canvas.
private struct Place {
    /// Its pixels to canvas pixels.
    let matrix: Matrix3
    /// Canvas pixels by which resampling on the way can spread a pixel.
    let reach: Double
    /// What of the canvas it can touch.
    let cut: PixelRect

    /// Where the content of a layer lies that has no filter or perspective.
    func inside(_ layer: Layer, touching touched: PixelRect) -> Place {
        let matrix = matrix * layer.matrix
        let isMovedWhole =
            matrix.isTranslation && layer.scale == .one && matrix.m13 == matrix.m13.rounded()
            && matrix.m23 == matrix.m23.rounded()
        // Otherwise the rounding to raster pixels and the filter that places them, and a canvas pixel for each.
        let magnification = max(abs(matrix.m11) + abs(matrix.m12), abs(matrix.m21) + abs(matrix.m22))
        let more = isMovedWhole ? 0 : 2 * magnification / layer.scale.factor + 2
        return Place(matrix: matrix, reach: reach + more, cut: cut.intersection(touched))
    }
}

private struct DamageFinder {
    let canvas: PixelRect
    var damage = Damage.none

    init(canvas: PixelRect) { self.canvas = canvas }

    mutating func compare(_ old: LayerContent, _ new: LayerContent, _ place: Place) {
        if old === new || old.digest == new.digest { return }
        let (oldNodes, newNodes) = (old.nodes, new.nodes)
        // Mostly nothing came, went or moved: the same instructions stand at the same places from both ends.
        let shorter = min(oldNodes.count, newNodes.count)
        var start = 0
        while start < shorter, compareInPlace(oldNodes[start], newNodes[start], place) { start += 1 }
        var tail = 0
        while tail < shorter - start,
            compareInPlace(oldNodes[oldNodes.count - 1 - tail], newNodes[newNodes.count - 1 - tail], place)
        {
            tail += 1
        }
        match(oldNodes[start..<oldNodes.count - tail], newNodes[start..<newNodes.count - tail], place)
    }

    /// False when the instructions are not the same one of two moments; otherwise adds what differs.
    private mutating func compareInPlace(_ old: Node, _ new: Node, _ place: Place) -> Bool {
        switch (old, new) {
        case (.layer(let old), .layer(let new)):
            guard old.id == new.id else { return false }
            compare(old, new, place)
            return true
        case (.layer, _), (_, .layer): return false
        default: return old == new
        }
    }

    /// Finds partners wherever they stand, in order.
    private mutating func match(_ oldNodes: ArraySlice<Node>, _ newNodes: ArraySlice<Node>, _ place: Place) {
        if oldNodes.isEmpty || newNodes.isEmpty {
            for node in oldNodes { add(node, place) }
            for node in newNodes { add(node, place) }
            return
        }
        var oldByID: [LayerID: Int] = [:]
        var oldLeaves: [Node: [Int]] = [:]
        for index in oldNodes.indices {
            if case .layer(let layer) = oldNodes[index] {
                oldByID[layer.id] = index
            } else {
                oldLeaves[oldNodes[index], default: []].append(index)
            }
        }
        var matched = Set<Int>()
        var last = oldNodes.startIndex - 1
        for node in newNodes {
            var partner: Int?
            if case .layer(let layer) = node {
                partner = oldByID[layer.id]
            } else if let candidates = oldLeaves[node] {
                partner = candidates.first { $0 > last }
            }
            guard let partner, partner > last else {
                add(node, place)
                continue
            }
            matched.insert(partner)
            last = partner
            if case .layer(let newLayer) = node, case .layer(let oldLayer) = oldNodes[partner] {
                compare(oldLayer, newLayer, place)
            }
        }
        for index in oldNodes.indices where !matched.contains(index) { add(oldNodes[index], place) }
    }

    private mutating func compare(_ old: Layer, _ new: Layer, _ place: Place) {
        if old == new { return }
        let onlyPlaced =
            old.matrix == new.matrix && old.opacity == new.opacity && old.scale == new.scale && old.blend == new.blend
            && old.light == new.light && old.effects.isEmpty && new.effects.isEmpty && old.mask == new.mask
            && old.clip == new.clip && new.matrix.isAffine
            && old.content.bounds == new.content.bounds && old.isFlat == new.isFlat
        guard onlyPlaced else {
            add(.layer(old), place)
            add(.layer(new), place)
            return
        }
        guard let touched = touched(.layer(new), place) else { return add(.layer(new), place) }
        compare(old.content, new.content, place.inside(new, touching: touched))
    }

    private mutating func add(_ node: Node, _ place: Place) {
        damage.add((touched(node, place) ?? canvas).intersection(place.cut))
    }

    /// The pixels of the canvas that a node in a content can touch; nil is everywhere.
    private func touched(_ node: Node, _ place: Place) -> PixelRect? {
        guard let bounds = node.touchedBounds else { return nil }
        if bounds.isEmpty { return .zero }
        return place.matrix.bounds(of: bounds)?.insetBy(-place.reach).enclosing
    }
}
