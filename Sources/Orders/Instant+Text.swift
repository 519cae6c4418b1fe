extension Instant {
    /// Reads ISO 8601 with offset, or a Beijing wall time.
    ///
    /// Accepted: `2026-11-11T20:00:03+08:00`, `…Z`, fractions to the microsecond, `2026-11-11 20:00:03`, `2026/9/2 0:54`,
    /// `2026.11.11`, `2026-11-11` (its midnight) and `24:00` (midnight at the day's end). Surrounding spaces are ignored.
    /// Nil for anything else.
    public init?(_ text: String) {
        var copy = text
        guard let parsed = copy.withUTF8({ Instant.parse($0)?.instant }) else { return nil }
        self = parsed
    }

    /// Beijing wall time to the second: `2026-11-11 23:59:59`.
    public var text: String {
        let time = calendar
        return dateText(time, separator: "-")
            + " \(Self.padded(time.hour)):\(Self.padded(time.minute)):\(Self.padded(time.second))"
    }

    /// Beijing date: `2026-11-11`.
    public var dateText: String {
        dateText(calendar, separator: "-")
    }

    /// ISO 8601 with Beijing's offset, `2026-11-11T20:00:03+08:00`; a fraction of six digits only when there is one.
    public var isoText: String {
        var bytes: [UInt8] = []
        appendISO(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``isoText``, digit by digit: a log has one for every event.
    func appendISO(to bytes: inout [UInt8]) {
        let time = calendar
        func append(_ value: Int, _ width: Int, _ mark: Unicode.Scalar? = nil) {
            if let mark { bytes.append(UInt8(ascii: mark)) }
            let start = bytes.count
            var rest = value
            for _ in 0..<width {
                bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            bytes[start...].reverse()
        }
        // Years of more than four digits, which only arithmetic makes, keep all of them.
        if (0...9999).contains(time.year) { append(time.year, 4) } else { bytes += Array(String(time.year).utf8) }
        append(time.month, 2, "-")
        append(time.day, 2, "-")
        append(time.hour, 2, "T")
        append(time.minute, 2, ":")
        append(time.second, 2, ":")
        if time.microsecond != 0 { append(time.microsecond, 6, ".") }
        bytes.append(contentsOf: "+08:00".utf8)
    }

    private func dateText(_ time: CalendarTime, separator: String) -> String {
        "\(Self.padded(time.year, width: 4))\(separator)\(Self.padded(time.month))\(separator)\(Self.padded(time.day))"
    }

    static func padded(_ value: Int, width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Instant {
    struct Parsed {
        let instant: Instant
        /// Whether the text gave only a date, which as the end of a period includes its whole day.
        let isDateOnly: Bool
    }

    /// Reads one instant from UTF-8 bytes; the grammar is `init(_:)`'s. `zone` is that of texts without one.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, zone: Int = beijingOffsetMinutes) -> Parsed? {
        var reader = DigitReader(bytes: bytes)
        reader.trim()
        guard let year = reader.number(digits: 4...4), let separator = reader.next(),
            separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") || separator == UInt8(ascii: "."),
            let month = reader.number(digits: 1...2), reader.skip(separator),
            let day = reader.number(digits: 1...2)
        else { return nil }
        if reader.isAtEnd {
            return Instant(year: year, month: month, day: day).map { Parsed(instant: $0, isDateOnly: true) }
        }
        return reader.time(year: year, month: month, day: day, zone: zone).map {
            Parsed(instant: $0, isDateOnly: false)
        }
    }

    /// Reads `11/12/2026 20:00:03`, `31.12.2026 8:03 PM`: two numbers, the year, and a time of day.
    ///
    /// Gives the two numbers and what makes an instant of them, since which is the day cannot be seen here.
    static func parseTrailingYear(
        _ bytes: UnsafeBufferPointer<UInt8>, zone: Int = beijingOffsetMinutes
    ) -> (first: Int, second: Int, make: (_ month: Int, _ day: Int) -> Instant?)? {
        var reader = DigitReader(bytes: bytes)
        reader.trim()
        guard let first = reader.number(digits: 1...2), let separator = reader.next(),
            separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") || separator == UInt8(ascii: "."),
            let second = reader.number(digits: 1...2), reader.skip(separator),
            let year = reader.number(digits: 4...4)
        else { return nil }
        let rest = reader
        return (
            first, second,
            { month, day in
                var reader = rest
                return reader.time(year: year, month: month, day: day, zone: zone)
            }
        )
    }
}

/// A cursor over ASCII digits and separators.
private struct DigitReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var end: Int

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        end = bytes.count
    }

    var isAtEnd: Bool { position == end }

    mutating func trim() {
        while position < end, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
        while end > position, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    }

    mutating func next() -> UInt8? {
        guard position < end else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func number(digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while position < end, count < digits.upperBound, bytes[position] &- 0x30 < 10 {
            value = value * 10 + Int(bytes[position] &- 0x30)
            position += 1
            count += 1
        }
        return count >= digits.lowerBound ? value : nil
    }

    /// Up to nine fraction digits; those below the microsecond are cut off.
    mutating func fraction() -> Int? {
        var value = 0
        var count = 0
        while position < end, count < 9, bytes[position] &- 0x30 < 10 {
            if count < 6 { value = value * 10 + Int(bytes[position] &- 0x30) }
            position += 1
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in 0..<max(0, 6 - count) { value *= 10 }
        return value
    }

    /// The rest of a date: ` 20:00`, `T20:00:03.5+08:00`, ` 8:03:05 PM`.
    mutating func time(year: Int, month: Int, day: Int, zone: Int) -> Instant? {
        if !skip(UInt8(ascii: "T")) {
            guard skip(UInt8(ascii: " ")) else { return nil }
            while skip(UInt8(ascii: " ")) {}
        }
        guard var hour = number(digits: 1...2), skip(UInt8(ascii: ":")), let minute = number(digits: 2...2) else {
            return nil
        }
        var second = 0
        var microsecond = 0
        if skip(UInt8(ascii: ":")) {
            guard let value = number(digits: 2...2) else { return nil }
            second = value
            if skip(UInt8(ascii: ".")) {
                guard let fraction = fraction() else { return nil }
                microsecond = fraction
            }
        }
        if let isAfternoon = halfOfDay() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard let offset = offset(zone), isAtEnd else { return nil }
        return Instant(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond,
            offsetMinutes: offset)
    }

    /// Whether ` PM` stands here rather than ` AM`; nil for neither.
    private mutating func halfOfDay() -> Bool? {
        let start = position
        while skip(UInt8(ascii: " ")) {}
        if end - position >= 2, bytes[position + 1] | 0x20 == UInt8(ascii: "m") {
            let letter = bytes[position] | 0x20
            if letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") {
                position += 2
                return letter == UInt8(ascii: "p")
            }
        }
        position = start
        return nil
    }

    /// Minutes east of UTC; `zone` when the text has none, nil when it is malformed.
    mutating func offset(_ zone: Int) -> Int? {
        if isAtEnd { return zone }
        if skip(UInt8(ascii: "Z")) { return 0 }
        if skip(UInt8(ascii: " ")) {}
        let sign: Int
        if skip(UInt8(ascii: "+")) {
            sign = 1
        } else if skip(UInt8(ascii: "-")) {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(digits: 2...2) else { return nil }
        let hasColon = skip(UInt8(ascii: ":"))
        if !hasColon, isAtEnd { return sign * hours * 60 }
        guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
