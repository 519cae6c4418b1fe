/// A part of a whole, kept exact: the two numbers, not their quotient.
///
/// ```swift
/// Share(part: 573, of: 3108).text   // "18.4%"
/// ```
public struct Share: Hashable, Sendable {
    /// The part: a count, or fen.
    public let part: Int64
    /// The whole, in the unit of the part; 0 when there is none.
    public let whole: Int64

    /// A share; the part is not negative and not more than the whole.
    public init(part: Int64, of whole: Int64) {
        (self.part, self.whole) = (part, whole)
    }

    /// Tenths of a per cent, rounded down, so that only the whole is 1000; nil when there is no whole.
    public var perMille: Int64? {
        guard whole > 0 else { return nil }
        // Fen of a large shop times a thousand pass 64 bits.
        return Int64(truncatingIfNeeded: Int128(part) * 1000 / Int128(whole))
    }

    /// Per cent with one decimal, rounded down: `18.4%`, `100.0%` for all and nothing less, `<0.1%` for what is
    /// more than nothing, `-` when there is no whole.
    public var text: String {
        guard let perMille else { return "-" }
        return perMille == 0 && part > 0 ? "<0.1%" : "\(perMille / 10).\(perMille % 10)%"
    }
}
