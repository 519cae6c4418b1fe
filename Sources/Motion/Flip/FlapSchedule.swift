/// All that a cell ever does, and what it shows at any instant.
///
/// ```swift
/// var cell = FlapSchedule(face: FlapFace(glyph: 9), drum: 10)
/// cell.append(FlapTarget(face: FlapFace(glyph: 0)), turns: 1, at: 2.5)
/// cell.complete()
/// cell.state(at: 2.7).leaf?.angle
/// ```
/// Appending never changes what is shown before the appended instant, and any split of the same inputs into appends
/// gives the same schedule.
package struct FlapSchedule: Hashable, Sendable {
    private var machine: FlapMachine
    /// Legs that nothing can change any more.
    private var legs: [FlapLeg] = []
    /// What follows if nothing else arrives: the machine's present leg, and on.
    private var tail: [FlapLeg] = []

    /// Makes a cell at rest.
    package init(
        face: FlapFace, drum: Int, direction: FlapDirection = .forward, walk: FlapWalk = .drum,
        speed: FlapSpeed = .standard
    ) {
        machine = FlapMachine(face: face, drum: drum, direction: direction, walk: walk, speed: speed)
        first = face
    }

    private var first: FlapFace

    /// The card that shows once nothing moves any more.
    package var target: FlapFace { machine.target.face }

    /// Asks for another card from `time` on, which must not be before the one asked for last; then call `complete`.
    package mutating func append(_ target: FlapTarget, turns: Int64, at time: Double) {
        machine.advance(before: time) { legs.append($0) }
        machine.take(target, turns: turns, at: time)
    }

    /// Works out what follows the last input.
    package mutating func complete() {
        tail.removeAll(keepingCapacity: true)
        var future = machine
        future.run { tail.append($0) }
        if let last = future.leg { tail.append(last) }
    }

    /// A state to which `restore` can go back.
    package struct Mark: Hashable, Sendable {
        fileprivate let machine: FlapMachine
        fileprivate var count: Int

        /// The same after `forget` took so many legs away.
        mutating func shift(by removed: Int) { count = max(0, count - removed) }
    }

    /// The present state.
    package var mark: Mark { Mark(machine: machine, count: legs.count) }

    /// Takes back what was appended since a mark.
    package mutating func restore(_ mark: Mark) {
        machine = mark.machine
        legs.removeLast(max(0, legs.count - mark.count))
    }

    /// Forgets what ended before `time`; asking for an earlier instant then gives the earliest one known.
    ///
    /// - Returns: how many legs were forgotten.
    @discardableResult
    package mutating func forget(before time: Double) -> Int {
        // The last one that has ended is kept: its bounce may still be seen.
        guard let kept = legs.lastIndex(where: { $0.end < time }), kept > 0 else { return 0 }
        first = legs[kept].forward ? legs[kept].from : legs[kept].to
        legs.removeFirst(kept)
        return kept
    }

    /// When the last leaf lies still if nothing else arrives.
    package var restTime: Double { tail.last.map { $0.end + FlapLanding.duration } ?? -.infinity }

    /// Legs kept.
    package var count: Int { legs.count + tail.count }

    /// What shows at `time`.
    package func state(at time: Double) -> FlapState {
        guard let leg = find(time) else { return FlapState(resting: first) }
        return FlapState(leg, at: time)
    }

    /// The last leg that starts at or before `time`.
    private func find(_ time: Double) -> FlapLeg? {
        let known = tail.first.map { $0.start <= time } ?? false ? tail : legs
        guard let first = known.first, first.start <= time else { return nil }
        return known[Self.last(of: known, at: time)]
    }

    private static func last(of legs: [FlapLeg], at time: Double) -> Int {
        var (low, high) = (0, legs.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if legs[middle].start <= time { low = middle } else { high = middle }
        }
        return low
    }
}

/// What a cell shows at an instant.
package struct FlapState: Hashable, Sendable {
    /// A leaf in the air.
    package struct Leaf: Hashable, Sendable {
        /// The card whose upper half is on its front.
        package let front: FlapFace
        /// The card whose lower half is on its back.
        package let back: FlapFace
        /// Radians: 0 stands, pi hangs.
        package let angle: Double
        /// Radians a second.
        package let velocity: Double

        package init(front: FlapFace, back: FlapFace, angle: Double, velocity: Double) {
            (self.front, self.back, self.angle, self.velocity) = (front, back, angle, velocity)
        }
    }

    /// The card whose upper half stands behind the leaf.
    package let upper: FlapFace
    /// The card whose lower half hangs below the leaf.
    package let lower: FlapFace
    /// The leaf under way.
    package let leaf: Leaf?
    /// A leaf that has landed and still bounces.
    package let bounce: Leaf?
    /// Flips since the start of the schedule, with the fraction of the leaf under way.
    package let position: Double

    package init(upper: FlapFace, lower: FlapFace, leaf: Leaf?, bounce: Leaf?, position: Double) {
        (self.upper, self.lower, self.leaf, self.bounce) = (upper, lower, leaf, bounce)
        self.position = position
    }

    /// What shows at a time from the start of `leg` on, when nothing follows it.
    package init(_ leg: FlapLeg, at time: Double) {
        if time >= leg.end {
            self.init(
                resting: leg.face, bounce: Self.bounce(leg.landing, at: time), position: Double(leg.landedIndex))
            return
        }
        let (fraction, velocity, leaf) = leg.motion(at: time)
        let index = leg.forward ? leg.index + leaf : leg.index - leaf
        self.init(
            upper: leg.to, lower: leg.from,
            leaf: Leaf(
                front: leg.from, back: leg.to, angle: max(0, min(1, fraction)) * .pi, velocity: velocity * .pi),
            bounce: leg.landed.flatMap { Self.bounce($0, at: time) }, position: Double(index) + fraction)
    }

    private static func bounce(_ landing: FlapLanding, at time: Double) -> Leaf? {
        guard landing.bounces(at: time) else { return nil }
        let (angle, velocity) = landing.motion(at: time)
        return Leaf(front: landing.from, back: landing.to, angle: angle, velocity: velocity)
    }

    /// A cell on which no leaf is under way.
    package init(resting face: FlapFace, bounce: Leaf? = nil, position: Double = 0) {
        self.init(upper: face, lower: face, leaf: nil, bounce: bounce, position: position)
    }

    /// The one card that it shows when nothing moves.
    package var resting: FlapFace? { leaf == nil && bounce == nil ? upper : nil }
}
