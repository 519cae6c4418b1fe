/// Numbers the way Chinese shops write them: grouped, abbreviated with 万 and 亿, and as yuan; always rounded down.
public enum ChineseNumber {
    /// Digits in groups of three: `1,299`.
    public static func grouped(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var result: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
            result.append(digit)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Abbreviated with 万 and 亿 to at most one decimal, rounded down, without `.0`: 12,345 → `1.2万`, 99,999,999 → `9999.9万`.
    ///
    /// Below 10,000 the plain number. Negative numbers round towards zero, so that no abbreviation claims more than there is.
    /// With `wholeFrom` magnitudes from that value on drop the decimal of 万 (`wholeFrom: 10_000_000`: 12,345,678 → `1234万`).
    public static func abbreviated(_ value: Int64, wholeFrom: Int64? = nil) -> String {
        let parts = abbreviation(value, wholeFrom: wholeFrom)
        return parts.number + parts.unit
    }

    /// The number and the unit (`万`, `亿` or empty) of an abbreviation, for layouts that draw them in two sizes.
    public static func abbreviation(_ value: Int64, wholeFrom: Int64? = nil) -> (number: String, unit: String) {
        let magnitude = value.magnitude
        let sign = value < 0 ? "-" : ""
        guard magnitude >= 10_000 else { return (sign + String(magnitude), "") }
        let (divisor, unit): (UInt64, String) = magnitude >= 100_000_000 ? (100_000_000, "亿") : (10_000, "万")
        let whole = magnitude / divisor
        let tenth = magnitude / (divisor / 10) % 10
        let isWhole = tenth == 0 || (unit == "万" && wholeFrom.map { magnitude >= $0.magnitude } ?? false)
        return (sign + (isWhole ? String(whole) : "\(whole).\(tenth)"), unit)
    }

    /// "At least" in the style `1万+`, `10万+`, `100万+`: the largest of 1, 2, 5 times a power of ten that is not above the value, or nil below 10.
    ///
    /// 99,999 gives `5万+`; only 100,000 gives `10万+`.
    public static func atLeast(_ value: Int64) -> String? {
        guard value >= 10 else { return nil }
        var power: Int64 = 10
        while power <= value / 10 { power *= 10 }
        let step: Int64 = value / power >= 5 ? 5 : value / power >= 2 ? 2 : 1
        return abbreviated(power * step) + "+"
    }

    /// The pieces of an amount of money, for layouts that draw `¥` and the decimals small.
    public struct Yuan: Hashable, Sendable {
        /// `-` or empty.
        public let sign: String
        /// Grouped yuan: `1,299`.
        public let integer: String
        /// Two digits of fen, or empty where they are left out.
        public let decimals: String

        /// The whole: `¥1,299.00`.
        public var text: String { sign + "¥" + number }

        /// Without the currency sign: `1,299.00`.
        public var number: String { integer + (decimals.isEmpty ? "" : "." + decimals) }
    }

    /// How many decimals money shows.
    public enum Decimals: Hashable, Sendable {
        /// Always two: `19.90`.
        case always
        /// Without trailing zeros: `19.9`, `199`.
        case trimmed
        /// None, rounded down: `19`.
        case none
    }

    /// An amount in fen as yuan; fen are cut off, never rounded up.
    public static func yuan(fen: Int64, decimals: Decimals = .always) -> Yuan {
        let magnitude = fen.magnitude
        let rest = Int(magnitude % 100)
        var text: String
        switch decimals {
        case .always: text = Instant.padded(rest)
        case .trimmed:
            text = Instant.padded(rest)
            while text.hasSuffix("0") { text.removeLast() }
        case .none: text = ""
        }
        let isZero = magnitude < 100 && (rest == 0 || decimals == .none)
        return Yuan(
            sign: fen < 0 && !isZero ? "-" : "", integer: grouped(Int64(magnitude / 100)), decimals: text)
    }

    /// An amount in fen as abbreviated yuan: 1,234,567 yuan → `123.4万`.
    public static func abbreviatedYuan(fen: Int64) -> String {
        fen.magnitude < 1_000_000 ? yuan(fen: fen, decimals: .trimmed).signedNumber : abbreviated(fen / 100)
    }
}

extension ChineseNumber.Yuan {
    /// Sign and number without the currency: `-19.9`.
    public var signedNumber: String { sign + number }
}
