/// What a shape is filled with.
public enum Paint: Hashable, Sendable {
    /// One colour.
    case solid(Color)
    /// A transition between colours.
    case gradient(Gradient)
}

/// A linear or radial transition; positions are in the pixels of the content that the shape is in.
public struct Gradient: Hashable, Sendable {
    /// The form of the transition. All lengths are 1/64 px.
    public enum Geometry: Hashable, Sendable {
        /// Along the line from the first point to the second.
        case linear(x0: Int32, y0: Int32, x1: Int32, y1: Int32)
        /// From the centre out to an ellipse with two radii.
        case radial(x: Int32, y: Int32, radiusX: Int32, radiusY: Int32)
    }

    /// A colour at a place.
    public struct Stop: Hashable, Sendable {
        /// 0 at the start, 65535 at the end.
        public let position: UInt16
        /// Mixed on premultiplied values between stops.
        public let color: Color

        /// Makes a stop; `position` is cut to 0...1.
        public init(_ position: Double, _ color: Color) {
            self.position = UInt16((max(0, min(1, position.isNaN ? 0 : position)) * 65535).rounded())
            self.color = color
        }
    }

    /// The form.
    public let geometry: Geometry
    /// At least one stop, in order of position; before the first and after the last the colour stays.
    public let stops: [Stop]

    /// A transition from one point to another.
    public static func linear(from start: Point, to end: Point, stops: [Stop]) -> Gradient {
        Gradient(
            geometry: .linear(
                x0: Fixed.steps(start.x), y0: Fixed.steps(start.y), x1: Fixed.steps(end.x), y1: Fixed.steps(end.y)),
            stops: stops)
    }

    /// A transition from a centre to an ellipse.
    public static func radial(center: Point, radiusX: Double, radiusY: Double, stops: [Stop]) -> Gradient {
        Gradient(
            geometry: .radial(
                x: Fixed.steps(center.x), y: Fixed.steps(center.y), radiusX: Fixed.steps(radiusX),
                radiusY: Fixed.steps(radiusY)), stops: stops)
    }

    /// Makes a gradient; `stops` must not be empty and is sorted by position (stable).
    public init(geometry: Geometry, stops: [Stop]) {
        precondition(!stops.isEmpty, "a gradient needs a stop")
        self.geometry = geometry
        self.stops = stops.enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }.map(\.element)
    }
}

/// How a line along an outline is drawn. Lengths are 1/64 px.
public struct Stroke: Hashable, Sendable {
    /// How two segments meet.
    public enum Join: UInt8, Hashable, Sendable {
        /// Round corners.
        case round
        /// Sharp corners, cut beyond four widths.
        case miter
        /// Flat corners.
        case bevel
    }

    /// How an open line ends.
    public enum Cap: UInt8, Hashable, Sendable {
        /// Flat, at the end point.
        case butt
        /// A half circle beyond the end point.
        case round
    }

    /// The width of the line.
    public let width: Int32
    /// How segments meet.
    public let join: Join
    /// How open lines end.
    public let cap: Cap

    /// Makes a stroke of `width` pixels.
    public init(width: Double, join: Join = .round, cap: Cap = .butt) {
        self.width = max(0, Fixed.steps(width))
        self.join = join
        self.cap = cap
    }
}

/// How a shape is turned into coverage.
public enum DrawStyle: Hashable, Sendable {
    /// All inside, where the winding number is not zero.
    case fill
    /// All inside, where the number of crossings is odd.
    case fillEvenOdd
    /// A line along the outline.
    case stroke(Stroke)
}
