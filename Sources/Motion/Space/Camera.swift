package import Drawing

/// The one eye of a canvas: on the axis through `center`, `distance` pixels before the plane z = 0, looking straight at it.
///
/// What lies in the plane z = 0 is drawn as it is; a point at depth z is drawn `distance / (distance - z)` times as far
/// from the centre.
package struct Camera: Hashable, Sendable {
    /// Where the axis meets the canvas, in canvas pixels.
    package let center: Point
    /// Pixels from the eye to the plane z = 0; positive.
    package let distance: Double

    package init(center: Point, distance: Double) {
        (self.center, self.distance) = (center, max(1, distance))
    }

    /// The projection of the plane z = 0 of a space at `model`: its pixels to canvas pixels.
    package func project(_ model: Matrix4) -> Matrix3 {
        if let flat = model.flat { return flat }
        let (x, y, o) = (model.xAxis, model.yAxis, model.origin)
        // W = 1 - z / distance; X = center.x W + (x - center.x).
        let (wx, wy, w) = (-x.z / distance, -y.z / distance, 1 - o.z / distance)
        return Matrix3(
            m11: x.x + center.x * wx, m12: y.x + center.x * wy, m13: o.x - center.x + center.x * w,
            m21: x.y + center.y * wx, m22: y.y + center.y * wy, m23: o.y - center.y + center.y * w, m31: wx, m32: wy,
            m33: w)
    }

    /// True when the eye sees the front of the plane z = 0 of a space at `model`.
    package func facesFront(_ model: Matrix4) -> Bool {
        let (x, y) = (model.xAxis, model.yAxis)
        let normal = SIMD3(x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x)
        let toEye = SIMD3(center.x, center.y, distance) - model.origin
        return (normal * toEye).sum() > 0
    }

    /// How far from the eye a point is: larger is farther. For ordering siblings.
    package func depth(_ point: SIMD3<Double>) -> Double {
        let offset = point - SIMD3(center.x, center.y, distance)
        return (offset * offset).sum()
    }
}

/// The canvas camera as an element sees it that lies somewhere in space: places parts of the element in its own pixels.
///
/// An element's content is drawn flat and then placed by `placement`; a part that stands out of the element's plane
/// (a flap of a board) gets the matrix that, after the placement, makes it appear where the one camera sees it.
package struct LocalView: Sendable {
    /// The canvas camera.
    package let camera: Camera
    /// Element space to canvas space.
    package let model: Matrix4
    /// Element pixels to canvas pixels: `camera.project(model)`.
    package let placement: Matrix3
    private let inverse: Matrix3?

    package init(camera: Camera, model: Matrix4) {
        self.camera = camera
        self.model = model
        placement = camera.project(model)
        inverse = placement.isTranslation ? nil : placement.inverse
    }

    /// The pixels of a part (its plane z = 0) to the element's pixels, as the canvas camera sees them.
    package func project(_ part: Matrix4) -> Matrix3 {
        if let flat = part.flat { return flat }
        let onCanvas = camera.project(model * part)
        if placement.isTranslation {
            return .translation(x: -placement.m13, y: -placement.m23) * onCanvas
        }
        guard let inverse else { return part.flat ?? .identity }
        return inverse * onCanvas
    }

    /// True when the eye sees the front of a part.
    package func facesFront(_ part: Matrix4) -> Bool { camera.facesFront(model * part) }

    /// How far from the eye a point of the element is: larger is farther.
    package func depth(_ point: SIMD3<Double>) -> Double { camera.depth(model.apply(point)) }
}
