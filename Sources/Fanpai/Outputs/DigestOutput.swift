package import Drawing

/// An output that keeps nothing of a frame but the SHA-256 of its pixels.
package final class DigestOutput: FrameOutput {
    package struct Factory: FrameSinkFactory {
        package func makeSink(for segment: Segment) -> Sink { Sink() }
    }

    package final class Sink: FrameSink {
        private var digests: [Digest] = []

        package func write(_ frame: Frame) {
            // Equal pixels need not be read again.
            if frame.damage.isEmpty, let last = digests.last { return digests.append(last) }
            digests.append(frame.pixels.digest)
        }
        package func finish() -> [Digest] { digests }
        package func cancel() {}
    }

    package let factory = Factory()
    /// The digests so far, in order.
    package private(set) var digests: [Digest] = []
    private let body: ([Digest]) throws -> Void

    /// Makes an output that hands the digests of every segment to `body` in order.
    package init(_ body: @escaping ([Digest]) throws -> Void = { _ in }) { self.body = body }

    package func append(_ product: [Digest]) throws {
        digests += product
        try body(product)
    }
    package func finish() {}
    package func cancel() {}
}
