/// How the time that is left is written.
///
/// The rule is one for all formats: rounded up to the smallest unit shown, so that the last second stands until the end
/// is reached, and 0 shows exactly from then on.
package enum CountdownFormat: String, Hashable, Sendable, CaseIterable {
    /// `03:15:08`; hours go on beyond 99.
    case hours = "HH:MM:SS"
    /// `15:08`; minutes go on beyond 99.
    case minutes = "MM:SS"
    /// `15:08.25`; minutes go on beyond 99.
    case centiseconds = "MM:SS.cc"
    /// `2天 03:15:08`.
    case days = "D HH:MM:SS"
    /// `08`.
    case seconds = "SS"

    /// What one place of the display shows.
    package enum Slot: Hashable, Sendable {
        /// A figure.
        case digit(Int)
        /// A sign between figures.
        case sign(String)
    }

    /// Microseconds of the smallest unit shown.
    package var unit: Int64 { self == .centiseconds ? 10_000 : 1_000_000 }

    /// Whole units that are left, rounded up; never negative.
    package func units(left microseconds: Int64) -> Int64 {
        guard microseconds > 0 else { return 0 }
        return (microseconds - 1) / unit + 1
    }

    /// The places for so many units, with at least `leading` figures in the largest part.
    package func slots(_ units: Int64, leading: Int) -> [Slot] {
        var slots: [Slot] = []
        slots.reserveCapacity(12)
        func add(_ value: Int64, _ count: Int) {
            var (figures, power): (Int, Int64) = (1, 1)
            while figures < count || value / power >= 10 {
                power *= 10
                figures += 1
            }
            while power > 0 {
                slots.append(.digit(Int(value / power % 10)))
                power /= 10
            }
        }
        let seconds = units / (self == .centiseconds ? 100 : 1)
        switch self {
        case .hours:
            add(seconds / 3600, max(2, leading))
            slots.append(.sign(":"))
            add(seconds / 60 % 60, 2)
            slots.append(.sign(":"))
            add(seconds % 60, 2)
        case .minutes, .centiseconds:
            add(seconds / 60, max(2, leading))
            slots.append(.sign(":"))
            add(seconds % 60, 2)
            guard self == .centiseconds else { break }
            slots.append(.sign("."))
            add(units % 100, 2)
        case .days:
            add(seconds / 86400, max(1, leading))
            slots.append(.sign("天"))
            add(seconds / 3600 % 24, 2)
            slots.append(.sign(":"))
            add(seconds / 60 % 60, 2)
            slots.append(.sign(":"))
            add(seconds % 60, 2)
        case .seconds: add(seconds, max(2, leading))
        }
        return slots
    }

    /// Figures in the largest part for so many units.
    package func leading(_ units: Int64) -> Int {
        let signs = slots(units, leading: 0)
        return signs.firstIndex { if case .sign = $0 { true } else { false } } ?? signs.count
    }

    /// The places as text.
    package func text(_ units: Int64, leading: Int) -> String {
        slots(units, leading: leading).reduce(into: "") { text, slot in
            switch slot {
            case .digit(let digit): text += String(digit)
            case .sign(let sign): text += sign == "天" ? "天 " : sign
            }
        }
    }
}
