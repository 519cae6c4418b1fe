/// A half-open stretch of shop time: `from` belongs to it, `to` does not.
///
/// ```swift
/// let day = try Period("2026-11-11..2026-11-11")   // the whole day, both ends Beijing dates
/// ```
public struct Period: Hashable, Sendable {
    /// First instant of the period.
    public let from: Instant
    /// First instant after the period.
    public let to: Instant

    /// A period between two instants.
    ///
    /// Throws a usage error when it would be empty or run backwards.
    public init(from: Instant, to: Instant) throws(OrdersError) {
        guard from < to else {
            throw OrdersError(
                kind: .usage, what: "the period ends (\(to.text)) at or before its start (\(from.text))",
                remedy: "write FROM..TO with the earlier instant first; a date as TO includes its whole day")
        }
        self.from = from
        self.to = to
    }

    /// Reads `FROM..TO` or one date; a date as TO, or alone, includes its whole day.
    ///
    /// Throws a usage error for anything that is not two instants (see ``Instant/init(_:)``) in order.
    public init(_ text: String) throws(OrdersError) {
        guard let (first, last) = Period.split(text), let from = Period.parse(first), let to = Period.parse(last),
            !last.isEmpty
        else {
            throw OrdersError(
                kind: .usage, what: "“\(text)” is not a period",
                remedy: "write FROM..TO, such as 2026-11-11..2026-11-11 or \"2026-11-10 20:00..2026-11-11 24:00\"")
        }
        let end =
            to.isDateOnly ? to.instant.adding(microseconds: Instant.microsecondsPerDay) : to.instant
        try self.init(from: from.instant, to: end)
    }

    /// Whether an instant belongs to the period.
    public func contains(_ instant: Instant) -> Bool {
        from <= instant && instant < to
    }

    /// The last second of the period, as disclosures print it (`2026-11-11 23:59:59`).
    public var lastSecond: Instant {
        to.adding(microseconds: -1)
    }

    private static func parse(_ text: String) -> Instant.Parsed? {
        var copy = text
        return copy.withUTF8 { Instant.parse($0) }
    }

    /// The two halves around the only `..`; a lone date stands for itself twice.
    private static func split(_ text: String) -> (String, String)? {
        let bytes = Array(text.utf8)
        let dot = UInt8(ascii: ".")
        guard bytes.count >= 2 else { return nil }
        for index in 0..<(bytes.count - 1) where bytes[index] == dot && bytes[index + 1] == dot {
            return (
                String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[(index + 2)...], as: UTF8.self)
            )
        }
        guard parse(text)?.isDateOnly == true else { return nil }
        return (text, text)
    }
}
