package import Drawing

/// When an element is there that a marker calls, sends away or sets going. Elements that none does have no such thing.
package struct ElementLife: Hashable, Sendable {
    /// The marker from which its times count; nil: they count as its parent's.
    package let base: MarkerReference?
    /// True when it is there only from the marker on: its lifetime is in its own times then, else in those of its parent.
    package let waits: Bool
    /// The marker at which it begins to go, and how long after.
    package let end: MarkerReference?
    package let offset: FrameTime
    /// True when it goes at the first pass since it came, else at the first of all.
    package let goesSinceItCame: Bool
    /// How long it takes to go.
    package let tail: FrameTime
    /// The scene's length: what has no end goes with it.
    package let sceneDuration: FrameTime

    /// The own time of what waits for a marker that was not passed: a moment before all keys.
    package static let before = FrameTime(frame: -10_000_000)
    /// The own time of what never ends.
    package static let never = FrameTime(frame: 1 << 40)
}

/// An element at a moment at which it is there.
package struct ElementPresence: Hashable, Sendable {
    /// The moment in its own times: keys, bursts and children go by it.
    package let own: FrameTime
    /// How long it has been there.
    package let age: FrameTime
    /// How long it will be.
    package let rest: FrameTime
}

extension PlacedElement {
    /// How it is there at a moment; nil when it is not.
    func presence(at time: SceneTime, in tracks: [MeasureTrack]) -> ElementPresence? {
        guard let life else {
            guard lifetime.contains(time.own) else { return nil }
            return ElementPresence(
                own: time.own, age: time.own - lifetime.lowerBound, rest: lifetime.upperBound - time.own)
        }
        var own = time.own
        if let base = life.base {
            own = base.latest(at: time.absolute, in: tracks).map { time.absolute - $0.time } ?? ElementLife.before
        }
        let clock = life.waits ? own : time.own
        guard lifetime.contains(clock) else { return nil }
        let age = clock - lifetime.lowerBound
        var rest = lifetime.upperBound - clock
        if lifetime.upperBound >= ElementLife.never { rest = life.sceneDuration - time.local }
        if let end = life.end {
            let from = life.goesSinceItCame ? time.absolute - age : FrameTime(ticks: .min / 4)
            if let pass = end.first(from: from, in: tracks), pass.time + life.offset <= time.absolute {
                rest = min(rest, pass.time + life.offset + life.tail - time.absolute)
                guard rest > .zero else { return nil }
            }
        }
        return ElementPresence(own: own, age: age, rest: rest)
    }
}
