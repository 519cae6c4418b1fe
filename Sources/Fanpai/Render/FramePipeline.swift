package import Drawing
import Media

/// Draws the segments of a source on several threads and hands them to an output in order.
///
/// Every worker owns a painter, and one buffer that it repairs from frame to frame where sinks want whole pictures. A worker
/// takes the next segment that nobody has, but is never more than a few segments ahead of the output, so that memory does not
/// grow with the film.
package struct FramePipeline: Sendable {
    let source: FrameSource
    /// The first frame of the source that is rendered: frame 0 of the output.
    let firstFrame: Int
    /// Segments in the output's count.
    let segments: [Segment]
    let workers: Int
    let cancellation: Cancellation
    let makePainter: @Sendable () throws -> any FramePainter
    /// Where segments may lie already, and are kept.
    let storage: SegmentStorage?
    let onProgress: (@Sendable (RenderProgress) -> Void)?

    /// Makes a pipeline that renders `segments`, counted from frame `firstFrame` of the source, with at most `workers`.
    package init(
        source: FrameSource, firstFrame: Int = 0, segments: [Segment], workers: Int,
        cancellation: Cancellation = Cancellation(), onProgress: (@Sendable (RenderProgress) -> Void)? = nil,
        makePainter: @escaping @Sendable () throws -> any FramePainter
    ) {
        self.init(
            source: source, firstFrame: firstFrame, segments: segments, workers: workers, cancellation: cancellation,
            storage: nil, onProgress: onProgress, makePainter: makePainter)
    }

    init(
        source: FrameSource, firstFrame: Int, segments: [Segment], workers: Int, cancellation: Cancellation,
        storage: SegmentStorage?, onProgress: (@Sendable (RenderProgress) -> Void)?,
        makePainter: @escaping @Sendable () throws -> any FramePainter
    ) {
        self.storage = storage
        self.source = source
        self.firstFrame = firstFrame
        self.segments = segments
        self.workers = workers
        self.cancellation = cancellation
        self.makePainter = makePainter
        self.onProgress = onProgress
    }

    /// About half a minute of film.
    private static let segmentsBetweenTidying = 16

    private var frameCount: Int { segments.last?.frames.upperBound ?? 0 }

    /// Renders everything; afterwards `output` is finished, or cancelled if this throws.
    package func run<Output: FrameOutput>(to output: Output) throws -> RenderReport {
        let clock = Stopwatch()
        let worker = SegmentWorker(
            pipeline: self, factory: output.factory, clock: clock,
            board: Monitor(WorkBoard(segmentCount: segments.count, window: workers + 2)))
        let board = worker.board
        var threads: [WorkerThread] = []
        var total = DigestBuilder()
        var phases = PhaseTimes()
        var use = CacheUse()
        do {
            for _ in 0..<min(workers, segments.count) { threads.append(try WorkerThread { worker.work() }) }
            for index in segments.indices {
                let made = try nextResult(index, board, clock)
                let start = clock.nanoseconds
                try output.append(made.product)
                phases.join += clock.nanoseconds - start
                phases.add(made.phases)
                use.add(made.use)
                made.digests.withUnsafeBytes { total.update($0) }
                board.withLock { $0.appended += 1 }
                if index % Self.segmentsBetweenTidying == Self.segmentsBetweenTidying - 1 {
                    ProcessMemory.returnFreePages()
                }
            }
            for thread in threads { thread.join() }
            threads = []
            try cancellation.check()
            let start = clock.nanoseconds
            try output.finish()
            phases.join += clock.nanoseconds - start
            storage?.store.finish()
        } catch {
            board.withLock { $0.isStopped = true }
            for thread in threads { thread.join() }
            output.cancel()
            // Whatever broke because the job was cancelled is not the reason.
            throw cancellation.isCancelled ? FanpaiError.cancelled : error
        }
        onProgress?(RenderProgress(framesDone: frameCount, framesTotal: frameCount, seconds: clock.seconds))
        return RenderReport(
            frameCount: frameCount, segmentCount: segments.count, seconds: clock.seconds, phases: phases,
            digest: total.finish().description, cache: storage == nil ? nil : use,
            alpha: (output as? any AlphaMeasuring)?.alphaFigures)
    }

    /// Waits for a segment, reporting progress meanwhile.
    private func nextResult<Product: Sendable>(
        _ index: Int, _ board: Monitor<WorkBoard<Product>>, _ clock: Stopwatch
    ) throws -> SegmentResult<Product> {
        while true {
            try cancellation.check()
            var framesDone = 0
            let made = try board.wait(milliseconds: 50) { state throws -> SegmentResult<Product>? in
                if let failure = state.failure { throw failure }
                framesDone = state.framesDone
                return state.made.removeValue(forKey: index)
            }
            onProgress?(RenderProgress(framesDone: framesDone, framesTotal: frameCount, seconds: clock.seconds))
            if let made { return made }
        }
    }
}
