/// What one card of a drum shows.
package struct FlapFace: Hashable, Sendable {
    /// The place of the glyph on the drum from 0, or one of the special cards below.
    package let glyph: Int16
    /// How far the glyph is smeared by the drum's speed: 0 is sharp, 3 shows no glyph in particular.
    package let smear: UInt8

    /// The card without print: a leading place that is not used yet.
    package static let blank = FlapFace(glyph: -1)
    /// The minus sign, shown in the leading place before the first digit.
    package static let minus = FlapFace(glyph: -2)
    /// A drum that runs too fast to be read.
    package static let blurred = FlapFace(glyph: -3, smear: 3)

    /// Makes a face.
    package init(glyph: Int16, smear: UInt8 = 0) {
        (self.glyph, self.smear) = (glyph, smear)
    }

    /// The place on the drum; the special cards hang where 0 does.
    package var position: Int { max(0, Int(glyph)) }
    /// True when it says nothing but what is meant.
    package var isSharp: Bool { smear == 0 }
}
