/// Yuan for one unit of another currency, exact to six decimals.
///
/// ```swift
/// ExchangeRate("7.1234")?.fen(of: 1000)   // 7123: ten dollars are 71.23 yuan
/// ```
public struct ExchangeRate: Hashable, Sendable {
    /// Millionths of a yuan for one unit, above 0 and below 10^12.
    public let micros: Int64

    /// Reads a decimal number such as `7.1234`; nil for anything else, for zero, and for more than six decimals or digits.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first ?? ""
        let fraction = parts.count > 1 ? parts[1] : "0"
        guard parts.count <= 2, (1...6).contains(whole.utf8.count), (1...6).contains(fraction.utf8.count),
            (whole + fraction).utf8.allSatisfy({ $0 &- 0x30 < 10 }), let units = Int64(String(whole)),
            let rest = Int64(fraction + String(repeating: "0", count: 6 - fraction.utf8.count)),
            units * 1_000_000 + rest > 0
        else { return nil }
        micros = units * 1_000_000 + rest
    }

    /// Hundredths of the other currency as fen, rounded half up; nil above what an amount may be.
    public func fen(of hundredths: Int64) -> Int64? {
        let product = hundredths.magnitude.multipliedFullWidth(by: micros.magnitude)
        guard product.high < 1_000_000 else { return nil }
        var result = UInt64(1_000_000).dividingFullWidth(product)
        if result.remainder >= 500_000 { result.quotient += 1 }
        return result.quotient <= UInt64(OrderEvent.amountLimit) ? Int64(result.quotient) : nil
    }

    /// The rate as it was written, without zeros at the end: `7.1234`.
    public var text: String {
        var digits = Instant.padded(Int(micros % 1_000_000), width: 6)
        while digits.hasSuffix("0") { digits.removeLast() }
        return String(micros / 1_000_000) + (digits.isEmpty ? "" : "." + digits)
    }
}
