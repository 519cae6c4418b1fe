import Drawing
import Motion
import Testing

@Suite("Gliding numbers") struct NumberGlideTests {
    private static let span = FrameTime(frame: 20)

    private static func glide(_ steps: [(Int, Int64)], from first: Int64? = nil) -> NumberGlide {
        NumberGlide(
            .declared(steps.map { (time: FrameTime(ticks: $0.0), value: $0.1) }), span: span, start: .zero, from: first)
    }

    private static func random(_ random: inout SeededGenerator, rising: Bool) -> [(Int, Int64)] {
        var (time, value) = (0, Int64.random(in: 0...2_000, using: &random))
        var steps: [(Int, Int64)] = [(0, value)]
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            time += Int.random(in: 1...400, using: &random)
            let change = Int64.random(in: 0...5_000, using: &random) >> Int64.random(in: 0...13, using: &random)
            value = rising || Bool.random(using: &random) ? value + change : max(0, value - change)
            steps.append((time, value))
        }
        return steps
    }

    @Test("it never turns back while the number rises, and never passes it") func isMonotone() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<60 {
            let steps = Self.random(&random, rising: true)
            let glide = Self.glide(steps)
            var last = -1.0
            for tick in stride(from: 0, to: steps[steps.count - 1].0 + 2_000, by: 13) {
                let time = FrameTime(ticks: tick)
                let value = glide.value(at: time, in: [])
                #expect(value >= last - 1e-9)
                #expect(value <= Double(glide.steps.value(at: time, in: [])) + 1e-9)
                last = value
            }
        }
    }

    @Test("it lies between the smallest and the largest value of the span, and rests on the number") func isBetween() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<60 {
            let steps = Self.random(&random, rising: false)
            let glide = Self.glide(steps)
            let end = steps[steps.count - 1]
            for tick in stride(from: 0, to: end.0 + 2_000, by: 17) {
                let near = steps.filter { $0.0 > tick - Self.span.ticks && $0.0 <= tick }.map(\.1)
                let before = glide.steps.value(at: FrameTime(ticks: tick - Self.span.ticks), in: [])
                let held = steps.last { $0.0 <= max(0, tick - Self.span.ticks) }?.1 ?? before
                let value = glide.value(at: FrameTime(ticks: tick), in: [])
                #expect(value >= Double(min(near.min() ?? held, held)) - 1e-9)
                #expect(value <= Double(max(near.max() ?? held, held)) + 1e-9)
            }
            #expect(glide.value(at: FrameTime(ticks: end.0 + Self.span.ticks), in: []) == Double(end.1))
        }
    }

    @Test("it does not jump, neither at a step nor where one leaves the span") func isContinuous() {
        let glide = Self.glide([(0, 0), (100, 1_000), (700, 1_001), (1_500, 90)])
        for tick in 1..<4_000 {
            let step =
                glide.value(at: FrameTime(ticks: tick), in: []) - glide.value(at: FrameTime(ticks: tick - 1), in: [])
            // At most 16/9 of a step a span.
            #expect(abs(step) <= 1_000 * 1.8 / Double(Self.span.ticks) + 1e-9, "tick \(tick)")
        }
    }

    @Test("later steps change nothing before them") func isCausal() {
        var random = SeededGenerator(seed: 7)
        let steps = Self.random(&random, rising: false)
        let cut = steps.count / 2
        let (part, whole) = (Self.glide(Array(steps[..<cut])), Self.glide(steps))
        for tick in 0..<steps[cut].0 {
            #expect(part.value(at: FrameTime(ticks: tick), in: []) == whole.value(at: FrameTime(ticks: tick), in: []))
        }
    }

    @Test("a first number is left with the scene's start") func startsFromTheFirst() {
        let glide = Self.glide([(0, 500)], from: 0)
        #expect(glide.value(at: FrameTime(ticks: -5), in: []) == 0)
        #expect(glide.value(at: .zero, in: []) == 0)
        #expect((1..<499).contains(Int(glide.value(at: FrameTime(frame: 8), in: []))))
        #expect(glide.value(at: FrameTime(frame: 20), in: []) == 500)
    }
}
