import CFFmpeg
import CMediaKernels

/// What has to be said to FFmpeg's libraries once, and how their errors are read.
enum FFmpegLibrary {
    private static let prepared: Void = {
        // Lines go into errors as causes instead of to the terminal of whoever uses the library.
        fanpai_set_log(fanpai_log_callback())
    }()

    /// Silences the log; call before any other call.
    static func prepare() {
        _ = prepared
        fanpai_log_clear()
    }

    /// What went wrong: the last error line of this thread, else the text of the code.
    static func cause(_ code: Int32) -> String {
        let line = String(cString: fanpai_log_last())
        fanpai_log_clear()
        var buffer = [CChar](repeating: 0, count: 128)
        av_strerror(code, &buffer, buffer.count)
        let text = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        return line.isEmpty ? text : "\(line): \(text)"
    }

    static func encoder(_ name: String) throws(MediaError) -> UnsafePointer<AVCodec> {
        prepare()
        guard let codec = avcodec_find_encoder_by_name(name) else {
            throw MediaError(
                .capability, "the installed FFmpeg has no encoder \(name)",
                hint: "install an FFmpeg that has it (Debian: apt install libavcodec-extra); fanpai doctor lists them",
                exit: .capability)
        }
        return codec
    }

    static let outOfMemory = MediaError(
        .codec, "out of memory", hint: "use fewer workers (--jobs) or a smaller size", exit: .internal)
}

/// What a codec has to say after it was asked for output. The two ordinary answers are values, not errors.
enum CodecResult {
    case ready
    case needsInput
    case endOfStream
}
