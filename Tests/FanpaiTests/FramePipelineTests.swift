import Drawing
import Fanpai
import Synchronization
import Testing

/// Draws the bounds of paths, white on nothing, and only inside the damage: pixels are right only if the damage was.
private struct BoxPainter: FramePainter {
    mutating func paint(_ list: DisplayList, damage: Damage, inBands take: (PixelBand) -> Void) throws {
        throw Broken(place: "no sink here takes bands")
    }

    mutating func paint(_ list: DisplayList, into buffer: PixelBuffer, damage: Damage) {
        let boxes = list.nodes.compactMap { node in
            if case .path(let node) = node { node.path.bounds.enclosing } else { nil }
        }
        buffer.withMutableBytes { bytes in
            for rect in damage.rects {
                for row in rect.y..<rect.maxY {
                    for column in rect.x..<rect.maxX {
                        let pixel = PixelRect(x: column, y: row, width: 1, height: 1)
                        let value: UInt8 = boxes.contains { $0.intersects(pixel) } ? 255 : 0
                        for byte in 0..<4 { bytes[row * buffer.stride + column * 4 + byte] = value }
                    }
                }
            }
        }
    }
}

private struct Broken: Error, Equatable { var place: String }

/// Records what happens to it, and fails where it is told to.
private final class RecordingOutput: FrameOutput {
    struct Factory: FrameSinkFactory {
        let log: Log
        let fails: String
        func makeSink(for segment: Segment) throws -> Sink {
            if fails == "make", segment.index == 2 { throw Broken(place: "make") }
            log.add { $0.open += 1 }
            return Sink(segment: segment, log: log, fails: fails)
        }
    }
    final class Log: Sendable {
        struct Entries: Sendable {
            var open = 0
            var mostOpen = 0
            var ahead = 0
            var appended: [Int] = []
            var finished = false
            var cancelled = false
        }
        private let entries = Mutex(Entries())
        func add(_ body: (inout Entries) -> Void) { entries.withLock { body(&$0) } }
        var all: Entries { entries.withLock { $0 } }
    }
    final class Sink: FrameSink {
        let segment: Segment
        let log: Log
        let fails: String
        var next: Int
        var text = ""
        init(segment: Segment, log: Log, fails: String) {
            (self.segment, self.log, self.fails, next) = (segment, log, fails, segment.frames.lowerBound)
        }
        func write(_ frame: Frame) throws {
            #expect(frame.index == next)
            if next == segment.frames.lowerBound { #expect(frame.damage.area == frame.pixels.size.bounds.area) }
            if fails == "write", frame.index == 70 { throw Broken(place: "write") }
            next += 1
            text += "\(frame.index):\(frame.pixels.digest)\n"
        }
        func finish() throws -> (Int, String) {
            #expect(next == segment.frames.upperBound)
            if fails == "finish", segment.index == 1 { throw Broken(place: "finish") }
            log.add {
                $0.open -= 1
                $0.ahead = max($0.ahead, segment.index - $0.appended.count)
            }
            return (segment.index, text)
        }
        func cancel() { log.add { $0.open -= 1 } }
    }

    let log = Log()
    let factory: Factory
    let fails: String
    var text = ""
    init(fails: String = "") {
        self.fails = fails
        factory = Factory(log: log, fails: fails)
    }
    func append(_ product: (Int, String)) throws {
        if fails == "append" { throw Broken(place: "append") }
        text += product.1
        log.add { $0.appended.append(product.0) }
    }
    func finish() throws {
        if fails == "end" { throw Broken(place: "end") }
        log.add { $0.finished = true }
    }
    func cancel() { log.add { $0.cancelled = true } }
}

@Suite struct FramePipelineTests {
    static let size = PixelSize(width: 32, height: 16)

    /// A square that moves, and stands still for a while in between.
    static func source(frameCount: Int = 400) -> FrameSource {
        FrameSource(size: size, rate: .thirty, frameCount: frameCount, scenes: [0, 95]) { frame in
            let step = Double(frame / 3 % 20)
            return DisplayList(
                size: size,
                nodes: [
                    .path(PathNode(path: .rect(Rect(x: step, y: 2, width: 8, height: 8)), paint: .solid(.white)))
                ])
        }
    }

    static func pipeline(_ source: FrameSource, workers: Int, cancellation: Cancellation = Cancellation())
        -> FramePipeline
    {
        FramePipeline(
            source: source,
            segments: SegmentPlan.segments(frameCount: source.frameCount, rate: source.rate, scenes: source.scenes),
            workers: workers, cancellation: cancellation, makePainter: { BoxPainter() })
    }

    @Test(arguments: [1, 2, 4, 16]) func ordersSegmentsForAnyNumberOfWorkers(workers: Int) throws {
        let output = RecordingOutput()
        let report = try Self.pipeline(Self.source(), workers: workers).run(to: output)
        let single = RecordingOutput()
        let reference = try Self.pipeline(Self.source(), workers: 1).run(to: single)
        #expect(report.frameCount == 400)
        #expect(report.digest == reference.digest)
        #expect(output.log.all.appended == Array(0..<report.segmentCount))
        #expect(output.log.all.finished && !output.log.all.cancelled)
        #expect(output.log.all.open == 0)
        #expect(output.text.split(separator: "\n").count == 400)
        #expect(output.text == single.text)
    }

    @Test func workersStayNearTheOutput() throws {
        let output = RecordingOutput()
        _ = try Self.pipeline(Self.source(frameCount: 6000), workers: 3).run(to: output)
        #expect(output.log.all.ahead <= 5)
    }

    @Test(arguments: ["make", "write", "finish", "append", "end"], [1, 3])
    func aFailureAnywhereCancelsTheOutputAndReachesTheCaller(place: String, workers: Int) {
        let output = RecordingOutput(fails: place)
        #expect(throws: Broken(place: place)) {
            try Self.pipeline(Self.source(), workers: workers).run(to: output)
        }
        #expect(output.log.all.cancelled)
        #expect(!output.log.all.finished)
        #expect(output.log.all.open == 0)
    }

    @Test func aFailingListReachesTheCaller() {
        let good = Self.source()
        let source = FrameSource(size: good.size, rate: good.rate, frameCount: 400) { frame in
            if frame == 333 { throw Broken(place: "list") }
            return try good.list(frame)
        }
        let output = RecordingOutput()
        #expect(throws: Broken(place: "list")) { try Self.pipeline(source, workers: 2).run(to: output) }
        #expect(output.log.all.cancelled)
    }

    @Test func cancellingStopsAtOnceAndCancelsTheOutput() {
        let cancellation = Cancellation()
        let good = Self.source()
        let source = FrameSource(size: good.size, rate: good.rate, frameCount: 1_000_000) { frame in
            if frame == 500 { cancellation.cancel() }
            #expect(frame < 2000)
            return try good.list(frame)
        }
        let output = RecordingOutput()
        #expect(throws: FanpaiError.cancelled) {
            try Self.pipeline(source, workers: 2, cancellation: cancellation).run(to: output)
        }
        #expect(output.log.all.cancelled && output.log.all.open == 0)
    }

    @Test func cancellingBeforeTheStartRendersNothing() {
        let cancellation = Cancellation()
        cancellation.cancel()
        let output = RecordingOutput()
        #expect(throws: FanpaiError.cancelled) {
            try Self.pipeline(Self.source(), workers: 2, cancellation: cancellation).run(to: output)
        }
        #expect(output.text.isEmpty && output.log.all.cancelled)
    }

    @Test func handlersOfACancellationRunOnce() {
        let cancellation = Cancellation()
        let count = Mutex(0)
        cancellation.onCancel { count.withLock { $0 += 1 } }
        cancellation.cancel()
        cancellation.cancel()
        cancellation.onCancel { count.withLock { $0 += 10 } }
        #expect(count.withLock { $0 } == 11)
    }

    @Test func digestOutputGivesOneDigestAFrame() throws {
        let output = DigestOutput()
        _ = try Self.pipeline(Self.source(), workers: 2).run(to: output)
        #expect(output.digests.count == 400)
        #expect(output.digests[0] == output.digests[2])
        #expect(output.digests[0] != output.digests[3])
    }
}

@Suite struct OrderedJSONTests {
    @Test func escapesAndKeepsOrder() {
        let document = OrderedJSON.object([
            "b": .integer(1), "a": .text("引号\" 反斜\\ 行\n\u{1}"), "none": nil,
            "list": .array([.bool(true), .null, .number(0.5)]),
            "empty": .array([]),
        ]).document
        #expect(
            document == """
                {
                  "b": 1,
                  "a": "引号\\" 反斜\\\\ 行\\n\\u0001",
                  "list": [
                    true,
                    null,
                    0.5
                  ],
                  "empty": []
                }

                """)
    }
}
