import Drawing
import Testing

@Suite struct DigestTests {
    @Test func isSHA256() {
        #expect(
            Digest.sha256(of: Array("abc".utf8)).description
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest(bytes: [1, 2, 3]) == nil)
        #expect(Digest(bytes: Array(repeating: 0xab, count: 32))?.description == String(repeating: "ab", count: 32))
    }

    @Test func everyFieldOfALayerCounts() {
        let content = DamageTests.content(.white)
        func digest(_ layer: Layer) -> Digest { DamageTests.list([layer]).digest }
        let base = Layer(id: LayerID("a"), content: content)
        let variants = [
            Layer(id: LayerID("a"), content: DamageTests.content(.black)),
            Layer(id: LayerID("a"), content: content, scale: RasterScale(step: 1)),
            Layer(id: LayerID("a"), content: content, matrix: .translation(x: 1.0 / 64, y: 0)),
            Layer(id: LayerID("a"), content: content, opacity: 254),
            Layer(id: LayerID("a"), content: content, blend: .screen),
            Layer(id: LayerID("a"), content: content, light: Light(multiply: 254)),
            Layer(id: LayerID("a"), content: content, light: Light(multiply: 255, add: 1)),
            Layer(id: LayerID("a"), content: content, effects: [.blur(sigma: 1)]),
            Layer(id: LayerID("a"), content: content, mask: Mask(content: content)),
            Layer(id: LayerID("a"), content: content, mask: Mask(content: content, kind: .luminance)),
            Layer(id: LayerID("a"), content: content, clip: Clip(Rect(x: 0, y: 0, width: 9, height: 9))),
            Layer(id: LayerID("a"), content: content, clip: Clip(Rect(x: 0, y: 0, width: 9, height: 9), radius: 1)),
        ]
        var seen: Set<Digest> = [digest(base)]
        for variant in variants {
            #expect(variant != base)
            #expect(seen.insert(digest(variant)).inserted)
        }
        #expect(digest(Layer(id: LayerID("other"), content: content)) == digest(base))
    }

    /// The digest of a fixed list, so that an unintended change of the canonical form shows.
    @Test func theCanonicalFormIsStable() {
        var path = Path()
        path.move(to: Point(x: 1, y: 2))
        path.cubic(Point(x: 3, y: 4), Point(x: 5, y: 6), to: Point(x: 7, y: 8))
        path.close()
        let gradient = Gradient.linear(
            from: .zero, to: Point(x: 0, y: 10), stops: [.init(0, .white), .init(1, .clear)])
        let list = DisplayList(
            size: PixelSize(width: 10, height: 10),
            nodes: [
                .path(PathNode(path: path, style: .stroke(Stroke(width: 2)), paint: .gradient(gradient))),
                .layer(Layer(id: LayerID("a"), content: DamageTests.content(.black), matrix: .rotation(0.5))),
            ])
        #expect(list.digest.description.prefix(16) == "adc3f209a00d5dab")
        #expect(
            list.dump.split(separator: "\n").dropFirst().first
                == "  path [1 2 6 6] stroke 2 linear(#ffffff #00000000)")
    }

    @Test func identitiesAreStableAndDistinct() {
        #expect(LayerID("scenes/main").description == LayerID("scenes/main").description)
        var seen: Set<LayerID> = []
        for name in ["a", "b", "ab"] {
            let id = LayerID(name)
            for ordinal in 0..<100 {
                #expect(seen.insert(id.child("row", ordinal)).inserted)
                #expect(seen.insert(id.child("cell", ordinal)).inserted)
            }
        }
    }
}
