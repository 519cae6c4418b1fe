import Drawing
import Testing
import Typesetting

@Test func placeholder() throws {
    let clock = ContinuousClock()
    var library: FontLibrary?
    print("library", try clock.measure { library = try FontLibrary(directories: ["Fonts"]) })
    let l = try #require(library)
    for f in l.faces {
        print(f.file, f.family, f.alternativeFamilies, f.style, f.weight, f.glyphCount, f.isColor, f.license)
    }
    var t: Typesetter?
    print("typesetter", try clock.measure { t = try Typesetter(library: l) })
    let s = try #require(t)
    var o: TextLayout?
    print(
        "first",
        try clock.measure { o = try s.layout("今夜爆单 12,345", style: TextStyle(family: "Smiley Sans", size: 72)) })
    print(
        o?.runs.map { ($0.run.text, $0.run.glyphs.count, $0.run.glyphs.map(\.x)) } as Any, o?.inkBounds as Any,
        o?.lines as Any)
    print(
        "second",
        try clock.measure { o = try s.layout("今夜爆单 12,346", style: TextStyle(family: "Smiley Sans", size: 72)) })
    print(
        "noto",
        try clock.measure {
            o = try s.layout("今夜爆单 12,346", style: TextStyle(family: "Noto Sans CJK SC", weight: 900, size: 72))
        })
    print(
        "medium",
        try clock.measure {
            o = try s.layout("龘靐齉 12,346", style: TextStyle(family: "Noto Sans CJK SC", weight: 900, size: 72))
        })
    print(o?.runs.map { ($0.run.text, $0.run.glyphs.count) } as Any)
    print(
        "100",
        try clock.measure {
            for i in 0..<100 { o = try s.layout("今夜爆单 \(i)", style: TextStyle(family: "Smiley Sans", size: 72)) }
        })
    for n in l.families { print(n, (try? s.metrics(for: TextStyle(family: n, weight: 700, size: 100))) as Any) }
}
