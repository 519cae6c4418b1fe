package import Drawing
package import Orders

/// How video time and shop time go together.
package struct FeedClock: Sendable {
    /// Shop time at video time, by ticks from `start`: each entry is the instant in microseconds, never falling.
    private let table: [Int64]
    private let start: FrameTime
    /// "Now" of the rendering: countdowns and relative times of a file go by it.
    package let asOf: AsOf?
    private let session: Session?
    private let rate: FrameRate

    /// A session's clock: frame 0 at its start, then as fast as time.
    package init(session: Session, rate: FrameRate, asOf: AsOf?) {
        (table, start) = ([], .zero)
        (self.session, self.rate, self.asOf) = (session, rate, asOf)
    }

    /// A clock that runs from one instant to another while the video does from `start` to `end`, eased, and holds before and after.
    package init(
        from: Instant, to: Instant, start: FrameTime, end: FrameTime, easing: Easing, rate: FrameRate, asOf: AsOf?
    ) {
        let count = max(1, min(end.ticks - start.ticks, 64 * 1000 * 3600))
        let span = Double(to.microseconds - from.microseconds)
        var table: [Int64] = []
        table.reserveCapacity(count + 1)
        var last = from.microseconds
        for tick in 0..<count {
            let progress = easing.value(at: Double(tick) / Double(count))
            last = max(last, min(to.microseconds, from.microseconds + Int64((span * progress).rounded(.down))))
            table.append(last)
        }
        table.append(to.microseconds)
        (self.table, self.start, self.rate, self.asOf, session) = (table, start, rate, asOf, nil)
    }

    /// The instant of the shop that a moment of the video shows.
    package func instant(at time: FrameTime) -> Instant {
        if let session { return session.start.adding(microseconds: time.microseconds(at: rate)) }
        let index = max(0, min(table.count - 1, time.ticks - start.ticks))
        return Instant(microseconds: table[index])
    }

    /// The instant to write for a moment of the video: never after the last second of the data, so that the end of a day
    /// does not read as the day after.
    package func shown(at time: FrameTime) -> Instant {
        let instant = instant(at: time)
        guard session == nil, let until = asOf?.dataUntil else { return instant }
        return min(instant, until)
    }

    /// The first tick at which an event is visible: that of its session frame, else the first whose instant is not before it. Far beyond
    /// every video for an event that no moment shows.
    package func tick(of at: Instant, seen: Int?) -> Int64 {
        if let seen { return Int64(clamping: seen) * Int64(FrameTime.ticksPerFrame) }
        if let session {
            let delta = at.microseconds.subtractingReportingOverflow(session.start.microseconds)
            guard !delta.overflow else { return Self.never }
            return Int64(FrameTime(atOrAfterMicroseconds: delta.partialValue, rate: rate).ticks)
        }
        guard let first = table.first, let last = table.last else { return Self.never }
        // What was before the period is there from the first frame on.
        if at.microseconds <= first { return 0 }
        if at.microseconds > last { return Self.never }
        var (low, high) = (0, table.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if table[middle] >= at.microseconds { high = middle } else { low = middle + 1 }
        }
        return Int64(max(0, start.ticks + low))
    }

    /// A tick after every video.
    package static let never = Int64(1) << 48
}
