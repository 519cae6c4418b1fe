import Drawing
import Motion
import Orders
import Testing
import Typesetting

@Suite struct FigureSetterTests {
    @Test(arguments: ["Bebas Neue", "Noto Sans CJK SC", "Smiley Sans", "DSEG7 Classic"], [false, true])
    func figuresLieAsIfTheyHadBeenShaped(family: String, isStill: Bool) throws {
        let typesetter = try SharedTypesetter(library: TestWorld.library.get())
        let label = TextStyle(family: "Noto Sans CJK SC", weight: 700, size: 40, tabularFigures: true)
        let figure = TextStyle(family: family, weight: 700, size: 97, letterSpacing: 1.5, tabularFigures: true)
        for options in [
            ParagraphOptions(), ParagraphOptions(maxWidth: 260, alignment: .center),
            ParagraphOptions(maxWidth: 300, maxHeight: 90, alignment: .end, overflow: .shrink(minSize: 10)),
            ParagraphOptions(maxWidth: 200, maxHeight: 120, overflow: .ellipsis),
        ] {
            let set: @Sendable ([String]) -> SetText? = { texts in
                var options = options
                options.missing = .replace
                let text = RichText([
                    RichText.Span(texts[0], style: label, tag: 0), RichText.Span(texts[1], style: figure, tag: 1),
                ])
                return (try? typesetter.layout(text, options: options)).map { SetText($0) }
            }
            let setter = FigureSetter(
                styles: isStill ? [nil, figure] : [label, figure], typesetter: typesetter, set: set)
            var random = SeededGenerator(seed: 31)
            for _ in 0..<80 {
                let value =
                    Int64.random(in: 0...9_999_999_999, using: &random) >> Int64.random(in: 0...33, using: &random)
                let format = TextTemplate.NumberFormat.allCases[Int.random(in: 0..<7, using: &random)]
                let texts = ["今日 \(isStill ? 25 : value % 97) 单 ", format.text(value)]
                let (quick, slow) = (setter.layout(texts), set(texts))
                #expect(quick == slow, "\(texts) in \(family)")
                #expect(quick?.runs.map(\.run.outlines) == slow?.runs.map(\.run.outlines))
                #expect(quick?.runs.map(\.run.text) == slow?.runs.map(\.run.text))
            }
        }
    }
}
