/// The part of a frame that differs from another frame: a few rectangles of whole pixels that do not overlap.
///
/// It may be larger than the difference, never smaller.
public struct Damage: Hashable, Sendable {
    /// Non-empty rectangles; no two share a pixel.
    public private(set) var rects: [PixelRect]
    /// No difference.
    public static let none = Damage(rects: [])

    /// The most rectangles that are kept apart.
    public static let limit = 16
    /// What one more rectangle costs, in pixels drawn: two are merged when that wastes less.
    private static let overhead = 4096

    private init(rects: [PixelRect]) { self.rects = rects }

    /// One rectangle, or none when it is empty.
    public init(_ rect: PixelRect) { rects = rect.isEmpty ? [] : [rect] }

    /// True when nothing differs.
    public var isEmpty: Bool { rects.isEmpty }
    /// Pixels inside.
    public var area: Int { rects.reduce(0) { $0 + $1.area } }
    /// The smallest rectangle around all.
    public var bounds: PixelRect { rects.reduce(.zero) { $0.union($1) } }

    /// Adds a rectangle, and merges it with those that it overlaps or that are cheaper together.
    public mutating func add(_ rect: PixelRect) {
        guard !rect.isEmpty else { return }
        var new = rect
        var index = 0
        while index < rects.count {
            let old = rects[index]
            if old.contains(new) { return }
            let union = old.union(new)
            if old.intersects(new) || union.area <= old.area + new.area + Self.overhead {
                new = union
                rects.remove(at: index)
                index = 0
            } else {
                index += 1
            }
        }
        rects.append(new)
        if rects.count > Self.limit { mergeCheapest() }
    }

    /// Adds all of another damage.
    public mutating func formUnion(_ other: Damage) { for rect in other.rects { add(rect) } }

    /// What lies inside `bounds`.
    public func clipped(to bounds: PixelRect) -> Damage {
        if rects.allSatisfy({ bounds.contains($0) && !$0.isEmpty }) { return self }
        return Damage(rects: rects.map { $0.intersection(bounds) }.filter { !$0.isEmpty })
    }

    /// True when a pixel of `rect` is inside.
    public func intersects(_ rect: PixelRect) -> Bool { rects.contains { $0.intersects(rect) } }

    private mutating func mergeCheapest() {
        var best = (waste: Int.max, first: 0, second: 1)
        for first in rects.indices {
            for second in rects.indices where second > first {
                let waste = rects[first].union(rects[second]).area - rects[first].area - rects[second].area
                if waste < best.waste { best = (waste, first, second) }
            }
        }
        let union = rects[best.first].union(rects[best.second])
        rects.remove(at: best.second)
        rects.remove(at: best.first)
        add(union)
    }
}
