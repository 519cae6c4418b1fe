import Drawing

/// The same instructions at several moments, side by side.
struct Track {
    /// One for each moment; nil where it is not there.
    var nodes: [Node?]

    /// True when it is the same at all moments.
    var rests: Bool {
        guard let first = nodes[0] else { return false }
        return nodes.dropFirst().allSatisfy { $0.map { Self.isSame($0, first) } ?? false }
    }

    /// Layers are compared by digests; equality of paths is cheap enough.
    private static func isSame(_ a: Node, _ b: Node) -> Bool {
        if case .layer(let a) = a, case .layer(let b) = b { return a.id == b.id && a == b }
        return a == b
    }

    /// Puts instructions of several moments side by side; nil when their order changes.
    static func align(_ moments: [[Node]]) -> [Track]? {
        let keys = moments.map(Key.keys)
        if keys.dropFirst().allSatisfy({ $0 == keys[0] }) {
            return keys[0].indices.map { index in Track(nodes: moments.map { $0[index] }) }
        }
        var order = keys[0]
        for list in keys.dropFirst() {
            let known = Set(order)
            var place = 0
            for key in list {
                if known.contains(key) {
                    guard let found = order[place...].firstIndex(of: key) else { return nil }
                    place = found + 1
                } else {
                    order.insert(key, at: place)
                    place += 1
                }
            }
        }
        var tracks = order.map { _ in Track(nodes: Array(repeating: nil, count: moments.count)) }
        for (moment, list) in keys.enumerated() {
            var place = 0
            for (index, key) in list.enumerated() {
                while order[place] != key { place += 1 }
                tracks[place].nodes[moment] = moments[moment][index]
            }
        }
        return tracks
    }

    /// What makes instructions of two moments the same thing.
    enum Key: Hashable {
        case layer(LayerID, Int)
        case leaf(UInt8, Int)

        static func keys(of nodes: [Node]) -> [Key] {
            var counts = [0, 0, 0, 0, 0]
            var layers: [LayerID: Int] = [:]
            return nodes.map { node in
                let kind: Int
                switch node {
                case .layer(let layer):
                    defer { layers[layer.id, default: 0] += 1 }
                    return .layer(layer.id, layers[layer.id] ?? 0)
                case .path: kind = 0
                case .glyphs: kind = 1
                case .image: kind = 2
                case .video: kind = 3
                case .accumulate: kind = 4
                }
                defer { counts[kind] += 1 }
                return .leaf(UInt8(kind), counts[kind])
            }
        }
    }
}

/// How far things move, in pixels of the canvas.
enum Movement {
    /// A way that is as long as any: nothing tells how long it is.
    private static let unknown = 64.0

    /// The longest way of anything from moment to moment, all of them together.
    static func distance(_ moments: [[Node]], under matrix: Matrix3) -> Double {
        zip(moments, moments.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1, matrix) }
    }

    /// The way of one thing over the given moments; what comes or goes does not move.
    static func distance(_ nodes: ArraySlice<Node?>, under matrix: Matrix3) -> Double {
        zip(nodes, nodes.dropFirst()).reduce(0) { sum, pair in
            guard let from = pair.0, let to = pair.1 else { return sum }
            return sum + distance(from, to, matrix)
        }
    }

    private static func distance(_ from: [Node], _ to: [Node], _ matrix: Matrix3) -> Double {
        let (fromKeys, toKeys) = (Track.Key.keys(of: from), Track.Key.keys(of: to))
        if fromKeys == toKeys { return zip(from, to).reduce(0) { max($0, distance($1.0, $1.1, matrix)) } }
        let partners = Dictionary(zip(fromKeys, from), uniquingKeysWith: { first, _ in first })
        return zip(toKeys, to).reduce(0) { longest, node in
            partners[node.0].map { max(longest, distance($0, node.1, matrix)) } ?? longest
        }
    }

    private static func distance(_ from: Node, _ to: Node, _ matrix: Matrix3) -> Double {
        switch (from, to) {
        case (.layer(let from), .layer(let to)):
            if from == to { return 0 }
            let (before, after) = (matrix * from.matrix, matrix * to.matrix)
            let inside =
                from.content == to.content ? 0 : distance(from.content.nodes, to.content.nodes, after)
            if from.opacity == 0 || to.opacity == 0 { return 0 }
            return (before == after ? 0 : distance(of: to.content.bounds.rect, before, after)) + inside
        case (.path(let from), .path(let to)):
            guard from.path.verbs == to.path.verbs else { return 0 }
            return distance(from.path.coordinates, to.path.coordinates) * magnification(matrix)
        case (.glyphs(let from), .glyphs(let to)):
            guard from.run.font == to.run.font, from.run.glyphs.map(\.id) == to.run.glyphs.map(\.id) else { return 0 }
            let ways = zip(from.run.glyphs, to.run.glyphs).map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }
            return Fixed.pixels(ways.max() ?? 0) * magnification(matrix)
        case (.image(let from), .image(let to)): return distance(from.target, to.target) * magnification(matrix)
        case (.video(let from), .video(let to)): return distance(from.target, to.target) * magnification(matrix)
        case (.accumulate(let from), .accumulate(let to)):
            return zip(from.samples, to.samples).reduce(0) {
                max($0, distance($1.0.content.nodes, $1.1.content.nodes, matrix))
            }
        default: return 0
        }
    }

    /// The longest way of a corner.
    private static func distance(of rect: Rect, _ before: Matrix3, _ after: Matrix3) -> Double {
        guard let from = before.corners(of: rect), let to = after.corners(of: rect) else { return unknown }
        return zip(from, to).reduce(0) { longest, corners in
            let (x, y) = (corners.0.x - corners.1.x, corners.0.y - corners.1.y)
            return max(longest, (x * x + y * y).squareRoot())
        }
    }

    private static func distance(_ from: [Int32], _ to: [Int32]) -> Double {
        Fixed.pixels(zip(from, to).reduce(0) { max($0, abs($1.0 &- $1.1)) })
    }

    private static func distance(_ from: FixedRect, _ to: FixedRect) -> Double {
        distance(
            [from.x, from.y, from.x + from.width, from.y + from.height],
            [to.x, to.y, to.x + to.width, to.y + to.height])
    }

    private static func magnification(_ matrix: Matrix3) -> Double {
        max(abs(matrix.m11) + abs(matrix.m12), abs(matrix.m21) + abs(matrix.m22))
    }
}
