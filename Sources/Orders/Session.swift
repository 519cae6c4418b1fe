/// A recorded live session: where its frame 0 lies in shop time, how fast frames follow, and which were never sent.
public struct Session: Hashable, Sendable {
    /// The instant of frame 0.
    public let start: Instant
    /// Frames per `rateDenominator` seconds: 30000 of 30000/1001.
    public let rateNumerator: Int
    /// Seconds for `rateNumerator` frames: 1001 of 30000/1001.
    public let rateDenominator: Int
    /// Frames that were never sent, as ranges in rising order.
    public let unsentFrames: [Range<Int>]

    /// A session; nil when the rate is not between 1 and 1000 frames a second.
    public init?(start: Instant, rateNumerator: Int, rateDenominator: Int = 1, unsentFrames: [Range<Int>] = []) {
        guard (1...1_000_000).contains(rateNumerator), (1...1001).contains(rateDenominator),
            rateNumerator >= rateDenominator, rateNumerator <= 1000 * rateDenominator
        else { return nil }
        self.start = start
        self.rateNumerator = rateNumerator
        self.rateDenominator = rateDenominator
        self.unsentFrames = unsentFrames
    }

    /// The first frame whose instant is not before `instant`; negative before the session.
    public func frame(at instant: Instant) -> Int {
        let delta = min(max(instant.microseconds, -(1 << 55)), 1 << 55) - start.microseconds
        // 2^56 µs times at most 10^6 passes 64 bits, so the product is made in 128.
        let product = Int128(delta) * Int128(rateNumerator)
        let divisor = Int128(rateDenominator) * 1_000_000
        let quotient = product / divisor
        return Int(truncatingIfNeeded: product > 0 && product % divisor != 0 ? quotient + 1 : quotient)
    }

    /// The instant of a frame, rounded down to the microsecond.
    public func instant(ofFrame frame: Int) -> Instant {
        let product = Int128(frame) * Int128(rateDenominator) * 1_000_000
        let quotient = product / Int128(rateNumerator)
        let floor = product < 0 && product % Int128(rateNumerator) != 0 ? quotient - 1 : quotient
        return start.adding(microseconds: Int64(truncatingIfNeeded: floor))
    }
}
