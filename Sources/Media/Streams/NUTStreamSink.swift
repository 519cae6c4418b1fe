import CFFmpeg
public import Drawing
import Glibc

/// Gives frames out by the wall clock; see `NUTStreamOutput` for what it promises.
public final class NUTStreamSink: FrameSink {
    private let segment: Segment
    private let description: OutputDescription
    private let options: OutputOptions
    private let listener: StreamListener?
    private let pixels: CodecPacket
    private var muxer: NUTMuxer?
    private var start: ContinuousClock.Instant?
    private var written = 0
    private var report = StreamReport()

    init(_ segment: Segment, _ factory: NUTStreamFactory) throws(MediaError) {
        self.segment = segment
        description = factory.description
        options = factory.options
        pixels = try CodecPacket()
        let size = description.size
        guard av_new_packet(pixels.pointer, Int32(size.width * size.height * 4)) == 0 else {
            throw FFmpegLibrary.outOfMemory
        }
        switch factory.source {
        case .listener(let listener): self.listener = listener
        case .descriptor(let descriptor):
            listener = nil
            try connect(ByteChannel.duplicating(descriptor))
        }
    }

    /// Waits until the frame is due and sends it.
    ///
    /// - Throws: `MediaError` with code `cancelled` when told to stop, 74 when the reader of a pipe has gone.
    public func write(_ frame: Frame) throws {
        guard frame.index == segment.frames.lowerBound + written, frame.index < segment.frames.upperBound,
            frame.pixels.size == description.size
        else { throw MediaError.internal(.codec, "frame \(frame.index) is not the next one of the stream") }
        makeStraight(frame)
        try waitForFirstClient()
        try wait(until: due(written))
        defer { written += 1 }
        guard muxer != nil else {
            report.unwatched += 1
            return
        }
        if options.lateness == .skip, ContinuousClock.now >= due(written + 1) {
            report.skipped += 1
            return
        }
        try send(written)
    }

    private func makeStraight(_ frame: Frame) {
        let width = description.size.width
        let rects = written == 0 ? [description.size.bounds] : frame.damage.clipped(to: description.size.bounds).rects
        for rect in rects {
            PixelKernels.unpremultiply(
                frame.pixels, rect, into: pixels.pointer.pointee.data, stride: width * 4, swapped: false)
        }
    }

    private func send(_ index: Int) throws(MediaError) {
        guard let muxer else { return }
        switch try muxer.write(pixels, frame: index) {
        case .sent: report.sent += 1
        case .cancelled: throw MediaError.cancelled
        case .full: throw MediaError.write("the stream", ENOSPC)
        case .closed:
            report.unwatched += 1
            try loseClient()
        }
    }

    private func loseClient() throws(MediaError) {
        muxer = nil
        guard listener != nil else {
            throw MediaError(
                .transfer, "the reader of the stream has gone", hint: "keep it running until the end", exit: .transfer)
        }
    }

    private func connect(_ channel: ByteChannel) throws(MediaError) {
        let muxer = try NUTMuxer(description, to: channel, isCancelled: options.isCancelled)
        switch try muxer.start() {
        case .sent:
            self.muxer = muxer
            report.connections += 1
        case .cancelled: throw MediaError.cancelled
        case .full: throw MediaError.write("the stream", ENOSPC)
        case .closed: try loseClient()
        }
    }

    /// When a frame is to be sent.
    private func due(_ index: Int) -> ContinuousClock.Instant {
        let rate = description.rate
        let (seconds, rest) = (index * rate.denominator).quotientAndRemainder(dividingBy: rate.numerator)
        return (start ?? .now) + .seconds(seconds) + .nanoseconds(rest * 1_000_000_000 / rate.numerator)
    }

    private func waitForFirstClient() throws(MediaError) {
        guard start == nil else { return }
        while muxer == nil {
            if options.isCancelled() { throw MediaError.cancelled }
            try pollListener(milliseconds: 100)
        }
        start = .now
    }

    /// Waits, and meanwhile looks after clients that come and go.
    private func wait(until due: ContinuousClock.Instant) throws(MediaError) {
        repeat {
            if options.isCancelled() { throw MediaError.cancelled }
            if let muxer, muxer.isClosed { try loseClient() }
            let left = due - .now
            let nanoseconds = left.components.seconds * 1_000_000_000 + left.components.attoseconds / 1_000_000_000
            guard nanoseconds > 0 || muxer == nil else { return }
            if muxer == nil {
                try pollListener(milliseconds: Int32(clamping: min(100, max(0, (nanoseconds + 999_999) / 1_000_000))))
            } else {
                var slice = timespec(tv_sec: 0, tv_nsec: Int(min(nanoseconds, 100_000_000)))
                nanosleep(&slice, nil)
            }
        } while ContinuousClock.now < due
    }

    private func pollListener(milliseconds: Int32) throws(MediaError) {
        guard let listener else { return }
        var poller = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&poller, 1, milliseconds) > 0, let channel = listener.accept() { try connect(channel) }
    }

    /// Lets the last frame have its time, then ends the stream.
    ///
    /// - Throws: `MediaError` with code `cancelled` when told to stop.
    public func finish() throws -> StreamReport {
        guard written == segment.frames.count else {
            throw MediaError.internal(.codec, "the stream ended after \(written) frames")
        }
        try wait(until: due(written))
        if try muxer?.end() == .cancelled { throw MediaError.cancelled }
        muxer = nil
        return report
    }

    /// Closes the connection.
    public func cancel() { muxer = nil }
}
