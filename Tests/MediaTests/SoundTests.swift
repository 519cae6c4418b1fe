import Media
import Testing

@Suite struct SoundTests {
    @Test(arguments: [1, 1024, 48_000, 98_304, 480_000])
    func copiedSilenceIsWhatTheEncoderMakes(samples: Int) throws {
        let quick = try SoundTrack.silence(samples: samples)
        let whole = try SoundTrack.encodedSilence(packets: SoundTrack.packetCount(samples: samples))
        #expect(quick.sizes == whole.sizes)
        #expect(quick.bytes == whole.bytes)
    }
}
