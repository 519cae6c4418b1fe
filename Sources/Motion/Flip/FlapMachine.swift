/// What a cell is asked to show.
package struct FlapTarget: Hashable, Sendable {
    /// The card.
    package let face: FlapFace
    /// True when the number as a whole has fallen.
    package let falling: Bool

    /// Makes a target.
    package init(face: FlapFace, falling: Bool = false) { (self.face, self.falling) = (face, falling) }
}

/// The way a drum turns when the number falls.
package enum FlapDirection: String, Hashable, Sendable, CaseIterable {
    /// On over the whole drum.
    case forward
    /// Back the way it came.
    case reverse
}

/// How a drum comes from one card to another.
package enum FlapWalk: String, Hashable, Sendable, CaseIterable {
    /// Over every card in between, as a real one does.
    case drum
    /// With one leaf, whatever lies in between.
    case direct
}

/// The state of a cell as a left fold over its inputs: the leaf under way, and what decides the next one.
///
/// A decision is made when an input arrives and whenever a leaf lands, from inputs at or before that instant alone.
/// `advance` only makes decisions that lie before a limit, so that an input still counts at its own instant.
package struct FlapMachine: Hashable, Sendable {
    private enum Mode: Hashable, Sendable {
        case sharp
        /// Running too fast to be read, for so many leaves.
        case blurred(Int)
        /// Slowing down, with so many leaves to go before a sharp one.
        case revealing(Int)
    }

    let drum: Int
    let direction: FlapDirection
    let walk: FlapWalk
    let speed: FlapSpeed
    private(set) var leg: FlapLeg?
    private(set) var target: FlapTarget
    private(set) var rate: FlapRate
    private let first: FlapFace
    private var targetTime = -Double.infinity
    private var isConsidered = true
    private var level = 0
    private var mode = Mode.sharp
    /// Cards from the one that shows when all leaves have landed to the target, with the sign of the number's change.
    private var ahead = 0

    init(face: FlapFace, drum: Int, direction: FlapDirection, walk: FlapWalk, speed: FlapSpeed) {
        precondition((2...4096).contains(drum), "a drum has 2 to 4096 cards")
        self.drum = drum
        self.direction = direction
        self.walk = walk
        self.speed = speed
        first = face
        target = FlapTarget(face: face)
        rate = FlapRate(speed: speed)
    }

    /// The card that shows when all leaves have landed.
    var face: FlapFace { leg?.face ?? first }
    private var position: Int { leg?.landedIndex ?? 0 }

    /// When nothing more is to be decided: the leaf under way was the last.
    var isSettled: Bool { isConsidered && leg.map { $0.end <= decided } ?? true }
    private var decided = -Double.infinity

    /// Takes an input: from `time` on the cell is asked for `target`, `turns` cards on from what was asked before.
    mutating func take(_ target: FlapTarget, turns: Int64, at time: Double) {
        self.target = target
        rate.add(Double(turns.magnitude), at: time)
        // More than one round says no more than one: the drum has come by the same card again.
        ahead = (ahead + Int(truncatingIfNeeded: turns % Int64(drum))) % drum
        targetTime = time
        isConsidered = false
    }

    /// Makes every decision before `limit`; `finished` is handed each leg that another one has followed.
    mutating func advance(before limit: Double, finished: (FlapLeg) -> Void) {
        while true {
            let landing = leg.flatMap { $0.end > decided ? $0.end : nil }
            let input = isConsidered ? nil : targetTime
            guard let now = [landing, input].compactMap({ $0 }).min(), now < limit else { return }
            if input == now { isConsidered = true }
            if landing == now {
                decided = now
                follow(at: now, finished: finished)
            } else if let leg, leg.end > now {
                turnBack(leg, at: now, finished: finished)
            } else {
                start(at: now, finished: finished)
            }
        }
    }

    /// Makes every decision there will ever be without another input.
    mutating func run(finished: (FlapLeg) -> Void) { advance(before: .infinity, finished: finished) }

    private mutating func replace(_ new: FlapLeg, finished: (FlapLeg) -> Void) {
        if let old = leg { finished(old) }
        leg = new
        ahead -= Self.places(new)
    }

    /// What a leg changes in `ahead`: a special card and the zero that it hangs over are the same place.
    private static func places(_ leg: FlapLeg) -> Int {
        leg.from.position == leg.to.position ? 0 : leg.forward ? 1 : -1
    }

    /// Makes `ahead` the distance on the drum again, in the direction that it says.
    private mutating func normalise() {
        let distance = wrap(target.face.position - face.position)
        ahead = ahead < 0 && distance > 0 ? distance - drum : distance
    }

    /// True when the cell should turn against the drum's order.
    private var wantsBack: Bool { direction == .reverse && (ahead < 0 || ahead == 0 && target.falling) }

    /// At rest, an input has arrived.
    private mutating func start(at now: Double, finished: (FlapLeg) -> Void) {
        (level, mode) = (0, .sharp)
        guard face != target.face else {
            ahead = 0
            return
        }
        normalise()
        let forward = !wantsBack
        let next = step(from: face, forward: forward)
        let index = forward ? position : position - 1
        let (lower, upper) = forward ? (face, next) : (next, face)
        let bouncing = leg.map(\.landing).flatMap { $0.bounces(at: now) ? $0 : nil }
        // A leaf that still bounces from the other way is the one that has to move now: it is taken as it is.
        if let bouncing, bouncing.forward != forward {
            let (angle, velocity) = bouncing.motion(at: now)
            if let turned = FlapLeg.turn(
                at: now, motion: (angle / .pi, velocity / .pi), from: lower, to: upper, index: index, forward: forward,
                speed: speed, reach: 2)
            {
                return replace(turned, finished: finished)
            }
        }
        var new = FlapLeg.release(
            at: now, from: lower, to: upper, index: index, forward: forward, speed: speed)
        new.landed = bouncing
        replace(new, finished: finished)
    }

    /// In flight, an input has arrived: only a change of direction touches the leaf in the air.
    private mutating func turnBack(_ old: FlapLeg, at now: Double, finished: (FlapLeg) -> Void) {
        guard mode == .sharp, direction == .reverse, old.forward == wantsBack, old.face != target.face else { return }
        let (fraction, velocity, _) = old.motion(at: now)
        guard
            var turned = FlapLeg.turn(
                at: now, motion: (fraction, velocity), from: old.from, to: old.to, index: old.index,
                forward: !old.forward, speed: speed)
        else { return }
        level = 0
        // The leaf in the air was counted as landed on the other side.
        ahead += Self.places(old)
        turned.landed = old.landed
        finished(old)
        leg = turned
    }

    /// A leaf has landed: rest, or let the next one go at once.
    private mutating func follow(at now: Double, finished: (FlapLeg) -> Void) {
        guard let old = leg else { return }
        let places = rate.rate(at: now)
        switch mode {
        case .sharp:
            // One leaf a change is never too fast to be read: the next one waits for it.
            if places >= speed.enterRate, walk == .drum { mode = .blurred(0) }
        case .blurred:
            if places < speed.leaveRate { mode = .revealing(2) }
        case .revealing(let left):
            if places >= speed.enterRate { mode = .blurred(2) } else if left == 0 { mode = .sharp }
        }
        if mode == .sharp { normalise() }
        let forward = mode == .sharp ? !wantsBack : old.forward
        let next: FlapFace
        let period: Double
        switch mode {
        case .sharp:
            guard face != target.face else {
                (level, ahead) = (0, 0)
                return
            }
            level += 1
            next = step(from: face, forward: forward)
            period = speed.period(level: level)
        case .blurred(let leaves):
            level += 1
            next =
                leaves < 2
                ? FlapFace(glyph: step(from: face, forward: forward).glyph, smear: UInt8(leaves + 1)) : .blurred
            period = min(speed.period(level: level), leaves < 2 ? speed.top : speed.blurred)
            mode = .blurred(min(2, leaves + 1))
        case .revealing(let left):
            // While nothing can be read the drum may be anywhere: it comes up just before the glyph that it shall show.
            next = FlapFace(
                glyph: Int16(wrap(target.face.position + (forward ? -left : left))), smear: UInt8(left))
            period = speed.top * (left == 2 ? 0.9 : 1.2)
            mode = .revealing(left - 1)
            level = 1
            ahead = forward ? left + 1 : -left - 1
        }
        let index = forward ? position : position - 1
        var new = FlapLeg.next(
            at: now, from: forward ? face : next, to: forward ? next : face, index: index, forward: forward,
            period: period)
        if new.from == .blurred, new.to == .blurred, old.from == .blurred, old.to == .blurred,
            old.duration == new.duration, old.forward == new.forward
        {
            new = old
            new.count += 1
            leg = new
        } else {
            replace(new, finished: finished)
        }
    }

    private func wrap(_ position: Int) -> Int { ((position % drum) + drum) % drum }

    /// The next card on the way to the target.
    private func step(from face: FlapFace, forward: Bool) -> FlapFace {
        let distance = wrap((target.face.position - face.position) * (forward ? 1 : -1))
        if distance <= 1 || walk == .direct { return target.face }
        return FlapFace(glyph: Int16(wrap(face.position + (forward ? 1 : -1))))
    }
}
