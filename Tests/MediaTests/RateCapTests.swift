import Drawing
import Media
import Testing

/// Profiles whose decoder is fed at a steady rate.
@Suite struct RateCapTests {
    private let scene = TestScene(320, 240)

    /// Encodes two seconds in four segments of noise that moves, and says how often the frames were asked for.
    private func encode(_ profile: Profile) throws -> (sizes: [Int], rounds: [Int], headers: Set<ParameterSets>) {
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 60, segments: TestScene.plan(60, every: 15), profile: profile)
        let output = try MP4Output(description, to: "/dev/null")
        var result = (sizes: [Int](), rounds: [Int](), headers: Set<ParameterSets>())
        for segment in description.segments {
            let sink = try output.factory.makeSink(for: segment)
            var rounds = 0
            repeat {
                for index in segment.frames {
                    try sink.write(scene.frame(index, first: index == segment.frames.lowerBound))
                }
                rounds += 1
            } while try sink.needsFramesAgain()
            let product = try sink.finish()
            try output.append(product)
            result.sizes += product.samples.map(\.size)
            result.rounds.append(rounds)
            result.headers.insert(product.parameterSets)
        }
        output.cancel()
        return result
    }

    private func fits(_ sizes: [Int], _ cap: RateCap) -> Bool {
        var bucket = LeakyBucket(cap, rate: .thirty)
        return sizes.allSatisfy { bucket.add(bytes: $0) }
    }

    @Test func aTightCapIsKept() throws {
        let free = try encode(.douyin)
        #expect(free.rounds == [1, 1, 1, 1])
        let bits = free.sizes.reduce(0, +) * 8 / 2
        let cap = RateCap(bitsPerSecond: bits * 2 / 3, bufferBits: bits * 2 / 3)
        #expect(!fits(free.sizes, cap), "the cap is tight")

        let kept = try encode(Profile.douyin.capped(cap))
        #expect(fits(kept.sizes, cap))
        #expect(kept.rounds.contains { $0 > 1 })
        #expect(kept.headers == free.headers && kept.headers.count == 1)
    }

    @Test func aCapThatNothingKeepsIsAnError() {
        let error = #expect(throws: MediaError.self) {
            _ = try encode(Profile.douyin.capped(RateCap(bitsPerSecond: 2000, bufferBits: 2000)))
        }
        #expect(error?.exit == .usage)
    }

    @Test func theBucketIsExactAtEveryRate() {
        // 1001 bytes a frame at 30000/1001 are exactly 240,000 bits a second.
        let rate = FrameRate(30000, 1001)
        var bucket = LeakyBucket(RateCap(bitsPerSecond: 240_000, bufferBits: 8008), rate: rate)
        let exact = (0..<10_000).allSatisfy { _ in bucket.add(bytes: 1001) }
        let more = bucket.add(bytes: 1002)
        #expect(exact && !more)
    }
}
