public import Drawing

/// Encodes one segment as a closed group of pictures on the calling thread.
///
/// A frame is held back until it is known whether the next one equals it: a frame that is repeated becomes a picture that others
/// refer to, and its repetitions are written without the encoder.
public final class H264SegmentSink: FrameSink, BandSink {
    private let description: OutputDescription
    private let segment: Segment
    private let dump: YUVDump?
    /// What becomes of a frame before it is encoded.
    private let composer: FrameComposer
    /// The pixels of the frame that is held back.
    private let picture: YUVPicture
    private let settings: EncoderSettings
    private let bucket: LeakyBucket?
    /// Compares fill and matte with what was drawn; nil where there are none.
    private var check: MatteCheck?
    /// How much coarser than the profile says the segment is quantised, to keep to the profile's cap.
    private var coarser = 0
    private var result: EncodedSegment?
    private var first: YUVPicture?
    private var encoder: X264Encoder?
    private var joiner: H264PictureJoiner
    private var written = 0
    /// The frame that is held back, from 0 in the segment, and those that repeat it.
    private var held: Range<Int>?
    /// Pictures since the last one that others refer to.
    private var between = 0

    /// Pictures between two that others refer to, at most.
    private static let mostBetween = 3

    init(_ segment: Segment, of description: OutputDescription, dump: YUVDump?) throws(MediaError) {
        guard let settings = description.profile.encoder else {
            throw .internal(.codec, "the profile \(description.profile.name) has no encoder")
        }
        self.description = description
        self.segment = segment
        self.dump = dump
        self.settings = settings
        bucket = settings.cap.map { LeakyBucket($0, rate: description.rate) }
        composer = FrameComposer(description.profile.composition, size: description.size)
        picture = YUVPicture(size: description.codedSize)
        let encoder = try X264Encoder(settings, size: description.codedSize, rate: description.rate)
        joiner = try H264PictureJoiner(headers: encoder.headers())
        self.encoder = encoder
        check = try makeCheck()
    }

    private func makeCheck() throws(MediaError) -> MatteCheck? {
        guard case .matte = description.profile.composition else { return nil }
        return try MatteCheck(segment, of: description, headers: joiner.parameterSets)
    }

    /// Converts what is damaged and encodes the frame before.
    ///
    /// - Throws: `MediaError` when it is not the next frame of the segment, or the encoder fails.
    public func write(_ input: Frame) throws {
        guard input.pixels.size == description.size else {
            throw MediaError.internal(.codec, "frame \(input.index) has the size \(input.pixels.size)")
        }
        check?.append(input)
        try write(frame: input.index, damage: input.damage) {
            let composed = composer.compose(input)
            picture.update(from: composed.pixels, damage: composed.damage)
        }
    }

    /// Films whose frames are encoded as they were drawn need no picture of them.
    package var takesBands: Bool { description.profile.composition == .asDrawn }

    /// Converts what is drawn and encodes the frame before.
    ///
    /// - Throws: `MediaError` when it is not the next frame of the segment, or the encoder fails; what `draw` throws.
    package func write(
        frame index: Int, damage: Damage, drawing draw: (_ take: (PixelBand) -> Void) throws -> Void
    ) throws {
        try write(frame: index, damage: damage) { try draw { picture.update(from: $0) } }
    }

    private func write(frame index: Int, damage: Damage, _ update: () throws -> Void) throws {
        guard encoder != nil, index == segment.frames.lowerBound + written, index < segment.frames.upperBound else {
            throw MediaError.internal(.codec, "frame \(index) is not the next one of segment \(segment.index)")
        }
        if let held, damage.isEmpty, held.count < H264StreamFormat.longestGap {
            self.held = held.lowerBound..<held.upperBound + 1
        } else {
            try encodeHeld()
            try update()
            if written == 0 { first = picture.copy() }
            held = written..<written + 1
        }
        try dump?.write(picture, frame: index)
        written += 1
    }

    private func encodeHeld() throws(MediaError) {
        guard let held, let encoder else { return }
        let kind = kind(held)
        between = kind == .between ? between + 1 : 0
        joiner.repeats[held.lowerBound] = held.count - 1
        try encoder.encode(picture, pts: held.lowerBound, kind: kind, append)
        self.held = nil
    }

    private func kind(_ frames: Range<Int>) -> X264Encoder.Kind {
        if frames.lowerBound == 0 { return .key }
        let isLast = frames.upperBound == segment.frames.count
        return isLast || frames.count > 1 || between == Self.mostBetween ? .forward : .between
    }

    private func append(_ packet: X264Encoder.Packet) throws(MediaError) {
        try joiner.append(packet)
        try check?.take(joiner.bytes, joiner.samples)
    }

    /// Encodes what is pending; where the profile has a cap and the segment breaks it, asks for all frames once more, to quantise
    /// them more coarsely.
    ///
    /// - Throws: `MediaError` when frames are missing, the encoder fails, or the coarsest quantiser is not enough.
    public func needsFramesAgain() throws -> Bool {
        guard let encoder, written == segment.frames.count else {
            throw MediaError.internal(.codec, "segment \(segment.index) ended after \(written) frames")
        }
        try encodeHeld()
        try encoder.finish(append)
        self.encoder = nil
        let joined = joiner.finish(segment)
        try check?.take(joined.bytes, joined.samples)
        var made = joined.filled(
            toBitsPerSecond: description.profile.limits.leastBitsPerSecond, rate: description.rate)
        guard let bucket, !bucket.admits(made.samples) else {
            if let check { made.errors = try check.finished() }
            result = made
            return false
        }
        guard !encoder.isCoarsest else {
            throw MediaError(
                .limits,
                "\(description.profile.name) takes too few bits for \(description.size) at \(description.rate)",
                hint: "choose a smaller size or another profile", exit: .usage)
        }
        coarser += Self.coarserStep
        self.encoder = try X264Encoder(settings, size: description.codedSize, rate: description.rate, coarser: coarser)
        (written, between) = (0, 0)
        check = try makeCheck()
        return true
    }

    /// A quarter fewer bits.
    private static let coarserStep = 2

    /// Ends the segment and verifies it: every frame is there once, and the first and last decode to what was drawn.
    ///
    /// - Throws: `MediaError` when frames are missing, the encoder fails, or a frame is not the one that was drawn.
    public func finish() throws -> EncodedSegment {
        if result == nil, try needsFramesAgain() {
            throw MediaError.internal(.codec, "segment \(segment.index) was not written again")
        }
        guard let result else { throw MediaError.internal(.codec, "segment \(segment.index) was lost") }
        if let first {
            // What a cap took away is no fault.
            let floor = max(0, (settings.verificationFloor ?? 0) - Double(coarser))
            try SegmentVerifier(result, floor: floor)
                .verify(first: first, last: picture)
        }
        return result
    }

    /// Frees the encoder.
    public func cancel() {
        encoder = nil
        check = nil
        result = nil
        joiner.clear()
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
