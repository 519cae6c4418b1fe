import Drawing

/// Where a layer's texture comes to lie: a property of the layer alone, so that no cache or damage can change it.
struct Placement {
    enum Kind {
        /// One to one; the upper left corner, and 1/256 px beyond it.
        case moved(x: Int, y: Int, fractionX: Int, fractionY: Int)
        /// By a matrix from texel coordinates to target pixels.
        case warped(Matrix3)
    }

    let kind: Kind

    /// The place of a texture over `bounds` (raster pixels of the layer).
    init(_ layer: Layer, bounds: PixelRect, on plane: Plane) {
        let raster = 1 / layer.scale.factor
        let matrix =
            Matrix3(
                m11: plane.factor, m12: 0, m13: plane.dx, m21: 0, m22: plane.factor, m23: plane.dy, m31: 0, m32: 0,
                m33: 1)
            * layer.matrix
            * Matrix3(
                m11: raster, m12: 0, m13: Double(bounds.x) * raster, m21: 0, m22: raster,
                m23: Double(bounds.y) * raster,
                m31: 0, m32: 0, m33: 1)
        let (width, height) = (Double(bounds.width), Double(bounds.height))
        // Less than 1/256 px off over the whole texture is the rounding of scale and matrix.
        let drift =
            max(abs(matrix.m11 - 1), abs(matrix.m21)) * width + max(abs(matrix.m12), abs(matrix.m22 - 1)) * height
        let isFlat = matrix.m31 == 0 && matrix.m32 == 0 && matrix.m33 == 1
        guard isFlat, drift < 1.0 / 256, abs(matrix.m13) < 1e6, abs(matrix.m23) < 1e6 else {
            kind = .warped(matrix)
            return
        }
        let (x, y) = (Int((matrix.m13 * 256).rounded()), Int((matrix.m23 * 256).rounded()))
        kind = .moved(x: x >> 8, y: y >> 8, fractionX: x & 255, fractionY: y & 255)
    }
}
