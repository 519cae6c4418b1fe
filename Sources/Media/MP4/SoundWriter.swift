import Drawing

/// The silent sound track of a film while its pictures come in: says which packets belong between them.
struct SoundWriter {
    let track: SoundTrack
    private(set) var table = SampleTable(sampleDuration: SoundTrack.packetSamples)
    private let rate: FrameRate
    private let frameCount: Int
    private var offset = 0

    /// - Throws: `MediaError` with exit 69 when FFmpeg has no AAC encoder.
    init(frameCount: Int, rate: FrameRate) throws {
        (self.frameCount, self.rate) = (frameCount, rate)
        track = try SoundTrack.silence(samples: Self.samples(frameCount, rate))
    }

    /// Samples that last as long as `frames`, rounded up.
    static func samples(_ frames: Int, _ rate: FrameRate) -> Int {
        (frames * SoundTrack.sampleRate * rate.denominator + rate.numerator - 1) / rate.numerator
    }

    /// The packets that belong before frame `frames` and were not asked for yet, all of the rest after the last one; they are to lie
    /// at `position` of the file.
    mutating func packets(until frames: Int, at position: Int) -> ArraySlice<UInt8> {
        let heard = Self.samples(frames, rate) + track.priming
        let target =
            frames == frameCount ? track.sizes.count : min(track.sizes.count, heard / SoundTrack.packetSamples)
        let first = table.sizes.count
        guard target > first else { return [] }
        var size = 0
        for index in first..<target {
            table.append(size: track.sizes[index], isSync: true)
            size += track.sizes[index]
        }
        table.closeChunk(offset: position, count: target - first)
        defer { offset += size }
        return track.bytes[offset..<offset + size]
    }
}
