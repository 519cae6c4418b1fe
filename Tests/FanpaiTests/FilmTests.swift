import Drawing
import Fanpai
import Glibc
import Orders
import Testing

/// From files to frames.
@Suite struct FilmTests {
    static let home = Home(
        templates: ArchitectureTests.root + "/Templates", fonts: ArchitectureTests.root + "/Fonts")
    static let orders = ArchitectureTests.root + "/Samples/douyin-1111.csv"
    static let template = ArchitectureTests.root + "/Tests/FanpaiCLITests/Fixtures/counter"

    static func request(_ template: String = template) -> FilmRequest {
        var request = FilmRequest(template: template, orders: orders)
        request.isDemo = true
        return request
    }

    @Test func displayListsShowTextAndNoPersonalString() throws {
        let film = try Film(Self.request(), home: Self.home)
        #expect(film.source.frameCount == 60)
        #expect(film.source.scenes == [0, 30])
        #expect(film.source.cuts == [36])
        let dumps = try (0..<60).map { try film.source.list($0).dump }.joined()
        #expect(dumps.contains("今晚的账单"))
        let raw = PlainFiles.read(Self.orders)
        let pattern = /\d{19}|##[^"]+|\$\$[^"]+|1\d{2}\*{4,}\d{2,4}/
        var seen = 0
        for match in raw.matches(of: pattern) {
            seen += 1
            if seen % 7 == 0 { #expect(!dumps.contains(match.output)) }
        }
        #expect(seen > 5000)
    }

    @Test func tasksHaveEveryBlockingCallOnAThreadOfItsOwn() async throws {
        let film = try await Film(Self.request(), home: Self.home)
        let folder = "/tmp/fanpai-async-\(getpid())"
        async let sheet: Void = ContactSheet(count: 2, columns: 2).write(
            film, home: Self.home, to: folder + "-sheet.png")
        try await film.writeStill(at: 0, to: folder + "-still.png")
        try await sheet
        for name in ["-sheet.png", "-still.png"] { #expect(unlink(folder + name) == 0) }
        #expect(try await film.digests().total == film.digests().total)
        #expect(try await Film.check(Self.request(), home: Self.home).errorCount == 0)
    }

    /// Rows and pop-ups show masked names, and nothing else of the columns that identify a buyer.
    @Test(arguments: ["live-wall", "live-popups"])
    func ordersOneByOneShowMaskedNamesOnly(template: String) throws {
        let raw = PlainFiles.read(Self.orders)
        let secret = Set(
            raw.matches(of: /\d{18,19}|##[^",]+|\$\$[^",]+|1\d{2}\*{4,}\d{2,4}/).map { String($0.output) })
        #expect(secret.count > 5000)
        for style in template == "live-wall" ? ["motion=scroll"] : ["style=queue", "style=danmaku"] {
            var request = Self.request(template)
            try request.apply(.set, style)
            let film = try Film(request, home: Self.home)
            var names: Set<String> = []
            for frame in stride(from: 0, to: film.source.frameCount, by: 10) {
                let dump = try film.source.list(frame).dump
                // A run of figures or signs as long as a number of an order, and every word of one.
                for match in dump.matches(of: /glyphs "([^"]*)"/) {
                    let text = String(match.output.1).replacing(" ", with: "")
                    #expect(!text.contains(/\d{8,}|##|\$\$/), "\(text)")
                    #expect(!secret.contains(text))
                    if text.hasSuffix("**") || text == "顾客" { names.insert(text) }
                }
            }
            // A queue shows three or four in so short a film.
            #expect(names.count > (style == "style=queue" ? 0 : 5), "\(style): \(names)")
            #expect(names.allSatisfy { $0.count <= 4 })
        }
    }

    @Test func requestsReachTheFilm() throws {
        var request = Self.request()
        request.size = PixelSize(width: 240, height: 240)
        request.rate = FrameRate(60)
        request.duration = 3_000_000
        request.parameters = [.init("headline", "二"), .init("headline", "一二三")]
        let film = try Film(request, home: Self.home)
        #expect(film.source.size == PixelSize(width: 240, height: 240))
        #expect(film.source.frameCount == 180)
        #expect(try film.source.list(0).dump.contains("一二三"))
        #expect(try Film(Self.request(), home: Self.home).source.list(0) != film.source.list(0))
    }

    @Test func templatesAreFoundByNameFolderAndFile() throws {
        #expect(try Self.home.folder(ofTemplate: "three-beats") == Self.home.templates + "/three-beats")
        #expect(try Self.home.folder(ofTemplate: Self.template) == Self.template)
        #expect(try Self.home.folder(ofTemplate: Self.template + "/template.yaml") == Self.template)
        #expect(throws: FanpaiError.self) { try Self.home.folder(ofTemplate: "") }
        #expect(throws: FanpaiError.self) { try Self.home.folder(ofTemplate: "../Templates") }
    }

    @Test func optionsAreReadFromText() throws {
        var request = FilmRequest(template: "x")
        try request.apply(.size, "1080x1920")
        try request.apply(.fps, "30000/1001")
        try request.apply(.duration, "1.25s")
        try request.apply(.period, "2026-11-11..2026-11-11")
        try request.apply(.now, "2026-11-11T20:00:00+08:00")
        try request.apply(.seed, "18446744073709551615")
        try request.apply(.set, "a=b=c")
        try request.apply(.set, "empty=")
        try request.apply(.map, "amount=实付款")
        #expect(request.size == PixelSize(width: 1080, height: 1920))
        #expect(request.rate == FrameRate(30000, 1001))
        #expect(request.duration == 1_250_000)
        #expect(request.seed == .max)
        #expect(request.parameters == [.init("a", "b=c"), .init("empty", "")])
        #expect(request.columns == [.amount: "实付款"])
        #expect(try UserText.microseconds("1500ms", "x") == 1_500_000)
        #expect(try UserText.microseconds("0.5ms", "x") == 500)
        #expect(try UserText.microseconds("0s", "x") == 0)
        #expect(try UserText.frames("0..90") == 0..<90)
    }

    @Test(arguments: [
        "", "s", "1", "-1s", "1.s", ".5s", "1.0000001s", "1e3s", "٣s", "99999999999s", "86401s", "1 s", "0x10s",
    ])
    func timesThatAreNone(text: String) {
        #expect(throws: FanpaiError.self) { try UserText.microseconds(text, "--at") }
    }

    @Test(arguments: [
        "", "x", "1x", "x1", "0x0", "-5x5", "1080X1920", "1080x1920x3", "9000x100", "1e3x100", "１０８０x1920",
    ])
    func sizesThatAreNone(text: String) {
        #expect(throws: FanpaiError.self) { try UserText.size(text) }
    }

    @Test func quotedTextIsShortAndClean() {
        #expect(UserText.short("a\u{1B}[31mb\nc") == "a [31mb c")
        #expect(UserText.short(String(repeating: "长", count: 500)).count == 61)
    }
}
