import Drawing

/// What one worker thread does: take a segment, draw its frames into its own buffer, feed a sink, leave the product.
struct SegmentWorker<Factory: FrameSinkFactory>: Sendable {
    let pipeline: FramePipeline
    let factory: Factory
    let clock: Stopwatch
    let board: Monitor<WorkBoard<Factory.Sink.Product>>

    func work() {
        do {
            var canvas = Canvas(painter: try pipeline.makePainter(), buffer: PixelBuffer(size: pipeline.source.size))
            while let index = board.wait({ $0.take() }) {
                guard let index else { return }
                let made = try render(pipeline.segments[index], on: &canvas)
                board.withLock { $0.made[index] = made }
            }
        } catch {
            board.withLock { if $0.failure == nil { $0.failure = error } }
        }
    }

    private func render(
        _ segment: Segment, on canvas: inout Canvas
    ) throws -> SegmentResult<Factory.Sink.Product> {
        let sink = try factory.makeSink(for: segment)
        do {
            var phases = PhaseTimes()
            var digests: [UInt64] = []
            digests.reserveCapacity(segment.frames.count * 4)
            for index in segment.frames {
                try pipeline.cancellation.check()
                let frame = try canvas.draw(
                    pipeline.source.list(pipeline.firstFrame + index), index: index,
                    isFirst: index == segment.frames.lowerBound, clock,
                    &phases)
                let words = frame.digest.words
                digests += [words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian]
                let start = clock.nanoseconds
                if index == 0 { phases.firstFrame = start }
                try sink.write(frame)
                phases.encode += clock.nanoseconds - start
                let goesOn = board.withLock { state in
                    state.framesDone += 1
                    return !state.isStopped
                }
                if !goesOn { throw FanpaiError.cancelled }
            }
            let start = clock.nanoseconds
            let product = try sink.finish()
            phases.encode += clock.nanoseconds - start
            return SegmentResult(product: product, digests: digests, phases: phases)
        } catch {
            sink.cancel()
            throw error
        }
    }
}

/// What a worker made of a segment.
struct SegmentResult<Product: Sendable>: Sendable {
    let product: Product
    /// Four big-endian words a frame.
    let digests: [UInt64]
    let phases: PhaseTimes
}

/// What workers and the thread that joins their segments know of each other.
struct WorkBoard<Product: Sendable>: Sendable {
    let segmentCount: Int
    /// How many segments may be in work or waiting to be appended.
    let window: Int
    var next = 0
    var appended = 0
    var framesDone = 0
    var made: [Int: SegmentResult<Product>] = [:]
    var failure: (any Error)?
    var isStopped = false

    init(segmentCount: Int, window: Int) { (self.segmentCount, self.window) = (segmentCount, window) }

    /// The next segment to work on; `.some(nil)` when there is none any more, nil when it is too early.
    mutating func take() -> Int?? {
        if isStopped || failure != nil || next == segmentCount { return .some(nil) }
        guard next < appended + window else { return nil }
        next += 1
        return next - 1
    }
}
