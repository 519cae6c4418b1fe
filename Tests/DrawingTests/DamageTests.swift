import Drawing
import Testing

@Suite struct DamageTests {
    /// A generator with a fixed start, so that a failure can be seen again.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test func rectanglesNeverOverlapAndCoverAll() {
        var random = Seeded(state: 7)
        for _ in 0..<300 {
            var damage = Damage.none
            var all: [PixelRect] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let rect = PixelRect(
                    x: Int.random(in: 0..<2000, using: &random), y: Int.random(in: 0..<2000, using: &random),
                    width: Int.random(in: 0..<200, using: &random), height: Int.random(in: 0..<200, using: &random))
                all.append(rect)
                damage.add(rect)
            }
            #expect(damage.rects.count <= Damage.limit)
            for (index, a) in damage.rects.enumerated() {
                for b in damage.rects.dropFirst(index + 1) { #expect(!a.intersects(b)) }
            }
            for rect in all where !rect.isEmpty { #expect(damage.rects.contains { $0.contains(rect) }) }
        }
    }

    static func content(_ color: Color) -> LayerContent {
        LayerContent(
            bounds: Rect(x: 0, y: 0, width: 20, height: 10),
            nodes: [.path(PathNode(path: .rect(Rect(x: 0, y: 0, width: 20, height: 10)), paint: .solid(color)))])
    }

    static func list(_ layers: [Layer]) -> DisplayList {
        DisplayList(size: PixelSize(width: 200, height: 200), nodes: layers.map(Node.layer))
    }

    static func layer(_ id: String, x: Double, color: Color = .white) -> Layer {
        Layer(id: LayerID(id), content: content(color), matrix: .translation(x: x, y: 50))
    }

    @Test func equalListsHaveNone() {
        let old = Self.list([Self.layer("a", x: 5)])
        let renamed = Self.list([Self.layer("b", x: 5)])
        #expect(old.digest == renamed.digest)
        #expect(renamed.damage(since: old).isEmpty)
    }

    @Test func aMovedLayerDamagesBothPlaces() {
        let damage = Self.list([Self.layer("a", x: 150)]).damage(since: Self.list([Self.layer("a", x: 5)]))
        for x in [5, 150] {
            #expect(damage.rects.contains { $0.contains(PixelRect(x: x, y: 50, width: 20, height: 10)) })
        }
        #expect(damage.area < 200 * 40)
    }

    @Test func anUntouchedNeighbourIsNotDamaged() {
        let still = Self.layer("still", x: 5)
        let old = Self.list([still, Self.layer("a", x: 150, color: .white)])
        let new = Self.list([still, Self.layer("a", x: 150, color: .black)])
        #expect(!new.damage(since: old).intersects(PixelRect(x: 5, y: 50, width: 20, height: 10)))
    }

    @Test func aChangedOrderIsDamage() {
        let (a, b) = (Self.layer("a", x: 5), Self.layer("b", x: 10, color: .black))
        #expect(!Self.list([b, a]).damage(since: Self.list([a, b])).isEmpty)
    }

    @Test func onlyTheChangedPartOfAGroupIsDamaged() {
        func group(_ color: Color) -> DisplayList {
            let inner = LayerContent(
                bounds: Rect(x: 0, y: 0, width: 200, height: 100),
                nodes: [.layer(Self.layer("still", x: 5)), .layer(Self.layer("a", x: 150, color: color))])
            return Self.list([Layer(id: LayerID("group"), content: inner, matrix: .translation(x: 0, y: 20))])
        }
        let damage = group(.black).damage(since: group(.white))
        #expect(damage.rects.contains { $0.contains(PixelRect(x: 150, y: 70, width: 20, height: 10)) })
        #expect(!damage.intersects(PixelRect(x: 5, y: 70, width: 20, height: 10)))
    }

    @Test func aBlurGrowsTheDamage() {
        func list(_ color: Color) -> DisplayList {
            Self.list([
                Layer(
                    id: LayerID("a"), content: Self.content(color), matrix: .translation(x: 90, y: 90),
                    effects: [.blur(sigma: 64 * 4)])
            ])
        }
        let damage = list(.black).damage(since: list(.white))
        #expect(damage.rects.contains { $0.contains(PixelRect(x: 78, y: 78, width: 44, height: 34)) })
    }
}
