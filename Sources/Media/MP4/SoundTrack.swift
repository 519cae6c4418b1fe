import CFFmpeg

/// A whole stream of AAC-LC packets.
struct SoundTrack: Sendable {
    /// Samples a second.
    static let sampleRate = 48000
    /// Samples in a packet.
    static let packetSamples = 1024

    /// The decoder's configuration (AudioSpecificConfig, ISO/IEC 14496-3).
    let configuration: [UInt8]
    /// Samples at the start that are not to be heard.
    let priming: Int
    /// Packets, one after the other.
    let bytes: [UInt8]
    /// Bytes of each packet.
    let sizes: [Int]

    /// The number of packets for so many samples, priming included.
    static func packetCount(samples: Int) -> Int { (samples + packetSamples - 1) / packetSamples + 1 }

    /// Stereo silence of at least `samples` samples.
    ///
    /// - Throws: `MediaError` with exit 69 when FFmpeg has no AAC encoder.
    static func silence(samples: Int) throws -> SoundTrack {
        let encoder = try FrameEncoder("aac", options: []) { context in
            context.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
            context.pointee.sample_rate = Int32(sampleRate)
            context.pointee.bit_rate = 128_000
            av_channel_layout_default(&context.pointee.ch_layout, 2)
            context.pointee.time_base = AVRational(num: 1, den: Int32(sampleRate))
            context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        }
        guard encoder.samplesPerFrame == packetSamples else {
            throw MediaError.internal(.codec, "AAC packets hold \(encoder.samplesPerFrame) samples")
        }
        let frame = try CodecFrame()
        frame.pointer.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
        frame.pointer.pointee.sample_rate = Int32(sampleRate)
        frame.pointer.pointee.nb_samples = Int32(packetSamples)
        av_channel_layout_default(&frame.pointer.pointee.ch_layout, 2)
        guard av_frame_get_buffer(frame.pointer, 0) == 0 else { throw FFmpegLibrary.outOfMemory }
        for channel in 0..<2 { frame.plane(channel)?.update(repeating: 0, count: packetSamples * 4) }
        var bytes: [UInt8] = []
        var sizes: [Int] = []
        func drain() throws {
            let take = { (packet: CodecPacket) in
                bytes.append(contentsOf: packet.bytes)
                sizes.append(packet.bytes.count)
            }
            while try encoder.receive(take) == .ready {}
        }
        let count = packetCount(samples: samples)
        for index in 0..<count - 1 {
            frame.pointer.pointee.pts = Int64(index * packetSamples)
            try encoder.send(frame)
            try drain()
        }
        try encoder.send(nil)
        try drain()
        guard sizes.count == count else {
            throw MediaError.internal(.codec, "the AAC encoder made \(sizes.count) of \(count) packets")
        }
        return SoundTrack(
            configuration: encoder.header, priming: encoder.priming, bytes: bytes, sizes: sizes)
    }
}
