import Drawing
import Fanpai
import Raster
import Testing

/// What is drawn again is enough: every template, repaired from frame to frame, against the same frames drawn whole.
@Suite struct TemplateDamageTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let template: String
        let size: PixelSize
        var settings: [FilmRequest.Parameter] = []

        var testDescription: String {
            "\(template.split(separator: "/").last ?? "") \(size) \(settings.map { "\($0.name)=\($0.value)" })"
        }
    }

    /// Every template in small, and the benchmark's scenes with and without what lies below them.
    private static let cases: [Case] = {
        let names = ["flip-board", "three-beats", "order-story", "live-counter", "live-popups", "live-wall", "starter"]
        let (portrait, scenes) = (
            PixelSize(width: 270, height: 480), ArchitectureTests.root + "/Tests/Benchmarks/Templates/"
        )
        var cases: [Case] = []
        for name in names {
            cases.append(Case(template: name, size: portrait))
            cases.append(
                Case(
                    template: name,
                    size: name.hasPrefix("live-")
                        ? PixelSize(width: 480, height: 270) : PixelSize(width: 270, height: 270)))
        }
        for scene in ["reference", "half-still"] {
            cases.append(Case(template: scenes + scene, size: portrait))
            cases.append(Case(template: scenes + scene, size: portrait, settings: [.init("backdrop", "false")]))
        }
        return cases + [Case(template: "live-popups", size: portrait, settings: [.init("style", "danmaku")])]
    }()

    private static func source(_ film: Case) throws -> FrameSource {
        var request = FilmRequest(template: film.template)
        request.isDemo = true
        request.size = film.size
        request.parameters = film.settings
        return try Film(request, home: FilmTests.home).source
    }

    /// Renderers of one film share what they rasterise: in little memory, in much, and all at once.
    @Test("Renderers that share textures draw what one alone draws", arguments: ["order-story", "live-wall"], [2, 64])
    func shares(template: String, megabytes: Int) async throws {
        let source = try Self.source(Case(template: template, size: PixelSize(width: 270, height: 480)))
        let size = source.size
        let textures = TextureStore(budget: megabytes << 20)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    let sharing = Renderer(images: source.images, textures: textures)
                    let alone = Renderer(images: source.images, cacheBudget: 0)
                    let (buffer, whole) = (PixelBuffer(size: size), PixelBuffer(size: size))
                    // Half of them draw the same frames.
                    for index in stride(from: worker / 2, to: source.frameCount, by: 23) {
                        let list = try source.list(index)
                        try sharing.render(list, into: buffer, damage: Damage(size.bounds))
                        try alone.render(list, into: whole, damage: Damage(size.bounds))
                        let isEqual = buffer.withBytes { a in whole.withBytes { b in a.elementsEqual(b) } }
                        #expect(isEqual, "frame \(index)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("A frame that was repaired is the frame", arguments: cases)
    func repairs(_ film: Case) throws {
        let source = try Self.source(film)
        let (buffer, whole) = (PixelBuffer(size: film.size), PixelBuffer(size: film.size))
        let repairing = Renderer(images: source.images, cacheBudget: 4 << 20)
        let drawing = Renderer(images: source.images, cacheBudget: 0)
        // Neighbours all over the film, and leaps in both directions.
        var numbers = SeededGenerator(state: 51)
        var shown: DisplayList?
        for _ in 0..<12 {
            let start = Int.random(in: 0..<source.frameCount, using: &numbers)
            for index in start..<min(source.frameCount, start + 4) {
                let list = try source.list(index)
                let damage = shown.map { list.damage(since: $0) } ?? Damage(list.size.bounds)
                try repairing.render(list, into: buffer, damage: damage)
                try drawing.render(list, into: whole, damage: Damage(list.size.bounds))
                let isEqual = buffer.withBytes { a in whole.withBytes { b in a.elementsEqual(b) } }
                #expect(isEqual, "frame \(index)")
                if let shown, shown.digest == list.digest { #expect(damage.isEmpty) }
                shown = list
            }
        }
    }
}
