import Drawing

/// What one worker thread does: take a segment, draw its frames, feed a sink, leave the product.
struct SegmentWorker<Factory: FrameSinkFactory>: Sendable {
    let pipeline: FramePipeline
    let factory: Factory
    let clock: Stopwatch
    let board: Monitor<WorkBoard<Factory.Sink.Product>>

    func work() {
        do {
            var canvas = Canvas(painter: try pipeline.makePainter(), size: pipeline.source.size)
            while let index = board.wait({ $0.take() }) {
                guard let index else { return }
                let made = try make(index, on: &canvas)
                board.withLock { $0.made[index] = made }
            }
        } catch {
            board.withLock { if $0.failure == nil { $0.failure = error } }
        }
    }

    /// Takes a segment from the cache, or makes it.
    private func make(_ index: Int, on canvas: inout Canvas) throws -> SegmentResult<Factory.Sink.Product> {
        let segment = pipeline.segments[index]
        guard let storage = pipeline.storage else { return try render(segment, prepared: nil, on: &canvas) }
        let start = clock.nanoseconds
        var phases = PhaseTimes()
        var use = CacheUse()
        let inputs = storage.key(ofInputs: index)
        if let inputs, let found: Found = storage.find(inputs, segment) {
            use.foundByInputs = 1
            phases.cache = clock.nanoseconds - start
            return try take(found, segment, phases, use)
        }
        phases.cache = clock.nanoseconds - start
        let frames = try prepare(segment, &phases)
        let looked = clock.nanoseconds
        let key = storage.key(of: frames)
        let found: Found? = storage.find(key, segment)
        if let found {
            use.foundByFrames = 1
            if let inputs { use.note(storage.store.folder.link(inputs, to: found.content)) }
            phases.cache += clock.nanoseconds - looked
            return try take(found, segment, phases, use)
        }
        phases.cache += clock.nanoseconds - looked
        var made = try render(segment, prepared: frames, on: &canvas)
        let drawn = clock.nanoseconds
        use.made = 1
        use.note(storage.keep(made, under: [key] + (inputs.map { [$0] } ?? [])))
        phases.cache += clock.nanoseconds - drawn
        made.phases.add(phases)
        made.use = use
        return made
    }

    private typealias Found = (product: Factory.Sink.Product, digests: [UInt64], content: Digest)

    private func take(
        _ found: Found, _ segment: Segment, _ phases: PhaseTimes, _ use: CacheUse
    ) throws -> SegmentResult<Factory.Sink.Product> {
        try count(segment.frames.count)
        return SegmentResult(product: found.product, digests: found.digests, phases: phases, use: use)
    }

    /// Evaluates all frames of a segment, and looks where each differs from the one before.
    private func prepare(_ segment: Segment, _ phases: inout PhaseTimes) throws -> [PreparedFrame] {
        var frames: [PreparedFrame] = []
        frames.reserveCapacity(segment.frames.count)
        for index in segment.frames {
            try pipeline.cancellation.check()
            let start = clock.nanoseconds
            let list = try pipeline.source.list(pipeline.firstFrame + index)
            let made = clock.nanoseconds
            let damage = frames.last.map { list.damage(since: $0.list) }
            frames.append(PreparedFrame(list: list, damage: damage))
            phases.evaluate += made - start
            phases.compare += clock.nanoseconds - made
        }
        return frames
    }

    /// Notes that frames are done; throws when the job is over.
    private func count(_ frames: Int) throws {
        let goesOn = board.withLock { state in
            state.framesDone += frames
            return !state.isStopped
        }
        if !goesOn { throw FanpaiError.cancelled }
    }

    private func render(
        _ segment: Segment, prepared: [PreparedFrame]?, on canvas: inout Canvas
    ) throws -> SegmentResult<Factory.Sink.Product> {
        let sink = try factory.makeSink(for: segment)
        do {
            var phases = PhaseTimes()
            var digests: [UInt64] = []
            digests.reserveCapacity(segment.frames.count * 4)
            var isFirstTime = true
            repeat {
                for index in segment.frames {
                    try pipeline.cancellation.check()
                    let digest = try write(
                        prepared?[index - segment.frames.lowerBound]
                            ?? PreparedFrame(list: pipeline.source.list(pipeline.firstFrame + index)),
                        index, isFirst: index == segment.frames.lowerBound, from: &canvas, to: sink, &phases)
                    if isFirstTime {
                        let words = digest.words
                        digests += [words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian]
                    }
                    try count(isFirstTime ? 1 : 0)
                }
                isFirstTime = false
            } while try sink.needsFramesAgain()
            let start = clock.nanoseconds
            let product = try sink.finish()
            phases.encode += clock.nanoseconds - start
            return SegmentResult(product: product, digests: digests, phases: phases, use: CacheUse())
        } catch {
            sink.cancel()
            throw error
        }
    }

    /// Draws one frame and feeds it to a sink; returns the digest of its list.
    private func write(
        _ make: @autoclosure () throws -> PreparedFrame, _ index: Int, isFirst: Bool, from canvas: inout Canvas,
        to sink: Factory.Sink, _ phases: inout PhaseTimes
    ) throws -> Digest {
        if let sink = sink as? any BandSink, sink.takesBands {
            let digest = try canvas.draw(make(), index: index, isFirst: isFirst, into: sink, clock, &phases)
            if index == 0 && phases.firstFrame == 0 { phases.firstFrame = clock.nanoseconds }
            return digest
        }
        let frame = try canvas.draw(make(), index: index, isFirst: isFirst, clock, &phases)
        let start = clock.nanoseconds
        if index == 0 && phases.firstFrame == 0 { phases.firstFrame = start }
        try sink.write(frame)
        phases.encode += clock.nanoseconds - start
        return frame.digest
    }
}

/// What a worker made of a segment.
struct SegmentResult<Product: Sendable>: Sendable {
    let product: Product
    /// Four big-endian words a frame.
    let digests: [UInt64]
    var phases: PhaseTimes
    /// What the cache did for it.
    var use: CacheUse
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
