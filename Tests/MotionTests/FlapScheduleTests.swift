import Motion
import Testing

@Suite("Flap schedules")
struct FlapScheduleTests {
    private static func glyph(_ number: Int) -> FlapFace { FlapFace(glyph: Int16(number)) }

    /// A cell that was asked for random digits at random moments, and the moments.
    private static func random(
        _ random: inout SeededGenerator, count: Int, direction: FlapDirection, pause: ClosedRange<Double>
    ) -> (schedule: FlapSchedule, inputs: [(time: Double, turns: Int64, digit: Int)]) {
        var schedule = FlapSchedule(face: glyph(0), drum: 10, direction: direction)
        var inputs: [(Double, Int64, Int)] = []
        var (time, number) = (0.5, Int64(1000))
        for _ in 0..<count {
            let turns = Int64.random(in: -6...6, using: &random)
            number += turns
            time += Double.random(in: pause, using: &random)
            inputs.append((time, turns, Int(number % 10)))
            schedule.append(
                FlapTarget(face: glyph(Int(number % 10)), falling: turns < 0), turns: turns, at: time)
        }
        schedule.complete()
        return (schedule, inputs)
    }

    @Test("retargeting in mid-flip keeps angle and angular velocity, 10,000 times", arguments: FlapDirection.allCases)
    func retargetIsContinuous(direction: FlapDirection) {
        var random = SeededGenerator(seed: 11)
        var (inFlight, worst) = (0, 0.0)
        for round in 0..<100 {
            var schedule = FlapSchedule(face: Self.glyph(0), drum: 10, direction: direction)
            var (time, number) = (0.0, Int64(1000))
            for _ in 0..<100 {
                time += Double.random(in: round % 2 == 0 ? 0.01...0.4 : 0.05...0.9, using: &random)
                let before = schedule.state(at: time)
                let turns = Int64.random(in: -3...3, using: &random)
                number += turns
                schedule.append(
                    FlapTarget(face: Self.glyph(Int(number % 10)), falling: turns < 0), turns: turns, at: time)
                schedule.complete()
                let after = schedule.state(at: time)
                // Every leaf in the air stays there and moves as before; a new one starts from its rest.
                for old in [before.leaf, before.bounce].compactMap({ $0 }) {
                    let differences = [after.leaf, after.bounce].compactMap { $0 }.map {
                        max(abs(old.angle - $0.angle), abs(old.velocity - $0.velocity))
                    }
                    worst = max(worst, differences.min() ?? .infinity)
                }
                if before.leaf != nil {
                    inFlight += 1
                } else if let new = after.leaf, before.bounce == nil {
                    worst = max(worst, min(new.angle, .pi - new.angle), abs(new.velocity))
                }
                #expect(abs(before.position - after.position) < 1e-6 || before.leaf == nil)
            }
        }
        #expect(worst < 1e-6)
        #expect(inFlight > 3000)
    }

    @Test("any split of the inputs into appends gives the same schedule", arguments: FlapDirection.allCases)
    func appendsOnly(direction: FlapDirection) {
        var random = SeededGenerator(seed: 5)
        for round in 0..<60 {
            let pause = round % 3 == 0 ? 0.0...0.03 : 0.0...0.6
            let (whole, inputs) = Self.random(&random, count: 40, direction: direction, pause: pause)
            var parts = FlapSchedule(face: Self.glyph(0), drum: 10, direction: direction)
            for input in inputs {
                parts.append(
                    FlapTarget(face: Self.glyph(input.digit), falling: input.turns < 0), turns: input.turns,
                    at: input.time)
                if Bool.random(using: &random) { parts.complete() }
            }
            parts.complete()
            #expect(parts == whole)
        }
    }

    @Test("what is shown before an input does not depend on it", arguments: FlapDirection.allCases)
    func looksBackOnly(direction: FlapDirection) {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<40 {
            let (whole, inputs) = Self.random(&random, count: 30, direction: direction, pause: 0...0.25)
            var parts = FlapSchedule(face: Self.glyph(0), drum: 10, direction: direction)
            parts.complete()
            for input in inputs {
                for time in stride(from: max(0, input.time - 0.3), to: input.time, by: 0.021) {
                    // `parts` knows only inputs up to the one before; `whole` knows all that comes.
                    if time >= (inputs.last { $0.time < input.time }?.time ?? 0) {
                        #expect(parts.state(at: time) == whole.state(at: time))
                    }
                }
                parts.append(
                    FlapTarget(face: Self.glyph(input.digit), falling: input.turns < 0), turns: input.turns,
                    at: input.time)
                parts.complete()
            }
        }
    }

    @Test("at rest it shows what was asked for last", arguments: FlapDirection.allCases)
    func restsOnTarget(direction: FlapDirection) {
        var random = SeededGenerator(seed: 7)
        for round in 0..<300 {
            let pause = [0.0...0.02, 0.0...0.1, 0.0...0.5, 0.0...2.0][round % 4]
            let (schedule, inputs) = Self.random(&random, count: 60, direction: direction, pause: pause)
            guard let last = inputs.last else { continue }
            #expect(schedule.restTime < last.time + 2.6)
            let state = schedule.state(at: max(last.time, schedule.restTime) + 1e-9)
            #expect(state.resting == Self.glyph(last.digit))
        }
    }

    @Test("a direct drum comes to any digit with one leaf in the time of one", arguments: FlapDirection.allCases)
    func walksDirectly(direction: FlapDirection) {
        let speed = FlapSpeed(fall: 0.5, hold: 0)
        var schedule = FlapSchedule(face: Self.glyph(1), drum: 10, direction: direction, walk: .direct, speed: speed)
        var digit: Int16 = 1
        // Changes by all distances, up and down, faster than any drum could be read.
        for step in 0..<40 {
            let next = Int16((Int(digit) + step * 7 + 3) % 10)
            let time = Double(step)
            schedule.append(
                FlapTarget(face: Self.glyph(Int(next)), falling: next < digit), turns: Int64(next) - Int64(digit) + 90,
                at: time)
            schedule.complete()
            guard next != digit else { continue }
            let flying = schedule.state(at: time + 0.25)
            let faces: Set = [flying.upper, flying.lower]
            #expect(faces == [Self.glyph(Int(digit)), Self.glyph(Int(next))])
            #expect(flying.leaf != nil)
            let landed = schedule.state(at: time + 0.5 + 1e-9)
            #expect(landed.leaf == nil && landed.upper == Self.glyph(Int(next)))
            digit = next
        }
    }

    @Test("a digit flips forward through every glyph between")
    func walksTheDrum() {
        var schedule = FlapSchedule(face: Self.glyph(7), drum: 10)
        schedule.append(FlapTarget(face: Self.glyph(2), falling: true), turns: -5, at: 0)
        schedule.complete()
        var shown: [Int16] = []
        var position = 0.0
        for step in 0..<3000 {
            let state = schedule.state(at: Double(step) / 1000)
            #expect(state.position >= position)
            position = state.position
            if shown.last != state.lower.glyph { shown.append(state.lower.glyph) }
        }
        #expect(shown == [7, 8, 9, 0, 1, 2])
        #expect(position == 5)
    }

    @Test("in reverse it goes back the way it came, and shorter")
    func walksBack() {
        var schedule = FlapSchedule(face: Self.glyph(2), drum: 10, direction: .reverse)
        schedule.append(FlapTarget(face: Self.glyph(9), falling: true), turns: -3, at: 0)
        schedule.complete()
        var shown: [Int16] = []
        for step in 0..<3000 {
            let state = schedule.state(at: Double(step) / 1000)
            if shown.last != state.upper.glyph { shown.append(state.upper.glyph) }
        }
        #expect(shown == [2, 1, 0, 9])
    }

    @Test("leaves fall with acceleration and land at full speed")
    func accelerates() {
        var schedule = FlapSchedule(face: Self.glyph(3), drum: 10)
        schedule.append(FlapTarget(face: Self.glyph(8)), turns: 5, at: 0)
        schedule.complete()
        var (last, lastSpeed, fastest) = (0.0, 0.0, 0.0)
        for step in 0..<2000 {
            let state = schedule.state(at: Double(step) / 1000)
            guard let leaf = state.leaf else { continue }
            // Past the hold, within one leaf: never slower than a millisecond before.
            if leaf.angle > last, leaf.angle > 0.12 { #expect(leaf.velocity >= lastSpeed - 1e-9) }
            (last, lastSpeed) = (leaf.angle, leaf.velocity)
            fastest = max(fastest, leaf.velocity)
        }
        #expect(fastest > 20)
    }

    @Test("a held leaf lifts a little before it falls, and a landed one bounces a few degrees")
    func anticipatesAndSettles() {
        var schedule = FlapSchedule(face: Self.glyph(3), drum: 10)
        schedule.append(FlapTarget(face: Self.glyph(4)), turns: 1, at: 1)
        schedule.complete()
        let held = schedule.state(at: 1 + FlapSpeed.standard.hold)
        #expect(abs((held.leaf?.velocity ?? 1)) < 1e-9)
        #expect((held.leaf?.angle ?? 0) > 0.05)
        let landing = 1 + FlapSpeed.standard.hold + FlapSpeed.standard.fall
        let bounces = (1..<300).compactMap { schedule.state(at: landing + Double($0) / 1000).bounce?.angle }
        #expect((bounces.min() ?? 0) < Double.pi - 0.03)
        #expect((bounces.min() ?? 0) > Double.pi - 0.15)
        #expect(schedule.state(at: schedule.restTime + 1e-9).resting == Self.glyph(4))
    }

    @Test("a digit that changes faster than the board can flip blurs, and comes out of it right")
    func blursAndReturns() {
        var schedule = FlapSchedule(face: Self.glyph(0), drum: 10)
        for step in 1...120 {
            schedule.append(FlapTarget(face: Self.glyph(step % 10)), turns: 1, at: Double(step) / 60)
        }
        schedule.complete()
        #expect(schedule.state(at: 0.05).lower.isSharp)
        for time in [1.0, 1.5, 1.99] { #expect(schedule.state(at: time).leaf?.front == .blurred) }
        #expect(schedule.restTime < 4)
        #expect(schedule.state(at: schedule.restTime + 1e-9).resting == Self.glyph(0))
        // 2 s of blur are one leg with many leaves, not one a leaf.
        #expect(schedule.count < 14)
    }

    @Test("a slow digit never blurs, and one burst does not blur a drum")
    func staysSharp() {
        var slow = FlapSchedule(face: Self.glyph(0), drum: 10)
        for step in 1...60 { slow.append(FlapTarget(face: Self.glyph(step % 10)), turns: 1, at: Double(step) * 0.14) }
        slow.complete()
        var burst = FlapSchedule(face: Self.glyph(0), drum: 10)
        for step in 1...37 { burst.append(FlapTarget(face: Self.glyph(step % 10)), turns: 1, at: 1) }
        burst.complete()
        for step in 0..<1200 {
            #expect(slow.state(at: Double(step) / 120).lower.isSharp)
            #expect(burst.state(at: Double(step) / 120).lower.isSharp)
        }
    }

    @Test("a blank place turns into a digit with one flip")
    func blankIsZero() {
        for (from, to) in [(FlapFace.blank, Self.glyph(1)), (.blank, Self.glyph(0)), (Self.glyph(0), .minus)] {
            var schedule = FlapSchedule(face: from, drum: 10)
            schedule.append(FlapTarget(face: to), turns: 0, at: 0)
            schedule.complete()
            #expect(schedule.count == 1)
            #expect(schedule.state(at: 0.1).leaf?.front == from)
            #expect(schedule.state(at: 0.1).leaf?.back == to)
        }
    }

    @Test("forgetting keeps what can still be seen")
    func forgets() {
        var random = SeededGenerator(seed: 8)
        let (whole, inputs) = Self.random(&random, count: 400, direction: .forward, pause: 0.2...0.5)
        var short = whole
        let time = inputs[300].time
        short.forget(before: time)
        #expect(short.count < whole.count / 2)
        for step in 0..<400 {
            let instant = time + Double(step) / 10
            #expect(short.state(at: instant) == whole.state(at: instant))
        }
    }
}
