import Glibc

/// Measures time since it was made; cheap enough to ask several times a frame.
struct Stopwatch: Sendable {
    private let start = Stopwatch.now()

    /// Nanoseconds since it was made.
    var nanoseconds: UInt64 { Stopwatch.now() - start }
    /// Seconds since it was made.
    var seconds: Double { Double(nanoseconds) / 1e9 }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
