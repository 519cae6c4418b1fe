package import Drawing
package import Orders

/// How much time is left at a moment of the scene. It never grows, and what has ended never starts again.
package struct CountdownClock: Sendable {
    /// What is counted down to.
    package enum Goal: Hashable, Sendable {
        /// A moment of the shop's time.
        case instant(Instant)
        /// A moment of the scene.
        case moment(FrameTime)
    }

    /// What is counted down to.
    package let goal: Goal
    private let rate: FrameRate

    package init(goal: Goal, rate: FrameRate) { (self.goal, self.rate) = (goal, rate) }

    /// Microseconds that are left; 0 from the end on.
    package func left(at time: FrameTime, sceneStart: FrameTime, clock: FeedClock) -> Int64 {
        switch goal {
        case .instant(let end):
            max(0, end.microseconds - clock.instant(at: time + sceneStart).microseconds)
        case .moment(let end):
            max(0, end.microseconds(at: rate) - time.microseconds(at: rate))
        }
    }

    /// The first moment at or after `earliest` from which `holds` is true, when it is at `time` and stays true once it is.
    package static func first(from earliest: FrameTime, to time: FrameTime, where holds: (FrameTime) -> Bool) -> FrameTime {
        var (low, high) = (earliest.ticks, time.ticks)
        guard low < high else { return time }
        while low < high {
            let middle = low + (high - low) / 2
            if holds(FrameTime(ticks: middle)) { high = middle } else { low = middle + 1 }
        }
        return FrameTime(ticks: high)
    }
}
