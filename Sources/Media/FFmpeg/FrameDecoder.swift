import CFFmpeg

/// Owner of one decoder (`AVCodecContext`).
final class FrameDecoder {
    let context: UnsafeMutablePointer<AVCodecContext>

    /// Opens a decoder that runs on the calling thread alone.
    ///
    /// - Parameter configure: sets fields before it is opened, and returns what that call returned (0 when it cannot fail).
    init(
        _ codec: UnsafePointer<AVCodec>, configure: (UnsafeMutablePointer<AVCodecContext>) -> Int32
    ) throws(MediaError) {
        FFmpegLibrary.prepare()
        guard let context = avcodec_alloc_context3(codec) else { throw FFmpegLibrary.outOfMemory }
        self.context = context
        context.pointee.thread_count = 1
        var code = configure(context)
        if code >= 0 { code = avcodec_open2(context, codec, nil) }
        if code < 0 {
            throw MediaError(
                .input, "cannot open a decoder", hint: "convert the file with another tool",
                cause: FFmpegLibrary.cause(code), exit: .data)
        }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    /// The decoder of a codec.
    static func codec(_ id: AVCodecID) throws(MediaError) -> UnsafePointer<AVCodec> {
        FFmpegLibrary.prepare()
        guard let codec = avcodec_find_decoder(id) else {
            throw MediaError(
                .capability, "the installed FFmpeg has no decoder \(String(cString: avcodec_get_name(id)))",
                hint: "convert the file with another tool", exit: .capability)
        }
        return codec
    }

    /// The decoder of a stream in a file: FFmpeg's own of VP9 drops alpha, so that another one is asked where there is some.
    static func codec(of stream: AVStream) throws(MediaError) -> UnsafePointer<AVCodec> {
        let id = stream.codecpar.pointee.codec_id
        let mode = av_dict_get(stream.metadata, "alpha_mode", nil, 0).map { String(cString: $0.pointee.value) }
        if id == AV_CODEC_ID_VP9, mode == "1", let codec = avcodec_find_decoder_by_name("libvpx-vp9") { return codec }
        return try codec(id)
    }

    /// Sets the header (`extradata`) of a context that is not open yet.
    static func setHeader(_ header: [UInt8], _ context: UnsafeMutablePointer<AVCodecContext>) -> Int32 {
        guard let memory = padded(header) else { return fanpai_error_memory() }
        context.pointee.extradata = memory
        context.pointee.extradata_size = Int32(header.count)
        return 0
    }

    /// Sets the header of a stream that is to be written.
    static func setHeader(_ header: [UInt8], _ parameters: UnsafeMutablePointer<AVCodecParameters>) -> Int32 {
        guard !header.isEmpty else { return 0 }
        guard let memory = padded(header) else { return fanpai_error_memory() }
        parameters.pointee.extradata = memory
        parameters.pointee.extradata_size = Int32(header.count)
        return 0
    }

    /// A copy that FFmpeg frees, with zeros behind it; nil when there is no memory.
    private static func padded(_ bytes: [UInt8]) -> UnsafeMutablePointer<UInt8>? {
        let memory = av_mallocz(bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE))
        bytes.withUnsafeBytes {
            if let source = $0.baseAddress { memory?.copyMemory(from: source, byteCount: $0.count) }
        }
        return memory?.assumingMemoryBound(to: UInt8.self)
    }

    /// Hands a packet over, or nil to end; drain with `receive` before the next one.
    func send(_ packet: CodecPacket?) throws(MediaError) {
        let code = avcodec_send_packet(context, packet?.pointer)
        if code < 0 { throw failure(code) }
    }

    /// Takes the next picture, if there is one.
    func receive(into frame: CodecFrame) throws(MediaError) -> CodecResult {
        let code = avcodec_receive_frame(context, frame.pointer)
        if code == fanpai_error_again() { return .needsInput }
        if code == fanpai_error_end() { return .endOfStream }
        if code < 0 { throw failure(code) }
        return .ready
    }

    /// Forgets all it was given, after a seek.
    func flush() { avcodec_flush_buffers(context) }

    private func failure(_ code: Int32) -> MediaError {
        MediaError(
            .input, "damaged data", hint: "save the file again", cause: FFmpegLibrary.cause(code), exit: .data)
    }
}
