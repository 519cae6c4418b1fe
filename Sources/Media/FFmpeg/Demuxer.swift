import CFFmpeg
import Glibc

/// Owner of one open media file (`AVFormatContext`).
final class Demuxer {
    let context: UnsafeMutablePointer<AVFormatContext>

    /// - Throws: `MediaError` with exit 66 when there is no such file, 65 when it is none that FFmpeg can read.
    init(path: String) throws(MediaError) {
        FFmpegLibrary.prepare()
        guard access(path, R_OK) == 0 else {
            throw MediaError(
                .missing, "cannot read \(path)", hint: "check the name", cause: MediaError.text(errno), exit: .missing)
        }
        var context: UnsafeMutablePointer<AVFormatContext>?
        var options: OpaquePointer?
        // A media file may name others: none is opened.
        av_dict_set(&options, "protocol_whitelist", "file", 0)
        var code = avformat_open_input(&context, "file:" + path, nil, &options)
        av_dict_free(&options)
        if code >= 0, let opened = context {
            code = avformat_find_stream_info(opened, nil)
            if code < 0 { avformat_close_input(&context) }
        }
        guard code >= 0, let context else {
            throw MediaError(
                .input, "\(path) is no video that can be read", hint: "use an MP4 or MOV file",
                cause: FFmpegLibrary.cause(code), exit: .data)
        }
        self.context = context
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    /// The streams, in the file's order.
    var streams: [UnsafeMutablePointer<AVStream>] {
        (0..<fanpai_stream_count(context)).compactMap { fanpai_stream(context, $0) }
    }

    /// The first stream of a kind.
    func first(_ type: AVMediaType) -> UnsafeMutablePointer<AVStream>? {
        streams.first { $0.pointee.codecpar.pointee.codec_type == type }
    }

    /// Reads the next packet of any stream.
    func read(into packet: CodecPacket) throws(MediaError) -> CodecResult {
        packet.clear()
        let code = av_read_frame(context, packet.pointer)
        if code == fanpai_error_end() { return .endOfStream }
        if code < 0 {
            throw MediaError(
                .input, "the video is damaged", hint: "save it again", cause: FFmpegLibrary.cause(code), exit: .data)
        }
        return .ready
    }

    /// Goes to the last key frame at or before a time of a stream, in its own units.
    func seek(stream: Int32, pts: Int64) throws(MediaError) {
        let code = av_seek_frame(context, stream, pts, AVSEEK_FLAG_BACKWARD)
        if code < 0 {
            throw MediaError(
                .input, "the video cannot be searched", hint: "convert it to MP4", cause: FFmpegLibrary.cause(code),
                exit: .data)
        }
    }
}
