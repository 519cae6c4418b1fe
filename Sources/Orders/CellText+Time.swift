/// What comes first in a date that ends with its year, such as 11/12/2026.
public enum DateOrder: String, Hashable, Sendable, CaseIterable {
    /// The day: 11 December.
    case dayFirst = "dmy"
    /// The month: 12 November.
    case monthFirst = "mdy"
}

/// What is known of the dates of a file that end with their year.
struct DateReading {
    /// What the user, or a date whose day is above 12, said.
    var order: DateOrder?
    /// Row and field of the first date that could be read both ways before `order` was known.
    var ambiguous: (row: Int, field: OrderField)?
    /// Whether such a date was read in the meantime, so that the file must be read again.
    var mustReadAgain: Bool { ambiguous != nil && order != nil }
}

extension CellText {
    /// A moment, nil when the cell is empty or `0`.
    ///
    /// Forms: ISO 8601, `2026-11-11 20:00:03`, `2026/9/2 0:54`, `24:00`, unix seconds or milliseconds (told by magnitude), `20261111200003`,
    /// Excel's serial days since 1900, and dates that end with their year in the order of `dates`.
    /// `zone` are the minutes east of UTC of a time that does not name its zone; with `is1904` serial days count since 1904.
    func instant(
        _ field: OrderField, row: Int, zone: Int, is1904: Bool, dates: inout DateReading
    ) throws(CellFault) -> Int64? {
        if bytes.isEmpty { return nil }
        if let fast = CellText.wallTime(bytes, zone: zone) { return fast }
        if bytes.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }),
            let number = numericTime(zone: zone, is1904: is1904)
        {
            return number == .min ? nil : number
        }
        if let parsed = Instant.parse(bytes, zone: zone), !parsed.isDateOnly { return parsed.instant.microseconds }
        guard let (first, second, make) = Instant.parseTrailingYear(bytes, zone: zone) else {
            throw CellFault(shape: shape, hint: "write times as 2026-11-11 20:00:03")
        }
        let told: DateOrder? = first > 12 ? .dayFirst : second > 12 ? .monthFirst : nil
        if let told {
            if dates.order == nil { dates.order = told }
            guard dates.order == told else {
                throw CellFault(
                    shape: "a day and month the other way round than elsewhere in the file",
                    hint: "write times as 2026-11-11 20:00:03, or correct --date-order")
            }
        } else if dates.order == nil, first != second, dates.ambiguous == nil {
            dates.ambiguous = (row, field)
        }
        let isDayFirst = dates.order == .dayFirst
        guard let instant = make(isDayFirst ? second : first, isDayFirst ? first : second) else {
            throw CellFault(shape: shape, hint: "write times as 2026-11-11 20:00:03")
        }
        return instant.microseconds
    }

    /// From 1899-12-30, day 0 of most workbooks, to 1904-01-01, day 0 of the others.
    private static let daysTo1904: Int64 = 1462

    /// Digits and at most one point as a time: `.min` for zero, nil when they are none.
    private func numericTime(zone: Int, is1904: Bool) -> Int64? {
        let point = bytes.firstIndex(of: UInt8(ascii: "."))
        var whole: Int64 = 0
        for byte in bytes[..<(point ?? bytes.count)].prefix(18) { whole = whole * 10 + Int64(byte &- 0x30) }
        if let point {
            guard point == 5, bytes.count > point + 1, !bytes[(point + 1)...].contains(UInt8(ascii: ".")) else {
                return nil
            }
        }
        let day = is1904 ? whole + CellText.daysTo1904 : whole
        switch point ?? bytes.count {
        case 1 where whole == 0: return .min
        case 5 where (36_526...73_050).contains(day):
            // Days since 1899-12-30, from 2000 on; the time of day is a fraction that is exact to the second at best.
            var fraction = 0.0
            var weight = 0.1
            for byte in bytes.dropFirst(6).prefix(15) {
                fraction += Double(byte &- 0x30) * weight
                weight /= 10
            }
            let seconds = Int64((fraction * 86_400).rounded())
            return ((day - 25_569) * 86_400 - Int64(zone) * 60 + seconds) * 1_000_000
        case 10 where (1_000_000_000..<4_102_444_800).contains(whole): return whole * 1_000_000
        case 13 where (1_000_000_000_000..<4_102_444_800_000).contains(whole): return whole * 1000
        case 14:
            func part(_ divisor: Int64, _ modulus: Int64) -> Int { Int(whole / divisor % modulus) }
            return Instant(
                year: part(10_000_000_000, 10_000), month: part(100_000_000, 100), day: part(1_000_000, 100),
                hour: part(10_000, 100), minute: part(100, 100), second: part(1, 100), microsecond: 0,
                offsetMinutes: zone)?.microseconds
        default: return nil
        }
    }

    /// `YYYY-MM-DD HH:mm:ss`, the form of nearly every cell.
    private static func wallTime(_ bytes: UnsafeBufferPointer<UInt8>, zone: Int) -> Int64? {
        guard bytes.count == 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x20, bytes[13] == 0x3A,
            bytes[16] == 0x3A
        else { return nil }
        func digits(_ index: Int) -> Int {
            let high = bytes[index] &- 0x30
            let low = bytes[index + 1] &- 0x30
            // A value no date has makes the general parser look again.
            return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : 1_000_000
        }
        return Instant(
            year: digits(0) * 100 + digits(2), month: digits(5), day: digits(8), hour: digits(11), minute: digits(14),
            second: digits(17), microsecond: 0, offsetMinutes: zone)?.microseconds
    }
}
