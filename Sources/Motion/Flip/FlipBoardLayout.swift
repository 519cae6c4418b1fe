package import Drawing

/// Where the parts of a board stand: fixed by the format alone, so that no number ever moves another part.
package struct FlipBoardLayout: Hashable, Sendable {
    /// Where a board stands in a box that is wider.
    package enum Alignment: String, Hashable, Sendable, CaseIterable {
        case left
        case center
        case right
    }

    /// Cards of the whole part.
    package let card: FlapGeometry
    /// Cards of the fraction.
    package let smallCard: FlapGeometry
    /// Pixels between two cards.
    package let gap: Double
    /// Width of a separator, between the gaps on its sides.
    package let separator: Double
    /// Width of what is printed on the left, with its gap.
    package let prefix: Double
    /// Width of what is printed on the right, with its gap.
    package let suffix: Double
    /// How the number stands on the board.
    package let format: CounterFormat

    /// Makes a layout.
    package init(
        card: FlapGeometry, fractionScale: Double, gap: Double, separator: Double, prefix: Double, suffix: Double,
        format: CounterFormat
    ) {
        self.card = card
        smallCard =
            fractionScale < 1
            ? FlapGeometry(
                width: card.width * fractionScale, height: card.height * fractionScale,
                radius: card.radius * fractionScale)
            : card
        self.gap = gap.rounded()
        self.separator = separator.rounded()
        (self.prefix, self.suffix) = (prefix.rounded(.up), suffix.rounded(.up))
        self.format = format
    }

    /// The card at a place.
    package func card(_ place: Int) -> FlapGeometry { place < format.fraction ? smallCard : card }

    /// From the board's right end to the right side of the card at `place`.
    package func offset(_ place: Int) -> Double {
        var offset = suffix
        for right in 0..<place {
            offset += card(right).width + gap
            if format.separator(before: right + 1) != nil { offset += separator }
        }
        return offset
    }

    /// The width of a board of so many places, which may lie between two.
    package func width(columns: Double) -> Double {
        let low = max(1, Int(columns.rounded(.down)))
        let part = columns - Double(low)
        let narrow = offset(low - 1) + card(low - 1).width
        let extra = part > 0 ? offset(low) + card(low).width - narrow : 0
        return prefix + narrow + extra * part
    }

    /// The upper left corner of a card on a board whose right end is at `right`.
    package func origin(_ place: Int, right: Double) -> Point {
        let geometry = card(place)
        // Fractions stand on the same lower edge.
        return Point(x: right - offset(place) - geometry.width, y: card.height - geometry.height)
    }
}
