import Drawing
import Motion
import Orders
import Testing
import Typesetting

/// Digests of inputs stand for frames: equal digests, equal frames.
@Suite struct InputDigestTests {
    private static let frames = 210
    /// Whole scenes and parts of them.
    private static let runs = [0..<60, 60..<90, 90..<96, 96..<150, 150..<180, 180..<210]

    private static func template(offline: Bool = false) throws -> Template {
        try TestTemplate.decode(
            """
            fanpai: 1
            title: {zh: 试, en: Test}
            layouts: {main: {size: [1000, 1000]}, wide: {size: [2000, 1000]}}
            parameters:
              headline: {type: text, default: 今晚, length: 12}
              closing: {type: text, default: 再见, length: 12}
              ink: {type: color, default: "#ffffff"}
              unused: {type: number, default: 5, minimum: 0, maximum: 9}
              logo: {type: image, default: a.png}
            data:
              offline: \(offline)
              measures: {sold: {of: orders, counting: as-seen}, income: {of: revenue, counting: as-seen}}
              map: {start: 0.5s, end: 6.5s}
            styles: {plain: {weight: 500, fontSize: 40, color: $ink}}
            scenes:
              - id: one
                duration: 3s
                elements:
                  - {type: text, id: h, style: plain, text: "{headline}", position: [500, 100], size: [900, 80]}
                  - {type: flipCounter, id: flip, measure: sold, position: [500, 300], size: [800, 200]}
                  - {type: disclosure, id: d, position: [500, 900], size: [960, 160], fontSize: 34}
              - id: two
                duration: 2s
                transition: {type: fade, duration: 0.2s}
                elements:
                  - {type: image, id: logo, image: $logo, position: [100, 100], size: [100, 100]}
                  - {type: text, id: s, style: plain, text: "{income|yuan}", position: [500, 300], size: [900, 100]}
                  - {type: disclosure, id: d, position: [500, 900], size: [960, 160], fontSize: 34}
              - id: three
                duration: 2s
                elements:
                  - {type: text, id: c, style: plain, text: $closing, position: [500, 200], size: [900, 80]}
                  - {type: popups, id: p, position: [500, 600], size: [900, 140], fontSize: 40, text: "{place} {name} {ago}下单了【{product}】"}
                  - {type: particles, id: x, preset: confetti, position: [500, 500], size: [900, 700]}
                  - {type: disclosure, id: d, position: [500, 900], size: [960, 160], fontSize: 34}
            """)
    }

    private struct Made {
        let keys: [Digest]
        /// Of each run: the lists, and where neighbours differ, which follows from identities too.
        let frames: [[String]]
    }

    private static func make(
        _ template: Template, orders: Int = 80, extra: Int = 0, _ change: (inout ResolveOptions) -> Void = { _ in }
    ) throws -> Made {
        var options = ResolveOptions()
        options.period = .day
        change(&options)
        var events = TestFeed.day(orders: orders)
        let last = events.last?.at ?? TestFeed.start
        for number in 0..<extra {
            events.append(
                OrderEvent(
                    .paid, order: TestFeed.id(1000 + number), at: last.adding(microseconds: 1_000_000), amount: 500,
                    quantity: 1))
        }
        let composition = try Composition.resolve(
            template, feed: TestFeed.feed(events), world: TestWorld(), options: options)
        #expect(composition.frameCount == frames)
        let keys = try #require(composition.inputDigests(ofFrames: runs))
        let lists = runs.map { run in
            var before: DisplayList?
            return stride(from: run.lowerBound, to: run.upperBound, by: 5).map { frame in
                let list = composition.displayList(atFrame: frame)
                defer { before = list }
                return "\(list.digest) \(before.map { list.damage(since: $0).rects } ?? [])"
            }
        }
        return Made(keys: keys, frames: lists)
    }

    private static func changed(_ a: Made, _ b: Made) -> [Int] { runs.indices.filter { a.keys[$0] != b.keys[$0] } }

    @Test func equalDigestsMeanEqualFrames() throws {
        let template = try Self.template()
        let other = TestFeed.start.adding(microseconds: 90_000_000_000)
        let all = [
            try Self.make(template), try Self.make(template), try Self.make(template, orders: 79),
            try Self.make(template, extra: 3), try Self.make(Self.template(offline: true)),
            try Self.make(template) { $0.parameters["headline"] = .text("明晚") },
            try Self.make(template) { $0.parameters["closing"] = .text("明晚") },
            try Self.make(template) { $0.parameters["ink"] = .color(Color(red: 1, green: 2, blue: 3)) },
            try Self.make(template) { $0.parameters["unused"] = .number(7) },
            try Self.make(template) { $0.parameters["logo"] = .image("b.png") },
            try Self.make(template) { $0.seed = 9 }, try Self.make(template) { $0.now = other },
            try Self.make(template) { $0.isDemo = true }, try Self.make(template) { $0.source = "别处" },
            try Self.make(template) { $0.size = PixelSize(width: 500, height: 500) },
        ]
        for (first, a) in all.enumerated() {
            for (second, b) in all.enumerated() {
                for index in Self.runs.indices where a.keys[index] == b.keys[index] {
                    #expect(a.frames[index] == b.frames[index], "\(first), \(second): run \(index)")
                }
            }
        }
        #expect(all[0].keys == all[1].keys)
        #expect(Set(all[0].keys).count == Self.runs.count)
    }

    @Test func whatOneSceneUsesLeavesTheOthers() throws {
        let template = try Self.template()
        let plain = try Self.make(template)
        func changed(_ name: String, _ value: ParameterValue) throws -> [Int] {
            Self.changed(plain, try Self.make(template) { $0.parameters[name] = value })
        }
        // The fade of six frames holds the end of the scene before; the run that begins where it is over is counted in.
        #expect(try changed("headline", .text("明晚")) == [0, 1, 2, 3])
        #expect(try changed("logo", .image("b.png")) == [2, 3])
        #expect(try changed("closing", .text("明晚")) == [4, 5])
        #expect(try changed("unused", .number(7)) == [])
        #expect(try changed("ink", .color(Color(red: 1, green: 2, blue: 3))) == Array(Self.runs.indices))
    }

    @Test func laterEventsLeaveEarlierFrames() throws {
        // A moment that is given: up to when the data goes stands in every frame.
        let now = TestFeed.start.adding(microseconds: 86_000_000_000)
        let template = try Self.template()
        let plain = try Self.make(template) { $0.now = now }
        let later = try Self.make(template, extra: 2) { $0.now = now }
        let changed = Self.changed(plain, later)
        #expect(!changed.isEmpty && !changed.contains(0) && changed.contains(5), "\(changed)")
        let offline = try Self.template(offline: true)
        #expect(
            Self.changed(
                try Self.make(offline) { $0.now = now }, try Self.make(offline, extra: 2) { $0.now = now })
                == Array(Self.runs.indices))
    }

    @Test func fontsOfTheMachineAreNotLookedAt() throws {
        struct Machine: World {
            func image(at path: String) throws -> ImageFacts { throw TestWorld.NoSuchFile() }
            func fonts(adding files: [String]) throws -> FontLibrary {
                try FontLibrary(directories: [Checkout.path + "/Fonts"], systemFonts: true)
            }
        }
        let library = try Machine().fonts(adding: [])
        let composition = try Composition.resolve(
            TestTemplate.decode(
                TestTemplate.scene("- {type: shape, id: s, shape: rect, size: [10, 10], fill: \"#ffffff\"}")),
            feed: Feed(), world: Machine())
        let isKnown = composition.inputDigests(ofFrames: [0..<60]) != nil
        #expect(isKnown == !library.faces.contains { $0.origin == .system })
    }
}
