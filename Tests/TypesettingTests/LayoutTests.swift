import Drawing
import Testing
import Typesetting

@Suite struct LayoutTests {
    @Test func glyphRunsNameTheirFontAndText() throws {
        let layout = try makeTypesetter().layout("爆单12", style: noto, tag: 7)
        let run = try #require(layout.runs.first)
        #expect(layout.runs.count == 1 && run.tag == 7)
        #expect(run.run.text == "爆单12" && run.run.glyphs.count == 4 && run.run.size == 40 * 64)
        #expect(run.run.font == (try library.face(family: noto.family, weight: 700).digest))
        #expect(run.run.glyphs.map(\.x) == [0, 2560, 5120, 5120 + 1510])
        #expect(abs(layout.textWidth - 127.2) < 0.01)
        #expect(layout.inkBounds.union(run.run.bounds) == layout.inkBounds)
        #expect(layout.inkBounds == run.run.bounds)
    }

    @Test func outlinesAreDrawnDownwardsInTheEmBox() throws {
        let layout = try makeTypesetter().layout("国H", style: noto)
        let line = try #require(layout.lines.first)
        // 国 fills the ideographic em box, which stands in the middle of the line's box.
        let box = try #require(layout.runs.first).run.outlines[0].bounds
        #expect(box.y < -30 && box.y > -36 && box.maxY > 0 && box.maxY < 5)
        #expect(abs(line.baseline - (0.88 * 40 + 0.2 * 40)) < 0.02)
        #expect(abs(layout.height - 56) < 1e-9)
        #expect(abs(layout.inkBounds.center.y - layout.height / 2) < 1.5)
    }

    @Test func characterThatTheFaceLacksComesFromTheFallback() throws {
        let layout = try makeTypesetter().layout("A单龘", style: bebas)
        let fonts = layout.runs.map(\.run.font)
        let bold = try library.face(family: noto.family, weight: 700).digest
        let medium = try library.face(family: noto.family, weight: 500).digest
        #expect(fonts == [try library.face(family: "Bebas Neue", weight: 700).digest, bold, medium])
        let rare = try makeTypesetter().layout("\u{9FA5}\u{3400}", style: bebas)
        #expect(rare.runs.map(\.run.font).allSatisfy { $0 == medium || $0 == bold })
        #expect(rare.runs.contains { $0.run.font == medium })
    }

    @Test func spansShareABaselineAndKeepTheirTags() throws {
        var large = bebas
        large.size = 120
        let text = RichText([
            RichText.Span("已售", style: noto, tag: 1), RichText.Span("12,345", style: large, tag: 2),
            RichText.Span("件", style: noto, tag: 3),
        ])
        let layout = try makeTypesetter().layout(text, options: ParagraphOptions(lineHeight: 1))
        #expect(layout.runs.map(\.tag) == [1, 2, 3])
        #expect(Set(layout.runs.flatMap { $0.run.glyphs.map(\.y) }).count == 1)
        #expect(layout.lines.count == 1 && abs(layout.height - 120) < 1e-9)
        #expect(abs(layout.lines[0].baseline - 0.88 * 120) < 0.02)
        // Same style, other tag: two runs all the same.
        let pair = RichText([RichText.Span("一", style: noto, tag: 1), RichText.Span("二", style: noto, tag: 2)])
        #expect(try makeTypesetter().layout(pair).runs.map(\.run.text) == ["一", "二"])
    }

    @Test func alignmentPlacesLinesInTheBox() throws {
        let typesetter = try makeTypesetter()
        for (alignment, expected) in [
            (ParagraphOptions.Alignment.start, 0.0), (.center, 80), (.end, 160),
        ] {
            let options = ParagraphOptions(maxWidth: 240, alignment: alignment)
            let layout = try typesetter.layout("双十", style: noto, options: options)
            #expect(layout.lines[0].x == expected && layout.width == 240 && layout.textWidth == 80)
        }
        for (alignment, expected) in [
            (ParagraphOptions.VerticalAlignment.top, 0.0), (.middle, 72), (.bottom, 144),
        ] {
            let options = ParagraphOptions(maxHeight: 200, verticalAlignment: alignment)
            let layout = try typesetter.layout("双十", style: noto, options: options)
            let line = layout.lines[0]
            #expect(abs(line.baseline - line.ascent - expected) < 0.02)
        }
    }

    @Test func digitStandsInTheMiddleOfACard() throws {
        let typesetter = try makeTypesetter()
        var style = bebas
        style.size = 300
        let metrics = try typesetter.metrics(for: style)
        for digit in "0123456789" {
            let layout = try typesetter.layout(
                String(digit), style: style,
                options: ParagraphOptions(
                    maxWidth: 160, maxHeight: 280, alignment: .center, verticalAlignment: .capMiddle))
            #expect(abs(layout.lines[0].baseline - (280 + metrics.capHeight) / 2) <= 1.0 / 64)
            #expect(abs(layout.lines[0].x - (160 - metrics.digitWidth) / 2) <= 1.0 / 64)
            // Round figures overshoot on both sides.
            #expect(abs(layout.inkBounds.center.y - 140) < 1.6, "\(digit) \(layout.inkBounds)")
        }
    }

    @Test func metricsFollowTheFont() throws {
        let typesetter = try makeTypesetter()
        let metrics = try typesetter.metrics(for: TextStyle(family: "Bebas Neue", weight: 400, size: 200))
        #expect(metrics.capHeight == 140 && metrics.weight == 700 && metrics.digitsAreTabular)
        #expect(abs(metrics.digitWidth - 79.2) < 0.01)
        let proportional = try typesetter.metrics(for: smiley)
        var style = smiley
        style.tabularFigures = true
        let tabular = try typesetter.metrics(for: style)
        #expect(!proportional.digitsAreTabular && tabular.digitsAreTabular)
    }

    @Test(arguments: [smiley, noto, bebas, TextStyle(family: "DSEG7 Classic", weight: 700, size: 40)])
    func tabularFiguresNeverJitter(_ style: TextStyle) throws {
        let typesetter = try makeTypesetter()
        var style = style
        style.tabularFigures = true
        var random = Seeded(state: 3)
        let width = try typesetter.layout("000000", style: style).textWidth
        for _ in 0..<300 {
            let number = String(Int.random(in: 100_000...999_999, using: &random))
            #expect(try typesetter.layout(number, style: style).textWidth == width, "\(number)")
        }
    }

    @Test func letterSpacingStandsBetweenCharacters() throws {
        let typesetter = try makeTypesetter()
        for text in ["双十一", "ABC", "1"] {
            var style = noto
            let plain = try typesetter.layout(text, style: style).textWidth
            style.letterSpacing = 10
            let spaced = try typesetter.layout(text, style: style)
            #expect(abs(spaced.textWidth - plain - 10 * Double(text.count - 1)) < 0.01, "\(text)")
            #expect(spaced.runs[0].run.glyphs[0].x == 0)
        }
    }

    @Test func emptyTextHasOneLine() throws {
        let layout = try makeTypesetter().layout("", style: noto)
        #expect(layout.runs.isEmpty && layout.lines.count == 1 && layout.height == 56 && layout.width == 0)
        #expect(try makeTypesetter().layout(RichText([])).lines.isEmpty)
        #expect(try makeTypesetter().layout("一\n\n二", style: noto).lines.count == 3)
    }

    @Test func valuesThatCannotBeSetAreRefused() throws {
        let typesetter = try makeTypesetter()
        func code(_ change: (inout TextStyle, inout ParagraphOptions) -> Void) -> TypesettingError.Code? {
            var (style, options) = (noto, ParagraphOptions())
            change(&style, &options)
            return refusal { _ = try typesetter.layout("文", style: style, options: options) }?.code
        }
        for size in [0, -1, 0.5, 5000, Double.nan, .infinity] {
            #expect(code { style, _ in style.size = size } == .style)
        }
        for weight in [0, 1001, -5] { #expect(code { style, _ in style.weight = weight } == .style) }
        for spacing in [Double.nan, .infinity, 1e9] {
            #expect(code { style, _ in style.letterSpacing = spacing } == .style)
        }
        for feature in ["", "tnu", "tnum=", "tnum=x", "tnum=1=1", "t,um", "数数"] {
            #expect(code { style, _ in style.features = [feature] } == .style, "\(feature)")
        }
        for length in [-1, Double.nan, .infinity, 1e6] {
            #expect(code { _, options in options.maxWidth = length } == .options)
            #expect(code { _, options in options.maxHeight = length } == .options)
        }
        #expect(code { _, options in options.maxLines = 0 } == .options)
        #expect(code { _, options in options.lineHeight = 0 } == .options)
        #expect(code { _, options in options.overflow = .shrink(minSize: 0) } == .options)
        #expect(code { style, _ in style.family = "Arial" } == .unknownFont)
        #expect(code { style, _ in style.features = ["palt", "kern=0"] } == nil)
    }
}
