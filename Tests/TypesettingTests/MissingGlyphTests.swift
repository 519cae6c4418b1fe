import Drawing
import Testing
import Typesetting

@Suite struct MissingGlyphTests {
    private func feed(_ text: String) throws -> TextLayout {
        try makeTypesetter().layout(text, style: noto, options: ParagraphOptions(missing: .replace))
    }

    @Test func authorsGetAnError() throws {
        let typesetter = try makeTypesetter()
        let emoji = try #require(refusal { _ = try typesetter.layout("爆单🔥🔥", style: noto) })
        #expect(emoji.code == .missingGlyph)
        #expect(emoji.message.contains("U+1F525") && emoji.message.contains("coloured") && emoji.message.contains("2"))
        #expect(!emoji.description.contains("爆单"), "an error never repeats the text")
        let letter = try #require(refusal { _ = try typesetter.layout("ᚠ", style: noto) })
        #expect(letter.code == .missingGlyph && letter.message.contains("U+16A0"))
        #expect(refusal { _ = try typesetter.layout("a\u{0}b", style: noto) }?.message.contains("U+0000") == true)
    }

    @Test(arguments: [
        ("张三", "张三", 0, 0), ("张🔥三", "张〓三", 1, 1), ("👨‍👩‍👧‍👦一家", "〓一家", 1, 1), ("🇨🇳", "〓", 1, 1), ("👍🏽", "〓", 1, 1),
        ("ᚠᚢ", "〓〓", 2, 0),
        ("a\u{0}b", "a〓b", 1, 0), ("\u{E000}", "〓", 1, 0), ("\u{10FFFF}", "〓", 1, 0), ("1\u{FE0F}\u{20E3}", "〓", 1, 1),
    ])
    func feedTextIsMarkedAndCounted(_ text: String, _ shown: String, _ count: Int, _ color: Int) throws {
        let layout = try feed(text)
        #expect(layout.lineTexts == [shown])
        #expect(layout.missing.count == count && layout.missing.colorOnly == color)
        #expect((layout.missing.first == nil) == (count == 0))
    }

    @Test func controlsOfDirectionAreLeftOut() throws {
        for control in ["\u{202E}", "\u{2066}", "\u{200F}", "\u{202A}", "\u{61C}"] {
            let layout = try feed("12" + control + "34")
            #expect(layout.lineTexts == ["1234"] && layout.missing.count == 0)
            #expect(layout.digest == (try feed("1234")).digest)
        }
    }

    @Test func spacesAndBreaksOfEveryKindAreKnown() throws {
        #expect(try feed("一\r\n二\u{2028}三\u{85}四").lines.count == 4)
        #expect(try feed("一\t二").lineTexts == ["一 二"])
        #expect(try feed("一\u{200A}二\u{2009}三\u{205F}四\u{FEFF}五").missing.count == 0)
        #expect(try feed("一\u{3000}二").textWidth == 120)
    }
}
