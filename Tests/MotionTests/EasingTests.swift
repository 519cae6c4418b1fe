import Drawing
import Motion
import Testing

@Suite struct EasingTests {
    static let all: [Easing] =
        Easing.names.compactMap(Easing.init(name:)) + [
            .steps(7, atStart: true), .steps(4, atStart: false), .cubicBezier(0.25, 0.1, 0.25, 1),
            .cubicBezier(0.8, 0, 0.2, 1),
            .cubicBezier(0, 0, 1, 1), .spring(dampingRatio: 0.1, velocity: 3), .spring(dampingRatio: 1, velocity: 0),
            .spring(dampingRatio: 2.5, velocity: 0), .spring(dampingRatio: 0.9995, velocity: 0),
        ]

    @Test func everyNameIsAnEasing() {
        #expect(Easing.names.count == 3 + 30)
        #expect(Easing.names.allSatisfy { Easing(name: $0) != nil })
        #expect(Easing(name: "in-quadd") == nil)
        #expect(Easing(name: "in-out-bounce") == .curve(.bounce, .both))
    }

    @Test(arguments: all) func endpointsAreExact(easing: Easing) {
        for before in [-1.0, -0.0, 0] { #expect(easing.value(at: before) == 0) }
        for after in [1.0, 1.5, 100] { #expect(easing.value(at: after) == 1) }
    }

    @Test(arguments: all) func monotoneOnesNeverGoBack(easing: Easing) {
        guard easing.isMonotone else { return }
        var last = 0.0
        for step in 0...4000 {
            let value = easing.value(at: Double(step) / 4000)
            #expect(value >= last - 1e-12 && value <= 1 + 1e-12, "at \(step)/4000")
            last = value
        }
    }

    @Test(arguments: all) func curvesAreContinuous(easing: Easing) {
        if case .steps = easing { return }
        var largest = 0.0
        for step in 0..<20_000 {
            let (a, b) = (Double(step) / 20_000, Double(step + 1) / 20_000)
            largest = max(largest, abs(easing.value(at: b) - easing.value(at: a)))
        }
        // The circle is vertical at its end: sqrt(2 / 20000).
        #expect(largest < 0.0101, "a jump of \(largest)")
    }

    @Test func outIsInFromTheOtherEnd() {
        for family in Easing.Family.allCases {
            for step in 1..<100 {
                let t = Double(step) / 100
                let (forth, back) = (Easing.curve(family, .accelerating), Easing.curve(family, .decelerating))
                #expect(abs(forth.value(at: t) - (1 - back.value(at: 1 - t))) < 1e-12)
                let both = Easing.curve(family, .both)
                #expect(abs(both.value(at: t) - (1 - both.value(at: 1 - t))) < 1e-12)
            }
        }
    }

    @Test func bezierMatchesItsDefinition() {
        // CSS "ease" at half time, from its own equation solved with 80 bisections.
        #expect(abs(Easing.cubicBezier(0.25, 0.1, 0.25, 1).value(at: 0.5) - 0.802_403_387_1) < 1e-8)
        for step in 0...100 {
            let t = Double(step) / 100
            #expect(abs(Easing.cubicBezier(1.0 / 3, 1.0 / 3, 2.0 / 3, 2.0 / 3).value(at: t) - t) < 1e-9)
        }
    }

    @Test func stepsJumpWhereTheyShould() {
        let end = Easing.steps(4, atStart: false)
        #expect([0.0, 0.24, 0.25, 0.5, 0.99].map(end.value(at:)) == [0, 0, 0.25, 0.5, 0.75])
        let start = Easing.steps(4, atStart: true)
        #expect([0.01, 0.24, 0.25, 0.99].map(start.value(at:)) == [0.25, 0.25, 0.5, 1])
    }

    @Test func springsOvershootOnlyBelowTheCriticalDamping() {
        func highest(_ ratio: Double) -> Double {
            (0...1000).map { Easing.spring(dampingRatio: ratio, velocity: 0).value(at: Double($0) / 1000) }.max() ?? 0
        }
        #expect(highest(0.3) > 1.2)
        #expect(highest(1) <= 1.0000001)
        #expect(highest(3) <= 1.0000001)
    }
}

@Suite struct SpringTests {
    @Test(arguments: [0, 0.05, 0.3, 0.7, 0.9999, 1, 1.0001, 1.5, 4]) func followsItsEquation(ratio: Double) {
        let spring = Spring(frequency: 9, dampingRatio: ratio)
        let (x0, v0) = (1.3, -4.0)
        // Runge-Kutta in small steps as an independent answer.
        var (x, v) = (x0, v0)
        let h = 1e-4
        func force(_ x: Double, _ v: Double) -> Double { -2 * ratio * 9 * v - 81 * x }
        for step in 1...20_000 {
            let (k1x, k1v) = (v, force(x, v))
            let (k2x, k2v) = (v + h / 2 * k1v, force(x + h / 2 * k1x, v + h / 2 * k1v))
            let (k3x, k3v) = (v + h / 2 * k2v, force(x + h / 2 * k2x, v + h / 2 * k2v))
            let (k4x, k4v) = (v + h * k3v, force(x + h * k3x, v + h * k3v))
            x += h / 6 * (k1x + 2 * k2x + 2 * k3x + k4x)
            v += h / 6 * (k1v + 2 * k2v + 2 * k3v + k4v)
            guard step % 500 == 0 else { continue }
            let state = spring.state(after: Double(step) * h, position: x0, velocity: v0)
            #expect(
                abs(state.position - x) < 2e-4 && abs(state.velocity - v) < 2e-3, "ζ \(ratio) at \(Double(step) * h) s")
        }
    }

    @Test(arguments: [0.1, 0.5, 1, 2, 5]) func settlesInItsSettlingTime(ratio: Double) {
        let spring = Spring(frequency: 12, dampingRatio: ratio)
        let end = spring.settlingTime(tolerance: 0.001)
        for step in 0...200 {
            let state = spring.state(after: end * (1 + Double(step) / 50), position: 1)
            #expect(abs(state.position) <= 0.001, "ζ \(ratio): \(state.position)")
        }
    }

    @Test func anyMomentContinuesFromAnyOther() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let spring = Spring(
                frequency: .random(in: 1...40, using: &random), dampingRatio: .random(in: 0...3, using: &random))
            let (x, v) = (Double.random(in: -5...5, using: &random), Double.random(in: -50...50, using: &random))
            let (a, b) = (Double.random(in: 0...0.5, using: &random), Double.random(in: 0...0.5, using: &random))
            let half = spring.state(after: a, position: x, velocity: v)
            let chained = spring.state(after: b, position: half.position, velocity: half.velocity)
            let direct = spring.state(after: a + b, position: x, velocity: v)
            #expect(abs(chained.position - direct.position) < 1e-2 * 1e-2 + 1e-9)
            #expect(abs(chained.velocity - direct.velocity) < 1e-2 + 1e-9)
        }
    }
}

@Suite struct AnimatedTests {
    @Test func valuesAtKeysAreExactAndHoldOutside() {
        let property = Animated(keys: [
            .init(time: FrameTime(ticks: 10), value: 0.1),
            .init(time: FrameTime(ticks: 37), value: 3.7, easing: .curve(.back, .both)),
            .init(time: FrameTime(ticks: 64), value: -2, easing: .curve(.expo, .accelerating)),
        ])
        #expect(property.value(at: FrameTime(ticks: -5)) == 0.1)
        #expect(property.value(at: FrameTime(ticks: 10)) == 0.1)
        #expect(property.value(at: FrameTime(ticks: 37)) == 3.7)
        #expect(property.value(at: FrameTime(ticks: 64)) == -2)
        #expect(property.value(at: FrameTime(ticks: 6400)) == -2)
        #expect(!property.isConstant && Animated(1.0).isConstant)
    }

    @Test func findsTheRightSegment() {
        var random = SeededGenerator(seed: 3)
        var ticks = 0
        var keys: [Animated<Double>.Key] = []
        for _ in 0..<50 {
            ticks += Int.random(in: 1...40, using: &random)
            keys.append(.init(time: FrameTime(ticks: ticks), value: .random(in: -9...9, using: &random)))
        }
        let property = Animated(keys: keys)
        for tick in keys[0].time.ticks...ticks {
            let after = keys.firstIndex { $0.time.ticks >= tick } ?? 49
            let (b, a) = (keys[after], keys[max(0, after - 1)])
            let share = after == 0 ? 1 : Double(tick - a.time.ticks) / Double(b.time.ticks - a.time.ticks)
            #expect(abs(property.value(at: FrameTime(ticks: tick)) - (a.value + (b.value - a.value) * share)) < 1e-9)
        }
    }

    @Test func coloursAndPointsMix() {
        let color = Animated(keys: [
            .init(time: .zero, value: Color.black), .init(time: FrameTime(ticks: 64), value: Color.white),
        ])
        #expect(color.value(at: FrameTime(ticks: 32)) == Color(red: 128, green: 128, blue: 128))
        let point = Animated(keys: [
            .init(time: .zero, value: Point(x: 0, y: 10)),
            .init(time: FrameTime(ticks: 64), value: Point(x: 8, y: -10)),
        ])
        #expect(point.value(at: FrameTime(ticks: 16)) == Point(x: 2, y: 5))
    }
}
