import Drawing
import Fanpai
import Testing

/// A small generator with a fixed seed (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct SegmentPlanTests {
    static let rates = [
        FrameRate(30), FrameRate(25), FrameRate(60), FrameRate(30000, 1001), FrameRate(1), FrameRate(1, 3),
    ]

    @Test func plainFilmIsCutEveryTwoSeconds() {
        let plan = SegmentPlan.segments(frameCount: 150, rate: .thirty)
        #expect(plan.map(\.frames) == [0..<60, 60..<120, 120..<150])
        #expect(plan.map(\.index) == [0, 1, 2])
    }

    @Test func restUnderHalfASecondJoinsThePieceBefore() {
        #expect(SegmentPlan.segments(frameCount: 134, rate: .thirty).map(\.frames) == [0..<60, 60..<134])
        #expect(SegmentPlan.segments(frameCount: 135, rate: .thirty).map(\.frames) == [0..<60, 60..<120, 120..<135])
    }

    @Test func piecesCountFromTheSceneStart() {
        let plan = SegmentPlan.segments(frameCount: 200, rate: .thirty, scenes: [0, 70], cuts: [85])
        #expect(plan.map(\.frames) == [0..<70, 70..<85, 85..<130, 130..<200].map { $0 })
    }

    @Test func ntscPiecesAreSixtyFrames() {
        let plan = SegmentPlan.segments(frameCount: 180, rate: FrameRate(30000, 1001))
        #expect(plan.map(\.frames) == [0..<60, 60..<120, 120..<180])
    }

    @Test func noFramesNoSegments() { #expect(SegmentPlan.segments(frameCount: 0, rate: .thirty).isEmpty) }

    @Test func unsegmentableIsOne() {
        let plan = SegmentPlan.segments(frameCount: 999, rate: .thirty, scenes: [0, 5], isSegmentable: false)
        #expect(plan == [Segment(index: 0, frames: 0..<999)])
    }

    @Test func everyPlanCoversEveryFrameOnceAndCutsWhereItMust() {
        var generator = SeededGenerator(state: 2026)
        for _ in 0..<2000 {
            let rate = Self.rates.randomElement(using: &generator) ?? .thirty
            let count = Int.random(in: 1...1500, using: &generator)
            let scenes =
                [0]
                + (0..<Int.random(in: 0...4, using: &generator)).map { _ in Int.random(in: 0...1600, using: &generator)
                }
            let cuts = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                Int.random(in: -5...1600, using: &generator)
            }
            let plan = SegmentPlan.segments(frameCount: count, rate: rate, scenes: scenes, cuts: cuts)
            #expect(plan.first?.frames.lowerBound == 0)
            #expect(plan.last?.frames.upperBound == count)
            for (before, after) in zip(plan, plan.dropFirst()) {
                #expect(before.frames.upperBound == after.frames.lowerBound)
                #expect(before.index + 1 == after.index)
            }
            let starts = Set(plan.map(\.frames.lowerBound))
            let must = Set((scenes + cuts).filter { $0 > 0 && $0 < count })
            #expect(must.isSubset(of: starts))
            let edges = must.union([0, count])
            let length = SegmentPlan.pieceLength(rate)
            for segment in plan {
                #expect(!segment.frames.isEmpty)
                // A rest of less than half a second may have joined at either end.
                #expect(segment.frames.count < length + 2 * (rate.numerator / (2 * rate.denominator) + 1))
                if SegmentPlan.isShort(segment.frames.count, rate) {
                    #expect(edges.contains(segment.frames.lowerBound) && edges.contains(segment.frames.upperBound))
                }
            }
        }
    }

    @Test func aLaterSceneDoesNotMoveEarlierCuts() {
        var generator = SeededGenerator(state: 7)
        for _ in 0..<300 {
            let edge = Int.random(in: 30...600, using: &generator)
            let short = SegmentPlan.segments(frameCount: edge, rate: .thirty)
            let long = SegmentPlan.segments(
                frameCount: edge + Int.random(in: 1...600, using: &generator), rate: .thirty, scenes: [0, edge])
            #expect(Array(long.prefix(short.count)) == short)
        }
    }

    @Test func clippingKeepsTheCutsAndCountsFromZero() {
        let plan = SegmentPlan.segments(frameCount: 150, rate: .thirty)
        #expect(SegmentPlan.clip(plan, to: 50..<125).map(\.frames) == [0..<10, 10..<70, 70..<75])
        #expect(SegmentPlan.clip(plan, to: 60..<120).map(\.frames) == [0..<60])
        #expect(SegmentPlan.clip(plan, to: 60..<120).map(\.index) == [0])
    }
}
