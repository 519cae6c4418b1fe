import Drawing
import Fanpai
import Motion
import Orders
import Raster
import Testing
import Typesetting

/// Whatever a template says of an element: an error with place and remedy, or a picture; never a trap, and never a long wait.
@Suite struct HostileElementTests {
    private struct Files: World {
        struct NoPictures: Error {}
        static let library = Result { try FontLibrary(directories: [ArchitectureTests.root + "/Fonts"]) }

        func image(at path: String) throws -> ImageFacts { throw NoPictures() }
        func fonts(adding files: [String]) throws -> FontLibrary { try Self.library.get() }
    }

    /// The keys that a good element of each kind has.
    private static let good: [String: [(key: String, value: String)]] = [
        "stockCounter": [
            ("schedule", "[{at: 0s, left: 20}, {at: 1s, left: 8}, {at: 1.1s, left: 0}]"), ("fontSize", "30"),
        ],
        "progress": [("measure", "m"), ("goal", "7"), ("label", "\"{percent}% {left}\""), ("fontSize", "20")],
        "ticker": [("text", "[今晚八点, 开抢]"), ("fontSize", "30"), ("separator", "\"·\"")],
        "particles": [("preset", "confetti"), ("bursts", "[0s, 1s]")],
    ]

    private static let values: [String] =
        [
            "0", "-0.0", "-1", "1", "7", "1e-300", "1e300", "-1e300", "1e999", ".nan", ".inf", "-.inf", "NaN", "nan",
            "99999999999999999999", "-9223372036854775808", "9223372036854775807", "16384", "4096", "100000000",
            "0s", "0f", "-1s", "1e9s", "86400s", "99999999999999999999s", "1ms", "0.0000001s", "true", "null", "~",
            "\"\"", "\" \"", "\"\\n\\n\"", "\"\\u0000\"", "\"\\u0007a\\u001b[2J\"", "\"\\u202e\\u2066a\"",
            "\"\\u200d\\ufe0f\"", "\"{\"", "\"{percent\"", "\"{nothing}\"", "\"{m|nothing}\"", "$m", "\"#fff\"",
            "\"#ff0000ff\"",
            "[]", "{}", "[[]]", "[0, 0]", "[-1, -1]", "[1, 1]", "[1, 16384]", "[16384, 1]", "[16384, 16384]",
            "[1e300, 1]", "[.nan, 1]", "[1]", "[1, 2, 3]", "{keys: []}", "{keys: [{at: -1s, value: 1}]}",
            "{linear: [\"#000\", \"#fff\"], angle: 1e300}", "{color: \"#000000\", blur: 1e9}",
            "[{at: 0s, left: 0}]", "[{at: -1s, left: 5}]", "[{at: 0s, left: -5}]", "[{at: 0s, left: 1e300}]",
            "[{at: 0s, left: 100000000}, {at: 1f, left: 0}, {at: 2f, left: 100000000}]",
            "[{at: 1s, left: 5}, {at: 0s, left: 4}]",
            "[-1s]", "[1s, 0s]", "[0s, 0s]", "[1e9s]", "m", "r", "none", "bar", "ring", "confetti", "coins", "sparks",
            "right", "center", "end",
        ] + [
            "\"" + String(repeating: "福", count: 10_000) + "\"", "\"" + String(repeating: "W", count: 900) + "\"",
            "\"" + String(repeating: "👨‍👩‍👧‍👦", count: 250) + "\"", "\"a" + String(repeating: "\\u0301", count: 900) + "\"",
            "[" + Array(repeating: "抢", count: 50).joined(separator: ", ") + "]",
        ]

    /// Lists that take a while to be read at all: for keys that take lists, and one that does not.
    private static let longLists: [String] = [
        "[" + (0..<10_000).map { "{at: \($0)ms, left: \(10_000 - $0)}" }.joined(separator: ", ") + "]",
        "[" + (0..<10_000).map { "\($0)ms" }.joined(separator: ", ") + "]",
        "[" + Array(repeating: "抢", count: 10_000).joined(separator: ", ") + "]",
    ]
    private static let listKeys = ["schedule", "bursts", "text", "colors", "size"]

    private static let canvas = PixelSize(width: 400, height: 300)

    private static let feed: Feed = {
        var feed = Feed()
        let start = Instant(unixSeconds: 1_794_326_400)
        feed.session = Session(start: start, rateNumerator: 30)
        for number in 0..<9 {
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "99\(number)"), at: start, seen: number * 9,
                    amount: 12_800))
        }
        return feed
    }()

    private static func resolve(_ keys: [(key: String, value: String)]) throws -> Composition {
        let text = """
            fanpai: 1
            layouts: {main: {size: [400, 300]}}
            data: {measures: {m: {of: orders, counting: as-seen}, r: {of: revenue, counting: as-seen}}}
            scenes:
              - id: main
                duration: 3s
                elements:
                  - {\(keys.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}
                  - {type: disclosure, anchor: top-left, position: [0, 150], size: [400, 150], fontSize: 12, overflow: shrink}
            """
        return try Composition.resolve(
            Template(decoding: Array(text.utf8), file: "hostile.yaml"), feed: feed, world: Files())
    }

    private static let kinds = ["stockCounter", "progress", "ticker", "particles"]

    @Test("every key of an element survives every value", arguments: kinds) func everyKey(kind: String) throws {
        let own = try #require(ElementRegistry.kind(named: kind)).fields.map(\.key) + ["size", "position", "scale"]
        let good = [("type", kind), ("position", "[200, 80]"), ("size", "[300, 60]")] + (Self.good[kind] ?? [])
        #expect(try Self.resolve(good).frameCount == 90)
        let renderer = Renderer(images: NoImages())
        let buffer = PixelBuffer(size: Self.canvas)
        let clock = ContinuousClock()
        var (drawn, refused) = (0, 0)
        for key in own {
            for value in Self.values + (Self.listKeys.contains(key) ? Self.longLists : []) {
                let keys = good.filter { $0.0 != key } + [(key, value)]
                let shown = "\(kind), \(key): \(value.prefix(60))"
                let time = try clock.measure {
                    let composition: Composition
                    do {
                        composition = try Self.resolve(keys)
                    } catch let error as MotionError {
                        refused += 1
                        for problem in error.diagnostics {
                            #expect(!problem.hint.isEmpty && !problem.message.isEmpty, "\(shown): \(problem)")
                            #expect(problem.place?.file == "hostile.yaml", "\(shown): \(problem)")
                        }
                        #expect(!error.diagnostics.isEmpty, "\(shown)")
                        return
                    }
                    drawn += 1
                    for frame in [0, 33] {
                        let list = composition.displayList(atFrame: frame)
                        #expect(list.dump.utf8.count < 8_000_000, "\(shown)")
                        do {
                            try renderer.render(list, into: buffer, damage: Damage(list.size.bounds))
                        } catch let error as RasterError {
                            #expect(!error.hint.isEmpty, "\(shown)")
                        }
                    }
                }
                #expect(time < .seconds(10), "\(shown): \(time)")
            }
        }
        print("\(kind): \(drawn) drawn, \(refused) refused")
        #expect(drawn > 50 && refused > 500)
    }
}
