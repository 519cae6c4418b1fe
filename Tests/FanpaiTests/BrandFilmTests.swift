import Drawing
import Fanpai
import Glibc
import Testing

/// Every template takes a brand, and shows each part of it.
@Suite struct BrandFilmTests {
    /// A folder with a brand's files, removed at the end.
    private final class Shop {
        let folder: String

        init() throws {
            var name = Array("/tmp/fanpai-brand-XXXXXX".utf8CString)
            let made = name.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
            try #require(made)
            folder = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
            let root = ArchitectureTests.root
            try write(PlainFiles.bytes(root + "/Fonts/dseg/DSEG7Classic-Bold.ttf"), "figures.ttf")
            try write(PlainFiles.bytes(root + "/Templates/live-wall/stills/wall.png"), "logo.png")
        }

        deinit {
            for name in PlainFiles.names(folder) { unlink(folder + "/" + name) }
            rmdir(folder)
        }

        func write(_ bytes: [UInt8], _ name: String) throws {
            let file = try #require(fopen(folder + "/" + name, "wb"))
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            fclose(file)
        }

        func brand(_ text: String) throws -> String {
            try write(Array("brand: 1\n\(text)\n".utf8), "brand.yaml")
            return folder + "/brand.yaml"
        }
    }

    private static let parts = [
        "shop: 晨光小店", "logo: logo.png", "colors: {accent: \"#3fd0ff\"}", "note: 范围：本店全部商品",
        "fontFiles: [figures.ttf]\nfonts: {headline: Noto Sans CJK SC, body: Smiley Sans, figures: DSEG7 Classic}",
        "source: 后台订单",
    ]

    private func digests(_ request: FilmRequest) throws -> [String] {
        let source = try Film(request, home: FilmTests.home).source
        return try stride(from: source.frameCount - 1, to: 0, by: -45).map { "\(try source.list($0).digest)" }
    }

    @Test(arguments: FilmTests.home.templateNames)
    func everyTemplateShowsEveryPart(template: String) throws {
        let shop = try Shop()
        var request = FilmRequest(template: template)
        request.isDemo = true
        let plain = try digests(request)
        let yaml = PlainFiles.read("\(FilmTests.home.templates)/\(template)/template.yaml")
        for part in Self.parts where !part.hasPrefix("logo") || yaml.contains("logo: {type: image") {
            request.brand = try shop.brand(part)
            #expect(try digests(request) != plain, "\(part)")
        }
        request.brand = try shop.brand(
            (Self.parts + ["claims: {allow: [{word: 顶级, reason: 商标}]}"]).joined(separator: "\n"))
        let findings = try Film.check(request, home: FilmTests.home)
        #expect(findings.errorCount == 0, "\(findings.text)")
    }

    @Test(arguments: [
        ("logo: nope.png", FanpaiError.Code.missingInput, "brand.yaml:2:7"),
        ("fontFiles: [figures.ttf, nope.ttf]", .missingInput, "brand.yaml:2:26"),
        ("fontFiles: [logo.png]", .data, "brand.yaml:2:13"),
        ("fonts: {headline: Nobody Sans}", .data, "brand.yaml:2:19"),
        ("fonts: {headlnie: DSEG7 Classic}", .data, "did you mean “headline”?"),
    ])
    func whatIsWrongBesideABrandIsSaidOfTheBrand(text: String, code: FanpaiError.Code, words: String) throws {
        let shop = try Shop()
        var request = FilmRequest(template: "starter")
        request.isDemo = true
        request.brand = try shop.brand(text)
        do {
            _ = try Film(request, home: FilmTests.home)
            Issue.record("taken: \(text)")
        } catch {
            #expect(error.code == code && error.description.contains(words), "\(error)")
        }
    }

    /// A family that stands in for another one lacks most characters: they look as they did.
    @Test func whatAFontLacksComesFromTheOneThatItStandsInFor() throws {
        let shop = try Shop()
        var request = FilmRequest(template: "starter")
        request.isDemo = true
        let plain = try Film(request, home: FilmTests.home).source.list(90).dump
        request.brand = try shop.brand("fonts: {headline: DSEG7 Classic}")
        let branded = try Film(request, home: FilmTests.home).source.list(90).dump
        #expect(plain.contains("今天的每一单"))
        // Figures stand in the disclosure alone, which keeps its font.
        #expect(branded == plain)
        request.brand = try shop.brand("fonts: {headline: DSEG7 Classic}\nparameters: {headline: 今天88单}")
        let mixed = try Film(request, home: FilmTests.home).source.list(90).dump
        request.brand = try shop.brand("parameters: {headline: 今天88单}")
        #expect(try Film(request, home: FilmTests.home).source.list(90).dump != mixed)
    }
}
