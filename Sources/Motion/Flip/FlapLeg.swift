import Drawing

/// The way of one leaf, or of several equal ones in a row, under constant acceleration.
///
/// The fraction of a leaf is 0 when it stands (angle 0) and 1 when it hangs (angle pi). A leg is a closed form of time:
/// any instant can be asked for, and nothing has to be played before it.
package struct FlapLeg: Hashable, Sendable {
    /// When it starts, in seconds.
    package var start: Double
    /// What one leaf takes, in seconds.
    package var duration: Double
    /// Equal leaves one after the other.
    package var count = 1
    /// Where the leaf is at the start.
    package var fraction: Double
    /// Its speed at the start (after the hold), in half turns a second.
    package var velocity: Double
    /// Half turns a second squared.
    package var acceleration: Double
    /// Seconds for which the catch holds the leaf first; only from rest.
    package var hold = 0.0
    /// How far it lifts meanwhile.
    package var lift = 0.0
    /// The card that shows when the leaf stands.
    package var from: FlapFace
    /// The card that shows when it hangs.
    package var to: FlapFace
    /// The number of the first leaf's standing position, counted from the start of the schedule.
    package var index: Int
    /// True when the leaf falls, false when it is drawn up again.
    package var forward: Bool
    /// A leaf that had landed before and may still bounce.
    package var landed: FlapLanding?

    /// When the last of its leaves lands.
    package var end: Double { start + duration * Double(count) }
    /// The card that shows after it.
    package var face: FlapFace { forward ? to : from }
    /// How its last leaf lands.
    package var landing: FlapLanding {
        FlapLanding(time: end, impact: impact, forward: forward, from: from, to: to)
    }
    /// The position after it.
    package var landedIndex: Int { forward ? index + count : index + 1 - count }
    /// The speed with which a leaf hits, in half turns a second; not negative.
    package var impact: Double { abs(velocity + acceleration * (duration - hold)) }

    /// A leaf from rest.
    package static func release(
        at start: Double, from: FlapFace, to: FlapFace, index: Int, forward: Bool, speed: FlapSpeed
    ) -> FlapLeg {
        let sign: Double = forward ? 1 : -1
        let lift = speed.hold > 0 ? speed.lift : 0
        return FlapLeg(
            start: start, duration: speed.hold + speed.fall, fraction: forward ? 0 : 1, velocity: 0,
            acceleration: sign * 2 * (1 - lift) / (speed.fall * speed.fall), hold: speed.hold, lift: lift, from: from,
            to: to, index: index, forward: forward)
    }

    /// A leaf that follows another at once.
    package static func next(
        at start: Double, from: FlapFace, to: FlapFace, index: Int, forward: Bool, period: Double
    ) -> FlapLeg {
        let sign: Double = forward ? 1 : -1
        let release = 2 / (period * (1 + FlapSpeed.surge))
        let gain = (FlapSpeed.surge * FlapSpeed.surge - 1) * release * release / 2
        return FlapLeg(
            start: start, duration: period, fraction: forward ? 0 : 1, velocity: sign * release,
            acceleration: sign * gain, from: from, to: to, index: index, forward: forward)
    }

    /// A leaf that is already under way with `motion` and is pulled towards the other end, or nil when it would come
    /// further than `reach` (1 is the end it is leaving for) before it turns.
    package static func turn(
        at start: Double, motion: (fraction: Double, velocity: Double), from: FlapFace, to: FlapFace, index: Int,
        forward: Bool, speed: FlapSpeed, reach: Double = 0.985
    ) -> FlapLeg? {
        let pull = 4 / (speed.fall * speed.fall)
        // Distance and speed towards the end that it shall land on.
        let distance = max(0, forward ? 1 - motion.fraction : motion.fraction)
        let towards = forward ? motion.velocity : -motion.velocity
        if towards < 0, distance + towards * towards / (2 * pull) > reach { return nil }
        let impact = (towards * towards + 2 * pull * distance).squareRoot()
        let duration = (impact - towards) / pull
        return FlapLeg(
            start: start, duration: max(duration, 1e-4), fraction: motion.fraction, velocity: motion.velocity,
            acceleration: forward ? pull : -pull, from: from, to: to, index: index, forward: forward)
    }

    /// Where the leaf is and how fast at `seconds`, and which of its leaves; cut to the leg's span.
    package func motion(at seconds: Double) -> (fraction: Double, velocity: Double, leaf: Int) {
        var elapsed = max(0, min(seconds - start, duration * Double(count)))
        var leaf = 0
        if count > 1 {
            leaf = min(count - 1, Int(elapsed / duration))
            elapsed = min(max(0, elapsed - Double(leaf) * duration), duration)
        }
        if elapsed >= hold {
            let rest = elapsed - hold
            let first = fraction + (forward ? lift : -lift)
            return (first + (velocity + acceleration * rest / 2) * rest, velocity + acceleration * rest, leaf)
        }
        // Held: up to speed over the first half of the hold, and to a stop over the second.
        let pull = (forward ? 4 : -4) * lift / (hold * hold)
        if elapsed < hold / 2 { return (fraction + pull * elapsed * elapsed / 2, pull * elapsed, leaf) }
        let left = hold - elapsed
        return (fraction + (forward ? lift : -lift) - pull * left * left / 2, pull * left, leaf)
    }
}

/// A leaf that has landed, and its bounce: a few degrees, closed form, over before the eye minds.
package struct FlapLanding: Hashable, Sendable {
    /// When it hit, in seconds.
    package let time: Double
    /// How fast, in half turns a second.
    package let impact: Double
    /// True when it fell.
    package let forward: Bool
    /// The cards on its two sides, as in the leg.
    package let from, to: FlapFace

    /// Radians a second of the rebound for one half turn a second of impact.
    private static let restitution = 0.5
    private static let decay = 12.0
    private static let frequency = 34.0
    private static let highest = 0.105
    /// Seconds until the leaf lies still: four touches.
    package static let duration = 4 * Double.pi / frequency

    /// True while it still moves.
    package func bounces(at seconds: Double) -> Bool { seconds >= time && seconds - time < Self.duration }

    /// Radians from where it stood, and radians a second.
    package func motion(at seconds: Double) -> (angle: Double, velocity: Double) {
        let elapsed = seconds - time
        let rest = forward ? Double.pi : 0
        guard elapsed >= 0, elapsed < Self.duration else { return (rest, 0) }
        let wanted = Self.restitution * impact / Self.frequency
        let amplitude = wanted * Self.highest / (wanted + Self.highest)
        let envelope = amplitude * PortableMath.exp(-Self.decay * elapsed)
        let (sine, cosine) = PortableMath.sinCos(Self.frequency * elapsed)
        let sign: Double = (sine < 0 ? -1 : 1) * (forward ? -1 : 1)
        return (rest + envelope * sine * sign, envelope * sign * (Self.frequency * cosine - Self.decay * sine))
    }
}
