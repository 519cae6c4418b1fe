import Drawing
import Motion
import Testing
import Typesetting

@Suite("Flip boards")
struct FlipBoardTests {
    private static func board(
        _ format: CounterFormat = CounterFormat(places: 3), size: Size = Size(width: 400, height: 160), columns: Int = 3
    ) throws -> FlipBoard {
        let typesetter = try SharedTypesetter(library: TestWorld.library.get())
        let specification = FlipBoardSpecification(
            format: format, style: .midnight, family: "Bebas Neue", weight: 700, drum: (0..<10).map(String.init))
        return try specification.board(in: size, columns: columns, with: typesetter)
    }

    /// A board whose middle card is at an angle between 4 and 5.
    private static func state(_ degrees: Double) -> FlipCounterModel.State {
        let (from, to) = (FlapFace(glyph: 4), FlapFace(glyph: 5))
        let moving = FlapState(
            upper: to, lower: from,
            leaf: FlapState.Leaf(front: from, back: to, angle: degrees * .pi / 180, velocity: 0), bounce: nil, position: 0)
        let still = FlipCounterModel.State.Cell(flap: FlapState(resting: FlapFace(glyph: 8)), card: 1, separator: 0)
        return FlipCounterModel.State(
            cells: [still, FlipCounterModel.State.Cell(flap: moving, card: 1, separator: 0), still], columns: 3)
    }

    private static func layers(_ content: LayerContent, of name: StaticString) -> [Layer] {
        let id = LayerID("board").child("cell", 1).child("leaf").child(name)
        return content.nodes.compactMap { node in
            if case .layer(let layer) = node, layer.id == id { layer } else { nil }
        }
    }

    @Test("front and back hand over at 90 degrees")
    func handsOver() throws {
        let board = try Self.board()
        for degrees in stride(from: 0.0, through: 180, by: 0.5) {
            let content = board.content(Self.state(degrees), id: LayerID("board"), eye: nil)
            let (front, back) = (Self.layers(content, of: "front"), Self.layers(content, of: "back"))
            if degrees <= 89.5 { #expect(front.count == 1 && back.isEmpty) }
            if degrees >= 90.5 { #expect(front.isEmpty && back.count == 1) }
            #expect(front.count + back.count <= 1)
        }
    }

    @Test("a standing or hanging leaf covers its half to the pixel")
    func meetsRest() throws {
        let board = try Self.board()
        let up = Self.layers(board.content(Self.state(0), id: LayerID("board"), eye: nil), of: "front")
        let down = Self.layers(board.content(Self.state(180), id: LayerID("board"), eye: nil), of: "back")
        for layer in up + down {
            #expect(layer.matrix.isTranslation)
            #expect(layer.light == .none)
        }
        #expect(up.count == 1 && down.count == 1)
    }

    @Test("light: dark before the hand-over, a glance of the lamp before landing, and no jump on the way")
    func light() {
        let stage = FlapStage(geometry: FlapGeometry(width: 100, height: 160), gloss: 1)
        #expect(stage.light(0, isBack: false) == .none)
        #expect(stage.light(.pi, isBack: true) == .none)
        #expect(stage.light(1.2, isBack: false).multiply < 140)
        let glances = stride(from: 1.6, through: 3.14, by: 0.01).map { Int(stage.light($0, isBack: true).add) }
        #expect((glances.max() ?? 0) > 25)
        for isBack in [false, true] {
            var last = stage.light(isBack ? .pi / 2 : 0, isBack: isBack)
            for step in 0...157 {
                let light = stage.light((isBack ? .pi / 2 : 0) + Double(step) / 100, isBack: isBack)
                #expect(abs(Int(light.multiply) - Int(last.multiply)) <= 6 && abs(Int(light.add) - Int(last.add)) <= 4)
                last = light
            }
        }
        #expect(stage.shadow(0.2).reach == 0)
        #expect(stage.shadow(.pi / 2).reach > 0.8)
    }

    @Test("a board at rest is two layers and one a card; a moving card takes at most six")
    func layerCounts() throws {
        let board = try Self.board()
        let still = FlipCounterModel(format: board.layout.format, value: 888, rate: .thirty)
        #expect(board.content(still.state(at: .zero), id: LayerID("board"), eye: nil).nodes.count == 4)
        for degrees in stride(from: 1.0, to: 180, by: 7) {
            #expect(board.content(Self.state(degrees), id: LayerID("board"), eye: nil).nodes.count <= 3 + 6)
        }
    }

    @Test("a board never leaves its box, whatever the number of its places")
    func fits() throws {
        for columns in [1, 3, 6, 9] {
            let format = CounterFormat(places: columns, grouping: 3)
            let board = try Self.board(format, columns: columns)
            #expect(board.layout.width(columns: Double(columns)) <= 400)
            #expect(board.layout.card.height <= 160)
        }
    }

    @Test("drawing is the same every time, and quick")
    func repeats() throws {
        let board = try Self.board(CounterFormat(places: 7, grouping: 3), size: Size(width: 900, height: 200), columns: 7)
        var model = FlipCounterModel(format: board.layout.format, value: 0, columns: 7, rate: .thirty)
        for step in 1...300 { model.append(Int64(step * step), at: FrameTime(ticks: step * 20)) }
        for frame in stride(from: 0, to: 160, by: 7) {
            let time = FrameTime(frame: frame)
            let first = board.content(model.state(at: time), id: LayerID("a"), eye: nil)
            #expect(first.digest == board.content(model.state(at: time), id: LayerID("b"), eye: nil).digest)
        }
        let clock = ContinuousClock()
        let fastest = (0..<5).map { _ in
            clock.measure {
                for frame in 0..<100 {
                    _ = board.content(model.state(at: FrameTime(frame: frame)), id: LayerID("a"), eye: nil)
                }
            } / 100
        }.min()
        // 0.03 ms on the machine that this was written on; the bound holds on a busy one.
        #expect((fastest ?? .seconds(1)) < .milliseconds(1))
    }

    @Test("goldens: a card at 0, 45, 90, 135 and 180 degrees")
    func goldens() throws {
        let board = try Self.board()
        var text = ""
        for degrees in [0.0, 45, 90, 135, 180] {
            text += "# \(Int(degrees)) degrees\n"
            let content = board.content(Self.state(degrees), id: LayerID("board"), eye: nil)
            for node in content.nodes {
                guard case .layer(let layer) = node else { continue }
                // The drawings themselves are the same for every angle: their names are enough here.
                let list = DisplayList(
                    size: PixelSize(width: 400, height: 160),
                    nodes: [
                        .layer(
                            Layer(
                                id: layer.id, content: LayerContent(bounds: layer.content.bounds.rect, nodes: []),
                                matrix: layer.matrix, opacity: layer.opacity, light: layer.light, clip: layer.clip))
                    ])
                text += list.dump.split(separator: "\n").dropFirst().map { "\($0)\n" }.joined()
            }
        }
        try Golden.check(text, "Tests/MotionTests/Goldens/flap-angles.txt")
    }

    @Test("the template's element: keys, mistakes and money")
    func element() throws {
        func problems(_ keys: String) -> [String] {
            let text = TestTemplate.scene(
                "- type: flipCounter\n  position: [500, 500]\n\(keys)",
                header: "data: {measures: {sold: orders}}\n")
            return TestTemplate.problems(text).map(\.code.rawValue)
        }
        #expect(problems("  value: 12") == [])
        #expect(problems("  value: 12\n  measure: sold") == ["type"])
        #expect(problems("  digits: 3") == ["missing-key"])
        #expect(problems("  value: 12\n  down: up") == ["unknown-name"])
        #expect(problems("  value: 12\n  drum: [a, b]\n  decimals: 1") == ["range"])
        #expect(problems("  value: 12\n  materiel: gold").contains("unknown-key"))
    }

    @Test("an animated number counts to its end")
    func animatedValue() throws {
        let text = TestTemplate.scene(
            """
            - type: flipCounter
              position: [500, 500]
              size: [800, 200]
              drum: [〇, 一, 二, 三, 四, 五, 六, 七, 八, 九]
              font: Noto Sans CJK SC
              digits: 4
              grouping: 0
              value: {keys: [[0s, 0], [1s, 888]]}
            """, duration: "4s")
        let composition = try Composition.resolve(
            TestTemplate.decode(text), feed: TestFeed.feed([]), world: TestWorld(), options: ResolveOptions())
        let last = composition.displayList(atFrame: 119)
        #expect(last.dump.contains("八"))
        #expect(!last.dump.contains("七"))
        #expect(last.digest == composition.displayList(atFrame: 110).digest)
    }
}
