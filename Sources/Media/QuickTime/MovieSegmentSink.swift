import CFFmpeg
public import Drawing

/// Encodes one segment of a film, and decodes every packet again to compare it with what was drawn.
public final class MovieSegmentSink: FrameSink {
    private let segment: Segment
    private let size: PixelSize
    private let encoder: any MovieFrameEncoder
    private let decoder: FrameDecoder
    private let packet: CodecPacket
    private let decoded: CodecFrame
    private var bytes: [UInt8] = []
    private var sizes: [Int] = []
    private var additions: [[UInt8]] = []
    private var errors = CompositeErrors()
    /// Changes a packet and what belongs to it before both are kept and checked: for tests of the check.
    package var onPacket: ((_ frame: Int, _ packet: inout [UInt8], _ addition: inout [UInt8]) -> Void)?

    init(_ segment: Segment, of description: OutputDescription, _ kind: any MovieFrameEncoder.Type) throws(MediaError) {
        (self.segment, size) = (segment, description.size)
        encoder = try kind.init(description)
        let format = kind.format
        let header = encoder.header
        decoder = try kind.decoder { context in
            if !format.code.isEmpty {
                context.pointee.codec_tag = format.code.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
                context.pointee.bits_per_coded_sample = 32
            }
            if !header.isEmpty, FrameDecoder.setHeader(header, context) < 0 { return fanpai_error_memory() }
            context.pointee.width = Int32(description.size.width)
            context.pointee.height = Int32(description.size.height)
            context.pointee.err_recognition = AV_EF_EXPLODE
            return 0
        }
        packet = try CodecPacket()
        decoded = try CodecFrame()
    }

    /// Encodes a frame, decodes it and compares.
    ///
    /// - Throws: `MediaError` when it is not the next frame of the segment, or the encoder fails.
    public func write(_ frame: Frame) throws {
        guard frame.index == segment.frames.lowerBound + sizes.count, frame.index < segment.frames.upperBound,
            frame.pixels.size == size
        else {
            throw MediaError.internal(.codec, "frame \(frame.index) is not the next one of segment \(segment.index)")
        }
        var made = try encoder.encode(frame)
        var addition = encoder.addition
        onPacket?(frame.index, &made, &addition)
        bytes.append(contentsOf: made)
        sizes.append(made.count)
        additions.append(addition)
        // What is equal to the frame before, packet and picture, was compared with it.
        if sizes.count > 1, frame.damage.isEmpty, !type(of: encoder).decodesEvery { return }
        do throws(MediaError) {
            try compare(made, addition, frame)
        } catch {
            throw fault(error, in: frame.index)
        }
    }

    /// What a packet of ours shows of it; damaged data is no file of the user's here.
    private func fault(_ error: MediaError, in frame: Int) -> MediaError {
        switch error.code {
        case .input: .internal(.verification, "frame \(frame): it cannot be decoded again", cause: error.cause)
        case .verification: .internal(.verification, "frame \(frame): \(error.message)", cause: error.cause)
        default: error
        }
    }

    private func compare(_ made: [UInt8], _ addition: [UInt8], _ frame: Frame) throws(MediaError) {
        try made.span.withUnsafeBytes { (raw) throws(MediaError) in try packet.fill(raw) }
        try packet.setAddition(addition)
        packet.pointer.pointee.pts = Int64(sizes.count - 1)
        // FFmpeg's PNG decoder adds the picture before to one that is no key frame.
        if sizes.count == 1 || type(of: encoder).format.isIntra { packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY }
        try decoder.send(packet)
        guard try decoder.receive(into: decoded) == .ready, decoded.width == size.width, decoded.height == size.height
        else {
            throw MediaError.internal(.verification, "it cannot be decoded again")
        }
        let kind = type(of: encoder)
        let rects = sizes.count == 1 || kind.decodesEvery ? [size.bounds] : kind.reached(by: frame.damage, size)
        try encoder.compare(decoded, frame.pixels, rects, &errors)
    }

    /// Ends the segment.
    ///
    /// - Throws: `MediaError` with exit 70 when frames are missing.
    public func finish() throws -> MovieSegment {
        guard sizes.count == segment.frames.count else {
            throw MediaError.internal(.codec, "segment \(segment.index) ended after \(sizes.count) frames")
        }
        return MovieSegment(
            segment: segment, bytes: bytes, sizes: sizes, additions: additions, header: encoder.header, errors: errors)
    }

    /// Frees what was encoded.
    public func cancel() {
        bytes = []
        sizes = []
        additions = []
    }
}

/// Makes the encoders of a film's segments; any number of them at the same time.
public struct MovieSegmentFactory: FrameSinkFactory {
    let description: OutputDescription
    let kind: any (MovieFrameEncoder & SendableMetatype).Type

    /// Starts a segment.
    ///
    /// - Throws: `MediaError` with exit 69 when an encoder or decoder is missing.
    public func makeSink(for segment: Segment) throws -> MovieSegmentSink {
        try MovieSegmentSink(segment, of: description, kind)
    }
}
