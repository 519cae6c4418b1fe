import Drawing
import Testing
import Typesetting

/// Emoji as pictures.
@Suite struct PictureTests {
    private static func layout(_ text: String, pictures: Bool = true) throws -> TextLayout {
        var options = ParagraphOptions(missing: .replace)
        options.drawsPictures = pictures
        options.countsLetters = true
        return try makeTypesetter().layout(
            text, style: TextStyle(family: "Noto Sans CJK SC", size: 100), options: options)
    }

    @Test(
        "skin tones, flags, families, keycaps and hearts are one picture each",
        arguments: ["😀", "👍🏽", "🇨🇳", "👨‍👩‍👧", "1️⃣", "❤️", "❤", "🎉"])
    func isOnePicture(text: String) throws {
        let layout = try Self.layout("卖\(text)完")
        #expect(layout.pictures.count == 1)
        #expect(layout.missing.count == 0)
        let picture = try #require(layout.pictures.first)
        #expect(picture.letter == 1)
        // About as large as the ideographs beside it, and between them.
        #expect((90...112).contains(picture.target.width) && (85...110).contains(picture.target.height))
        #expect(picture.target.x >= 95 && picture.target.maxX <= layout.width - 90)
        let png = try #require(library.picture(picture))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("whoever does not draw pictures gets none") func isOptional() throws {
        let layout = try Self.layout("卖😀完", pictures: false)
        #expect(layout.pictures.isEmpty)
        #expect(layout.missing.colorOnly == 1)
    }

    @Test("figures and Chinese stay letters") func leavesTextAlone() throws {
        let (with, without) = (try Self.layout("第1名©8"), try Self.layout("第1名©8", pictures: false))
        #expect(with.pictures.isEmpty)
        #expect(with.runs.map(\.run) == without.runs.map(\.run))
    }
}
