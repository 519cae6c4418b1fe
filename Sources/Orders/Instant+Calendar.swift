/// The Beijing calendar date and wall time of an instant.
public struct CalendarTime: Hashable, Sendable {
    /// Year, such as 2026.
    public let year: Int
    /// Month, 1...12.
    public let month: Int
    /// Day of the month, 1...31.
    public let day: Int
    /// Hour, 0...23.
    public let hour: Int
    /// Minute, 0...59.
    public let minute: Int
    /// Second, 0...59.
    public let second: Int
    /// Microsecond, 0...999,999.
    public let microsecond: Int
    /// Day of the week, 1 for Monday ... 7 for Sunday.
    public let weekday: Int
}

extension Instant {
    /// The Beijing day, counted from 1970-01-01.
    public var dayNumber: Int64 {
        let local = beijingMicroseconds
        return local >= 0
            ? local / Instant.microsecondsPerDay
            : -((-local + Instant.microsecondsPerDay - 1) / Instant.microsecondsPerDay)
    }

    /// Calendar date and wall time in Beijing (UTC+8).
    public var calendar: CalendarTime {
        let days = dayNumber
        let rest = beijingMicroseconds - days * Instant.microsecondsPerDay
        let seconds = Int(rest / 1_000_000)
        // Inverse of `daysSinceEpoch`, from the same source.
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return CalendarTime(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60,
            microsecond: Int(rest % 1_000_000),
            weekday: Int(((days + 3) % 7 + 7) % 7) + 1)
    }

    /// The start of this instant's Beijing day.
    public var startOfDay: Instant {
        Instant(microseconds: dayNumber * Instant.microsecondsPerDay - Instant.beijingOffsetMicroseconds)
    }

    private static let beijingOffsetMicroseconds = Int64(beijingOffsetMinutes) * 60_000_000

    /// Clamped away from the ends so that calendar arithmetic cannot overflow (the years ±290,000).
    private var beijingMicroseconds: Int64 {
        min(max(microseconds, .min / 2), .max / 2) + Instant.beijingOffsetMicroseconds
    }
}
