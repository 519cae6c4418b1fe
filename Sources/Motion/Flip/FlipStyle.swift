package import Drawing

/// The material of a board: colours and light. Lengths follow from the size of the cards.
package struct FlipStyle: Hashable, Sendable {
    /// The card's own colour, as it looks in full light.
    package var card: Color
    /// The print at the upper end of a glyph.
    package var digit: Color
    /// The print at its lower end.
    package var digitLow: Color
    /// What lies behind the cards.
    package var housing: Color
    /// The pins of the hinge.
    package var pin: Color
    /// Signs, separators and units that are printed on the housing or beside it.
    package var print: Color
    /// How strongly edges catch light, 0...1.
    package var gloss: Double

    /// Makes a material.
    package init(
        card: Color, digit: Color, digitLow: Color, housing: Color, pin: Color, print: Color, gloss: Double
    ) {
        (self.card, self.digit, self.digitLow, self.housing) = (card, digit, digitLow, housing)
        (self.pin, self.print, self.gloss) = (pin, print, gloss)
    }

    /// The materials by name, in the order of documentation.
    package static let presets: [(name: String, style: FlipStyle)] = [
        ("midnight", midnight), ("ivory", ivory), ("festive", festive), ("gold", gold),
    ]

    /// Anthracite cards, warm white print.
    package static let midnight = FlipStyle(
        card: Color(red: 44, green: 47, blue: 54), digit: Color(red: 255, green: 250, blue: 240),
        digitLow: Color(red: 226, green: 219, blue: 205), housing: Color(red: 12, green: 13, blue: 16),
        pin: Color(red: 150, green: 153, blue: 160), print: Color(red: 240, green: 234, blue: 222), gloss: 0.6)
    /// Ivory cards, ink print.
    package static let ivory = FlipStyle(
        card: Color(red: 245, green: 239, blue: 225), digit: Color(red: 38, green: 33, blue: 29),
        digitLow: Color(red: 20, green: 17, blue: 15), housing: Color(red: 70, green: 58, blue: 46),
        pin: Color(red: 186, green: 160, blue: 112), print: Color(red: 58, green: 48, blue: 38), gloss: 0.9)
    /// Lacquer red cards, gilt print.
    package static let festive = FlipStyle(
        card: Color(red: 190, green: 22, blue: 34), digit: Color(red: 255, green: 241, blue: 200),
        digitLow: Color(red: 246, green: 197, blue: 99), housing: Color(red: 66, green: 4, blue: 12),
        pin: Color(red: 240, green: 196, blue: 106), print: Color(red: 255, green: 226, blue: 158), gloss: 0.8)
    /// Brushed gold cards, deep red print.
    package static let gold = FlipStyle(
        card: Color(red: 244, green: 208, blue: 132), digit: Color(red: 150, green: 14, blue: 24),
        digitLow: Color(red: 104, green: 6, blue: 16), housing: Color(red: 84, green: 40, blue: 10),
        pin: Color(red: 255, green: 236, blue: 190), print: Color(red: 255, green: 232, blue: 176), gloss: 1)
}

/// The measures of one card in output pixels.
package struct FlapGeometry: Hashable, Sendable {
    /// Card width, a whole number.
    package let width: Double
    /// Card height, a whole even number: the hinge lies between two rows of pixels.
    package let height: Double
    /// Radius of the outer corners.
    package let radius: Double

    /// Makes a card; lengths are rounded to what draws sharply.
    package init(width: Double, height: Double, radius: Double? = nil) {
        self.width = max(8, width.rounded())
        self.height = max(8, (height / 2).rounded() * 2)
        self.radius = min(radius ?? self.height * 0.06, self.width / 4)
    }

    /// The hinge, from the upper edge.
    package var hinge: Double { height / 2 }
    /// Half the gap between the leaves.
    package var gap: Double { max(0.75, height * 0.0055) }
    /// Thickness of a leaf.
    package var thickness: Double { max(1, height * 0.014) }
    /// The notch at the hinge that leaves room for the pin.
    package var notch: Size { Size(width: max(2, width * 0.045), height: max(2, height * 0.036)) }
    /// The width of a hairline of light.
    package var hairline: Double { max(1, height * 0.0065) }
}
