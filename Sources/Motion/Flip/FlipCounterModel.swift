package import Drawing

/// What every part of a board shows at any instant, as a left fold over the steps of a number.
///
/// It knows neither fonts nor pixels. `append` never changes an earlier instant, and any split of the same steps into
/// appends gives the same model.
package struct FlipCounterModel: Hashable, Sendable {
    /// A place of the board.
    private struct Place: Hashable, Sendable {
        var cell: FlapSchedule
        var card: FadeSchedule
        var separator: FadeSchedule
        var target: FlapTarget
        var turns: Int64
    }

    /// The number of places from an instant on.
    private struct Growth: Hashable, Sendable {
        let time: Double
        let columns: Int
    }

    /// What the last bucket of time changed, to take it back when another step falls into the same one.
    private struct Undo: Hashable, Sendable {
        struct Place: Hashable, Sendable {
            var cell: FlapSchedule.Mark
            var card, separator: Int
            let target: FlapTarget
            let turns: Int64
        }

        var places: [Place]
        let growths: Int
        let value: Int64
    }

    /// Steps are taken at whole multiples of this: a quarter of a frame, never early.
    package static let bucket = FrameTime.ticksPerFrame / 4
    /// Seconds in which the board makes room for another place.
    package static let growthDuration = 0.45

    /// How the number stands on the board.
    package let format: CounterFormat
    private let rate: FrameRate
    private let direction: FlapDirection
    private let walk: FlapWalk
    private let speed: FlapSpeed
    private let stagger: Double
    private var places: [Place] = []
    private var growths: [Growth] = []
    private var value: Int64
    private var undo: Undo
    private var lastTime = -Double.infinity

    /// Makes a board at rest that shows `value`.
    ///
    /// - Parameters:
    ///   - columns: places that the board has from the start, at least those of the format.
    ///   - stagger: seconds by which each place starts later than the one right of it.
    package init(
        format: CounterFormat, value: Int64, columns: Int = 0, direction: FlapDirection = .forward,
        walk: FlapWalk = .drum, speed: FlapSpeed = .standard, stagger: Double = 0.035, rate: FrameRate
    ) {
        self.format = format
        self.value = value
        self.direction = direction
        self.walk = walk
        self.speed = speed
        self.stagger = max(0, min(0.5, stagger.isNaN ? 0 : stagger))
        self.rate = rate
        let reading = format.reading(of: value)
        let count = max(columns, format.needed(reading))
        undo = Undo(places: [], growths: 0, value: value)
        for place in 0..<count { places.append(makePlace(place, showing: reading, columns: count)) }
        growths = [Growth(time: -.infinity, columns: count)]
    }

    /// The number after the last step.
    package var lastValue: Int64 { value }
    /// Places of the board in the end.
    package var columns: Int { places.count }

    /// Notes that the number is `value` from `time` on, not before the step appended last.
    package mutating func append(_ value: Int64, at time: FrameTime) { append([(time, value)]) }

    /// Notes several steps in order of time.
    package mutating func append(_ steps: some Sequence<(time: FrameTime, value: Int64)>) {
        for step in steps { take(step.value, at: step.time) }
        for place in places.indices { places[place].cell.complete() }
    }

    /// Forgets what was over before `time`.
    package mutating func forget(before time: FrameTime) {
        let seconds = time.seconds(at: rate) - 1
        for place in places.indices {
            let legs = places[place].cell.forget(before: seconds)
            let card = places[place].card.forget(before: seconds)
            let separator = places[place].separator.forget(before: seconds)
            guard place < undo.places.count else { continue }
            undo.places[place].cell.shift(by: legs)
            undo.places[place].card -= card
            undo.places[place].separator -= separator
        }
    }

    /// When everything lies still if no other step follows.
    package var restTime: FrameTime {
        let seconds = places.reduce(0) { max($0, $1.cell.restTime) }
        return FrameTime(seconds: seconds, rate: rate) + FrameTime(ticks: 1)
    }

    /// Legs kept in all schedules: what memory and search depend on.
    package var legCount: Int { places.reduce(0) { $0 + $1.cell.count } }

    /// The bucket that a moment falls into, as a moment.
    private static func bucketed(_ time: FrameTime) -> FrameTime {
        FrameTime(ticks: (time.ticks + bucket - 1) / bucket * bucket)
    }

    private mutating func take(_ value: Int64, at time: FrameTime) {
        let seconds = Self.bucketed(time).seconds(at: rate)
        precondition(seconds >= lastTime, "steps come in order of time")
        if seconds == lastTime {
            takeBack()
        } else {
            lastTime = seconds
            undo = Undo(
                places: places.map {
                    Undo.Place(
                        cell: $0.cell.mark, card: $0.card.count, separator: $0.separator.count, target: $0.target,
                        turns: $0.turns)
                }, growths: growths.count, value: self.value)
        }
        if value != self.value { move(to: value, at: seconds) }
    }

    private mutating func takeBack() {
        value = undo.value
        places.removeLast(places.count - undo.places.count)
        growths.removeLast(growths.count - undo.growths)
        for (index, old) in undo.places.enumerated() {
            places[index].cell.restore(old.cell)
            places[index].card.truncate(to: old.card)
            places[index].separator.truncate(to: old.separator)
            (places[index].target, places[index].turns) = (old.target, old.turns)
        }
    }

    private mutating func move(to value: Int64, at seconds: Double) {
        let before = format.reading(of: self.value)
        let reading = format.reading(of: value)
        let isFalling = value < self.value
        self.value = value
        let columns = format.needed(reading)
        if columns > places.count {
            for place in places.count..<columns { places.append(makePlace(place, showing: before, columns: columns)) }
            growths.append(Growth(time: seconds, columns: columns))
        }
        for place in places.indices {
            let target = FlapTarget(
                face: format.face(place, of: reading, columns: places.count), falling: isFalling)
            let turns = format.turns(place, of: reading)
            // A card that stays asks for nothing; only a change of the direction may still matter to a leaf in the air.
            if target != places[place].target || turns != places[place].turns {
                let moved = turns.subtractingReportingOverflow(places[place].turns)
                places[place].cell.append(
                    target, turns: moved.overflow ? 0 : moved.partialValue, at: seconds + stagger * Double(place))
                (places[place].target, places[place].turns) = (target, turns)
            }
            places[place].card.append(format.shows(place, of: reading), at: seconds)
            places[place].separator.append(format.shows(separatorBefore: place, of: reading), at: seconds)
        }
    }

    private func makePlace(_ place: Int, showing reading: CounterReading, columns: Int) -> Place {
        let face = format.face(place, of: reading, columns: columns)
        return Place(
            cell: FlapSchedule(face: face, drum: format.base, direction: direction, walk: walk, speed: speed),
            card: FadeSchedule(isShown: format.shows(place, of: reading)),
            separator: FadeSchedule(isShown: format.shows(separatorBefore: place, of: reading)),
            target: FlapTarget(face: face), turns: format.turns(place, of: reading))
    }
}

extension FlipCounterModel {
    /// The board at an instant.
    package struct State: Hashable, Sendable {
        /// A place, from the right.
        package struct Cell: Hashable, Sendable {
            /// What its cards do.
            package let flap: FlapState
            /// 0 when there is no card, 1 when there is.
            package let card: Double
            /// Presence of what is printed right of it.
            package let separator: Double

            package init(flap: FlapState, card: Double, separator: Double) {
                (self.flap, self.card, self.separator) = (flap, card, separator)
            }
        }

        /// The places from the right.
        package let cells: [Cell]
        /// Places that the board has room for: in between while it makes room for another.
        package let columns: Double

        package init(cells: [Cell], columns: Double) { (self.cells, self.columns) = (cells, columns) }
    }

    /// What shows at `time`.
    package func state(at time: FrameTime) -> State {
        let seconds = time.seconds(at: rate)
        let columns = columns(at: seconds)
        let count = Int(columns.rounded(.up))
        return State(
            cells: places.prefix(count).map {
                State.Cell(
                    flap: $0.cell.state(at: seconds), card: $0.card.presence(at: seconds),
                    separator: $0.separator.presence(at: seconds))
            }, columns: columns)
    }

    /// The number that the board shows at `time` when it is at rest, in the glyphs of its faces; nil while it moves.
    package func restingFaces(at time: FrameTime) -> [FlapFace]? {
        var faces: [FlapFace] = []
        for cell in state(at: time).cells {
            guard let face = cell.flap.resting else { return nil }
            faces.append(face)
        }
        return faces
    }

    private func columns(at seconds: Double) -> Double {
        guard let at = growths.lastIndex(where: { $0.time <= seconds }) else {
            return Double(growths.first?.columns ?? places.count)
        }
        let growth = growths[at]
        guard at > 0, seconds < growth.time + Self.growthDuration else { return Double(growth.columns) }
        // From where the one before had come to, so that growths in quick succession join without a jump.
        let start = at == 1 ? Double(growths[0].columns) : columnsBefore(at, at: growth.time)
        let part = max(0, (seconds - growth.time) / Self.growthDuration)
        let smooth = part * part * (3 - 2 * part)
        return max(start + (Double(growth.columns) - start) * smooth, start.nextUp)
    }

    private func columnsBefore(_ index: Int, at seconds: Double) -> Double {
        let growth = growths[index - 1]
        guard index > 1, seconds < growth.time + Self.growthDuration else { return Double(growth.columns) }
        let start = columnsBefore(index - 1, at: growth.time)
        let part = max(0, (seconds - growth.time) / Self.growthDuration)
        return start + (Double(growth.columns) - start) * part * part * (3 - 2 * part)
    }
}
