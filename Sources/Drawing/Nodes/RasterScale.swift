/// Raster pixels to a layer pixel, from a geometric ladder with four steps to an octave.
///
/// A content that grows or shrinks a little keeps its step, so that it is not drawn again for every frame.
public struct RasterScale: Hashable, Sendable {
    /// Quarter octaves above (or below) one to one; -16...16.
    public let step: Int8
    /// One to one.
    public static let one = RasterScale(step: 0)

    /// Makes a scale; the step is cut to -16...16.
    public init(step: Int8) { self.step = max(-16, min(16, step)) }

    /// The lowest step that is not below `magnification` by more than 1 %.
    public init(covering magnification: Double) {
        var step: Int8 = -16
        while step < 16, RasterScale(step: step).factor < magnification * 0.99 { step += 1 }
        self.step = step
    }

    /// 2 to the power of `step / 4`.
    public var factor: Double {
        let quarters: (Double, Double, Double, Double) = (
            1, 1.189_207_115_002_721, 1.414_213_562_373_095_1, 1.681_792_830_507_429
        )
        let octave = Int(step) >> 2
        let base = Double(sign: .plus, exponent: octave, significand: 1)
        switch Int(step) & 3 {
        case 0: return base * quarters.0
        case 1: return base * quarters.1
        case 2: return base * quarters.2
        default: return base * quarters.3
        }
    }
}
