import CFFmpeg
import Drawing
import Glibc

/// Writes one video stream in a container of FFmpeg's into an output file.
final class FileMuxer {
    /// Where bytes go; the muxer itself only knows that a write failed, not why.
    private final class Target {
        let file: OutputFile
        let limit: Int?
        var position = 0
        var end = 0
        var failure: MediaError?

        init(_ file: OutputFile, limit: Int?) { (self.file, self.limit) = (file, limit) }

        func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
            guard failure == nil else { return false }
            if let limit, position + bytes.count > limit {
                failure = MediaError(
                    .limits, "the file grows beyond \(limit) bytes", hint: "shorten it, or choose a smaller size",
                    exit: .usage)
                return false
            }
            do throws(MediaError) { try file.write(bytes, at: position) } catch {
                failure = error
                return false
            }
            position += bytes.count
            end = max(end, position)
            return true
        }

        func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
            switch whence {
            case AVSEEK_SIZE: return Int64(end)
            case SEEK_SET: position = Int(offset)
            case SEEK_CUR: position += Int(offset)
            case SEEK_END: position = end + Int(offset)
            default: return -1
            }
            return Int64(position)
        }
    }

    private let context: UnsafeMutablePointer<AVFormatContext>
    private let io: UnsafeMutablePointer<AVIOContext>
    private let target: Target
    private let rate: FrameRate
    private let name: String

    /// Opens a container; its header is written by `start`.
    ///
    /// - Throws: `MediaError` with exit 69 when FFmpeg has no such muxer.
    init(_ name: String, _ description: OutputDescription, into file: OutputFile) throws(MediaError) {
        FFmpegLibrary.prepare()
        self.name = name
        target = Target(file, limit: description.profile.limits.bytes)
        rate = description.rate
        var made: UnsafeMutablePointer<AVFormatContext>?
        guard avformat_alloc_output_context2(&made, nil, name, nil) >= 0, let context = made else {
            throw MediaError(
                .capability, "the installed FFmpeg cannot write \(name)", hint: "install the usual build of FFmpeg",
                exit: .capability)
        }
        let io = fanpai_io_file(
            Unmanaged.passUnretained(target).toOpaque(), 1 << 18,
            { opaque, bytes, count in
                guard let opaque else { return -EIO }
                let target = Unmanaged<Target>.fromOpaque(opaque).takeUnretainedValue()
                return target.write(UnsafeRawBufferPointer(start: bytes, count: Int(count))) ? count : -EIO
            },
            { opaque, offset, whence in
                guard let opaque else { return -1 }
                return Unmanaged<Target>.fromOpaque(opaque).takeUnretainedValue().seek(offset, whence)
            })
        guard let io, avformat_new_stream(context, nil) != nil else {
            fanpai_io_free(io)
            avformat_free_context(context)
            throw FFmpegLibrary.outOfMemory
        }
        self.context = context
        self.io = io
        context.pointee.pb = io
        // No versions, dates or random numbers in the bytes.
        context.pointee.flags |= AVFMT_FLAG_BITEXACT
        for entry in description.metadata {
            av_dict_set(&context.pointee.metadata, entry.key.rawValue, entry.value, 0)
        }
    }

    deinit {
        avformat_free_context(context)
        fanpai_io_free(io)
    }

    /// Writes the header; `configure` sets what the stream is.
    func start(_ configure: (UnsafeMutablePointer<AVStream>) -> Int32) throws(MediaError) {
        guard let stream = fanpai_stream(context, 0) else { throw FFmpegLibrary.outOfMemory }
        stream.pointee.avg_frame_rate = rate.rational
        stream.pointee.r_frame_rate = rate.rational
        stream.pointee.time_base = rate.timeBase
        stream.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        var code = configure(stream)
        if code >= 0 { code = avformat_write_header(context, nil) }
        try check(code)
    }

    /// Writes a packet that shows frame `frame`.
    func write(_ packet: CodecPacket, frame: Int, isKey: Bool) throws(MediaError) {
        guard let stream = fanpai_stream(context, 0) else { throw FFmpegLibrary.outOfMemory }
        let own = rate.timeBase
        let base = stream.pointee.time_base
        let pts = av_rescale_q(Int64(frame), own, base)
        packet.pointer.pointee.pts = pts
        packet.pointer.pointee.dts = pts
        packet.pointer.pointee.duration = av_rescale_q(Int64(frame + 1), own, base) - pts
        packet.pointer.pointee.flags = isKey ? AV_PKT_FLAG_KEY : 0
        packet.pointer.pointee.stream_index = 0
        try check(av_write_frame(context, packet.pointer))
    }

    /// Writes the trailer. Returns the bytes of the file.
    func end() throws(MediaError) -> Int {
        let code = av_write_trailer(context)
        avio_flush(io)
        try check(code)
        return target.end
    }

    private func check(_ code: Int32) throws(MediaError) {
        if let failure = target.failure { throw failure }
        if code < 0 { throw .internal(.codec, "the \(name) file failed", cause: FFmpegLibrary.cause(code)) }
    }
}
