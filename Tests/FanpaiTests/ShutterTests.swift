import Drawing
import Fanpai
import Motion
import Orders
import Raster
import Testing
import Typesetting

/// Motion blur, mattes, blends and blurs of templates, in pixels.
@Suite struct ShutterTests {
    private struct Files: World {
        struct NoPictures: Error {}

        func image(at path: String) throws -> ImageFacts { throw NoPictures() }
        func fonts(adding files: [String]) throws -> FontLibrary {
            try FontLibrary(directories: [ArchitectureTests.root + "/Fonts"])
        }
    }

    private static func composition(_ elements: String) throws -> Composition {
        let text = """
            fanpai: 1
            layouts: {main: {size: [240, 200]}}
            scenes:
              - id: main
                duration: 2s
                background: "#203040"
                elements:
                  - {type: shape, shape: rect, id: rest, fill: "#ffcc00", size: [40, 30], position: [30, 30]}
            \(elements.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
            """
        return try Composition.resolve(
            Template(decoding: Array(text.utf8), file: "test.yaml"), feed: Feed(), world: Files())
    }

    /// Keyframes from one value to another within a second.
    private static func keys(_ from: String, _ to: String) -> String {
        "{keys: [{at: 0s, value: \(from)}, {at: 1s, value: \(to), ease: linear}]}"
    }

    static let scenes: [(name: String, elements: String)] = [
        (
            "a fast shape",
            "- {type: shape, shape: rect, fill: \"#ff0000\", size: [30, 50], position: \(keys("[0, 90]", "[900, 110]"))}"
        ),
        (
            "shapes that cross",
            """
            - {type: shape, shape: rect, fill: "#ff000080", size: [60, 60], position: \(keys("[0, 90]", "[700, 90]"))}
            - {type: shape, shape: rect, fill: "#ffffff", size: [50, 20], position: [100, 90]}
            - {type: shape, shape: rect, fill: "#00ff00a0", size: [60, 60], position: \(keys("[240, 80]", "[-300, 80]"))}
            """
        ),
        (
            "a turning group that fades",
            """
            - type: group
              size: [100, 100]
              position: [120, 100]
              rotation: \(keys("0", "500"))
              opacity: \(keys("1", "0.2"))
              elements:
                - {type: shape, shape: rect, fill: "#4080ff", size: [100, 60], position: [50, 50]}
                - {type: text, text: "888", fontSize: 40, position: [50, 50], color: "#ffffff"}
            """
        ),
        (
            "a group at rest with moving parts under one that moves",
            """
            - type: group
              size: [200, 100]
              position: [120, 100]
              opacity: 0.8
              elements:
                - {type: shape, shape: rect, fill: "#4080ff", size: [50, 60], position: \(keys("[0, 50]", "[400, 50]"))}
                - {type: text, text: "每一单", fontSize: 30, position: [100, 50], color: "#ffffff"}
            - {type: shape, shape: ellipse, fill: "#ff4080", size: [60, 60], position: \(keys("[200, 100]", "[-90, 100]"))}
            """
        ),
        (
            "blends over what moves",
            """
            - {type: shape, shape: rect, fill: "#c03080", size: [60, 60], position: \(keys("[0, 90]", "[500, 90]"))}
            - {type: shape, shape: rect, fill: "#808080", size: [80, 80], position: [120, 100], blend: multiply}
            - {type: shape, shape: rect, fill: "#60a0c0", size: [50, 90], position: [100, 100], blend: difference}
            - {type: shape, shape: rect, fill: "#ffff80", size: [40, 40], position: \(keys("[220, 90]", "[-100, 90]")), blend: soft-light}
            """
        ),
        (
            "a matte that moves, and a blur that grows",
            """
            - type: shape
              shape: rect
              fill: "#40ff80"
              size: [120, 80]
              position: [120, 100]
              matte: {kind: luminance, elements: [{type: shape, shape: ellipse, fill: "#e0e0e0", size: [60, 60], position: \(keys("[0, 40]", "[300, 40]"))}]}
            - {type: text, text: "爆单", fontSize: 50, position: [120, 100], color: "#ffffff", blur: \(keys("0", "30"))}
            """
        ),
        (
            "sparks",
            "- {type: particles, preset: sparks, bursts: [0s], count: 20, speed: 500, position: [120, 100], blend: screen}"
        ),
        (
            "a flip",
            "- {type: shape, shape: rect, fill: \"#ff8000\", size: [80, 120], position: [120, 100], rotationX: \(keys("0", "1500"))}"
        ),
    ]

    private static func drawn(_ list: DisplayList, with renderer: Renderer) throws -> PixelBuffer {
        let buffer = PixelBuffer(size: list.size)
        try renderer.render(list, into: buffer, damage: Damage(list.size.bounds))
        return buffer
    }

    private static func bytes(_ buffer: PixelBuffer) -> [UInt8] { buffer.withBytes { Array($0) } }

    @Test("The blurred frame is the mean of the frames between", arguments: scenes.indices)
    func meansAgree(index: Int) throws {
        let (name, elements) = Self.scenes[index]
        let composition = try Self.composition(elements)
        let renderer = Renderer(images: NoImages())
        for count in [2, 8, 16] {
            let shutter = Shutter(count: count) { composition.displayList(at: $0) }
            for frame in [3, 9, 14] {
                var sums = Array(repeating: 0, count: 0)
                for tick in Shutter.moments(count) {
                    let moment = FrameTime(ticks: frame * 64 + tick)
                    let picture = Self.bytes(try Self.drawn(composition.displayList(at: moment), with: renderer))
                    sums = sums.isEmpty ? picture.map(Int.init) : zip(sums, picture).map { $0 + Int($1) }
                }
                let blurred = Self.bytes(try Self.drawn(shutter.displayList(atFrame: frame), with: renderer))
                let worst = zip(sums, blurred).reduce(0.0) {
                    max($0, abs(Double($1.0) / Double(count) - Double($1.1)))
                }
                #expect(worst <= 2, "\(name), frame \(frame), \(count) moments: off by \(worst)")
            }
        }
    }

    @Test("What rests is the same to the bit, and costs nothing")
    func restIsFree() throws {
        let still = try Self.composition(
            "- {type: text, text: \"888\", fontSize: 40, position: [120, 100], color: \"#ffffff\"}")
        let moving = try Self.composition(Self.scenes[0].elements)
        for frame in [0, 5, 20, 59] {
            let list = Shutter { still.displayList(at: $0) }.displayList(atFrame: frame)
            #expect(list.digest == still.displayList(atFrame: frame).digest)
            let blurred = Shutter { moving.displayList(at: $0) }.displayList(atFrame: frame)
            let sharp = moving.displayList(atFrame: frame)
            // The background, and the shape that stays at its place.
            #expect(blurred.nodes.prefix(2) == sharp.nodes.prefix(2))
            // The moving shape leaves the canvas after 8 frames, and stands still after 30.
            let isSeen = frame <= 8
            let means = blurred.nodes.filter { if case .accumulate = $0 { true } else { false } }
            #expect(means.count == (isSeen ? 1 : 0), "frame \(frame)")
            if frame >= 30 { #expect(blurred.digest == sharp.digest) }
        }
    }

    @Test(
        "More moments the farther it goes, and never more than 32",
        arguments: [(3, 0), (30, 2), (200, 4), (600, 8), (1800, 16), (9000, 32)])
    func countFollowsDistance(speed: Int, samples: Int) throws {
        let composition = try Self.composition(
            "- {type: shape, shape: rect, fill: \"#ff0000\", size: [200, 50], position: \(Self.keys("[0, 90]", "[\(speed), 90]"))}"
        )
        let list = Shutter { composition.displayList(at: $0) }.displayList(atFrame: 0)
        let counts = list.nodes.compactMap { if case .accumulate(let node) = $0 { node.samples.count } else { nil } }
        #expect(counts == (samples == 0 ? [] : [samples]))
    }

    @Test("A damaged redraw equals a full one, sharp and blurred", arguments: scenes.indices)
    func repairs(index: Int) throws {
        let (name, elements) = Self.scenes[index]
        let composition = try Self.composition(elements)
        for isBlurred in [false, true] {
            let shutter = Shutter { composition.displayList(at: $0) }
            let (one, other) = (Renderer(images: NoImages()), Renderer(images: NoImages(), cacheBudget: 0))
            let buffer = PixelBuffer(size: composition.size)
            var shown: DisplayList?
            for frame in [0, 1, 2, 3, 14, 15, 29, 30, 31, 7, 40, 41, 8] {
                let list = isBlurred ? shutter.displayList(atFrame: frame) : composition.displayList(atFrame: frame)
                let damage = shown.map { list.damage(since: $0) } ?? Damage(list.size.bounds)
                try one.render(list, into: buffer, damage: damage)
                #expect(
                    Self.bytes(buffer) == Self.bytes(try Self.drawn(list, with: other)), "\(name), frame \(frame)")
                shown = list
            }
        }
    }

    @Test("What must be read is neither blurred nor in a matte")
    func disclosuresStaySharp() throws {
        func problems(_ more: String) -> [Diagnostic] {
            let text = """
                fanpai: 1
                layouts: {main: {size: [1000, 1000]}}
                data: {measures: {m: {of: orders}}}
                scenes:
                  - id: main
                    duration: 2s
                    elements:
                      - {type: text, text: "{m}", fontSize: 60, position: [500, 200]}
                      - {type: disclosure, position: [500, 700], size: [900, 400], fontSize: 40\(more)}
                      - {type: shape, shape: rect, size: [50, 50], matte: {elements: [{type: text, text: "{m}", fontSize: 60}]}}
                """
            var feed = Feed()
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "991"), at: Instant(unixSeconds: 1_794_326_400),
                    amount: 12_800))
            do {
                _ = try Composition.resolve(
                    Template(decoding: Array(text.utf8), file: "test.yaml"), feed: feed, world: Files())
                return []
            } catch {
                return error.diagnostics
            }
        }
        #expect(problems("").isEmpty)
        #expect(problems(", blur: 1").isEmpty)
        #expect(problems(", blur: 20").map(\.code) == [.disclosure])
        let matte = "matte: {elements: [{type: shape, shape: rect, size: [1, 1]}]}"
        #expect(problems(", \(matte)").map(\.code) == [.disclosure])
        #expect(
            problems(
                "}\n      - {type: shape, shape: rect, size: [9, 9], matte: {elements: [{type: disclosure}]}"
            )
            .map(\.code) == [.disclosure])
    }

    @Test("High quality gives the same digests by any number of workers and in any order")
    func digestsAreEqual() throws {
        var request = FilmTests.request("three-beats")
        request.size = PixelSize(width: 540, height: 960)
        request.quality = .high
        let film = try Film(request, home: FilmTests.home)
        var options = RenderOptions()
        options.frames = 4..<20
        options.workers = 1
        let digests = try film.digests(options)
        options.workers = 3
        #expect(try film.digests(options) == digests)
        #expect(try film.digests(options, order: .shuffled) == digests)
        request.quality = .standard
        #expect(try Film(request, home: FilmTests.home).digests(options) != digests)
    }
}
