import Drawing
import Glibc
import Media
import Testing

/// Figures, printed only when `FANPAI_MEASURE` names a folder for the files.
@Suite(.enabled(if: getenv("FANPAI_MEASURE") != nil), .serialized) struct MeasureTests {
    private let folder = getenv("FANPAI_MEASURE").map { String(cString: $0) } ?? "/tmp"
    private let scene = TestScene(1080, 1920)

    @Test func encode() throws {
        let count = 150
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: count, segments: TestScene.plan(count, every: 60),
            profile: .douyin)
        let buffers = (0..<2).map { scene.buffer($0) }
        let output = try MP4Output(description, to: "\(folder)/measure.mp4")
        let clock = ThreadClock()
        var (open, convert, write, finish, join) = (
            Duration.zero, Duration.zero, Duration.zero, Duration.zero, Duration.zero
        )
        for segment in description.segments {
            var sink: H264SegmentSink?
            open += try clock.measure { sink = try output.factory.makeSink(for: segment) }
            for index in segment.frames {
                let damage = Damage(
                    index == segment.frames.lowerBound ? scene.size.bounds : scene.square(0).union(scene.square(1)))
                let frame = Frame(
                    index: index, pixels: buffers[index % 2], damage: damage, digest: Digest(words: (0, 0, 0, 0)))
                write += try clock.measure { try sink?.write(frame) }
            }
            var product: EncodedSegment?
            finish += try clock.measure { product = try sink?.finish() }
            join += try clock.measure { if let product { try output.append(product) } }
        }
        let end = try clock.measure { try output.finish() }
        for level in CPULevel.allCases {
            let picture = YUVPicture(size: scene.size)
            picture.update(from: buffers[0], damage: Damage(scene.size.bounds), level: level)
            convert = clock.measure {
                for index in 0..<40 {
                    picture.update(from: buffers[index % 2], damage: Damage(scene.size.bounds), level: level)
                }
            }
            print("convert \(level): \(convert / 40) a frame")
        }
        print(
            "open \(open / description.segments.count) write \(write / count) a frame, finish+verify \(finish / description.segments.count) a segment, join \(join), end \(end)"
        )
    }
}

/// Processor time of this thread: others on the machine do not count.
private struct ThreadClock {
    func measure(_ body: () throws -> Void) rethrows -> Duration {
        let start = now
        try body()
        return now - start
    }

    private var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
