import Drawing
import Foundation
import Testing
import Typesetting

@Suite struct DeterminismTests {
    private static let paragraph = RichText([
        RichText.Span(String(repeating: "今夜双十一，爆单翻牌！Order 12,345 件（含税）。", count: 40), style: noto, tag: 1),
        RichText.Span("得意黑 tnum 0123456789 Wave AVATAR fi", style: smiley, tag: 2),
        RichText.Span("¥9,876.5", style: bebas, tag: 3),
        RichText.Span("龘㐀ﬁ✓①㊙™", style: noto, tag: 4),
    ])
    private static let options = ParagraphOptions(maxWidth: 900, alignment: .center)

    @Test func typesettersAgreeOnEveryThread() async throws {
        let expected = try makeTypesetter().layout(Self.paragraph, options: Self.options)
        #expect(expected.lines.count > 20)
        let digests = try await withThrowingTaskGroup(of: [Digest].self) { group in
            for thread in 0..<4 {
                group.addTask {
                    let typesetter = try makeTypesetter()
                    return try (0..<5).map { round in
                        // Other texts in between, so that caches differ from thread to thread.
                        _ = try typesetter.layout("第\(thread)线程第\(round)次", style: smiley)
                        return try typesetter.layout(Self.paragraph, options: Self.options).digest
                    }
                }
            }
            return try await group.reduce(into: [Digest]()) { $0 += $1 }
        }
        #expect(digests.count == 20 && digests.allSatisfy { $0 == expected.digest })
    }

    @Test func layoutDoesNotDependOnWhatWasSetBefore() throws {
        let typesetter = try makeTypesetter()
        let first = try typesetter.layout("爆单", style: noto)
        for size in 8..<1200 {
            var style = noto
            style.size = Double(size)
            _ = try typesetter.layout(
                "单\(size)", style: style, options: ParagraphOptions(maxWidth: 10, maxLines: 1, overflow: .ellipsis))
        }
        #expect(try typesetter.layout("爆单", style: noto) == first)
    }

    /// Font units are scaled by us and advances by HarfBuzz, so this holds for every version that has the same rules.
    @Test func referenceTextHasItsDigest() throws {
        let layout = try makeTypesetter().layout("爆单翻牌 Fanpai ¥12,345.60", style: smiley)
        #expect(layout.digest.description == "77cb2fe1e9170b4a04109b4971aaaa446c210cd69ec863b8a5067fb6d0ea2901")
    }

    @Test func hostileTextIsSetOrRefusedInBoundedTime() throws {
        let typesetter = try makeTypesetter()
        var random = Seeded(state: 1)
        var texts = [
            String(repeating: "\u{202E}", count: 1000),
            String(repeating: "e" + String(repeating: "\u{301}", count: 500), count: 20),
            String(repeating: "👨‍👩‍👧‍👦", count: 500), String(repeating: "\u{200D}", count: 5000),
            String(repeating: "\u{0}", count: 1000),
            String(repeating: "\u{FE0F}", count: 1000), String(repeating: "شلونك 12 ", count: 300),
            String(repeating: "ا", count: 3000),
            String(repeating: "\n", count: 3000), String(repeating: "क्ष्म्य", count: 300),
            String(repeating: "กำ", count: 1000),
            String(repeating: "A", count: 100_000), String(repeating: "爆单", count: 50_000), "\u{1F1E8}",
            "\u{FFFD}\u{FFFF}",
            String(repeating: "\u{1100}\u{1161}\u{11A8}", count: 300),
        ]
        for _ in 0..<150 {
            var text = ""
            for _ in 0..<Int.random(in: 0...200, using: &random) {
                let limit: UInt32 = [0x80, 0x3000, 0x10000, 0x110000][Int.random(in: 0..<4, using: &random)]
                if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) {
                    text.unicodeScalars.append(scalar)
                }
            }
            texts.append(text)
        }
        let clock = ContinuousClock()
        for text in texts {
            for overflow in [ParagraphOptions.Overflow.wrap, .ellipsis, .shrink(minSize: 10)] {
                let time = try clock.measure {
                    let layout = try typesetter.layout(
                        text, style: noto,
                        options: ParagraphOptions(
                            maxWidth: 500, maxHeight: 200, maxLines: 3, overflow: overflow, missing: .replace))
                    #expect(layout.lines.count <= 3)
                    for run in layout.runs { #expect(run.run.glyphs.count == run.run.outlines.count) }
                }
                #expect(time < .seconds(1), "\(text.unicodeScalars.count) code points, \(overflow)")
            }
        }
        #expect(
            refusal { _ = try typesetter.layout(String(repeating: "爆单", count: 50_000), style: noto) }?.code
                == .textTooLong)
    }
}
