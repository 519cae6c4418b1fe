/// A rectangle of whole pixels; half open.
public struct PixelRect: Hashable, Sendable {
    /// The leftmost column.
    public var x: Int
    /// The uppermost row.
    public var y: Int
    /// Columns; not negative.
    public var width: Int
    /// Rows; not negative.
    public var height: Int
    /// Nothing.
    public static let zero = PixelRect(x: 0, y: 0, width: 0, height: 0)

    /// Makes a rectangle.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// One past the rightmost column.
    public var maxX: Int { x + width }
    /// One past the lowest row.
    public var maxY: Int { y + height }
    /// Pixels inside.
    public var area: Int { width * height }
    /// True when no pixel is inside.
    public var isEmpty: Bool { width == 0 || height == 0 }

    /// What both cover.
    public func intersection(_ other: PixelRect) -> PixelRect {
        let (left, top) = (max(x, other.x), max(y, other.y))
        let (right, bottom) = (min(maxX, other.maxX), min(maxY, other.maxY))
        return right > left && bottom > top
            ? PixelRect(x: left, y: top, width: right - left, height: bottom - top) : .zero
    }

    /// The smallest rectangle that holds both; an empty one does not count.
    public func union(_ other: PixelRect) -> PixelRect {
        if isEmpty { return other }
        if other.isEmpty { return self }
        let (left, top) = (min(x, other.x), min(y, other.y))
        return PixelRect(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// True when a pixel is in both.
    public func intersects(_ other: PixelRect) -> Bool { !intersection(other).isEmpty }

    /// True when every pixel of `other` is inside.
    public func contains(_ other: PixelRect) -> Bool { other.isEmpty || intersection(other) == other }

    /// Grown by whole pixels on every side.
    public func outsetBy(_ margin: Int) -> PixelRect {
        isEmpty ? self : PixelRect(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    /// The same area as a rectangle of real coordinates.
    public var rect: Rect { Rect(x: Double(x), y: Double(y), width: Double(width), height: Double(height)) }
}
