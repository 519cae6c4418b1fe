import CFFmpeg
import CMediaKernels
public import Drawing

/// Encodes one segment as a closed group of pictures on the calling thread.
public final class H264SegmentSink: FrameSink {
    private let description: OutputDescription
    private let segment: Segment
    private let dump: YUVDump?
    private let picture: YUVPicture
    private var encoder: FrameEncoder?
    private let frame: CodecFrame
    private var first: YUVPicture?
    private var written = 0
    private var bytes: [UInt8] = []
    private var samples: [EncodedSegment.Sample] = []

    init(_ segment: Segment, of description: OutputDescription, dump: YUVDump?) throws(MediaError) {
        guard let settings = description.profile.encoder else {
            throw .internal(.codec, "the profile \(description.profile.name) has no encoder")
        }
        self.description = description
        self.segment = segment
        self.dump = dump
        let size = description.size
        let rate = description.rate
        picture = YUVPicture(size: size)
        frame = try CodecFrame(
            borrowing: picture.layout, byteCount: picture.allocatedBytes, width: size.width, height: size.height,
            format: AV_PIX_FMT_YUV420P)
        Self.tag(&frame.pointer.pointee)
        encoder = try FrameEncoder(settings.name, options: Self.options(settings)) { context in
            context.pointee.width = Int32(size.width)
            context.pointee.height = Int32(size.height)
            context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
            context.pointee.time_base = AVRational(num: Int32(rate.denominator), den: Int32(rate.numerator))
            context.pointee.framerate = AVRational(num: Int32(rate.numerator), den: Int32(rate.denominator))
            context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
            context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
            context.pointee.color_range = AVCOL_RANGE_MPEG
            context.pointee.color_primaries = AVCOL_PRI_BT709
            context.pointee.color_trc = AVCOL_TRC_BT709
            context.pointee.colorspace = AVCOL_SPC_BT709
            context.pointee.chroma_sample_location = AVCHROMA_LOC_LEFT
        }
    }

    /// The profile's options, without AVX-512: there x264 (build 164) reads memory that nobody wrote, so that equal frames make
    /// different bytes. All other instruction sets agree.
    private static func options(_ settings: EncoderSettings) -> [(String, String)] {
        settings.options.map { option in
            let isExact = option.name != "x264-params" || fanpai_cpu_has_avx2() == 0
            return (option.name, isExact ? option.value : option.value + ":asm=avx2")
        }
    }

    private static func tag(_ frame: inout AVFrame) {
        frame.color_range = AVCOL_RANGE_MPEG
        frame.color_primaries = AVCOL_PRI_BT709
        frame.color_trc = AVCOL_TRC_BT709
        frame.colorspace = AVCOL_SPC_BT709
        frame.chroma_location = AVCHROMA_LOC_LEFT
    }

    /// Converts what is damaged and encodes the frame.
    ///
    /// - Throws: `MediaError` when it is not the next frame of the segment, or the encoder fails.
    public func write(_ input: Frame) throws {
        guard let encoder, input.index == segment.frames.lowerBound + written, input.index < segment.frames.upperBound,
            input.pixels.size == description.size
        else {
            throw MediaError.internal(.codec, "frame \(input.index) is not the next one of segment \(segment.index)")
        }
        picture.update(from: input.pixels, damage: input.damage)
        if written == 0 { first = picture.copy() }
        try dump?.write(picture, frame: input.index)
        frame.pointer.pointee.pts = Int64(written)
        try encoder.send(frame)
        written += 1
        try drain(encoder)
        // The next frame is drawn into the same memory.
        guard frame.isAlone else { throw MediaError.internal(.codec, "the encoder kept a frame") }
    }

    private func drain(_ encoder: FrameEncoder) throws {
        while try encoder.receive(append) == .ready {}
    }

    private func append(_ packet: CodecPacket) throws(MediaError) {
        let start = bytes.count
        H264.forEachUnit(in: packet.bytes) { unit in
            // No messages (6): x264 would sign every segment. Headers (7, 8) are stored once in the file.
            guard let kind = unit.first.map({ $0 & 31 }), kind != 6, kind != 7, kind != 8 else { return }
            let count = UInt32(unit.count).bigEndian
            withUnsafeBytes(of: count) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: unit)
        }
        samples.append(EncodedSegment.Sample(size: bytes.count - start, pts: packet.pts, isSync: packet.isKey))
    }

    /// Ends the segment and verifies it: every frame is there once, and the first and last decode to what was drawn.
    ///
    /// - Throws: `MediaError` when frames are missing, the encoder fails, or a frame is not the one that was drawn.
    public func finish() throws -> EncodedSegment {
        guard let encoder, written == segment.frames.count else {
            throw MediaError.internal(.codec, "segment \(segment.index) ended after \(written) frames")
        }
        try encoder.send(nil)
        try drain(encoder)
        guard let sets = ParameterSets(annexB: encoder.header) else {
            throw MediaError.internal(.codec, "the encoder wrote no usable header")
        }
        self.encoder = nil
        let result = EncodedSegment(segment: segment, parameterSets: sets, bytes: bytes, samples: samples)
        bytes = []
        if let first {
            try SegmentVerifier(result, floor: description.profile.encoder?.verificationFloor ?? 0)
                .verify(first: first, last: picture)
        }
        return result
    }

    /// Frees the encoder.
    public func cancel() {
        encoder = nil
        bytes = []
        samples = []
    }
}

/// Makes the encoders of a file's segments; any number of them at the same time.
public struct H264SegmentFactory: FrameSinkFactory {
    let description: OutputDescription
    let dump: YUVDump?

    /// Opens an encoder for a segment.
    ///
    /// - Throws: `MediaError` with exit 69 when the encoder is missing or cannot be opened.
    public func makeSink(for segment: Segment) throws -> H264SegmentSink {
        try H264SegmentSink(segment, of: description, dump: dump)
    }
}
