import Drawing
import Media
import Testing

/// Segments that are kept and read back.
@Suite struct StoredSegmentTests {
    private static func segment() throws -> EncodedSegment {
        EncodedSegment(
            segment: Segment(index: 0, frames: 0..<3),
            parameterSets: try #require(ParameterSets([0x67, 100, 0, 40, 9], [0x68, 1])),
            bytes: Array(0..<60),
            samples: [
                .init(size: 30, pts: 0, isSync: true), .init(size: 20, pts: 2, isSync: false),
                .init(size: 10, pts: 1, isSync: false),
            ])
    }

    @Test func aStoredSegmentIsTheSameAtAnyPlace() throws {
        let place = Segment(index: 7, frames: 400..<403)
        let segment = try Self.segment()
        let padded = [1, 2, 3] + segment.stored
        let read = try #require(EncodedSegment(stored: padded[3...], segment: place))
        #expect(read.segment == place)
        #expect(read.parameterSets == segment.parameterSets)
        #expect(read.bytes == segment.bytes && read.samples == segment.samples)
        #expect(read.stored == segment.stored)
    }

    @Test func bytesThatAreNoneAreRefused() throws {
        let segment = try Self.segment()
        let stored = segment.stored
        for count in 0..<stored.count {
            #expect(EncodedSegment(stored: stored[..<count], segment: segment.segment) == nil, "\(count) bytes")
        }
        #expect(EncodedSegment(stored: (stored + [0])[...], segment: segment.segment) == nil)
        #expect(EncodedSegment(stored: stored[...], segment: Segment(index: 0, frames: 0..<2)) == nil)
        // No length anywhere makes it read beyond its bytes.
        for index in stored.indices {
            var spoiled = stored
            spoiled[index] = 0xff
            _ = EncodedSegment(stored: spoiled[...], segment: segment.segment)
        }
    }
}
