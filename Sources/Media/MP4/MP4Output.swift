public import Drawing

/// An MP4 file of H.264 segments and a silent sound track.
///
/// Segments are joined without encoding again. The header comes first (its room is reserved, for the number of frames is known),
/// frames have one length, the video has no edit list and the sound one, for its priming. Equal inputs make equal bytes.
public final class MP4Output: FrameOutput, AlphaMeasuring {
    /// Makes the encoders.
    public let factory: H264SegmentFactory

    private let description: OutputDescription
    private let options: OutputOptions
    private let file: OutputFile
    private let timescale: Int
    private let chunkFrames: Int
    private var video: SampleTable
    private var soundTable = SampleTable(sampleDuration: SoundTrack.packetSamples)
    private var sound: SoundTrack?
    private var soundOffset = 0
    private var parameterSets: ParameterSets?
    private var bucket: LeakyBucket?
    private var nextSegment = 0
    private var errors = CompositeErrors()
    private var ended = false

    private let reserved: Int
    private var position: Int
    private let dataStart: Int

    /// Starts a file beside `path`; nothing appears at `path` before `finish`.
    ///
    /// - Throws: `MediaError` with exit 73 when it cannot be created.
    public init(
        _ description: OutputDescription, to path: String, options: OutputOptions = OutputOptions()
    ) throws(MediaError) {
        self.description = description
        self.options = options
        let timing = MovieHeader.timing(description.rate)
        timescale = timing.timescale
        video = SampleTable(sampleDuration: timing.frameDuration)
        bucket = description.profile.encoder?.cap.map { LeakyBucket($0, rate: description.rate) }
        chunkFrames = max(1, description.rate.numerator / (2 * description.rate.denominator))
        let packets = SoundTrack.packetCount(samples: Self.samples(description.frameCount, description.rate))
        let frames = chunkFrames
        let chunks = description.segments.reduce(0) { $0 + ($1.frames.count + frames - 1) / frames }
        reserved =
            2048 + MovieHeader.room(for: description.metadata)
            + SampleTable.bound(samples: description.frameCount, chunks: chunks, syncs: description.segments.count)
            + SampleTable.bound(samples: packets, chunks: chunks, syncs: 0)
        var head = BoxWriter()
        Self.writeType(&head)
        dataStart = head.bytes.count + reserved
        position = dataStart + 8
        file = try OutputFile(path: path)
        factory = H264SegmentFactory(
            description: description,
            dump: try options.dumpYUV.map { (path) throws(MediaError) in try YUVDump(path: path) })
    }

    private static func writeType(_ writer: inout BoxWriter) {
        writer.box("ftyp") {
            $0.code("isom")
            $0.uint32(0x200)
            // iso4 is the first that knows negative composition offsets.
            for brand in ["isom", "iso2", "iso4", "avc1", "mp41"] { $0.code(brand) }
        }
    }

    /// Samples of sound that last as long as `frames`, rounded up.
    private static func samples(_ frames: Int, _ rate: FrameRate) -> Int {
        (frames * SoundTrack.sampleRate * rate.denominator + rate.numerator - 1) / rate.numerator
    }

    /// Writes the next segment, with the sound of its time between.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when it does not fit the segments before.
    public func append(_ product: EncodedSegment) throws {
        guard !ended, nextSegment < description.segments.count,
            product.segment == description.segments[nextSegment]
        else { throw MediaError.internal(.codec, "segment \(product.segment.index) is not the next one") }
        if let parameterSets, parameterSets != product.parameterSets {
            throw MediaError.internal(
                .verification, "segment \(product.segment.index) has other headers than the first")
        }
        parameterSets = product.parameterSets
        for sample in product.samples where bucket?.add(bytes: sample.size) == false {
            throw MediaError.internal(.verification, "segment \(product.segment.index) breaks the cap of the profile")
        }
        nextSegment += 1
        errors.add(product.errors)
        var offset = 0
        var index = 0
        while index < product.samples.count {
            let count = min(chunkFrames, product.samples.count - index)
            var size = 0
            for number in index..<index + count {
                let sample = product.samples[number]
                video.append(size: sample.size, offset: sample.pts - number, isSync: sample.isSync)
                size += sample.size
            }
            video.closeChunk(offset: position, count: count)
            let start = offset
            try product.bytes.span.withUnsafeBytes { (raw) throws(MediaError) in
                try write(UnsafeRawBufferPointer(rebasing: raw[start..<start + size]))
            }
            offset += size
            index += count
            try writeSound(until: video.sizes.count)
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(MediaError) {
        if let limit = description.profile.limits.bytes, position + bytes.count > limit {
            throw MediaError(
                .limits, "the file grows beyond the \(limit) bytes that \(description.profile.name) takes",
                hint: "shorten it, or choose a smaller size", exit: .usage)
        }
        try file.write(bytes, at: position)
        position += bytes.count
    }

    /// Writes the sound that belongs to the first `frames` frames; all of the rest after the last one.
    private func writeSound(until frames: Int) throws {
        let total = Self.samples(description.frameCount, description.rate)
        let sound = try self.sound ?? SoundTrack.silence(samples: total)
        self.sound = sound
        let heard = Self.samples(frames, description.rate) + sound.priming
        let target =
            frames == description.frameCount
            ? sound.sizes.count : min(sound.sizes.count, heard / SoundTrack.packetSamples)
        let first = soundTable.sizes.count
        guard target > first else { return }
        var size = 0
        for index in first..<target {
            soundTable.append(size: sound.sizes[index], isSync: true)
            size += sound.sizes[index]
        }
        soundTable.closeChunk(offset: position, count: target - first)
        let start = soundOffset
        try sound.bytes.span.withUnsafeBytes { (raw) throws(MediaError) in
            try write(UnsafeRawBufferPointer(rebasing: raw[start..<start + size]))
        }
        soundOffset += size
    }

    /// Writes the header, checks the file as a player would read it, and gives it its name.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when the file is not as it should be.
    public func finish() throws {
        guard !ended, nextSegment == description.segments.count, let parameterSets, let sound else {
            throw MediaError.internal(.codec, "the file ended after \(nextSegment) segments")
        }
        if let alphaFigures { try description.profile.check(alphaFigures) }
        var head = BoxWriter()
        Self.writeType(&head)
        MovieHeader(
            size: description.codedSize, metadata: description.metadata, coding: .h264(parameterSets),
            timescale: timescale,
            video: video, sound: (sound, soundTable)
        ).write(to: &head)
        let rest = dataStart - head.bytes.count
        guard rest >= 8 else { throw MediaError.internal(.codec, "the header is larger than the room for it") }
        head.box("free") { $0.zeros(rest - 8) }
        head.uint32(position - dataStart)
        head.code("mdat")
        try file.write(head.bytes, at: 0)
        try description.check(finishedBytes: position)
        if file.isRegular {
            try FileExpectations(description).verify(path: file.readablePath, fully: options.verifiesFully)
        }
        try factory.dump?.commit()
        try file.commit()
        ended = true
    }

    /// How far fill and matte are from what was drawn, over black, white and green; nil where there are none.
    public var alphaFigures: AlphaFigures? { description.profile.alphaTolerance == nil ? nil : errors.figures }

    /// Removes what was written.
    public func cancel() {
        ended = true
        file.discard()
        factory.dump?.discard()
    }
}
