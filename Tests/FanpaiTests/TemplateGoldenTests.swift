import Drawing
import Fanpai
import Glibc
import Testing

/// What every template shows of its own sample, by digest; `FANPAI_RECORD=1` writes them anew.
@Suite struct TemplateGoldenTests {
    private static let root = ArchitectureTests.root

    private static let names = [
        "flip-board", "three-beats", "order-story", "live-counter", "live-popups", "live-wall", "starter",
    ]

    /// Every template in each of its layouts.
    private static let films: [(template: String, size: PixelSize)] = names.flatMap { name in
        let other = name.hasPrefix("live-") ? (1920, 1080) : (1080, 1080)
        return [(name, PixelSize(width: 1080, height: 1920)), (name, PixelSize(width: other.0, height: other.1))]
    }

    @Test(arguments: films)
    func digests(template: String, size: PixelSize) throws {
        var request = FilmRequest(template: template)
        request.isDemo = true
        request.size = size
        let source = try Film(request, home: FilmTests.home).source
        let text = try stride(from: 0, to: source.frameCount, by: 10)
            .map { "\($0) \(try source.list($0).digest)\n" }.joined()
        let path = "\(Self.root)/Templates/\(template)/goldens/digests-\(size).txt"
        if getenv("FANPAI_RECORD") != nil {
            let file = try #require(fopen(path, "wb"))
            let bytes = Array(text.utf8)
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            fclose(file)
            return
        }
        #expect(PlainFiles.read(path) == text, "a picture changed: look at it, then record with FANPAI_RECORD=1")
    }

    /// What happens over a day is shown by a day of Samples; pop-ups and rows that say how long ago by a session's seconds.
    @Test(arguments: ["flip-board", "three-beats", "order-story", "live-counter", "starter"])
    func theSampleOrdersAreACopy(template: String) {
        let copy = PlainFiles.bytes("\(Self.root)/Templates/\(template)/sample.csv")
        #expect(!copy.isEmpty)
        #expect(copy == PlainFiles.bytes("\(Self.root)/Samples/douyin-1111-gb18030.csv"))
    }
}
