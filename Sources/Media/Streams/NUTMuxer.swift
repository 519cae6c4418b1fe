import CFFmpeg
import Drawing
import Glibc

/// Writes one NUT stream of raw BGRA frames into a channel; every frame is a key frame.
final class NUTMuxer {
    /// How the last write ended; the muxer itself only knows that it failed.
    private final class Target {
        let channel: ByteChannel
        let isCancelled: @Sendable () -> Bool
        var outcome = ByteChannel.Outcome.sent

        init(_ channel: ByteChannel, _ isCancelled: @escaping @Sendable () -> Bool) {
            (self.channel, self.isCancelled) = (channel, isCancelled)
        }
    }

    private let context: UnsafeMutablePointer<AVFormatContext>
    private let io: UnsafeMutablePointer<AVIOContext>
    private let target: Target
    private let rate: FrameRate

    /// Opens a stream; nothing is sent yet.
    init(
        _ description: OutputDescription, to channel: ByteChannel, isCancelled: @escaping @Sendable () -> Bool
    ) throws(MediaError) {
        FFmpegLibrary.prepare()
        target = Target(channel, isCancelled)
        rate = description.rate
        var made: UnsafeMutablePointer<AVFormatContext>?
        guard avformat_alloc_output_context2(&made, nil, "nut", nil) >= 0, let context = made else {
            throw MediaError(
                .capability, "the installed FFmpeg cannot write NUT", hint: "install the usual build of FFmpeg",
                exit: .capability)
        }
        let io = fanpai_io_writer(Unmanaged.passUnretained(target).toOpaque(), 1 << 18) { opaque, bytes, count in
            guard let opaque else { return -EPIPE }
            let target = Unmanaged<Target>.fromOpaque(opaque).takeUnretainedValue()
            guard target.outcome == .sent else { return -EPIPE }
            target.outcome = target.channel.send(
                UnsafeRawBufferPointer(start: bytes, count: Int(count)), target.isCancelled)
            return target.outcome == .sent ? count : -EPIPE
        }
        guard let io, let stream = avformat_new_stream(context, nil) else {
            fanpai_io_free(io)
            avformat_free_context(context)
            throw FFmpegLibrary.outOfMemory
        }
        self.context = context
        self.io = io
        context.pointee.pb = io
        context.pointee.flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_FLUSH_PACKETS
        stream.pointee.time_base = rate.timeBase
        stream.pointee.avg_frame_rate = rate.rational
        stream.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        let parameters = stream.pointee.codecpar
        parameters?.pointee.codec_type = AVMEDIA_TYPE_VIDEO
        parameters?.pointee.codec_id = AV_CODEC_ID_RAWVIDEO
        parameters?.pointee.format = AV_PIX_FMT_BGRA.rawValue
        parameters?.pointee.codec_tag = 0x4152_4742  // BGRA
        parameters?.pointee.width = Int32(description.size.width)
        parameters?.pointee.height = Int32(description.size.height)
        parameters?.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    }

    deinit {
        avformat_free_context(context)
        fanpai_io_free(io)
    }

    /// Sends the header.
    func start() throws(MediaError) -> ByteChannel.Outcome {
        let code = avformat_write_header(context, nil)
        avio_flush(io)
        return try outcome(code)
    }

    /// Sends a frame; `packet` holds its pixels, rows without padding.
    func write(_ packet: CodecPacket, frame: Int) throws(MediaError) -> ByteChannel.Outcome {
        let base = fanpai_stream(context, 0)?.pointee.time_base ?? AVRational(num: 1, den: 1)
        let own = rate.timeBase
        let pts = av_rescale_q(Int64(frame), own, base)
        packet.pointer.pointee.pts = pts
        packet.pointer.pointee.dts = pts
        packet.pointer.pointee.duration = av_rescale_q(1, own, base)
        packet.pointer.pointee.flags = AV_PKT_FLAG_KEY
        packet.pointer.pointee.stream_index = 0
        let code = av_write_frame(context, packet.pointer)
        avio_flush(io)
        return try outcome(code)
    }

    /// Sends the trailer.
    func end() throws(MediaError) -> ByteChannel.Outcome {
        let code = av_write_trailer(context)
        avio_flush(io)
        return try outcome(code)
    }

    /// Whether the other side has gone.
    var isClosed: Bool { target.channel.isClosed }

    private func outcome(_ code: Int32) throws(MediaError) -> ByteChannel.Outcome {
        if target.outcome != .sent { return target.outcome }
        if code < 0 { throw .internal(.codec, "the NUT stream failed", cause: FFmpegLibrary.cause(code)) }
        return .sent
    }
}
