import Drawing
import Media
import Testing

/// Frames that equal the one before cost no encoder, and no more than a few bytes.
@Suite struct RestingPictureTests {
    private let scene = TestScene(176, 144)

    /// Encodes frames that show the moments given, the way a worker does.
    private func encode(_ moments: [Int], every length: Int = .max) throws -> [EncodedSegment] {
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: moments.count,
            segments: TestScene.plan(moments.count, every: min(length, moments.count)), profile: .douyin)
        let output = try MP4Output(description, to: "/dev/null")
        return try description.segments.map { segment in
            let sink = try output.factory.makeSink(for: segment)
            for index in segment.frames {
                let isFirst = index == segment.frames.lowerBound
                let isSame = !isFirst && moments[index] == moments[index - 1]
                try sink.write(
                    Frame(
                        index: index, pixels: scene.buffer(moments[index]),
                        damage: isSame ? .none : Damage(scene.size.bounds), digest: Digest(words: (0, 0, 0, 0))))
            }
            return try sink.finish()
        }
    }

    private func drawn(_ moment: Int) -> YUVPicture {
        let picture = YUVPicture(size: scene.size)
        picture.update(from: scene.buffer(moment), damage: .none)
        return picture
    }

    @Test(arguments: 0..<12) func everyFrameIsTheOneDrawn(_ round: Int) throws {
        var noise = Noise(UInt64(round) + 1)
        var moments = [0]
        while moments.count < 70 {
            let rests = noise.next(3) == 0 ? noise.next(12) : 0
            let next = (moments.last ?? 0) + 1
            moments += Array(repeating: next, count: 1 + rests)
        }
        for segment in try encode(moments, every: 1 + noise.next(40)) {
            let qualities = try SegmentVerifier(segment, floor: 0).qualities {
                drawn(moments[segment.segment.frames.lowerBound + $0])
            }
            try #require(qualities.count == segment.segment.frames.count)
            for (index, quality) in qualities.enumerated() {
                #expect(quality > 30, "round \(round), frame \(index) of \(segment.segment)")
                let frame = segment.segment.frames.lowerBound + index
                // Not nearly the same picture, but the same.
                if index > 0 && moments[frame] == moments[frame - 1] { #expect(quality == qualities[index - 1]) }
            }
            for sample in segment.samples where sample.pts > 0 {
                let frame = segment.segment.frames.lowerBound + sample.pts
                if moments[frame] == moments[frame - 1] { #expect(sample.size < 40) }
            }
        }
    }

    /// Longer than the order numbers of one reference and the next may lie apart.
    @Test func aLongRestIsCarried() throws {
        let moments = [0, 1, 2] + Array(repeating: 3, count: 1300) + [4, 5, 6, 7, 8]
        let segment = try #require(try encode(moments).first)
        let qualities = try SegmentVerifier(segment, floor: 0).qualities { drawn(moments[$0]) }
        #expect(qualities.count == moments.count)
        #expect(qualities.allSatisfy { $0 > 30 })
        #expect(segment.samples.count { $0.size > 40 } <= 3 + 3 + 5)
    }

    @Test func stillSegmentsAreOnePicture() throws {
        let segment = try #require(try encode(Array(repeating: 5, count: 60)).first)
        #expect(segment.samples.dropFirst().allSatisfy { $0.size < 40 && !$0.isSync })
        #expect(segment.samples.map(\.pts) == Array(0..<60))
    }

    @Test func escapingIsUndone() {
        var noise = Noise(3)
        for _ in 0..<500 {
            let bytes = (0..<noise.next(60)).map { _ in UInt8([0, 0, 0, 1, 2, 3, 4, 255][noise.next(8)]) } + [0x80]
            let unit = H264Escaping.added(bytes)
            #expect(H264Escaping.removed(unit) == bytes)
            for at in unit.indices.dropFirst(2) where unit[at - 2] == 0 && unit[at - 1] == 0 {
                #expect(unit[at] >= 3, "no start code inside of a unit")
            }
        }
    }
}
