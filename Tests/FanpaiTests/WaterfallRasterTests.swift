import Drawing
import Fanpai
import Motion
import Orders
import Raster
import Testing
import Typesetting

/// What scrolling rows look like in pixels.
@Suite struct WaterfallRasterTests {
    private struct Files: World {
        struct NoPictures: Error {}

        func image(at path: String) throws -> ImageFacts { throw NoPictures() }
        func fonts(adding files: [String]) throws -> FontLibrary {
            try FontLibrary(directories: [ArchitectureTests.root + "/Fonts"])
        }
    }

    private static func composition() throws -> Composition {
        // 30 px of row every 100 frames: 0.3 px a frame.
        let text = """
            fanpai: 1
            layouts: {main: {size: [400, 400]}}
            scenes:
              - id: main
                duration: 30s
                elements:
                  - {type: waterfall, id: w, mode: scroll, anchor: top-left, position: [20, 20], size: [360, 200], rowHeight: 26, gap: 4, fade: 20, merge: {perSecond: 0.3}}
                  - {type: disclosure, anchor: top-left, position: [0, 240], size: [400, 160], fontSize: 34, overflow: shrink}
            """
        var feed = Feed()
        let start = Instant(unixSeconds: 1_794_326_400)
        feed.session = Session(start: start, rateNumerator: 30)
        for number in 0..<9 {
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "99\(number)"), at: start, seen: number * 100,
                    amount: 12_800, product: "杯", buyer: "张三"))
        }
        return try Composition.resolve(
            Template(decoding: Array(text.utf8), file: "test.yaml"), feed: feed, world: Files())
    }

    /// The centre of mass of one row moves by 0.3 px every frame: neither by whole pixels nor in steps of two.
    @Test func rowsGlide() throws {
        let composition = try Self.composition()
        let renderer = Renderer(images: NoImages())
        var last: Double?
        var contents: Set<Digest> = []
        for frame in 420..<470 {
            let waterfall = try #require(
                composition.displayList(atFrame: frame).nodes.lazy.compactMap { node -> Layer? in
                    if case .layer(let layer) = node { layer } else { nil }
                }.first)
            // The same row in every frame: the third that came, in the middle of the window.
            let row = try #require(
                waterfall.content.nodes.lazy.compactMap { node -> Layer? in
                    guard case .layer(let layer) = node, layer.mask == nil
                    else { return nil }
                    return layer
                }.last { $0.id == waterfall.id.child("item", 2) })
            // Another age is another drawing, with a centre of its own.
            if contents.insert(row.content.digest).inserted { last = nil }
            let list = DisplayList(size: PixelSize(width: 400, height: 200), nodes: [.layer(row)])
            let buffer = PixelBuffer(size: list.size)
            try renderer.render(list, into: buffer, damage: Damage(list.size.bounds))
            var (mass, moment) = (0.0, 0.0)
            for y in 0..<200 {
                for x in 0..<400 {
                    let alpha = Double(buffer[x, y].alpha)
                    mass += alpha
                    moment += alpha * (Double(y) + 0.5)
                }
            }
            let center = moment / mass
            // The grid of a 64th of a pixel, and the rounding of eight bits.
            if let last { #expect(abs(center - last - 0.3) < 0.02, "frame \(frame): \(center - last)") }
            last = center
        }
        #expect(contents.count < 50 / 10, "a row is drawn once, and again when it ages")
    }

    /// Rows are cached layers: while they glide by parts of a pixel, no outline is filled but those of a row that is new or has aged.
    @Test func scrollingDrawsNoRowAgain() throws {
        let composition = try Self.composition()
        let renderer = Renderer(images: NoImages())
        let buffer = PixelBuffer(size: PixelSize(width: 400, height: 400))
        // Rows that were on screen, and textures of rows and strips that were put together from what the rows are made of.
        var (known, made): (Set<Digest>, Set<Digest>) = ([], [])
        var (moved, renewed, last) = (0, 0, Digest?.none)
        // From here on both strips have been there.
        for frame in 610..<890 {
            let waterfall = try #require(Self.waterfall(of: composition.displayList(atFrame: frame)))
            let list = DisplayList(size: buffer.size, nodes: [.layer(waterfall)])
            let layers = Self.layers(in: waterfall)
            let rows = Set(layers.filter { $0.mask == nil }.map(\.content.digest))
            let isNew = !rows.isSubset(of: known)
            known.formUnion(rows)
            // On whole pixels the parts of a row are placed one by one.
            let whole = Set(layers.filter { !$0.isFlat }.map(\.content.digest))
            let missing = whole.subtracting(made)
            made.formUnion(whole)
            let before = renderer.counts
            try renderer.render(list, into: buffer, damage: Damage(list.size.bounds))
            let (fills, draws) = (renderer.counts.fills - before.fills, renderer.counts.draws - before.draws)
            if last == nil {
                #expect(fills > 0)
            } else if isNew {
                renewed += 1
                #expect(fills > 0, "frame \(frame)")
            } else {
                #expect(fills == 0, "frame \(frame): \(fills) outlines in \(draws) textures")
                #expect(draws == missing.count, "frame \(frame)")
                #expect(renderer.counts.hits > before.hits, "frame \(frame)")
                if last != waterfall.content.digest { moved += 1 }
            }
            last = waterfall.content.digest
        }
        #expect(moved > 250, "rows moved in \(moved) frames")
        #expect(renewed > 4, "rows came or aged in \(renewed) frames")
    }

    private static func waterfall(of list: DisplayList) -> Layer? {
        list.nodes.lazy.compactMap { if case .layer(let layer) = $0 { layer } else { nil } }.first
    }

    /// The rows and the strips in which they fade, with the rows in those.
    private static func layers(in waterfall: Layer) -> [Layer] {
        waterfall.content.nodes.flatMap { node -> [Layer] in
            guard case .layer(let layer) = node else { return [] }
            guard layer.mask != nil else { return [layer] }
            return [layer] + layer.content.nodes.compactMap { if case .layer(let row) = $0 { row } else { nil } }
        }
    }
}
