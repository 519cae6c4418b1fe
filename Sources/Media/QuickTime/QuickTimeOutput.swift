public import Drawing

/// A QuickTime film with transparency and without sound, or an MP4 of another coding than H.264 with silence, joined from segments.
///
/// The header comes first; its room is reserved, for the number of frames is known. Equal inputs make equal bytes.
public final class QuickTimeOutput: FrameOutput, AlphaMeasuring {
    /// Makes the encoders.
    public let factory: MovieSegmentFactory

    private let description: OutputDescription
    private let options: OutputOptions
    private let file: OutputFile
    private let timescale: Int
    private let chunkFrames: Int
    private let dataStart: Int
    private var video: SampleTable
    private var position: Int
    private var nextSegment = 0
    private var errors = CompositeErrors()
    private var header: [UInt8] = []
    /// The silence of an MP4; made with the first segment.
    private var sound: SoundWriter?
    private let isMP4: Bool
    private var ended = false

    /// Bytes of a chunk, which editors read at once.
    private static let chunkBytes = 4_000_000

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
        let timing = MovieHeader.timing(description.rate)
        timescale = timing.timescale
        video = SampleTable(sampleDuration: timing.frameDuration)
        chunkFrames = max(1, description.rate.numerator / (2 * description.rate.denominator))
        isMP4 = description.profile.container == "mp4"
        var head = BoxWriter()
        Self.writeType(&head, isMP4: isMP4)
        let packets =
            isMP4 ? SoundTrack.packetCount(samples: SoundWriter.samples(description.frameCount, description.rate)) : 0
        // At worst every frame is a chunk of its own. The last 16 bytes are the header of the data, which may pass 4 GiB.
        dataStart =
            head.bytes.count + 2048 + MovieHeader.room(for: description.metadata)
            + SampleTable.bound(
                samples: description.frameCount, chunks: description.frameCount, syncs: description.segments.count) + 16
            + (isMP4 ? SampleTable.bound(samples: packets, chunks: description.segments.count, syncs: 0) : 0)
        position = dataStart
        file = try OutputFile(path: path)
    }

    private static func writeType(_ writer: inout BoxWriter, isMP4: Bool) {
        writer.box("ftyp") {
            if isMP4 {
                $0.code("isom")
                $0.uint32(0x200)
                for brand in ["isom", "iso2", "hvc1", "mp41"] { $0.code(brand) }
                return
            }
            $0.code("qt  ")
            $0.uint32(0x200)
            $0.code("qt  ")
        }
    }

    /// Writes the next segment.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when it does not fit the segments before.
    public func append(_ product: MovieSegment) throws {
        guard !ended, nextSegment < description.segments.count, product.segment == description.segments[nextSegment]
        else { throw MediaError.internal(.codec, "segment \(product.segment.index) is not the next one") }
        guard nextSegment == 0 || header == product.header else {
            throw MediaError.internal(
                .verification, "segment \(product.segment.index) has other headers than the first")
        }
        header = product.header
        nextSegment += 1
        errors.add(product.errors)
        if let limit = description.profile.limits.bytes, position + product.bytes.count > limit {
            throw MediaError(
                .limits, "the file grows beyond the \(limit) bytes that \(description.profile.name) takes",
                hint: "shorten it, or choose a smaller size", exit: .usage)
        }
        let start = position
        try file.write(product.bytes, at: position)
        var chunk = (offset: start, count: 0)
        for (index, size) in product.sizes.enumerated() {
            let isFull = chunk.count == chunkFrames || position + size - chunk.offset > Self.chunkBytes
            if chunk.count > 0, isFull {
                video.closeChunk(offset: chunk.offset, count: chunk.count)
                chunk = (position, 0)
            }
            video.append(size: size, isSync: factory.kind.format.isIntra || index == 0)
            chunk.count += 1
            position += size
        }
        video.closeChunk(offset: chunk.offset, count: chunk.count)
        if isMP4 { try writeSound() }
    }

    /// Writes the sound that belongs to the frames so far.
    private func writeSound() throws {
        var writer = try sound ?? SoundWriter(frameCount: description.frameCount, rate: description.rate)
        let packets = writer.packets(until: video.sizes.count, at: position)
        sound = writer
        try file.write(Array(packets), at: position)
        position += packets.count
    }

    /// Writes the header, checks the file as a reader would, and gives it its name.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when the file or its alpha is not as it should be.
    public func finish() throws {
        guard !ended, nextSegment == description.segments.count else {
            throw MediaError.internal(.codec, "the file ended after \(nextSegment) segments")
        }
        try description.check(finishedBytes: position)
        let figures = self.figures
        try description.profile.check(figures)
        var head = BoxWriter()
        Self.writeType(&head, isMP4: isMP4)
        MovieHeader(
            size: description.size, metadata: description.metadata,
            coding: isMP4 ? .hevc(header) : .quickTime(factory.kind.format), timescale: timescale, video: video,
            sound: sound.map { ($0.track, $0.table) }
        ).write(to: &head)
        let rest = dataStart - 16 - head.bytes.count
        guard rest >= 8 else { throw MediaError.internal(.codec, "the header is larger than the room for it") }
        head.box("free") { $0.zeros(rest - 8) }
        // A size of 1 says that the true one follows in 64 bits.
        let size = position - dataStart + 16
        head.uint32(1)
        head.code("mdat")
        head.uint32(size >> 32)
        head.uint32(size)
        try file.write(head.bytes, at: 0)
        if file.isRegular { try verify() }
        try file.commit()
        ended = true
    }

    private func verify() throws(MediaError) {
        let format = factory.kind.format
        try FileExpectations(description).verifyFilm(
            path: file.readablePath, codec: format.codec, isIntra: format.isIntra, hasSound: isMP4,
            fully: options.verifiesFully)
    }

    private var figures: AlphaFigures {
        errors.figures
    }

    /// How far the film is from what was drawn, over black, white and green.
    public var alphaFigures: AlphaFigures? { description.profile.alphaTolerance == nil ? nil : figures }

    /// Removes what was written.
    public func cancel() {
        ended = true
        file.discard()
    }
}
