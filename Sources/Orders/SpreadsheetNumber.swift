/// A number of a workbook's cell, to be written as text: what a spreadsheet shows, in as many digits as it has.
///
/// Spreadsheets keep 15 significant digits and write up to 17: 28.9 may be stored as 28.899999999999999.
struct SpreadsheetNumber {
    private var digits: UInt64 = 0
    /// Power of ten of the last digit.
    private var exponent = 0
    private var isNegative = false
    private var isScientific = false

    static let digitLimit = 15

    /// Parses `-12.5`, `1.5E-3`; nil for anything else.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            isNegative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        var value: UInt64 = 0
        var kept = 0
        var count = 0
        var isFraction = false
        var isFirstDropped = true
        var roundsUp = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
                index += 1
                continue
            }
            let digit = byte &- 0x30
            guard digit < 10 else { break }
            count += 1
            if count > 400 { return nil }
            if kept == 0, digit == 0 {
                if isFraction { exponent -= 1 }
            } else if kept < SpreadsheetNumber.digitLimit {
                value = value * 10 + UInt64(digit)
                kept += 1
                if isFraction { exponent -= 1 }
            } else {
                if isFirstDropped { roundsUp = digit >= 5 }
                isFirstDropped = false
                if !isFraction { exponent += 1 }
            }
            index += 1
        }
        guard count > 0 else { return nil }
        if index < text.count {
            guard text[index] | 0x20 == UInt8(ascii: "e") else { return nil }
            isScientific = true
            index += 1
            var isDown = false
            if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
                isDown = text[index] == UInt8(ascii: "-")
                index += 1
            }
            guard index < text.count, text.count - index <= 4 else { return nil }
            var power = 0
            for byte in text[index...] {
                guard byte &- 0x30 < 10 else { return nil }
                power = power * 10 + Int(byte &- 0x30)
            }
            exponent += isDown ? -power : power
        }
        if roundsUp { value += 1 }
        digits = value
        while digits > 0, digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        if digits == 0 { exponent = 0 }
    }

    /// The number in plain digits. What has more than 15 before the point is written in scientific notation, as a spreadsheet
    /// shows it, and so is a whole number that the file has in that notation: whether all digits of an id are left is not known.
    func write(into room: inout CellRowBytes) {
        if isNegative, digits > 0 { room.append(UInt8(ascii: "-")) }
        var text = (0, 0, 0, 0) as (UInt64, UInt64, UInt64, UInt64)
        withUnsafeMutableBytes(of: &text) { buffer in
            var count = 0
            var rest = digits
            repeat {
                buffer[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                count += 1
            } while rest > 0
            // The digits stand last first.
            let whole = count + exponent
            if whole > SpreadsheetNumber.digitLimit || whole < -20 || (isScientific && exponent >= 0 && whole >= 8) {
                writeScientific(buffer, count: count, power: whole - 1, into: &room)
                return
            }
            if whole <= 0 {
                room.append(UInt8(ascii: "0"))
                room.append(UInt8(ascii: "."))
                for _ in whole..<0 { room.append(UInt8(ascii: "0")) }
            }
            for index in 0..<count {
                if index == whole, index > 0 { room.append(UInt8(ascii: ".")) }
                room.append(buffer[count - 1 - index])
            }
            for _ in count..<max(count, whole) { room.append(UInt8(ascii: "0")) }
        }
    }

    private func writeScientific(
        _ buffer: UnsafeMutableRawBufferPointer, count: Int, power: Int, into room: inout CellRowBytes
    ) {
        room.append(buffer[count - 1])
        room.append(UInt8(ascii: "."))
        for index in stride(from: count - 2, through: 0, by: -1) { room.append(buffer[index]) }
        if count == 1 { room.append(UInt8(ascii: "0")) }
        room.append(UInt8(ascii: "E"))
        room.append(UInt8(ascii: power < 0 ? "-" : "+"))
        for byte in String(abs(power)).utf8 { room.append(byte) }
    }

    /// The moment of a serial number as `2026-11-11 20:00:03` (rounded to seconds); false when it is none, and nothing is written.
    ///
    /// Excel's day 60 of 1900 is a 29 February that never was: days before it count from one day later.
    func writeMoment(is1904: Bool, into room: inout CellRowBytes) -> Bool {
        guard !isNegative, exponent >= -14 || digits == 0, exponent <= 7 else { return false }
        var scale: UInt64 = 1
        for _ in 0..<abs(min(exponent, 0)) { scale *= 10 }
        var value = digits
        for _ in 0..<max(exponent, 0) { value *= 10 }
        var day = value / scale
        guard day >= 1 || is1904, day < 3_000_000 else { return false }
        let (high, low) = (value % scale).multipliedFullWidth(by: 86_400)
        let (quotient, remainder) = scale.dividingFullWidth((high, low))
        var second = remainder * 2 >= scale ? quotient + 1 : quotient
        if second == 86_400 {
            second = 0
            day += 1
        }
        // Days from 1 March of the year 0 (Howard Hinnant's civil_from_days).
        let offset = is1904 ? 695_361 : day < 60 ? 693_900 : 693_899
        let days = Int(day) + offset
        let era = days / 146_097
        let inEra = days % 146_097
        let yearOfEra = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
        let dayOfYear = inEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        guard year < 10_000 else { return false }
        room.append(padded: year, width: 4)
        room.append(UInt8(ascii: "-"))
        room.append(padded: month, width: 2)
        room.append(UInt8(ascii: "-"))
        room.append(padded: dayOfYear - (153 * marchMonth + 2) / 5 + 1, width: 2)
        room.append(UInt8(ascii: " "))
        let clock = Int(second)
        room.append(padded: clock / 3600, width: 2)
        room.append(UInt8(ascii: ":"))
        room.append(padded: clock / 60 % 60, width: 2)
        room.append(UInt8(ascii: ":"))
        room.append(padded: clock % 60, width: 2)
        return true
    }
}
