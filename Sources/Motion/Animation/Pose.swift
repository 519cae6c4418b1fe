package import Drawing

/// How an element stands at a moment, beside its place in the template: what animations add to it.
package struct Pose: Hashable, Sendable {
    /// Added to the position, in output pixels.
    package var offset = Point.zero
    /// Multiplies the scale.
    package var scale = 1.0
    /// Added to the rotation about x, radians.
    package var rotationX = 0.0
    /// Added to the rotation about y, radians.
    package var rotationY = 0.0
    /// Added to the rotation about z, radians.
    package var rotationZ = 0.0
    /// Multiplies the opacity.
    package var opacity = 1.0

    /// Nothing added.
    package static let rest = Pose()

    package init() {}

    /// One pose on top of another.
    package mutating func add(_ other: Pose) {
        offset = offset + other.offset
        scale *= other.scale
        rotationX += other.rotationX
        rotationY += other.rotationY
        rotationZ += other.rotationZ
        opacity *= other.opacity
    }
}
