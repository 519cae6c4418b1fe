import Drawing

/// Makes one list of instructions of those at several moments: the frame's own, the middle and the last of the shutter, then those
/// to be averaged.
struct Averager {
    /// Moments that are looked at to see what moves.
    private static let probes = 3
    /// The frame's own moment.
    private static let own = 0

    /// The number for all that differs; nil chooses for each by its way.
    let fixedCount: Int?
    /// Moments to be averaged.
    let moments: Int

    /// Instructions, and where something moves in them.
    struct Result {
        var nodes: [Node] = []
        var moved = Rect.zero
    }

    fileprivate struct Item {
        let track: Track
        /// What is drawn when nothing that moves with it overlaps it.
        var kept: Node?
        /// Pixels of the way while the shutter is open.
        var way = 0.0
        /// What it touches at any moment.
        var bounds: Rect
        /// Where something moves in it.
        var moved: Rect
    }

    /// Things that are averaged together.
    fileprivate struct Cluster {
        var members: [Int]
        var bounds: Rect
        var way: Double
        /// Whether it has blended members, which need all that lies below them.
        var needsBackdrop: Bool

        var range: ClosedRange<Int> { (needsBackdrop ? 0 : members[0])...members[members.count - 1] }
    }

    /// The instructions of one content; `matrix` leads from its pixels to those of the canvas, beyond `cut` nothing is seen.
    func average(_ lists: [[Node]], under matrix: Matrix3, cut: Rect) -> Result {
        guard let tracks = Track.align(lists) else {
            // Things that pass before one another: all of it at once.
            let way = Movement.distance(Array(lists[..<Self.probes]), under: matrix)
            let count = fixedCount ?? Shutter.count(for: way)
            guard count > 1 else { return Result(nodes: lists[Self.own]) }
            var bounds = Rect.zero
            for node in lists.joined() { bounds = bounds.union(node.touchedBounds ?? cut) }
            return mean(over: bounds, count: count, cut: cut) { lists[$0] }
        }
        let items = tracks.map { item($0, under: matrix, cut: cut) }
        let clusters = self.clusters(items)
        var owner = Array(repeating: -1, count: items.count)
        for (number, cluster) in clusters.enumerated() { for member in cluster.members { owner[member] = number } }
        var result = Result()
        for (index, item) in items.enumerated() {
            if owner[index] < 0 {
                if let node = item.kept { result.nodes.append(node) }
                result.moved = result.moved.union(item.moved)
            } else if clusters[owner[index]].members.last == index {
                let cluster = clusters[owner[index]]
                let count = fixedCount ?? Shutter.count(for: max(cluster.way, Shutter.least))
                let part = mean(over: cluster.bounds, count: count, cut: cut) { moment in
                    cluster.members.compactMap { items[$0].track.nodes[moment] }
                }
                result.nodes += part.nodes
                result.moved = result.moved.union(part.moved)
            }
        }
        return result
    }

    /// The mean of drawings over `bounds`; `nodes` gives those of a moment.
    private func mean(over bounds: Rect, count: Int, cut: Rect, nodes: (Int) -> [Node]) -> Result {
        let area = bounds.cut(to: cut)
        guard !area.isEmpty else { return Result() }
        let count = min(count, moments)
        let samples = Shutter.chosen(count, of: moments).map { moment in
            Accumulate.Sample(
                content: LayerContent(bounds: area, nodes: nodes(Self.probes + moment)),
                weight: Int32(65536 / count))
        }
        return Result(nodes: [.accumulate(Accumulate(samples: samples))], moved: area)
    }

    private func item(_ track: Track, under matrix: Matrix3, cut: Rect) -> Item {
        let own = track.nodes[Self.own]
        if track.rests { return Item(track: track, kept: own, bounds: bounds(track, cut), moved: .zero) }
        let way = Movement.distance(track.nodes[..<Self.probes], under: matrix)
        guard way >= Shutter.least || fixedCount != nil else {
            return Item(track: track, kept: own, bounds: bounds(track, cut), moved: .zero)
        }
        if let layer = sharedLayer(track) {
            let inside = average(
                track.nodes.map { node in
                    if case .layer(let layer) = node { layer.content.nodes } else { [] }
                }, under: matrix * layer.matrix, cut: layer.content.bounds.rect)
            let content = LayerContent(bounds: layer.content.bounds.rect, nodes: inside.nodes)
            let spread = inside.moved.isEmpty ? .zero : inside.moved.grown(by: layer.effects)
            let touched = layer.touchedBounds ?? cut
            return Item(
                track: track,
                kept: .layer(
                    Layer(
                        id: layer.id, content: content, scale: layer.scale, matrix: layer.matrix,
                        opacity: layer.opacity, blend: layer.blend, light: layer.light, effects: layer.effects,
                        mask: layer.mask, clip: layer.clip)),
                way: way, bounds: touched,
                moved: spread.isEmpty ? .zero : (layer.matrix.bounds(of: spread) ?? touched).cut(to: touched))
        }
        let area = bounds(track, cut)
        return Item(track: track, kept: nil, way: way, bounds: area, moved: area)
    }

    /// The layer of the frame's own moment when all moments have it at the same place, so that only its inside moves.
    private func sharedLayer(_ track: Track) -> Layer? {
        guard case .layer(let first) = track.nodes[Self.own], first.blend.isLinear else { return nil }
        for node in track.nodes {
            guard case .layer(let layer) = node, layer.matrix == first.matrix, layer.opacity == first.opacity,
                layer.scale == first.scale, layer.blend == first.blend, layer.light == first.light,
                layer.effects == first.effects, layer.mask == first.mask, layer.clip == first.clip,
                layer.content.bounds == first.content.bounds
            else { return nil }
        }
        return first
    }

    private func bounds(_ track: Track, _ cut: Rect) -> Rect {
        var bounds = Rect.zero
        for node in track.nodes { bounds = bounds.union(node.map { $0.touchedBounds ?? cut } ?? .zero) }
        return bounds
    }

    /// Finds what must be averaged together: what moves and overlaps, and what lies between.
    private func clusters(_ items: [Item]) -> [Cluster] {
        var clusters: [Cluster] = []
        for (index, item) in items.enumerated() where item.kept == nil && !item.moved.isEmpty {
            clusters.append(
                Cluster(
                    members: [index], bounds: item.bounds, way: item.way, needsBackdrop: !item.track.blendsNormally))
        }
        // Two that move inside, and where the one's moving parts pass over the other's.
        let inner = items.indices.filter { items[$0].kept != nil && !items[$0].moved.isEmpty }
        for (position, first) in inner.enumerated() {
            for second in inner[(position + 1)...] where items[first].moved.overlaps(items[second].moved) {
                clusters.append(
                    Cluster(
                        members: [first, second], bounds: items[first].bounds.union(items[second].bounds),
                        way: max(items[first].way, items[second].way),
                        needsBackdrop: !items[first].track.blendsNormally || !items[second].track.blendsNormally))
            }
        }
        var isStable = false
        while !isStable {
            isStable = true
            // What overlaps another one joins it.
            var first = 0
            while first < clusters.count {
                var second = first + 1
                while second < clusters.count {
                    if clusters[first].bounds.overlaps(clusters[second].bounds) {
                        clusters[first].join(clusters.remove(at: second))
                        isStable = false
                        second = first + 1
                    } else {
                        second += 1
                    }
                }
                first += 1
            }
            var owned = Array(repeating: false, count: items.count)
            for cluster in clusters { for member in cluster.members { owned[member] = true } }
            for index in items.indices where !owned[index] {
                let item = items[index]
                for number in clusters.indices where clusters[number].takes(index, item) {
                    clusters[number].join(
                        Cluster(
                            members: [index], bounds: item.bounds, way: item.way,
                            needsBackdrop: !item.track.blendsNormally))
                    isStable = false
                    break
                }
            }
        }
        return clusters
    }
}

extension Averager.Cluster {
    /// True when something that rests, or that moves only inside, must be averaged with the cluster.
    fileprivate func takes(_ index: Int, _ item: Averager.Item) -> Bool {
        if item.moved.overlaps(bounds) { return true }
        guard item.bounds.overlaps(bounds) else { return false }
        if range.contains(index) { return true }
        return index > range.lowerBound && !item.track.blendsLinearly
    }

    fileprivate mutating func join(_ other: Self) {
        members = Set(members).union(other.members).sorted()
        bounds = bounds.union(other.bounds)
        way = max(way, other.way)
        needsBackdrop = needsBackdrop || other.needsBackdrop
    }
}

extension Track {
    /// True when it hides what is below as light does, at all moments.
    fileprivate var blendsNormally: Bool { allBlends { $0 == .normal } }
    /// True when the mean of it over several backdrops is it over their mean.
    fileprivate var blendsLinearly: Bool { allBlends(\.isLinear) }

    private func allBlends(_ holds: (BlendMode) -> Bool) -> Bool {
        nodes.allSatisfy { node in
            if case .layer(let layer) = node { holds(layer.blend) } else { true }
        }
    }
}

extension BlendMode {
    /// True when the result is a linear function of what is below and of what is above, but for the cut at white.
    fileprivate var isLinear: Bool {
        switch self {
        case .normal, .multiply, .screen, .add: true
        default: false
        }
    }
}

extension Rect {
    fileprivate func overlaps(_ other: Rect) -> Bool {
        !isEmpty && !other.isEmpty && x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }

    /// The whole pixels of it inside of another one.
    fileprivate func cut(to other: Rect) -> Rect {
        if isEmpty { return .zero }
        let (all, limit) = (enclosing.rect, other)
        let (left, top) = (max(all.x, limit.x), max(all.y, limit.y))
        let (right, bottom) = (min(all.maxX, limit.maxX), min(all.maxY, limit.maxY))
        return right > left && bottom > top ? Rect(x: left, y: top, width: right - left, height: bottom - top) : .zero
    }
}
