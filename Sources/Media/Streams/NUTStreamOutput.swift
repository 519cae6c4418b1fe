import CFFmpeg
public import Drawing
import Glibc

/// Raw transparent frames for OBS: NUT with BGRA, straight alpha, given out by the wall clock.
///
/// The clock starts when the first client is there; frame n is never sent before start + n / rate. A client may leave and come
/// back: every connection starts with a header and the frame that is due, and has no backlog; frames that fall between are
/// drawn for nobody and counted. A late frame is sent all the same, or left out and counted, as `OutputOptions.lateness` says.
/// One client is served at a time. On standard output the reader must stay.
public final class NUTStreamOutput: FrameOutput {
    /// Makes the one sink.
    public let factory: NUTStreamFactory
    /// What became of the frames; complete after `append`.
    public private(set) var report = StreamReport()

    /// Listens at once, so that OBS may connect before the first frame is drawn.
    ///
    /// - Throws: `MediaError` with exit 64 for a bad address or a terminal, 73 when the port is taken.
    public convenience init(
        _ description: OutputDescription, to destination: String, options: OutputOptions = OutputOptions()
    ) throws(MediaError) {
        try self.init(
            description, to: StreamAddress(parsing: destination, allowsRemote: options.allowsRemote), options: options)
    }

    /// Listens at once, so that OBS may connect before the first frame is drawn.
    ///
    /// - Throws: `MediaError` with exit 64 for a terminal, 73 when the port is taken.
    public init(
        _ description: OutputDescription, to address: StreamAddress, options: OutputOptions = OutputOptions()
    ) throws(MediaError) {
        switch address {
        case .standardOutput:
            if isatty(1) != 0 { _ = try ByteChannel.standardOutput() }
            factory = NUTStreamFactory(description: description, options: options, source: .descriptor(1))
        case .listen(let host, let port):
            let listener = try StreamListener(host: host, port: port)
            factory = NUTStreamFactory(description: description, options: options, source: .listener(listener))
        }
    }

    /// A stream into an open pipe, socket or file.
    package init(_ description: OutputDescription, descriptor: Int32, options: OutputOptions = OutputOptions()) {
        factory = NUTStreamFactory(description: description, options: options, source: .descriptor(descriptor))
    }

    /// The port that it listens at; nil for a pipe.
    public var port: Int? {
        if case .listener(let listener) = factory.source { return listener.port }
        return nil
    }

    /// Takes the report of the one segment.
    public func append(_ product: StreamReport) throws { report = product }
    /// Does nothing: the sink has closed the stream.
    public func finish() throws {}
    /// Does nothing: the sink has closed the stream.
    public func cancel() {}
}

/// Makes the one sink of a stream.
public struct NUTStreamFactory: FrameSinkFactory {
    enum Source: Sendable {
        case listener(StreamListener)
        case descriptor(Int32)
    }

    let description: OutputDescription
    let options: OutputOptions
    let source: Source

    /// Makes the sink.
    ///
    /// - Throws: `MediaError` when standard output cannot take a stream.
    public func makeSink(for segment: Segment) throws -> NUTStreamSink {
        guard segment.index == 0 else { throw MediaError.internal(.limits, "a stream is one segment") }
        return try NUTStreamSink(segment, self)
    }
}
