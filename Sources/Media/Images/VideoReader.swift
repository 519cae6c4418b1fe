import CFFmpeg
public import Drawing

/// What a video file holds.
public struct VideoInfo: Hashable, Sendable {
    /// Pixels across and down.
    public let size: PixelSize
    /// Frames per second.
    public let rate: FrameRate
    /// Frames in all.
    public let frameCount: Int
    /// The codec's name in FFmpeg.
    public let codec: String
    /// Whether there is sound.
    public let hasSound: Bool

    /// Seconds of all frames.
    public var duration: Double { Double(frameCount) * rate.frameDuration }
}

/// Reads frames of a video file by their number. Going forward is cheap; going back or far ahead starts at a key frame.
public final class VideoReader {
    /// What the file holds.
    public let info: VideoInfo

    private let demuxer: Demuxer
    private let decoder: FrameDecoder
    private let packet: CodecPacket
    private let frame: CodecFrame
    private let converter = PictureConverter(isVideo: true)
    private let stream: UnsafeMutablePointer<AVStream>
    private var next = 0
    private var ended = false

    /// Opens a file.
    ///
    /// - Throws: `MediaError` with exit 66 when it cannot be opened, 65 when it is no video of a constant frame rate.
    public init(path: String) throws(MediaError) {
        demuxer = try Demuxer(path: path)
        guard let stream = demuxer.first(AVMEDIA_TYPE_VIDEO), let parameters = stream.pointee.codecpar else {
            throw MediaError(.input, "\(path) holds no video", hint: "give a video file", exit: .data)
        }
        self.stream = stream
        let rate = Self.rate(stream.pointee)
        let sides = 1...PixelSize.longestSide
        guard rate.num > 0, rate.den > 0, rate.num <= 1_000_000, rate.den <= 1_000_000,
            Int(rate.num) <= 1000 * Int(rate.den), sides.contains(Int(parameters.pointee.width)),
            sides.contains(Int(parameters.pointee.height))
        else {
            throw MediaError(
                .input, "\(path) has no usable size or frame rate", hint: "convert it to MP4", exit: .data)
        }
        let frameRate = FrameRate(Int(rate.num), Int(rate.den))
        let counted = Int(stream.pointee.nb_frames)
        let count = counted > 0 ? counted : try Self.count(path, stream.pointee.index)
        info = VideoInfo(
            size: PixelSize(width: Int(parameters.pointee.width), height: Int(parameters.pointee.height)),
            rate: frameRate, frameCount: count, codec: String(cString: avcodec_get_name(parameters.pointee.codec_id)),
            hasSound: demuxer.first(AVMEDIA_TYPE_AUDIO) != nil)
        packet = try CodecPacket()
        frame = try CodecFrame()
        decoder = try FrameDecoder(FrameDecoder.codec(of: stream.pointee)) { context in
            avcodec_parameters_to_context(context, parameters)
        }
    }

    private static func rate(_ stream: AVStream) -> AVRational {
        // A file of one frame has no rate: the inverse of its time base will do.
        let inverse = AVRational(num: stream.time_base.den, den: stream.time_base.num)
        return [stream.avg_frame_rate, stream.r_frame_rate, inverse].first { $0.num > 0 && $0.den > 0 } ?? inverse
    }

    /// Counts the frames of a container that does not say how many there are.
    private static func count(_ path: String, _ stream: Int32) throws(MediaError) -> Int {
        let demuxer = try Demuxer(path: path)
        let packet = try CodecPacket()
        var count = 0
        while try demuxer.read(into: packet) == .ready {
            if packet.pointer.pointee.stream_index == stream { count += 1 }
        }
        return count
    }

    /// The picture of a frame.
    ///
    /// - Parameter index: from 0, less than `info.frameCount`.
    /// - Throws: `MediaError` with exit 65 when the file is damaged or ends before the frame.
    public func frame(at index: Int) throws(MediaError) -> PixelBuffer {
        guard (0..<info.frameCount).contains(index) else { throw missing(index) }
        // Decoding on is cheaper than a seek up to about two seconds.
        let near = 2 * info.rate.numerator / info.rate.denominator
        if index < next || index > next + near {
            try demuxer.seek(stream: stream.pointee.index, pts: pts(index))
            decoder.flush()
            ended = false
        }
        let half = max(1, (pts(1) - pts(0)) / 2)
        while true {
            switch try decoder.receive(into: frame) {
            case .ready:
                if frame.pointer.pointee.best_effort_timestamp + half > pts(index) {
                    next = index + 1
                    return try converter.convert(frame)
                }
            case .needsInput: try feed()
            case .endOfStream: throw missing(index)
            }
        }
    }

    private func feed() throws(MediaError) {
        while try demuxer.read(into: packet) == .ready {
            guard packet.pointer.pointee.stream_index == stream.pointee.index else { continue }
            return try decoder.send(packet)
        }
        try decoder.send(nil)
    }

    private func pts(_ index: Int) -> Int64 {
        let start = stream.pointee.start_time == fanpai_no_pts() ? 0 : stream.pointee.start_time
        let own = info.rate.timeBase
        return start + av_rescale_q(Int64(index), own, stream.pointee.time_base)
    }

    private func missing(_ index: Int) -> MediaError {
        MediaError(
            .input, "the video has no frame \(index)", hint: "it has \(info.frameCount) frames, from 0", exit: .data)
    }
}
