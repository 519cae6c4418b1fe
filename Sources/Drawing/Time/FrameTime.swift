/// A moment or a span of video time: a whole count of 1/64 frames.
///
/// Frame `n` is 64 n ticks; motion blur and sound use the ticks between frames. The frame rate is kept beside it, once.
public struct FrameTime: Hashable, Comparable, Sendable {
    /// Ticks in one frame.
    public static let ticksPerFrame = 64
    /// The first moment.
    public static let zero = FrameTime(ticks: 0)

    /// 1/64 frames; may be negative.
    public let ticks: Int

    /// Makes a time from 1/64 frames.
    public init(ticks: Int) { self.ticks = ticks }

    /// The start of frame `frame`.
    public init(frame: Int) { self.ticks = frame * Self.ticksPerFrame }

    /// The tick nearest to `seconds` at `rate`, halves away from zero.
    public init(seconds: Double, rate: FrameRate) {
        let exact = seconds * Double(rate.numerator) * Double(Self.ticksPerFrame) / Double(rate.denominator)
        ticks = Int(exact.rounded(.toNearestOrAwayFromZero))
    }

    /// The frame that contains this moment (rounded towards the past).
    public var frame: Int { ticks >> 6 }

    /// Seconds since time zero at `rate`.
    public func seconds(at rate: FrameRate) -> Double {
        Double(ticks) * Double(rate.denominator) / (Double(rate.numerator) * Double(Self.ticksPerFrame))
    }

    /// Microseconds since time zero at `rate`, rounded towards the past; exact.
    public func microseconds(at rate: FrameRate) -> Int64 {
        let (quotient, remainder) = (Int128(ticks) * Int128(rate.denominator) * 15625)
            .quotientAndRemainder(dividingBy: Int128(rate.numerator))
        return Int64(clamping: remainder < 0 ? quotient - 1 : quotient)
    }

    /// The first tick at or after `microseconds` at `rate`; exact.
    public init(atOrAfterMicroseconds microseconds: Int64, rate: FrameRate) {
        let (quotient, remainder) = (Int128(microseconds) * Int128(rate.numerator))
            .quotientAndRemainder(dividingBy: Int128(rate.denominator) * 15625)
        ticks = Int(clamping: remainder > 0 ? quotient + 1 : quotient)
    }

    /// Earlier moments come first.
    public static func < (a: FrameTime, b: FrameTime) -> Bool { a.ticks < b.ticks }
    /// The sum of two spans.
    public static func + (a: FrameTime, b: FrameTime) -> FrameTime { FrameTime(ticks: a.ticks + b.ticks) }
    /// The span from `b` to `a`.
    public static func - (a: FrameTime, b: FrameTime) -> FrameTime { FrameTime(ticks: a.ticks - b.ticks) }
}
