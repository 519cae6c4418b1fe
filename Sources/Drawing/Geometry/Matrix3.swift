/// A projective transformation of the plane: `[x y 1]` to `[X/W Y/W]` by three rows.
///
/// `X = m11 x + m12 y + m13`, `Y = m21 x + m22 y + m23`, `W = m31 x + m32 y + m33`, y down.
public struct Matrix3: Hashable, Sendable {
    /// First row.
    public var m11, m12, m13: Double
    /// Second row.
    public var m21, m22, m23: Double
    /// Third row: perspective.
    public var m31, m32, m33: Double

    /// No change.
    public static let identity = Matrix3(m11: 1, m12: 0, m13: 0, m21: 0, m22: 1, m23: 0, m31: 0, m32: 0, m33: 1)

    /// Makes a matrix from its entries, row by row.
    public init(
        m11: Double, m12: Double, m13: Double, m21: Double, m22: Double, m23: Double, m31: Double, m32: Double,
        m33: Double
    ) {
        (self.m11, self.m12, self.m13) = (m11, m12, m13)
        (self.m21, self.m22, self.m23) = (m21, m22, m23)
        (self.m31, self.m32, self.m33) = (m31, m32, m33)
    }

    /// A move by whole or broken pixels.
    public static func translation(x: Double, y: Double) -> Matrix3 {
        Matrix3(m11: 1, m12: 0, m13: x, m21: 0, m22: 1, m23: y, m31: 0, m32: 0, m33: 1)
    }

    /// A scaling about the origin.
    public static func scale(x: Double, y: Double) -> Matrix3 {
        Matrix3(m11: x, m12: 0, m13: 0, m21: 0, m22: y, m23: 0, m31: 0, m32: 0, m33: 1)
    }

    /// A rotation about the origin by `radians`, clockwise on screen, with the portable sine and cosine.
    public static func rotation(_ radians: Double) -> Matrix3 {
        let (sine, cosine) = PortableMath.sinCos(radians)
        return Matrix3(m11: cosine, m12: -sine, m13: 0, m21: sine, m22: cosine, m23: 0, m31: 0, m32: 0, m33: 1)
    }

    /// `b` first, then `a`.
    public static func * (a: Matrix3, b: Matrix3) -> Matrix3 {
        Matrix3(
            m11: a.m11 * b.m11 + a.m12 * b.m21 + a.m13 * b.m31, m12: a.m11 * b.m12 + a.m12 * b.m22 + a.m13 * b.m32,
            m13: a.m11 * b.m13 + a.m12 * b.m23 + a.m13 * b.m33, m21: a.m21 * b.m11 + a.m22 * b.m21 + a.m23 * b.m31,
            m22: a.m21 * b.m12 + a.m22 * b.m22 + a.m23 * b.m32, m23: a.m21 * b.m13 + a.m22 * b.m23 + a.m23 * b.m33,
            m31: a.m31 * b.m11 + a.m32 * b.m21 + a.m33 * b.m31, m32: a.m31 * b.m12 + a.m32 * b.m22 + a.m33 * b.m32,
            m33: a.m31 * b.m13 + a.m32 * b.m23 + a.m33 * b.m33)
    }

    /// True when there is no perspective.
    public var isAffine: Bool { m31 == 0 && m32 == 0 && m33 == 1 }

    /// True when it only moves.
    public var isTranslation: Bool { isAffine && m11 == 1 && m12 == 0 && m21 == 0 && m22 == 1 }

    /// The image of a point, or nil when it lies on or behind the eye plane (`W` at most 1e-6).
    public func apply(_ point: Point) -> Point? {
        let w = m31 * point.x + m32 * point.y + m33
        guard w > 1e-6 else { return nil }
        return Point(
            x: (m11 * point.x + m12 * point.y + m13) / w, y: (m21 * point.x + m22 * point.y + m23) / w)
    }

    /// The images of the corners of `rect`, clockwise from the upper left, or nil when one is behind the eye.
    public func corners(of rect: Rect) -> [Point]? {
        var result: [Point] = []
        result.reserveCapacity(4)
        for corner in [
            Point(x: rect.x, y: rect.y), Point(x: rect.maxX, y: rect.y), Point(x: rect.maxX, y: rect.maxY),
            Point(x: rect.x, y: rect.maxY),
        ] {
            guard let image = apply(corner) else { return nil }
            result.append(image)
        }
        return result
    }

    /// The smallest rectangle around the image of `rect`, or nil when a corner is behind the eye (unbounded).
    public func bounds(of rect: Rect) -> Rect? {
        guard let a = apply(Point(x: rect.x, y: rect.y)), let b = apply(Point(x: rect.maxX, y: rect.y)),
            let c = apply(Point(x: rect.maxX, y: rect.maxY)), let d = apply(Point(x: rect.x, y: rect.maxY))
        else { return nil }
        let (left, top) = (min(min(a.x, b.x), min(c.x, d.x)), min(min(a.y, b.y), min(c.y, d.y)))
        let (right, bottom) = (max(max(a.x, b.x), max(c.x, d.x)), max(max(a.y, b.y), max(c.y, d.y)))
        return Rect(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// The determinant; zero when the plane collapses to a line.
    public var determinant: Double {
        m11 * (m22 * m33 - m23 * m32) - m12 * (m21 * m33 - m23 * m31) + m13 * (m21 * m32 - m22 * m31)
    }

    /// The inverse, or nil when the determinant is 0 or not finite.
    public var inverse: Matrix3? {
        let d = determinant
        guard d != 0, d.isFinite else { return nil }
        return Matrix3(
            m11: (m22 * m33 - m23 * m32) / d, m12: (m13 * m32 - m12 * m33) / d, m13: (m12 * m23 - m13 * m22) / d,
            m21: (m23 * m31 - m21 * m33) / d, m22: (m11 * m33 - m13 * m31) / d, m23: (m13 * m21 - m11 * m23) / d,
            m31: (m21 * m32 - m22 * m31) / d, m32: (m12 * m31 - m11 * m32) / d, m33: (m11 * m22 - m12 * m21) / d)
    }

    /// Rounded to the grid of the display list: linear entries to 2^-20, moves to 1/64 px, perspective to 2^-30.
    ///
    /// The entries are first divided by `m33` so that equal mappings become equal matrices. At 2048 px from the origin
    /// the rounding moves a point by less than 1/500 px beside the 1/128 px of the move itself.
    public var quantised: Matrix3 {
        let w = m33 == 0 ? 1 : m33
        func grid(_ value: Double, _ steps: Double) -> Double {
            let rounded = (value / w * steps).rounded(.toNearestOrEven) / steps
            return rounded == 0 ? 0 : rounded
        }
        let (linear, move, perspective) = (1_048_576.0, 64.0, 1_073_741_824.0)
        return Matrix3(
            m11: grid(m11, linear), m12: grid(m12, linear), m13: grid(m13, move), m21: grid(m21, linear),
            m22: grid(m22, linear), m23: grid(m23, move), m31: grid(m31, perspective), m32: grid(m32, perspective),
            m33: m33 == 0 ? 0 : 1)
    }
}
