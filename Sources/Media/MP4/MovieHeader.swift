import Drawing

/// The `moov` box of a file with one video track and at most one AAC track.
struct MovieHeader {
    /// How the video is coded.
    enum Coding {
        /// H.264, in the ISO form of the file.
        case h264(ParameterSets)
        /// H.265 with its configuration record, in the ISO form of the file.
        case hevc([UInt8])
        /// Something with transparency, in the QuickTime form.
        case quickTime(MovieFormat)
    }

    let size: PixelSize
    let metadata: [MetadataEntry]
    let coding: Coding
    /// Ticks in a second, of the movie and its video track.
    let timescale: Int
    let video: SampleTable
    /// The sound and where it lies; nil for a silent film.
    var sound: (track: SoundTrack, table: SampleTable)?

    /// A fine enough time scale in which a frame lasts whole ticks.
    static func timing(_ rate: FrameRate) -> (timescale: Int, frameDuration: Int) {
        var factor = 1
        while rate.numerator * factor < 10_000 { factor *= 2 }
        return (rate.numerator * factor, rate.denominator * factor)
    }

    func write(to writer: inout BoxWriter) {
        let duration = video.duration
        writer.box("moov") {
            $0.fullBox("mvhd") {
                // Created at: not the clock, so that equal inputs make equal files.
                $0.zeros(8)
                $0.uint32(timescale)
                $0.uint32(duration)
                $0.uint32(0x10000)
                $0.uint16(0x100)
                $0.zeros(10)
                $0.unitMatrix()
                $0.zeros(24)
                $0.uint32(3)
            }
            $0.box("trak") { writeVideo(&$0, duration) }
            if let sound { $0.box("trak") { writeSound(&$0, duration, sound.track, sound.table) } }
            writeMetadata(&$0)
        }
    }

    private func trackHeader(_ writer: inout BoxWriter, id: Int, duration: Int, isSound: Bool) {
        writer.fullBox("tkhd", flags: 3) {
            $0.zeros(8)
            $0.uint32(id)
            $0.zeros(4)
            $0.uint32(duration)
            $0.zeros(8)
            $0.uint16(0)
            $0.uint16(isSound ? 1 : 0)
            $0.uint16(isSound ? 0x100 : 0)
            $0.uint16(0)
            $0.unitMatrix()
            $0.uint32(isSound ? 0 : size.width << 16)
            $0.uint32(isSound ? 0 : size.height << 16)
        }
    }

    private func mediaHeader(_ writer: inout BoxWriter, timescale: Int, duration: Int, handler: String, name: String) {
        writer.fullBox("mdhd") {
            $0.zeros(8)
            $0.uint32(timescale)
            $0.uint32(duration)
            $0.uint16(0x55c4)  // language: undetermined
            $0.uint16(0)
        }
        writer.fullBox("hdlr") {
            if isQuickTime { $0.code("mhlr") } else { $0.zeros(4) }
            $0.code(handler)
            $0.zeros(12)
            // QuickTime counts the letters, the ISO form ends them.
            if isQuickTime { $0.uint8(name.utf8.count) }
            $0.raw(name.utf8)
            if !isQuickTime { $0.uint8(0) }
        }
    }

    private var isQuickTime: Bool {
        if case .quickTime = coding { return true }
        return false
    }

    private func dataReference(_ writer: inout BoxWriter) {
        writer.box("dinf") {
            $0.fullBox("dref") {
                $0.uint32(1)
                $0.fullBox("url ", flags: 1) { _ in }
            }
        }
    }

    private func writeVideo(_ writer: inout BoxWriter, _ duration: Int) {
        trackHeader(&writer, id: 1, duration: duration, isSound: false)
        writer.box("mdia") {
            mediaHeader(&$0, timescale: timescale, duration: duration, handler: "vide", name: "VideoHandler")
            $0.box("minf") {
                $0.fullBox("vmhd", flags: 1) {
                    // The mode and colour that QuickTime itself writes: dither copy, grey.
                    $0.uint16(isQuickTime ? 0x40 : 0)
                    for _ in 0..<3 { $0.uint16(isQuickTime ? 0x8000 : 0) }
                }
                dataReference(&$0)
                $0.box("stbl") {
                    $0.fullBox("stsd") {
                        $0.uint32(1)
                        switch coding {
                        case .h264(let sets): $0.box("avc1") { videoEntry(&$0, "avcC", sets.configuration) }
                        case .hevc(let configuration): $0.box("hvc1") { videoEntry(&$0, "hvcC", configuration) }
                        case .quickTime(let format): $0.box(format.code) { format.writeEntry(size, to: &$0) }
                        }
                    }
                    video.write(to: &$0)
                }
            }
        }
    }

    private func videoEntry(_ writer: inout BoxWriter, _ name: String, _ configuration: [UInt8]) {
        writer.zeros(6)
        writer.uint16(1)
        writer.zeros(16)
        writer.uint16(size.width)
        writer.uint16(size.height)
        writer.uint32(0x48_0000)
        writer.uint32(0x48_0000)
        writer.zeros(4)
        writer.uint16(1)
        writer.zeros(32)
        writer.uint16(24)
        writer.uint16(0xffff)
        writer.box(name) { $0.raw(configuration) }
        writer.box("colr") {
            $0.code("nclx")
            for _ in 0..<3 { $0.uint16(1) }  // BT.709: primaries, transfer, matrix
            $0.uint8(0)
        }
        writer.box("pasp") {
            $0.uint32(1)
            $0.uint32(1)
        }
    }

    private func writeSound(
        _ writer: inout BoxWriter, _ duration: Int, _ sound: SoundTrack, _ soundTable: SampleTable
    ) {
        trackHeader(&writer, id: 2, duration: duration, isSound: true)
        writer.box("edts") {
            // The one edit: the encoder's priming is not heard, and the sound ends with the picture.
            $0.fullBox("elst") {
                $0.uint32(1)
                $0.uint32(duration)
                $0.uint32(sound.priming)
                $0.uint32(0x10000)
            }
        }
        writer.box("mdia") {
            mediaHeader(
                &$0, timescale: SoundTrack.sampleRate, duration: soundTable.duration, handler: "soun",
                name: "SoundHandler")
            $0.box("minf") {
                $0.fullBox("smhd") { $0.zeros(4) }
                dataReference(&$0)
                $0.box("stbl") {
                    $0.fullBox("stsd") {
                        $0.uint32(1)
                        $0.box("mp4a") { soundEntry(&$0, sound, soundTable) }
                    }
                    soundTable.write(to: &$0)
                    // A decoder must start one packet early (ISO/IEC 14496-12, roll recovery).
                    $0.fullBox("sgpd", version: 1) {
                        $0.code("roll")
                        $0.uint32(2)
                        $0.uint32(1)
                        $0.uint16(0xffff)
                    }
                    $0.fullBox("sbgp") {
                        $0.code("roll")
                        $0.uint32(1)
                        $0.uint32(soundTable.sizes.count)
                        $0.uint32(1)
                    }
                }
            }
        }
    }

    private func soundEntry(_ writer: inout BoxWriter, _ sound: SoundTrack, _ soundTable: SampleTable) {
        writer.zeros(6)
        writer.uint16(1)
        writer.zeros(8)
        writer.uint16(2)
        writer.uint16(16)
        writer.zeros(4)
        writer.uint32(SoundTrack.sampleRate << 16)
        writer.fullBox("esds") {
            // Descriptors of ISO/IEC 14496-1, each with a length in one byte.
            let configuration = sound.configuration
            $0.raw([3, UInt8(3 + 2 + 13 + 2 + configuration.count + 3), 0, 2, 0])
            $0.raw([4, UInt8(13 + 2 + configuration.count), 0x40, 0x15])
            $0.uint24(0)
            $0.uint32(128_000)
            $0.uint32(sound.bytes.count * 8 * SoundTrack.sampleRate / max(1, soundTable.duration))
            $0.raw([5, UInt8(configuration.count)] + configuration)
            $0.raw([6, 1, 2])
        }
    }

    /// Who says what stands in items that are not Apple's.
    private static let owner = "fanpai"

    /// The most bytes that texts take in the header.
    static func room(for metadata: [MetadataEntry]) -> Int {
        metadata.reduce(0) { $0 + 80 + $1.key.rawValue.utf8.count + $1.value.utf8.count }
    }

    private func writeMetadata(_ writer: inout BoxWriter) {
        guard !metadata.isEmpty else { return }
        writer.box("udta") {
            $0.fullBox("meta") {
                $0.fullBox("hdlr") {
                    $0.zeros(4)
                    $0.code("mdir")
                    $0.code("appl")
                    $0.zeros(9)
                }
                $0.box("ilst") {
                    for entry in metadata {
                        $0.box(entry.key.appleCode ?? "----") {
                            // What Apple has no item for is named by who says it and what it is.
                            if entry.key.appleCode == nil {
                                for (type, text) in [("mean", Self.owner), ("name", entry.key.rawValue)] {
                                    $0.fullBox(type) { $0.raw(text.utf8) }
                                }
                            }
                            $0.box("data") {
                                $0.uint32(1)
                                $0.uint32(0)
                                $0.raw(entry.value.utf8)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension MetadataEntry.Key {
    /// The item's name in Apple's metadata list; nil where that has none.
    fileprivate var appleCode: String? {
        switch self {
        case .title: "©nam"
        case .artist: "©ART"
        case .comment: "©cmt"
        case .description: "desc"
        case .copyright: "cprt"
        case .template, .period, .source, .engine: nil
        }
    }
}
