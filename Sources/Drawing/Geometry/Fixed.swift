/// Geometry on the 1/64 px grid of the display list.
public enum Fixed {
    /// Steps in a pixel.
    public static let one: Int32 = 64

    /// The grid step nearest to a length in pixels, halves to even; lengths beyond +-2^24 px (and NaN as 0) are cut.
    public static func steps(_ pixels: Double) -> Int32 {
        guard !pixels.isNaN else { return 0 }
        return Int32((max(-16_777_216, min(16_777_216, pixels)) * 64).rounded(.toNearestOrEven))
    }

    /// Pixels from grid steps.
    public static func pixels(_ steps: Int32) -> Double { Double(steps) / 64 }
}
