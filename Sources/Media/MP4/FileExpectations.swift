import CFFmpeg
public import Drawing

/// What a finished video file must be like, checked with FFmpeg's reader and a walk over its boxes.
public struct FileExpectations: Sendable {
    /// Pixels across and down.
    public let size: PixelSize
    /// Frames per second.
    public let rate: FrameRate
    /// Frames in all.
    public let frameCount: Int
    /// Frames at which decoding can start.
    public let keyFrames: [Int]

    /// What a description promises.
    public init(_ description: OutputDescription) {
        size = description.codedSize
        rate = description.rate
        frameCount = description.frameCount
        keyFrames = description.segments.map(\.frames.lowerBound)
    }

    /// Checks a file.
    ///
    /// - Parameter fully: decode every frame too.
    /// - Throws: `MediaError` with code `verification` that says what is wrong.
    public func verify(path: String, fully: Bool = false) throws(MediaError) {
        try BoxLayout(path: path).verify()
        let demuxer = try Demuxer(path: path)
        guard let video = demuxer.first(AVMEDIA_TYPE_VIDEO), let sound = demuxer.first(AVMEDIA_TYPE_AUDIO),
            demuxer.streams.count == 2
        else { throw Self.fault("it does not have one video and one sound stream") }
        try verify(video.pointee.codecpar.pointee)
        try verifySound(sound.pointee)
        try verifyPackets(demuxer, video, keyFrames: keyFrames, fully: fully)
    }

    /// Checks a film of another coding than H.264.
    ///
    /// - Throws: `MediaError` with code `verification` that says what is wrong.
    func verifyFilm(path: String, codec: AVCodecID, isIntra: Bool, hasSound: Bool = false, fully: Bool = false)
        throws(MediaError)
    {
        try BoxLayout(path: path).verify()
        let demuxer = try Demuxer(path: path)
        guard let video = demuxer.first(AVMEDIA_TYPE_VIDEO),
            demuxer.streams.count == (hasSound ? 2 : 1)
        else { throw Self.fault("it does not have one video stream, or sound that does not belong there") }
        if hasSound {
            guard let sound = demuxer.first(AVMEDIA_TYPE_AUDIO) else { throw Self.fault("it has no sound") }
            try verifySound(sound.pointee)
        }
        let parameters = video.pointee.codecpar.pointee
        guard parameters.codec_id == codec, Int(parameters.width) == size.width, Int(parameters.height) == size.height
        else { throw Self.fault("its video has another coding or size") }
        try verifyPackets(
            demuxer, video, keyFrames: isIntra ? Array(0..<frameCount) : keyFrames, fully: fully)
    }

    /// Checks a Matroska or WebM film without sound, whose times are whole milliseconds.
    ///
    /// - Throws: `MediaError` with code `verification` that says what is wrong.
    func verifyMatroska(
        path: String, codec: AVCodecID, isIntra: Bool, hasAdditions: Bool, fully: Bool = false
    ) throws(MediaError) {
        let demuxer = try Demuxer(path: path)
        guard let video = demuxer.first(AVMEDIA_TYPE_VIDEO), demuxer.streams.count == 1,
            let parameters = video.pointee.codecpar
        else { throw Self.fault("it does not have one video stream alone") }
        guard parameters.pointee.codec_id == codec, Int(parameters.pointee.width) == size.width,
            Int(parameters.pointee.height) == size.height, parameters.pointee.color_primaries == AVCOL_PRI_BT709
        else { throw Self.fault("its video has another coding, size or colour") }
        let mode = av_dict_get(video.pointee.metadata, "alpha_mode", nil, 0)
        guard !hasAdditions || mode.map({ String(cString: $0.pointee.value) }) == "1" else {
            throw Self.fault("it does not say that it has alpha")
        }
        let own = rate.timeBase
        let decoder = fully ? try Decoding(video.pointee) : nil
        let packet = try CodecPacket()
        var keys: [Int] = []
        var count = 0
        while try demuxer.read(into: packet) == .ready {
            guard Int64(packet.pts) == av_rescale_q(Int64(count), own, video.pointee.time_base) else {
                throw Self.fault("frame \(count) is shown at \(packet.pts)")
            }
            if packet.isKey { keys.append(count) }
            if hasAdditions, packet.addition.isEmpty { throw Self.fault("frame \(count) has no alpha") }
            count += 1
            try decoder?.decode(packet)
        }
        guard count == frameCount else { throw Self.fault("it holds \(count) frames instead of \(frameCount)") }
        guard keys == (isIntra ? Array(0..<frameCount) : keyFrames) else {
            throw Self.fault("its key frames are not the starts of its segments")
        }
        if let decoder {
            let decoded = try decoder.finish()
            guard decoded == frameCount else { throw Self.fault("only \(decoded) of \(frameCount) frames decode") }
        }
    }

    private func verifyPackets(
        _ demuxer: Demuxer, _ video: UnsafeMutablePointer<AVStream>, keyFrames: [Int], fully: Bool
    ) throws(MediaError) {
        let base = video.pointee.time_base
        let (ticks, rest) = (rate.denominator * Int(base.den)).quotientAndRemainder(
            dividingBy: rate.numerator * Int(base.num))
        guard rest == 0 else { throw Self.fault("a frame does not last whole ticks") }
        let decoder = fully ? try Decoding(video.pointee) : nil
        let packet = try CodecPacket()
        var shown = [Bool](repeating: false, count: frameCount)
        var keys: [Int] = []
        var count = 0
        while try demuxer.read(into: packet) == .ready {
            guard packet.pointer.pointee.stream_index == video.pointee.index else { continue }
            let pts = packet.pts
            guard pts >= 0, pts % ticks == 0, shown.indices.contains(pts / ticks), !shown[pts / ticks] else {
                throw Self.fault("packet \(count) is shown at \(pts), which is no frame's time or another one's")
            }
            shown[pts / ticks] = true
            if packet.isKey { keys.append(pts / ticks) }
            count += 1
            try decoder?.decode(packet)
        }
        guard count == frameCount else { throw Self.fault("it holds \(count) frames instead of \(frameCount)") }
        guard keys == keyFrames else { throw Self.fault("its key frames are not the starts of its segments") }
        if let decoder {
            let decoded = try decoder.finish()
            guard decoded == frameCount else { throw Self.fault("only \(decoded) of \(frameCount) frames decode") }
        }
    }

    private func verify(_ parameters: AVCodecParameters) throws(MediaError) {
        guard parameters.codec_id == AV_CODEC_ID_H264, parameters.profile == 100,
            parameters.format == AV_PIX_FMT_YUV420P.rawValue
        else { throw Self.fault("its video is not H.264 High in yuv420p") }
        guard Int(parameters.width) == size.width, Int(parameters.height) == size.height else {
            throw Self.fault("its size is \(parameters.width)x\(parameters.height)")
        }
        guard parameters.color_range == AVCOL_RANGE_MPEG, parameters.color_primaries == AVCOL_PRI_BT709,
            parameters.color_trc == AVCOL_TRC_BT709, parameters.color_space == AVCOL_SPC_BT709,
            parameters.chroma_location == AVCHROMA_LOC_LEFT
        else { throw Self.fault("its colours are not tagged BT.709 limited") }
    }

    private func verifySound(_ stream: AVStream) throws(MediaError) {
        let parameters = stream.codecpar.pointee
        guard parameters.codec_id == AV_CODEC_ID_AAC, Int(parameters.sample_rate) == SoundTrack.sampleRate,
            fanpai_channels(stream.codecpar) == 2
        else { throw Self.fault("its sound is not 48 kHz stereo AAC") }
    }

    static func fault(_ what: String) -> MediaError {
        .internal(.verification, "the finished file is wrong: \(what)")
    }
}

/// Decodes a whole stream and counts its frames.
private final class Decoding {
    private let decoder: FrameDecoder
    private let frame: CodecFrame
    private var count = 0

    init(_ stream: AVStream) throws(MediaError) {
        frame = try CodecFrame()
        decoder = try FrameDecoder(FrameDecoder.codec(of: stream)) { context in
            context.pointee.err_recognition = AV_EF_EXPLODE
            return avcodec_parameters_to_context(context, stream.codecpar)
        }
    }

    func decode(_ packet: CodecPacket?) throws(MediaError) {
        try decoder.send(packet)
        while try decoder.receive(into: frame) == .ready {
            guard frame.pointer.pointee.decode_error_flags == 0 else {
                throw FileExpectations.fault("frame \(count) is damaged")
            }
            count += 1
        }
    }

    func finish() throws(MediaError) -> Int {
        try decode(nil)
        return count
    }
}
