import Fanpai
import Testing

/// A manifest comes from anywhere: whatever it is, it is read or refused.
@Suite struct ManifestFuzzTests {
    private static func manifest() throws -> [UInt8] {
        var request = FilmRequest(template: "starter")
        request.isDemo = true
        let folder = try Folder()
        var options = RenderOptions()
        options.frames = 0..<2
        return Array(
            try Film(request, home: FilmTests.home).render(to: folder("a.mp4"), options).manifest.document.utf8)
    }

    @Test func brokenManifestsAreRefusedNotTrapped() throws {
        let good = try Self.manifest()
        #expect(fuzzManifest(good))
        var random = SeededGenerator(state: 7)
        let pieces = [
            "{", "}", "[", "]", "\"", ",", ":", "\\u", "\\ud800", "1e999", "-", "99999999999999999999", "null", "-0",
            "1.",
            "\u{0}", "NaN", "Infinity", "9223372036854775807", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        ]
        var read = 0
        for _ in 0..<3000 {
            var bytes = good
            for _ in 0..<1 + Int(random.next() % 4) {
                let at = Int(random.next() % UInt64(bytes.count))
                let piece = Array(pieces[Int(random.next() % UInt64(pieces.count))].utf8)
                switch random.next() % 5 {
                case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + Int(random.next() % 40)))
                case 2: bytes.insert(contentsOf: piece, at: at)
                case 3: bytes.replaceSubrange(at..<min(bytes.count, at + piece.count), with: piece)
                default: bytes.removeSubrange(at...)
                }
                if bytes.isEmpty { break }
            }
            if fuzzManifest(bytes) { read += 1 }
        }
        // Some changes are in texts that may be anything; a test in which none or all are read would test nothing.
        #expect((10..<2900).contains(read))
    }

    @Test func everyTruncationIsRefused() throws {
        let good = try Self.manifest()
        for end in stride(from: 0, to: good.count - 2, by: 7) { #expect(!fuzzManifest(Array(good[..<end]))) }
    }
}
