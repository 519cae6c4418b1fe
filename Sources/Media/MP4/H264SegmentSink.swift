public import Drawing

/// Encodes one segment as a closed group of pictures on the calling thread.
public final class H264SegmentSink: FrameSink {
    private let description: OutputDescription
    private let segment: Segment
    private let dump: YUVDump?
    private let picture: YUVPicture
    private let parameterSets: ParameterSets
    private var encoder: X264Encoder?
    private var first: YUVPicture?
    private var written = 0
    private var bytes: [UInt8] = []
    private var samples: [EncodedSegment.Sample] = []

    /// Pictures between two that others refer to, at most.
    private static let picturesBetween = 3

    init(_ segment: Segment, of description: OutputDescription, dump: YUVDump?) throws(MediaError) {
        guard let settings = description.profile.encoder else {
            throw .internal(.codec, "the profile \(description.profile.name) has no encoder")
        }
        self.description = description
        self.segment = segment
        self.dump = dump
        picture = YUVPicture(size: description.size)
        let encoder = try X264Encoder(settings, size: description.size, rate: description.rate)
        parameterSets = try encoder.headers()
        self.encoder = encoder
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
        try encoder.encode(picture, pts: written, kind: kind(written), append)
        written += 1
    }

    private func kind(_ index: Int) -> X264Encoder.Kind {
        if index == 0 { return .key }
        let isLast = index == segment.frames.count - 1
        return isLast || index % (Self.picturesBetween + 1) == 0 ? .forward : .between
    }

    private func append(_ packet: X264Encoder.Packet) throws(MediaError) {
        let start = bytes.count
        for unit in packet.units { bytes.append(contentsOf: unit) }
        samples.append(EncodedSegment.Sample(size: bytes.count - start, pts: packet.pts, isSync: packet.isSync))
    }

    /// Ends the segment and verifies it: every frame is there once, and the first and last decode to what was drawn.
    ///
    /// - Throws: `MediaError` when frames are missing, the encoder fails, or a frame is not the one that was drawn.
    public func finish() throws -> EncodedSegment {
        guard let encoder, written == segment.frames.count else {
            throw MediaError.internal(.codec, "segment \(segment.index) ended after \(written) frames")
        }
        try encoder.finish(append)
        self.encoder = nil
        let result = EncodedSegment(segment: segment, parameterSets: parameterSets, bytes: bytes, samples: samples)
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
