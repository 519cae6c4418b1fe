package import Drawing

/// How a number stands on the wheels of an odometer; always rounded towards zero.
package struct OdometerFormat: Hashable, Sendable {
    /// Places that are always there, decimals included.
    package let places: Int
    /// Decimals; 0 where a unit abbreviates.
    package let decimals: Int
    /// Whether the numbers are fen, shown as yuan.
    package let isMoney: Bool
    /// How large numbers are abbreviated.
    package let unit: CounterFormat.Unit
    /// Whether places left of the number show zeros.
    package let showsZeros: Bool
    /// Whether commas part groups of three.
    package let groups: Bool

    package init(
        places: Int, decimals: Int, isMoney: Bool, unit: CounterFormat.Unit, showsZeros: Bool, groups: Bool
    ) {
        self.decimals = unit == .none && isMoney ? max(0, min(2, decimals)) : 0
        self.places = max(1 + self.decimals, min(15, places))
        (self.isMoney, self.unit, self.showsZeros, self.groups) = (isMoney, unit, showsZeros, groups)
    }

    /// What the wheels stand at: a number of the smallest place, with the part of a turn behind the point.
    package struct Reading: Hashable, Sendable {
        /// Never negative.
        package let number: Double
        package let isNegative: Bool
        /// Decimals of the number.
        package let decimals: Int
        /// 0 none, 1 万, 2 亿.
        package let unit: Int
    }

    /// The reading of a gliding number at a moment.
    package func reading(of glide: NumberGlide, at time: FrameTime, in tracks: [MeasureTrack]) -> Reading {
        let fen: Int64 = isMoney ? 100 : 1
        guard unit == .automatic else {
            let divisor: Int64 = isMoney ? (decimals == 2 ? 1 : decimals == 1 ? 10 : 100) : 1
            return Self.reading(glide.value(at: time, in: tracks) { $0 / divisor }, decimals: decimals, unit: 0)
        }
        let whole = glide.value(at: time, in: tracks) { $0 / fen }
        guard abs(whole) >= 10_000 else { return Self.reading(whole, decimals: 0, unit: 0) }
        let isLarge = abs(whole) >= 100_000_000
        let divisor = fen * (isLarge ? 10_000_000 : 1000)
        // Where the unit has just come, the mean of the rounded values may still be below its first number.
        let tenths = max(10, abs(glide.value(at: time, in: tracks) { $0 / divisor }))
        return Self.reading(whole < 0 ? -tenths : tenths, decimals: 1, unit: isLarge ? 2 : 1)
    }

    private static func reading(_ number: Double, decimals: Int, unit: Int) -> Reading {
        Reading(number: abs(number), isNegative: number < 0, decimals: decimals, unit: unit)
    }
}

/// Where the wheels of an odometer stand for a number.
package enum OdometerWheels {
    /// How often each wheel has turned since 0, in places, from the lowest wheel up; at least `count` wheels.
    ///
    /// The lowest wheel turns evenly. Each other one stands still until the one below passes from 9 to 0, and turns with it, so that the
    /// wheels of a whole number all stand straight.
    package static func turns(_ number: Double, count: Int) -> [Double] {
        var turns: [Double] = []
        turns.reserveCapacity(count)
        var power = 1.0
        var carry = number - number.rounded(.down)
        for _ in 0..<count {
            let whole = (number / power).rounded(.down)
            turns.append(whole + carry)
            // The digit of this wheel is 9 and on its way to 0: the next one goes along.
            let digit = whole - (whole / 10).rounded(.down) * 10
            carry = digit == 9 ? carry : 0
            power *= 10
        }
        return turns
    }

    /// How much of the wheel at a place is there: 0 left of the number, 1 in it, in between while it rolls in.
    package static func presence(_ place: Int, _ number: Double) -> Double {
        var power = 1.0
        for _ in 0..<place { power *= 10 }
        return max(0, min(1, number - (power - 1)))
    }

    /// Wheels that a number needs, the one that rolls in included.
    package static func count(_ number: Double) -> Int {
        var (count, power) = (1, 10.0)
        while number > power - 1, count < 18 {
            count += 1
            power *= 10
        }
        return count
    }
}
