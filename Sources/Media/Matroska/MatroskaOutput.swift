import CFFmpeg
public import Drawing

/// A Matroska or WebM film with transparency and without sound, joined from segments. Equal inputs make equal bytes.
public final class MatroskaOutput: FrameOutput, AlphaMeasuring {
    /// Makes the encoders.
    public let factory: MovieSegmentFactory

    private let description: OutputDescription
    private let options: OutputOptions
    private let file: OutputFile
    private let muxer: FileMuxer
    private let packet: CodecPacket
    private var header: [UInt8]?
    private var nextSegment = 0
    private var errors = CompositeErrors()
    private var ended = false

    /// Starts a file beside `path`; nothing appears at `path` before `finish`.
    ///
    /// - Throws: `MediaError` with exit 73 when it cannot be created.
    init(
        _ description: OutputDescription, to path: String, _ kind: any (MovieFrameEncoder & SendableMetatype).Type,
        options: OutputOptions
    ) throws(MediaError) {
        self.description = description
        self.options = options
        factory = MovieSegmentFactory(description: description, kind: kind)
        file = try OutputFile(path: path)
        packet = try CodecPacket()
        muxer = try FileMuxer(
            description.profile.container == "webm" ? "webm" : "matroska", description, into: file)
    }

    /// Writes the next segment.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when it does not fit the segments before.
    public func append(_ product: MovieSegment) throws {
        guard !ended, nextSegment < description.segments.count, product.segment == description.segments[nextSegment]
        else { throw MediaError.internal(.codec, "segment \(product.segment.index) is not the next one") }
        if let header {
            guard header == product.header else {
                throw MediaError.internal(
                    .verification, "segment \(product.segment.index) has another header than the first")
            }
        } else {
            header = product.header
            try start(product.header)
        }
        nextSegment += 1
        errors.add(product.errors)
        var offset = 0
        for (index, size) in product.sizes.enumerated() {
            try product.bytes.span.withUnsafeBytes { (raw) throws(MediaError) in
                try packet.fill(UnsafeRawBufferPointer(rebasing: raw[offset..<offset + size]))
            }
            try packet.setAddition(product.additions[index])
            try muxer.write(
                packet, frame: product.segment.frames.lowerBound + index,
                isKey: index == 0 || factory.kind.format.isIntra)
            offset += size
        }
    }

    private func start(_ header: [UInt8]) throws(MediaError) {
        let description = self.description
        let format = factory.kind.format
        try muxer.start { stream in
            guard let parameters = stream.pointee.codecpar else { return fanpai_error_memory() }
            parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
            parameters.pointee.codec_id = format.codec
            parameters.pointee.width = Int32(description.size.width)
            parameters.pointee.height = Int32(description.size.height)
            parameters.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
            parameters.pointee.field_order = AV_FIELD_PROGRESSIVE
            parameters.pointee.format = (format.isYCbCr ? AV_PIX_FMT_YUVA420P : AV_PIX_FMT_BGRA).rawValue
            parameters.pointee.color_primaries = AVCOL_PRI_BT709
            parameters.pointee.color_trc = format.isYCbCr ? AVCOL_TRC_BT709 : AVCOL_TRC_IEC61966_2_1
            parameters.pointee.color_space = format.isYCbCr ? AVCOL_SPC_BT709 : AVCOL_SPC_RGB
            parameters.pointee.color_range = format.isYCbCr ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG
            if format.isYCbCr {
                parameters.pointee.chroma_location = AVCHROMA_LOC_LEFT
                av_dict_set(&stream.pointee.metadata, "alpha_mode", "1", 0)
            }
            return FrameDecoder.setHeader(header, parameters)
        }
    }

    /// Ends the file, checks it as a reader would, and gives it its name.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when the file or its alpha is not as it should be.
    public func finish() throws {
        guard !ended, nextSegment == description.segments.count else {
            throw MediaError.internal(.codec, "the file ended after \(nextSegment) segments")
        }
        try description.profile.check(figures)
        try description.check(finishedBytes: muxer.end())
        if file.isRegular {
            try FileExpectations(description).verifyMatroska(
                path: file.readablePath, codec: factory.kind.format.codec, isIntra: factory.kind.format.isIntra,
                hasAdditions: factory.kind.format.isYCbCr, fully: options.verifiesFully)
        }
        try file.commit()
        ended = true
    }

    private var figures: AlphaFigures {
        errors.figures
    }

    /// How far the film is from what was drawn, over black, white and green.
    public var alphaFigures: AlphaFigures? { figures }

    /// Removes what was written.
    public func cancel() {
        ended = true
        file.discard()
    }
}
