import Drawing
import Motion
import Orders
import Testing

/// Faults that were seen in pictures, each with what shows that it is gone.
@Suite struct ElementFaultTests {
    private static let disclosure = "- {type: disclosure, position: [500, 850], size: [960, 260], fontSize: 34}"
    private static let session = Session(start: TestFeed.start, rateNumerator: 30)

    private static func template(_ name: String, _ change: (String) -> String = { $0 }) throws -> Template {
        let text = String(decoding: try TestTemplate.bytes(of: "Templates/\(name)/template.yaml"), as: UTF8.self)
        return try TestTemplate.decode(change(text))
    }

    private static func composition(_ elements: String, orders: Int = 0) throws -> Composition {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                elements + "\n" + disclosure, header: "data: {measures: {m: {of: orders, counting: as-seen}}}",
                duration: "2s"))
        let events = (0..<orders).map {
            OrderEvent(.paid, order: TestFeed.id($0), at: TestFeed.start, seen: 0, amount: 100)
        }
        return try Composition.resolve(
            template, feed: TestFeed.feed(events, session: session), world: TestWorld())
    }

    @Test("a title that begins with a bracket stands in no second one", arguments: ["queue", "danmaku"])
    func bracketsAreNotDoubled(style: String) throws {
        var random = SeededGenerator(seed: 1)
        let events = (0..<12).map { number in
            var event = FeedScene.order(
                number, frame: nil, at: TestFeed.start.adding(microseconds: Int64(number) * 1_000_000), using: &random)
            event.product = ["【双11爆款】法兰绒毛毯", "「限定」马克杯", "《花》画册"][number % 3]
            return event
        }
        var options = ResolveOptions()
        options.parameters["style"] = .text(style)
        let composition = try Composition.resolve(
            Self.template("live-popups"), feed: TestFeed.feed(events), world: TestWorld(), options: options)
        var seen: Set<String> = []
        for frame in stride(from: 0, to: composition.frameCount, by: 5) {
            let texts = composition.displayList(atFrame: frame).content.texts
            for text in texts where text.contains(where: { "【「《".contains($0) }) { seen.insert(text) }
        }
        #expect(seen.contains { $0.contains("【双11爆款】") })
        for text in seen { #expect(!text.contains(/[【「《][【「《]|[】」》][】」》]/), "\(text)") }
    }

    @Test("pictures of each layout stay in the template's folder as those of all do") func picturesStayInside() {
        for path in ["../a.png", "/tmp/a.png", "b/../../a.png", "b\\\\a.png", "\"\""] {
            for value in [path, "{main: \(path)}"] {
                let problems = TestTemplate.problems(
                    TestTemplate.scene("- {type: image, image: \(value), size: [90, 90], position: [100, 100]}"))
                #expect(problems.map(\.code) == [.file], "\(value)")
                #expect(problems.allSatisfy { !$0.hint.isEmpty && $0.place?.path.hasSuffix("image") == true })
            }
        }
        #expect(
            TestTemplate.problems(
                TestTemplate.scene("- {type: image, image: {main: b/a.png}, size: [90, 90], position: [100, 100]}")
            ).isEmpty)
    }

    @Test("the logo of live-wall stands clear of six figures", arguments: [(1080, 1920), (1920, 1080)])
    func theLogoStandsClear(width: Int, height: Int) throws {
        let template = try Self.template("live-wall") { $0.replacing("{orders|grouped}", with: "888,888") }
        var options = ResolveOptions()
        options.size = PixelSize(width: width, height: height)
        options.parameters["logo"] = .image("a.png")
        let composition = try Composition.resolve(
            template, feed: TestFeed.feed(TestFeed.day(orders: 12)), world: TestWorld(), options: options)
        let layers = composition.displayList(atFrame: 60).content.layers()
        func ink(_ name: String) throws -> Rect {
            let found = try #require(layers.first { $0.layer.id == LayerID("scenes/wall/\(name)") })
            return found.layer.content.nodes.reduce(Rect.zero) { $0.union($1.touchedBounds ?? .zero) }
                .offsetBy(x: found.origin.x, y: found.origin.y)
        }
        let logo = try ink("logo").insetBy(-6)
        for name in ["orders", "headline", "shop"] {
            let other = try ink(name)
            #expect(other.width > 50)
            #expect(
                other.maxX <= logo.x || other.x >= logo.maxX || other.maxY <= logo.y || other.y >= logo.maxY,
                "\(name) \(other), logo \(logo)")
        }
    }

    @Test("what is left on a bar has round corners however little it is", arguments: [nil, 12.0, 500])
    func littleIsADot(radius: Double?) throws {
        let keys = radius.map { ", radius: \($0)" } ?? ""
        for left in [1, 2, 3, 5, 9, 30, 99] {
            let bars = [
                try Self.composition(
                    "- {type: stockCounter, id: b, schedule: [{at: 0s, left: \(left)}], total: 100, barHeight: 40, position: [500, 300], size: [400, 120]\(keys)}"
                ),
                try Self.composition(
                    "- {type: progress, id: b, measure: m, goal: 100, position: [500, 300], size: [400, 40]\(keys)}",
                    orders: left),
            ]
            for bar in bars {
                let fill = try #require(
                    bar.displayList(atFrame: 50).content.layers().first { $0.layer.clip != nil }?.layer.clip)
                let (rect, corner) = (fill.rect.rect, Fixed.pixels(fill.radius))
                let whole = min(radius ?? 20, 20)
                #expect(rect.width == Double(left * 4))
                #expect(abs(corner - min(whole, rect.width / 2)) < 0.02, "\(left)")
                #expect(abs(rect.height - (40 - 2 * (whole - corner))) < 0.05, "\(left)")
            }
        }
    }

    @Test("a bar that is higher than wide has corners that it has room for") func narrowBars() throws {
        for element in [
            "- {type: progress, measure: m, goal: 2, position: [500, 300], size: [20, 200]}",
            "- {type: stockCounter, schedule: [{at: 0s, left: 1}], total: 2, barHeight: 90, fontSize: 9, position: [500, 300], size: [20, 120]}",
        ] {
            let fill = try #require(
                Self.composition(element, orders: 1).displayList(atFrame: 50).content.layers().first {
                    $0.layer.clip != nil
                }?.layer.clip)
            #expect(fill.rect.rect.width == 10)
            #expect(Fixed.pixels(fill.radius) == 5)
            #expect(fill.rect.rect.height > 60)
        }
    }

    @Test("what stands beside a stock's number can be read", arguments: [64, 44, 30]) func stockTextsAreLarge(
        size: Int
    ) throws {
        for source in ["schedule: [{at: 0s, left: 9000}, {at: 1s, left: 20}]", "measure: left, total: 9000"] {
            let template = try TestTemplate.decode(
                TestTemplate.scene(
                    "- {type: stockCounter, \(source), fontSize: \(size), position: [500, 300], size: [760, 170]}\n"
                        + Self.disclosure, header: "data: {measures: {left: stock}}", duration: "3s"))
            let stock = OrderEvent(.stock, order: nil, at: TestFeed.start, seen: 0, product: "A", stockLeft: 8000)
            let found = TemplateCheck.diagnostics(
                template, feed: TestFeed.feed([stock], session: Self.session), world: TestWorld())
            let wrong = found.filter { [.overflow, .tooSmall].contains($0.code) && !$0.message.contains("仅剩") }
            #expect(wrong.isEmpty, "\(source): \(wrong.map(\.description))")
        }
    }

    @Test("a number in the middle of its box stands there with free places as well", arguments: [1, 42, 345])
    func centredFigures(value: Int) throws {
        for (keys, isCentred) in [("digits: 5", true), ("digits: 7", true), ("digits: 7, align: end", false)] {
            let composition = try Self.composition(
                "- {type: odometer, id: o, measure: m, glide: 0s, grouping: false, \(keys), position: [500, 300], size: [900, 160]}",
                orders: value)
            let wheels = composition.displayList(atFrame: 50).content.layers().filter { found in
                (0..<9).contains { found.layer.id == LayerID("scenes/main/o").child("wheel", $0) }
            }
            #expect(wheels.count == "\(value)".count)
            let left = wheels.map { $0.origin.x + $0.layer.content.bounds.rect.x }.min() ?? 0
            let right = wheels.map { $0.origin.x + $0.layer.content.bounds.rect.maxX }.max() ?? 0
            #expect((abs((left + right) / 2 - 500) < 1) == isCentred, "\(keys): \(left) to \(right)")
        }
    }
}
