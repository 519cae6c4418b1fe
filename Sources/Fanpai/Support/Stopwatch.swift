import Glibc

/// Measures time since it was made; cheap enough to ask several times a frame.
struct Stopwatch: Sendable {
    /// What is counted.
    enum Time: Sendable {
        /// What a clock on the wall shows.
        case wall
        /// What the processor spent on the calling thread, whoever else wanted it.
        case thread
    }

    private let clock: clockid_t
    private let start: UInt64

    /// Starts.
    init(_ time: Time = .wall) {
        clock = time == .wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID
        start = Self.now(clock)
    }

    /// Nanoseconds since it was made.
    var nanoseconds: UInt64 { Self.now(clock) - start }
    /// Seconds since it was made.
    var seconds: Double { Double(nanoseconds) / 1e9 }

    private static func now(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
