import Drawing
import Testing
import Typesetting

@Suite struct FittingTests {
    static let neverFirst = Set("。，、；：？！）」』】》〉”’…％%,.!?;:)]}ー々ァィゥ")
    static let neverLast = Set("（「『【《〈“‘([{￥¥$")

    /// Random text of the kind that captions are made of: Western words and figures stand between Chinese characters, so that
    /// nothing is longer than a line and has to be broken by force.
    private func randomText(_ random: inout Seeded, count: Int) -> String {
        let characters = Array("今夜双十一爆单翻牌直播间的你我他订单发货包邮").map(String.init)
        let parts = [
            "。", "，", "！", "？", "、", "……", "：", "（限时）", "「得意」", "《翻牌》", "【满减】", "“好”", "12,345", "¥99.9", "50%",
            " Fanpai ",
            "iPhone 15", "20:00",
        ]
        return (0..<count).map { _ in
            let character = characters[Int.random(in: 0..<characters.count, using: &random)]
            guard Int.random(in: 0..<3, using: &random) == 0 else { return character }
            return parts[Int.random(in: 0..<parts.count, using: &random)] + character
        }.joined()
    }

    @Test func linesKeepTheRulesOfChinesePunctuation() throws {
        let typesetter = try makeTypesetter()
        var random = Seeded(state: 11)
        var lines = 0
        for _ in 0..<300 {
            let text = randomText(&random, count: 60)
            let width = Double.random(in: 360...900, using: &random)
            let layout = try typesetter.layout(text, style: noto, options: ParagraphOptions(maxWidth: width))
            #expect(layout.lineTexts.joined().filter { $0 != " " } == text.filter { $0 != " " })
            for (number, line) in layout.lineTexts.enumerated() {
                lines += 1
                #expect(layout.lines[number].width <= width + 0.01)
                let first = try #require(line.first)
                if number > 0 {
                    let before = try #require(layout.lineTexts[number - 1].last)
                    // After a space a line may begin with anything.
                    if before != " " { #expect(!Self.neverFirst.contains(first), "\(line)") }
                    #expect(!Self.neverLast.contains(before), "\(layout.lineTexts[number - 1])")
                }
            }
        }
        #expect(lines > 1000)
    }

    @Test func numbersStayWhole() throws {
        let layout = try makeTypesetter().layout(
            "本场已售12,345,678件，销售额¥9,876,543.21元", style: noto, options: ParagraphOptions(maxWidth: 320))
        for number in ["12,345,678", "¥9,876,543.21"] {
            #expect(layout.lineTexts.contains { $0.contains(number) }, "\(number)")
        }
    }

    @Test func ellipsisCutsBetweenCharacters() throws {
        let typesetter = try makeTypesetter()
        var random = Seeded(state: 5)
        for round in 0..<200 {
            let text =
                round % 4 == 0 ? String(repeating: "e\u{301}o\u{308}", count: 40) : randomText(&random, count: 40)
            let width = Double.random(in: 120...600, using: &random)
            let lines = Int.random(in: 1...3, using: &random)
            let layout = try typesetter.layout(
                text, style: noto, options: ParagraphOptions(maxWidth: width, maxLines: lines, overflow: .ellipsis))
            #expect(layout.lines.count <= lines && layout.textWidth <= width + 0.01)
            let shown = layout.lineTexts.joined()
            guard layout.isTruncated else {
                #expect(shown.filter { $0 != " " } == text.filter { $0 != " " })
                continue
            }
            #expect(shown.hasSuffix("…"))
            // Characters, not scalars: a cut inside one would make the last of the shown ones differ.
            let kept = Array(shown.dropLast()).filter { $0 != " " }
            #expect(kept == Array(Array(text).filter { $0 != " " }.prefix(kept.count)))
        }
    }

    @Test func ellipsisKeepsToTheHeight() throws {
        let typesetter = try makeTypesetter()
        let text = String(repeating: "爆单翻牌", count: 20)
        for height in [10.0, 56, 100, 112, 167, 168, 400] {
            let layout = try typesetter.layout(
                text, style: noto, options: ParagraphOptions(maxWidth: 400, maxHeight: height, overflow: .ellipsis))
            #expect(layout.lines.count == max(1, min(8, Int(height / 56))), "\(height)")
            #expect(layout.isTruncated == (layout.lines.count < 8))
        }
        let paragraphs = try typesetter.layout(
            "第一行\n第二行\n第三行", style: noto, options: ParagraphOptions(maxWidth: 200, maxLines: 2, overflow: .ellipsis))
        #expect(paragraphs.lineTexts == ["第一行", "第二行…"] && paragraphs.isTruncated)
    }

    @Test func shrinkingFindsTheLargestSizeThatFits() throws {
        let typesetter = try makeTypesetter()
        var random = Seeded(state: 9)
        for _ in 0..<60 {
            let text = randomText(&random, count: Int.random(in: 3...30, using: &random))
            let (width, height) = (
                Double.random(in: 300...900, using: &random), Double.random(in: 60...300, using: &random)
            )
            let options = ParagraphOptions(maxWidth: width, maxHeight: height, overflow: .shrink(minSize: 8))
            let layout = try typesetter.layout(text, style: noto, options: options)
            #expect(!layout.isTruncated && !layout.overflows)
            #expect(layout.fittedSize <= 40 && layout.fittedSize >= 8)
            #expect(layout.runs.allSatisfy { abs(Double($0.run.size) / 64 - layout.fittedSize) <= 1.0 / 64 })
            guard layout.fittedSize < 40 else { continue }
            var larger = noto
            larger.size = layout.fittedSize + 0.25
            let next = try typesetter.layout(text, style: larger, options: ParagraphOptions(maxWidth: width))
            #expect(next.textHeight > height || next.textWidth > width || next.lines.count >= layout.lines.count)
        }
    }

    @Test func shrinkingStopsAndCuts() throws {
        let typesetter = try makeTypesetter()
        let options = ParagraphOptions(maxWidth: 200, maxLines: 1, overflow: .shrink(minSize: 20))
        let layout = try typesetter.layout(String(repeating: "爆单", count: 20), style: noto, options: options)
        #expect(layout.fittedSize == 20 && layout.isTruncated && layout.textWidth <= 200.01)
        let exact = try typesetter.layout("爆单翻牌榜", style: noto, options: options)
        #expect(exact.fittedSize == 40 && !exact.isTruncated)
        let word = try typesetter.layout("Thanksgiving", style: noto, options: options)
        #expect(word.lines.count == 1 && !word.isTruncated && word.fittedSize < 40)
    }

    @Test func ratioOfSizesSurvivesShrinking() throws {
        var small = noto
        small.size = 20
        let text = RichText([RichText.Span("一二三四五六七八九十", style: noto), RichText.Span("件", style: small)])
        let layout = try makeTypesetter().layout(
            text, options: ParagraphOptions(maxWidth: 210, maxLines: 1, overflow: .shrink(minSize: 10)))
        #expect(layout.fittedSize == 20 && layout.runs.map(\.run.size) == [20 * 64, 10 * 64])
    }

    @Test func linesBeyondTheLimitAreDropped() throws {
        let layout = try makeTypesetter().layout(
            String(repeating: "爆", count: 100), style: noto, options: ParagraphOptions(maxWidth: 400, maxLines: 3))
        #expect(layout.lines.count == 3 && layout.isTruncated && layout.runs.last?.line == 2)
    }
}
