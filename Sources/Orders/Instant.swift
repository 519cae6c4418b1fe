/// A moment, as whole microseconds since 1970-01-01 00:00 UTC; its calendar is Beijing's (UTC+8, no summer time since 1991).
///
/// ```swift
/// let sale = Instant("2026-11-11 24:00")   // 2026-11-12 00:00 in Beijing
/// sale?.text                               // "2026-11-12 00:00:00"
/// ```
public struct Instant: Comparable, Hashable, Sendable {
    /// Microseconds since 1970-01-01 00:00 UTC.
    public let microseconds: Int64

    /// An instant from microseconds since 1970-01-01 00:00 UTC.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// An instant from whole seconds since 1970-01-01 00:00 UTC; absurd values clamp to the ends of time.
    public init(unixSeconds: Int64) {
        let (product, overflow) = unixSeconds.multipliedReportingOverflow(by: 1_000_000)
        microseconds = overflow ? (unixSeconds < 0 ? .min : .max) : product
    }

    /// The Beijing wall time of a calendar date; hour 24 is midnight at the day's end.
    ///
    /// Nil when a component is out of its range or the year is outside 1970...2199.
    public init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
    ) {
        self.init(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond,
            offsetMinutes: Instant.beijingOffsetMinutes)
    }

    init?(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int, offsetMinutes: Int
    ) {
        guard (1970...2199).contains(year), (1...12).contains(month),
            day >= 1, day <= Instant.dayCount(year: year, month: month),
            (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond), (-14 * 60...14 * 60).contains(offsetMinutes),
            hour < 24 || (minute == 0 && second == 0 && microsecond == 0)
        else { return nil }
        let days = Instant.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute - offsetMinutes) * 60 + second
        // Whatever the offset: the Beijing date must be one that can be written and read again.
        let beijing = seconds + Instant.beijingOffsetMinutes * 60
        guard beijing >= 0, beijing < Instant.daysSinceEpoch(year: 2200, month: 1, day: 1) * 86_400 else { return nil }
        microseconds = Int64(seconds) * 1_000_000 + Int64(microsecond)
    }

    /// Orders instants by time.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// This instant moved by a number of microseconds; clamps at the ends of time.
    public func adding(microseconds delta: Int64) -> Instant {
        let (sum, overflow) = microseconds.addingReportingOverflow(delta)
        return Instant(microseconds: overflow ? (delta < 0 ? .min : .max) : sum)
    }

    static let beijingOffsetMinutes = 8 * 60
    static let microsecondsPerDay: Int64 = 86_400_000_000

    static func isLeap(_ year: Int) -> Bool {
        (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    }

    static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
