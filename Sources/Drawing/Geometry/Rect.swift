/// An axis-aligned rectangle in pixels, y down; half open.
public struct Rect: Hashable, Sendable {
    /// The left edge.
    public var x: Double
    /// The upper edge.
    public var y: Double
    /// The extent to the right; not negative.
    public var width: Double
    /// The extent down; not negative.
    public var height: Double
    /// Nothing, at the origin.
    public static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

    /// Makes a rectangle.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The right edge.
    public var maxX: Double { x + width }
    /// The lower edge.
    public var maxY: Double { y + height }
    /// The centre.
    public var center: Point { Point(x: x + width / 2, y: y + height / 2) }
    /// True when no point is inside.
    public var isEmpty: Bool { width <= 0 || height <= 0 }

    /// True when all edges lie between pixels.
    public var isWhole: Bool {
        x == x.rounded() && y == y.rounded() && width == width.rounded() && height == height.rounded()
    }

    /// The smallest rectangle that holds both; an empty one does not count.
    public func union(_ other: Rect) -> Rect {
        if isEmpty { return other }
        if other.isEmpty { return self }
        let (left, top) = (min(x, other.x), min(y, other.y))
        return Rect(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// Moved out by `margin` on every side (in, when negative; never below nothing).
    public func insetBy(_ margin: Double) -> Rect {
        Rect(x: x + margin, y: y + margin, width: max(0, width - 2 * margin), height: max(0, height - 2 * margin))
    }

    /// Moved by a vector.
    public func offsetBy(x dx: Double, y dy: Double) -> Rect {
        Rect(x: x + dx, y: y + dy, width: width, height: height)
    }

    /// The smallest whole-pixel rectangle around it; edges that are not finite or very far are cut at +-2^20.
    public var enclosing: PixelRect {
        func whole(_ value: Double) -> Int { Int(max(-1_048_576, min(1_048_576, value.isNaN ? 0 : value))) }
        if isEmpty { return .zero }
        let (left, top) = (whole(x.rounded(.down)), whole(y.rounded(.down)))
        return PixelRect(
            x: left, y: top, width: whole(maxX.rounded(.up)) - left, height: whole(maxY.rounded(.up)) - top)
    }
}
