import Drawing
import Media
import Testing

@Suite struct MP4Tests {
    private let scene = TestScene(128, 96)

    private func description(
        _ count: Int, every length: Int, rate: FrameRate = .thirty, metadata: [MetadataEntry] = []
    ) throws -> OutputDescription {
        try OutputDescription(
            size: scene.size, rate: rate, frameCount: count, segments: TestScene.plan(count, every: length),
            metadata: metadata, profile: .douyin)
    }

    @Test func boxesAreAsPlayersLikeThem() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/a.mp4"
        let description = try description(
            50, every: 20, metadata: [MetadataEntry(.title, "爆单翻牌"), MetadataEntry(.comment, "x")])
        try scene.render(MP4Output(description, to: path, options: OutputOptions(verifiesFully: true)), description)
        #expect(folder.names == ["a.mp4"])
        let file = Box.parse(TemporaryFolder.bytes(path))
        #expect(file.map(\.type) == ["ftyp", "moov", "free", "mdat"])
        let moov = try #require(file.first { $0.type == "moov" })
        let tracks = moov.all("trak")
        try #require(tracks.count == 2)
        let video = tracks[0]
        #expect(video.all("edts").isEmpty)
        #expect(
            try video.only("mdia", "minf", "stbl", "stts").payload.dropFirst(4) == [
                0, 0, 0, 1, 0, 0, 0, 50, 0, 0, 2, 0,
            ])
        #expect(
            try video.only("mdia", "minf", "stbl", "stss").payload.dropFirst(4) == [
                0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 21, 0, 0, 0, 41,
            ])
        let entry = try video.only("mdia", "minf", "stbl", "stsd").payload
        let inner = Box.parse(Array(entry.dropFirst(8 + 8 + 78)))
        #expect(inner.map(\.type) == ["avcC", "colr", "pasp"])
        #expect(inner[0].payload[1] == 100)
        #expect(inner[1].payload == Array("nclx".utf8) + [0, 1, 0, 1, 0, 1, 0])
        let sound = tracks[1]
        let edit = try sound.only("edts", "elst").payload
        // One edit: 50 frames of 512 ticks from sample 1024 on.
        #expect(edit == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0x64, 0, 0, 0, 4, 0, 0, 1, 0, 0])
    }

    /// Texts that Apple has no item for stand under their own names.
    @Test func textsSayWhatTheFileWasMadeOf() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/a.mp4"
        let long = String(repeating: "爆", count: 3000)
        let entries = [
            (MetadataEntry.Key.title, long), (.comment, ""), (.template, "flip-board 00ff"), (.period, "a..b"),
        ]
        let description = try description(9, every: 9, metadata: entries.map { MetadataEntry($0, $1) })
        try scene.render(MP4Output(description, to: path), description)
        let moov = try #require(Box.parse(TemporaryFolder.bytes(path)).first { $0.type == "moov" })
        let meta = try moov.only("udta", "meta")
        let items = try #require(Box.parse(Array(meta.payload.dropFirst(4))).first { $0.type == "ilst" })
        let read = try Box.parse(items.payload).map { item in
            let name = item.all("name").first.map { String(decoding: $0.payload.dropFirst(4), as: UTF8.self) }
            return (name ?? "", String(decoding: try item.only("data").payload.dropFirst(8), as: UTF8.self))
        }
        #expect(read.map(\.0) == ["", "", "template", "period"])
        #expect(read.map(\.1) == entries.map(\.1))
    }

    @Test(arguments: [FrameRate(30), FrameRate(30000, 1001), FrameRate(24), FrameRate(60)])
    func otherRates(_ rate: FrameRate) throws {
        let folder = TemporaryFolder()
        let description = try description(37, every: 12, rate: rate)
        let path = "\(folder.path)/a.mp4"
        try scene.render(MP4Output(description, to: path, options: OutputOptions(verifiesFully: true)), description)
        #expect(folder.names == ["a.mp4"])
    }
}

/// A box of an MP4 file.
struct Box {
    let type: String
    let payload: [UInt8]

    static func parse(_ bytes: [UInt8]) -> [Box] {
        var boxes: [Box] = []
        var at = 0
        while at + 8 <= bytes.count {
            let size = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard size >= 8, at + size <= bytes.count else { break }
            boxes.append(
                Box(
                    type: String(decoding: bytes[at + 4..<at + 8], as: UTF8.self),
                    payload: Array(bytes[at + 8..<at + size])))
            at += size
        }
        return boxes
    }

    func all(_ type: String) -> [Box] { Box.parse(payload).filter { $0.type == type } }

    func only(_ path: String...) throws -> Box {
        var box = self
        for type in path { box = try #require(box.all(type).first) }
        return box
    }
}
