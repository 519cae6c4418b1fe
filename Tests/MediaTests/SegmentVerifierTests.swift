import Drawing
import Media
import Testing

/// A segment that was spoiled on its way must not reach a file.
@Suite struct SegmentVerifierTests {
    private let scene = TestScene(128, 96)
    private static let count = 24

    private func encoded() throws -> EncodedSegment {
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: Self.count,
            segments: TestScene.plan(Self.count, every: Self.count),
            metadata: [], profile: .douyin)
        let sink = try MP4Output(description, to: "/dev/null", options: OutputOptions())
            .factory.makeSink(for: description.segments[0])
        for index in 0..<Self.count { try sink.write(scene.frame(index, first: index == 0)) }
        return try sink.finish()
    }

    private func drawn(_ index: Int) -> YUVPicture {
        let picture = YUVPicture(size: scene.size)
        picture.update(from: scene.buffer(index), damage: Damage(scene.size.bounds))
        return picture
    }

    private func fault(
        _ segment: EncodedSegment, bytes: [UInt8]? = nil, samples: [EncodedSegment.Sample]? = nil, first: Int = 0,
        last: Int = count - 1
    ) -> String? {
        let spoiled = EncodedSegment(
            segment: segment.segment, parameterSets: segment.parameterSets, bytes: bytes ?? segment.bytes,
            samples: samples ?? segment.samples)
        do {
            try SegmentVerifier(spoiled, floor: 30).verify(first: drawn(first), last: drawn(last))
            return nil
        } catch {
            return error.message
        }
    }

    @Test func aSoundSegmentPasses() throws { #expect(fault(try encoded()) == nil) }

    @Test func otherPicturesAreNoticed() throws {
        let segment = try encoded()
        #expect(fault(segment, first: 9)?.contains("another picture") == true)
        #expect(fault(segment, last: 3)?.contains("another picture") == true)
    }

    @Test func missingAndDoubledFramesAreNoticed() throws {
        let segment = try encoded()
        let last = try #require(segment.samples.last)
        #expect(
            fault(segment, bytes: segment.bytes.dropLast(last.size), samples: segment.samples.dropLast())?
                .contains("instead of 24") == true)
        var doubled = segment.samples
        doubled[5] = EncodedSegment.Sample(size: doubled[5].size, pts: doubled[6].pts, isSync: false)
        #expect(fault(segment, samples: doubled)?.contains("twice") == true)
        var open = segment.samples
        open[5] = EncodedSegment.Sample(size: open[5].size, pts: open[5].pts, isSync: true)
        #expect(fault(segment, samples: open)?.contains("closed group") == true)
    }

    @Test func cutAndSpoiledPacketsAreNoticed() throws {
        let segment = try encoded()
        #expect(fault(segment, bytes: segment.bytes.dropLast(3))?.contains("add up") == true)
        var length = segment.bytes
        length[2] ^= 1
        #expect(fault(segment, bytes: length) != nil)
        var kind = segment.bytes
        kind[4] ^= 2
        #expect(fault(segment, bytes: kind)?.contains("not a picture") == true)
        // Half of the first picture's data gone to zero: it may decode, but not to what was drawn.
        var payload = segment.bytes
        for index in segment.samples[0].size / 2..<segment.samples[0].size { payload[index] = 0 }
        #expect(fault(segment, bytes: payload) != nil)
    }
}
