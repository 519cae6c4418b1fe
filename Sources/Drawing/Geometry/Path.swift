/// An outline of lines and Bézier curves on the 1/64 px grid, y down.
///
/// ```swift
/// var path = Path()
/// path.move(to: Point(x: 0, y: 0))
/// path.line(to: Point(x: 10, y: 0))
/// path.close()
/// ```
public struct Path: Hashable, Sendable {
    /// What a step of the outline does, and how many points it takes.
    public enum Verb: UInt8, Hashable, Sendable {
        /// Starts a contour: one point.
        case move
        /// A straight line: one point.
        case line
        /// A quadratic curve: control, end.
        case quad
        /// A cubic curve: control, control, end.
        case cubic
        /// Back to the start of the contour: no point.
        case close
    }

    /// The steps in order.
    public private(set) var verbs: [Verb] = []
    /// The points of all steps: x, y alternating, 1/64 px.
    public private(set) var coordinates: [Int32] = []
    /// The smallest and the largest coordinates: asked for in every frame, so kept while points are added.
    private var (left, top, right, bottom) = (Int32.max, Int32.max, Int32.min, Int32.min)

    /// Makes an empty outline.
    public init() {}

    /// True when there is nothing to draw.
    public var isEmpty: Bool { verbs.isEmpty }

    /// Starts a contour.
    public mutating func move(to point: Point) { append(.move, point) }

    /// Draws a straight line.
    public mutating func line(to point: Point) { append(.line, point) }

    /// Draws a quadratic curve.
    public mutating func quad(_ control: Point, to point: Point) {
        append(.quad, control)
        append(point)
    }

    /// Draws a cubic curve.
    public mutating func cubic(_ first: Point, _ second: Point, to point: Point) {
        append(.cubic, first)
        append(second)
        append(point)
    }

    /// Closes the contour.
    public mutating func close() { verbs.append(.close) }

    /// Adds all of another outline, moved by whole grid steps.
    public mutating func append(_ other: Path, offsetX: Int32 = 0, offsetY: Int32 = 0) {
        verbs.append(contentsOf: other.verbs)
        coordinates.reserveCapacity(coordinates.count + other.coordinates.count)
        for index in stride(from: 0, to: other.coordinates.count - 1, by: 2) {
            append(x: other.coordinates[index] &+ offsetX, y: other.coordinates[index + 1] &+ offsetY)
        }
    }

    /// The smallest rectangle around all points, control points included, in pixels.
    public var bounds: Rect {
        guard !coordinates.isEmpty else { return .zero }
        return Rect(
            x: Fixed.pixels(left), y: Fixed.pixels(top), width: Fixed.pixels(right) - Fixed.pixels(left),
            height: Fixed.pixels(bottom) - Fixed.pixels(top))
    }

    private mutating func append(_ verb: Verb, _ point: Point) {
        verbs.append(verb)
        append(point)
    }

    private mutating func append(_ point: Point) { append(x: Fixed.steps(point.x), y: Fixed.steps(point.y)) }

    private mutating func append(x: Int32, y: Int32) {
        coordinates.append(x)
        coordinates.append(y)
        (left, right) = (min(left, x), max(right, x))
        (top, bottom) = (min(top, y), max(bottom, y))
    }
}

extension Path {
    /// Equal when all steps and points are.
    public static func == (a: Path, b: Path) -> Bool { a.coordinates == b.coordinates && a.verbs == b.verbs }

    /// Feeds how many there are, and the points at both ends: long outlines are looked up in every frame.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(verbs.count)
        hasher.combine(coordinates.count)
        for value in coordinates.prefix(8) { hasher.combine(value) }
        for value in coordinates.suffix(8) { hasher.combine(value) }
    }
}
