import CFFmpeg

/// Owner of one encoder (`AVCodecContext`), for pictures or sound.
final class FrameEncoder {
    private var context: UnsafeMutablePointer<AVCodecContext>
    private let name: String
    private let packet: CodecPacket

    /// Opens an encoder that runs on the calling thread alone.
    ///
    /// - Parameters:
    ///   - options: options of the encoder by FFmpeg's names, in order.
    ///   - configure: sets the fields that are not options.
    init(
        _ name: String, options: [(String, String)], configure: (UnsafeMutablePointer<AVCodecContext>) -> Void
    ) throws(MediaError) {
        let codec = try FFmpegLibrary.encoder(name)
        guard let context = avcodec_alloc_context3(codec) else { throw FFmpegLibrary.outOfMemory }
        self.context = context
        self.name = name
        do {
            packet = try CodecPacket()
        } catch {
            var unused: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&unused)
            throw error
        }
        context.pointee.thread_count = 1
        // No versions of libraries in the bytes.
        context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
        configure(context)
        var dictionary: OpaquePointer?
        for (key, value) in options { av_dict_set(&dictionary, key, value, 0) }
        let code = avcodec_open2(context, codec, &dictionary)
        let left = av_dict_get(dictionary, "", nil, AV_DICT_IGNORE_SUFFIX).map { String(cString: $0.pointee.key) }
        av_dict_free(&dictionary)
        if code < 0 {
            throw MediaError(
                .codec, "cannot open the encoder \(name)", hint: "check size and rate; fanpai doctor lists encoders",
                cause: FFmpegLibrary.cause(code), exit: .capability)
        }
        if let left { throw .internal(.codec, "the encoder \(name) knows no option \(left)") }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    /// The stream's header (`extradata`), as the encoder writes it.
    var header: [UInt8] {
        guard let bytes = context.pointee.extradata else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(context.pointee.extradata_size)))
    }

    /// Samples of a frame of sound.
    var samplesPerFrame: Int { Int(context.pointee.frame_size) }
    /// Samples that a decoder must drop at the start.
    var priming: Int { Int(context.pointee.initial_padding) }

    /// Hands a frame over, or nil to end; drain with `receive` before the next one.
    func send(_ frame: CodecFrame?) throws(MediaError) {
        let code = avcodec_send_frame(context, frame?.pointer)
        if code < 0 { throw failure(code) }
    }

    /// Takes the next packet, if there is one; it is valid only inside `body`.
    func receive<Failure: Error>(_ body: (CodecPacket) throws(Failure) -> Void) throws -> CodecResult {
        let code = avcodec_receive_packet(context, packet.pointer)
        if code == fanpai_error_again() { return .needsInput }
        if code == fanpai_error_end() { return .endOfStream }
        if code < 0 { throw failure(code) }
        defer { packet.clear() }
        try body(packet)
        return .ready
    }

    /// The one packet of a frame, for encoders that hold nothing back.
    ///
    /// - Throws: `MediaError` with exit 70 when there is none, or more than one.
    func packet(of frame: CodecFrame) throws -> (bytes: [UInt8], addition: [UInt8]) {
        try send(frame)
        var found: (bytes: [UInt8], addition: [UInt8])?
        while try receive({ (packet) throws(MediaError) in
            guard found == nil else { throw .internal(.codec, "the encoder \(name) made two packets of a frame") }
            found = (Array(packet.bytes), packet.addition)
        }) == .ready {}
        guard let found else { throw MediaError.internal(.codec, "the encoder \(name) held a frame back") }
        return found
    }

    private func failure(_ code: Int32) -> MediaError {
        .internal(.codec, "the encoder \(name) failed", cause: FFmpegLibrary.cause(code))
    }
}
