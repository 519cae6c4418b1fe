/// A frame rate as an exact ratio: frames per second.
///
/// 30 is `FrameRate(30)`, NTSC is `FrameRate(30000, 1001)`; 29.97 is not a rate but a rounding of one.
public struct FrameRate: Hashable, Sendable, CustomStringConvertible {
    /// Frames per `denominator` seconds; positive, in lowest terms.
    public let numerator: Int
    /// Seconds per `numerator` frames; positive, in lowest terms.
    public let denominator: Int

    /// 30 frames per second.
    public static let thirty = FrameRate(30)

    /// Makes a rate from whole numbers; both must be in 1...1,000,000 and the rate at most 1000 frames per second.
    public init(_ numerator: Int, _ denominator: Int = 1) {
        precondition(Self.isValid(numerator, denominator), "frame rate out of range")
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// Parses `N` or `N/D`.
    ///
    /// - Throws: `DrawingError` with code `frameRate`, for a decimal fraction with the ratio that was probably meant.
    public init(parsing text: String) throws(DrawingError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count <= 2, let numerator = Int(parts[0]), let denominator = parts.count == 2 ? Int(parts[1]) : 1,
            Self.isValid(numerator, denominator)
        {
            self.init(numerator, denominator)
            return
        }
        throw DrawingError(
            .frameRate, "frame rate \"\(text.prefix(40))\" is not a whole number or a ratio",
            hint: Self.hint(for: text))
    }

    /// Seconds that one frame lasts.
    public var frameDuration: Double { Double(denominator) / Double(numerator) }

    /// `30` or `30000/1001`.
    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

    private static func isValid(_ numerator: Int, _ denominator: Int) -> Bool {
        (1...1_000_000).contains(numerator) && (1...1_000_000).contains(denominator)
            && numerator <= 1000 * denominator
    }

    private static func hint(for text: String) -> String {
        switch text {
        case "29.97", "29.970": "write 30000/1001"
        case "59.94", "59.940": "write 60000/1001"
        case "23.976", "23.98": "write 24000/1001"
        default: "write frames per second as N or N/D, for example 30 or 30000/1001, at most 1000"
        }
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
