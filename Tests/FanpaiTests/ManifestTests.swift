import Drawing
import Fanpai
import Glibc
import Testing

/// What a manifest says beside the counts that other tests look at.
@Suite struct ManifestTests {
    /// Named moments are listed with their frames, so that sounds and editors can be set to them.
    @Test func markersAreListed() throws {
        let folder = "/tmp/fanpai-manifest-\(getpid())"
        #expect(mkdir(folder, 0o700) == 0)
        defer {
            for name in PlainFiles.names(folder) { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        let text = PlainFiles.read(FilmTests.template + "/template.yaml").replacing(
            "styles:\n",
            with: """
                markers:
                  opening: {scene: two, at: 0.5s}
                  first: {measure: sold, passes: 1}
                  never: {measure: sold, passes: 900000}
                  thousand: {measure: sold, every: 1000}
                  each: {measure: sold, every: 1}
                styles:

                """)
        let file = try #require(fopen(folder + "/template.yaml", "wb"))
        #expect(fwrite(Array(text.utf8), 1, text.utf8.count, file) == text.utf8.count)
        fclose(file)
        let film = try Film(FilmTests.request(folder), home: FilmTests.home)
        let manifest = try film.render(to: folder + "/out.mp4").manifest
        #expect(PlainFiles.read(folder + "/out.mp4.json") == manifest.document)

        let markers = try #require(manifest["markers"]?.elements)
        #expect(markers.map { $0["name"] } == ["opening", "first", "never", "thousand", "each"].map { .text($0) })
        let sold = try #require(manifest["data"]?["measures"]?.elements?.first?["value"]?.integer)
        #expect(sold > 2000)
        #expect(markers.prefix(4).map { $0["count"] } == [1, 1, 0, sold / 1000].map { .integer($0) })
        let passes = try markers.map { try #require($0["passes"]?.elements) }
        // 1.5 s at 30 frames a second; a moment that no measure makes has no number.
        #expect(passes[0] == [.object(["frame": .integer(45), "ticks": .integer(45 * 64)])])
        #expect(passes[2].isEmpty)
        #expect(passes[3].map { $0["value"]?.integer } == (1...sold / 1000).map { $0 * 1000 })
        // Of very many the first thousand are listed.
        #expect(try #require(markers[4]["count"]?.integer) > 1000)
        #expect(passes[4].count == 1000)
        for pass in passes[3] + passes[4] {
            let (frame, ticks) = (pass["frame"]?.integer, pass["ticks"]?.integer)
            let at = Int(try #require(frame))
            // The first frame that shows it.
            #expect(try #require(ticks) <= Int64(at) * 64 && Int64(at - 1) * 64 < #require(ticks))
        }
    }
}

extension OrderedJSON {
    fileprivate subscript(key: String) -> OrderedJSON? {
        if case .object(let members) = self { members.first { $0.key == key }?.value } else { nil }
    }

    fileprivate var elements: [OrderedJSON]? { if case .array(let list) = self { list } else { nil } }

    fileprivate var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
}
