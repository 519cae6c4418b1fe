package import Drawing

/// An affine transformation of space, x right, y down, z towards the viewer, in pixels: three rows of four.
package struct Matrix4: Hashable, Sendable {
    /// Image of the x axis.
    package var xAxis: SIMD3<Double>
    /// Image of the y axis.
    package var yAxis: SIMD3<Double>
    /// Image of the z axis.
    package var zAxis: SIMD3<Double>
    /// Image of the origin.
    package var origin: SIMD3<Double>

    /// No change.
    package static let identity = Matrix4(
        xAxis: SIMD3(1, 0, 0), yAxis: SIMD3(0, 1, 0), zAxis: SIMD3(0, 0, 1), origin: SIMD3(0, 0, 0))

    package init(xAxis: SIMD3<Double>, yAxis: SIMD3<Double>, zAxis: SIMD3<Double>, origin: SIMD3<Double>) {
        (self.xAxis, self.yAxis, self.zAxis, self.origin) = (xAxis, yAxis, zAxis, origin)
    }

    /// A move.
    package static func translation(x: Double, y: Double, z: Double = 0) -> Matrix4 {
        Matrix4(xAxis: SIMD3(1, 0, 0), yAxis: SIMD3(0, 1, 0), zAxis: SIMD3(0, 0, 1), origin: SIMD3(x, y, z))
    }

    /// A scaling about the origin.
    package static func scale(x: Double, y: Double, z: Double = 1) -> Matrix4 {
        Matrix4(xAxis: SIMD3(x, 0, 0), yAxis: SIMD3(0, y, 0), zAxis: SIMD3(0, 0, z), origin: .zero)
    }

    /// A rotation about the x axis: a positive angle tips the upper edge away from the viewer.
    package static func rotationX(_ radians: Double) -> Matrix4 {
        let (s, c) = PortableMath.sinCos(radians)
        return Matrix4(xAxis: SIMD3(1, 0, 0), yAxis: SIMD3(0, c, s), zAxis: SIMD3(0, -s, c), origin: .zero)
    }

    /// A rotation about the y axis: a positive angle turns the right edge away from the viewer.
    package static func rotationY(_ radians: Double) -> Matrix4 {
        let (s, c) = PortableMath.sinCos(radians)
        return Matrix4(xAxis: SIMD3(c, 0, -s), yAxis: SIMD3(0, 1, 0), zAxis: SIMD3(s, 0, c), origin: .zero)
    }

    /// A rotation about the z axis, clockwise on screen.
    package static func rotationZ(_ radians: Double) -> Matrix4 {
        let (s, c) = PortableMath.sinCos(radians)
        return Matrix4(xAxis: SIMD3(c, s, 0), yAxis: SIMD3(-s, c, 0), zAxis: SIMD3(0, 0, 1), origin: .zero)
    }

    /// The image of a point.
    package func apply(_ point: SIMD3<Double>) -> SIMD3<Double> {
        xAxis * point.x + yAxis * point.y + zAxis * point.z + origin
    }

    /// `b` first, then `a`.
    package static func * (a: Matrix4, b: Matrix4) -> Matrix4 {
        func turn(_ v: SIMD3<Double>) -> SIMD3<Double> { a.xAxis * v.x + a.yAxis * v.y + a.zAxis * v.z }
        return Matrix4(
            xAxis: turn(b.xAxis), yAxis: turn(b.yAxis), zAxis: turn(b.zAxis), origin: turn(b.origin) + a.origin)
    }

    /// The transformation of the plane, when points with z = 0 stay there and x, y do not depend on z; else nil.
    package var flat: Matrix3? {
        guard xAxis.z == 0, yAxis.z == 0, origin.z == 0 else { return nil }
        return Matrix3(
            m11: xAxis.x, m12: yAxis.x, m13: origin.x, m21: xAxis.y, m22: yAxis.y, m23: origin.y, m31: 0, m32: 0,
            m33: 1)
    }
}
