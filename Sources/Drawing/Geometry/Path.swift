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
        var horizontal = true
        for value in other.coordinates {
            coordinates.append(value &+ (horizontal ? offsetX : offsetY))
            horizontal.toggle()
        }
    }

    /// The smallest rectangle around all points, control points included, in pixels.
    public var bounds: Rect {
        guard coordinates.count >= 2 else { return .zero }
        var (left, top, right, bottom) = (Int32.max, Int32.max, Int32.min, Int32.min)
        var index = 0
        while index + 1 < coordinates.count {
            left = min(left, coordinates[index])
            right = max(right, coordinates[index])
            top = min(top, coordinates[index + 1])
            bottom = max(bottom, coordinates[index + 1])
            index += 2
        }
        return Rect(
            x: Fixed.pixels(left), y: Fixed.pixels(top), width: Fixed.pixels(right) - Fixed.pixels(left),
            height: Fixed.pixels(bottom) - Fixed.pixels(top))
    }

    private mutating func append(_ verb: Verb, _ point: Point) {
        verbs.append(verb)
        append(point)
    }

    private mutating func append(_ point: Point) {
        coordinates.append(Fixed.steps(point.x))
        coordinates.append(Fixed.steps(point.y))
    }
}
