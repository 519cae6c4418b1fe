/// The measures of a style's face at the style's size, in pixels.
public struct FontMetrics: Hashable, Sendable {
    /// From the baseline up to what the font calls its ascent.
    public let ascent: Double
    /// From the baseline down to what the font calls its descent.
    public let descent: Double
    /// The height of capitals; figures of display faces have the same.
    public let capHeight: Double
    /// The height of small letters without ascenders.
    public let xHeight: Double
    /// The widest advance of the figures 0 to 9, without letter spacing.
    public let digitWidth: Double
    /// True when all ten figures have that advance.
    public let digitsAreTabular: Bool
    /// The family that was found, by its English name.
    public let family: String
    /// The weight that was found, which is not always the one asked for.
    public let weight: Int
}
