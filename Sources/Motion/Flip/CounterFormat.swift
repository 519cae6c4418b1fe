/// How a number stands on a board: which card each place shows.
///
/// Places are counted from the right, from 0. All numbers are rounded towards zero: a board never claims more than there
/// is.
package struct CounterFormat: Hashable, Sendable {
    /// What places show that are left of the number.
    package enum Leading: String, Hashable, Sendable, CaseIterable {
        /// A card without print.
        case blank
        /// The glyph of zero.
        case zero
        /// Not even a card.
        case hidden
    }

    /// How large numbers are abbreviated.
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        /// Not at all.
        case none
        /// From 10,000 as tenths of 万, from 100,000,000 as tenths of 亿; the unit is a card of its own.
        ///
        /// The decimal stays when it is 0, unlike in running text: a place of a board does not come and go with each tenth.
        case automatic
    }

    /// Places that are always there.
    package let places: Int
    /// Places after the point.
    package let fraction: Int
    /// Decimal digits of the value that stand for parts of one: 2 for fen shown as yuan.
    package let valueFraction: Int
    /// Digits between two separators; 0 for none.
    package let grouping: Int
    /// What stands left of the number.
    package let leading: Leading
    /// How large numbers are abbreviated.
    package let unit: Unit
    /// Glyphs on the drum of one place: the base of the number.
    package let base: Int

    /// Makes a format; numbers that make no sense together are cut to ones that do.
    ///
    /// A base other than ten has neither fraction nor unit.
    package init(
        places: Int = 1, fraction: Int = 0, valueFraction: Int = 0, grouping: Int = 0, leading: Leading = .blank,
        unit: Unit = .none, base: Int = 10
    ) {
        self.base = max(2, min(4096, base))
        let isDecimal = self.base == 10
        self.unit = isDecimal ? unit : .none
        self.fraction = isDecimal && unit == .none ? max(0, min(6, fraction)) : 0
        self.valueFraction = isDecimal ? max(0, min(6, valueFraction)) : 0
        self.places = max(self.fraction + 1, min(18, places))
        self.grouping = self.unit == .none ? max(0, min(6, grouping)) : 0
        self.leading = leading
    }

    /// What a value reads as.
    package func reading(of value: Int64) -> CounterReading {
        let magnitude = value.magnitude
        let whole = magnitude / Self.power(10, valueFraction)
        if unit == .automatic, whole >= 10_000 {
            let isLarge = whole >= 100_000_000
            let tenths = whole / (isLarge ? 10_000_000 : 1_000)
            return CounterReading(
                isNegative: value < 0, digits: tenths, unit: isLarge ? 2 : 1, significant: Self.count(tenths, base: 10) + 1)
        }
        // Only as many digits as fit: 18 places hold every value but the largest, which then keep their lowest digits.
        let digits: UInt64 =
            valueFraction >= fraction
            ? magnitude / Self.power(10, valueFraction - fraction)
            : magnitude.multipliedReportingOverflow(by: Self.power(10, fraction - valueFraction)).partialValue
        return CounterReading(
            isNegative: value < 0 && digits > 0, digits: digits, unit: 0,
            significant: max(fraction + 1, Self.count(digits, base: UInt64(base))))
    }

    /// Places that a reading needs, its sign included.
    package func needed(_ reading: CounterReading) -> Int {
        max(places, reading.significant + (reading.isNegative ? 1 : 0))
    }

    /// The card at `place` on a board of `columns` places.
    package func face(_ place: Int, of reading: CounterReading, columns: Int) -> FlapFace {
        var place = place
        if reading.unit > 0 {
            if place == 0 { return reading.unit == 1 ? .tenThousands : .hundredMillions }
            if place < reading.significant { place -= 1 }
        }
        if place < reading.significant {
            return FlapFace(glyph: Int16(reading.digits / Self.power(UInt64(base), place) % UInt64(base)))
        }
        if reading.isNegative, place == (leading == .zero ? columns - 1 : reading.significant) { return .minus }
        return leading == .zero && unit == .none ? FlapFace(glyph: 0) : .blank
    }

    /// How far the drum at `place` has turned in all, in cards: what tells a fast digit from a slow one.
    package func turns(_ place: Int, of reading: CounterReading) -> Int64 {
        let place = reading.unit > 0 ? place - 1 : place
        return place < 0 ? 0 : Int64(clamping: reading.digits / Self.power(UInt64(base), place))
    }

    /// What stands between `place` and the place right of it, if anything ever does.
    package func separator(before place: Int) -> CounterSeparator? {
        if unit == .automatic { return place == 2 ? .point : nil }
        if place == fraction, fraction > 0 { return .point }
        let integer = place - fraction
        return grouping > 0 && integer > 0 && integer % grouping == 0 ? .comma : nil
    }

    /// True when the separator right of `place` is printed with this reading.
    package func shows(separatorBefore place: Int, of reading: CounterReading) -> Bool {
        if unit == .automatic { return place == 2 && reading.unit > 0 }
        if place == fraction { return fraction > 0 }
        return leading == .zero || place < reading.significant
    }

    /// True when `place` has a card with this reading.
    package func shows(_ place: Int, of reading: CounterReading) -> Bool {
        leading != .hidden || place < reading.significant + (reading.isNegative ? 1 : 0)
    }

    private static func power(_ base: UInt64, _ exponent: Int) -> UInt64 {
        var result: UInt64 = 1
        for _ in 0..<max(0, exponent) {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            if overflow { return .max }
            result = product
        }
        return result
    }

    private static func count(_ value: UInt64, base: UInt64) -> Int {
        var (rest, count) = (value / base, 1)
        while rest > 0 {
            rest /= base
            count += 1
        }
        return count
    }
}

/// What is printed on the board between two cards.
package enum CounterSeparator: String, Hashable, Sendable {
    /// Between groups of digits.
    case comma
    /// Before the fraction.
    case point
}

/// A value as digits.
package struct CounterReading: Hashable, Sendable {
    /// True below zero, as far as the digits show it.
    package let isNegative: Bool
    /// All digits as one whole number in the format's base.
    package let digits: UInt64
    /// 0 none, 1 万, 2 亿.
    package let unit: Int
    /// Places with a digit or a unit.
    package let significant: Int
}

extension FlapFace {
    /// The card 万.
    package static let tenThousands = FlapFace(glyph: -4)
    /// The card 亿.
    package static let hundredMillions = FlapFace(glyph: -5)
}
