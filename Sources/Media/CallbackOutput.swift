public import Drawing

/// Hands frames to a closure, in order, on the thread that draws them.
public final class CallbackOutput: FrameOutput {
    /// Makes the one sink.
    public let factory: CallbackFactory

    /// - Parameter body: called for every frame; the pixels are lent for the call.
    public init(_ body: @escaping @Sendable (Frame) throws -> Void) { factory = CallbackFactory(body: body) }

    /// Does nothing.
    public func append(_ product: Int) throws {}
    /// Does nothing.
    public func finish() throws {}
    /// Does nothing.
    public func cancel() {}
}

/// Makes the sink of a `CallbackOutput`. The plan must be one segment, so that frames come in order.
public struct CallbackFactory: FrameSinkFactory {
    let body: @Sendable (Frame) throws -> Void

    /// Makes the sink.
    public func makeSink(for segment: Segment) throws -> CallbackSink {
        guard segment.index == 0 else {
            throw MediaError.internal(.limits, "a callback takes its frames in one segment")
        }
        return CallbackSink(segment, body)
    }
}

/// Calls the closure of a `CallbackOutput`.
public final class CallbackSink: FrameSink {
    private let segment: Segment
    private let body: @Sendable (Frame) throws -> Void
    private var written = 0

    init(_ segment: Segment, _ body: @escaping @Sendable (Frame) throws -> Void) {
        (self.segment, self.body) = (segment, body)
    }

    /// Calls the closure; what it throws ends the job.
    public func write(_ frame: Frame) throws {
        guard frame.index == segment.frames.lowerBound + written else {
            throw MediaError.internal(.codec, "frame \(frame.index) is not the next one")
        }
        written += 1
        try body(frame)
    }

    /// The number of frames that the closure was given.
    public func finish() throws -> Int { written }
    /// Does nothing.
    public func cancel() {}
}
