public import Drawing

/// An output that hands every frame to a function, in order, on one thread: the way out for programs of your own.
public final class CallbackOutput: FrameOutput {
    /// Makes the one sink.
    public struct Factory: FrameSinkFactory {
        fileprivate let body: @Sendable (Frame) throws -> Void

        /// Starts a segment.
        public func makeSink(for segment: Segment) -> Sink { Sink(body: body) }
    }

    /// Hands frames on.
    public final class Sink: FrameSink {
        private let body: @Sendable (Frame) throws -> Void

        fileprivate init(body: @escaping @Sendable (Frame) throws -> Void) { self.body = body }

        /// Calls the function.
        public func write(_ frame: Frame) throws { try body(frame) }
        /// Nothing is pending.
        public func finish() {}
        /// Nothing is held.
        public func cancel() {}
    }

    /// What makes its sinks.
    public let factory: Factory

    /// Makes an output that calls `body` with every frame; the frame's pixels are lent for the call.
    public init(_ body: @escaping @Sendable (Frame) throws -> Void) { factory = Factory(body: body) }

    /// Nothing is joined.
    public func append(_ product: Void) {}
    /// Nothing is completed.
    public func finish() {}
    /// Nothing is removed.
    public func cancel() {}
}
