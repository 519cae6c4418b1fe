import CFFmpeg

/// A whole stream of AAC-LC packets.
package struct SoundTrack: Sendable {
    /// Samples a second.
    package static let sampleRate = 48000
    /// Samples in a packet.
    package static let packetSamples = 1024

    /// The decoder's configuration (AudioSpecificConfig, ISO/IEC 14496-3).
    let configuration: [UInt8]
    /// Samples at the start that are not to be heard.
    let priming: Int
    /// Packets, one after the other.
    package let bytes: [UInt8]
    /// Bytes of each packet.
    package let sizes: [Int]

    /// The number of packets for so many samples, priming included.
    package static func packetCount(samples: Int) -> Int { (samples + packetSamples - 1) / packetSamples + 1 }

    /// Stereo silence of at least `samples` samples.
    ///
    /// The encoder soon repeats one packet for ever; from then on it is copied, so that ten minutes cost what a second does
    /// and a job can be stopped meanwhile.
    ///
    /// - Throws: `MediaError` with exit 69 when FFmpeg has no AAC encoder.
    package static func silence(samples: Int) throws -> SoundTrack {
        let count = packetCount(samples: samples)
        let model = try encodedSilence(packets: min(count, modelPackets))
        guard count > modelPackets else { return model }
        guard let packet = model.repeatedPacket else { return try encodedSilence(packets: count) }
        var (bytes, sizes) = (model.bytes, model.sizes)
        let missing = count - modelPackets
        bytes.reserveCapacity(bytes.count + missing * packet.count)
        for _ in 0..<missing { bytes.append(contentsOf: packet) }
        sizes.append(contentsOf: repeatElement(packet.count, count: missing))
        return SoundTrack(
            configuration: model.configuration, priming: model.priming, bytes: bytes, sizes: sizes)
    }

    /// Packets after which silence has come to rest.
    private static let modelPackets = 96

    /// The packet that the second half consists of; nil when its packets differ.
    private var repeatedPacket: ArraySlice<UInt8>? {
        guard let size = sizes.last, bytes.count >= size else { return nil }
        let last = bytes.suffix(size)
        var end = bytes.count
        for packet in sizes.suffix(sizes.count / 2).reversed() {
            guard packet == size, bytes[(end - size)..<end].elementsEqual(last) else { return nil }
            end -= size
        }
        return last
    }

    /// Silence as the encoder makes it, packet by packet.
    package static func encodedSilence(packets count: Int) throws -> SoundTrack {
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
