import Drawing
import Motion
import Orders
import Testing

@Suite("Countdowns")
struct CountdownTests {
    @Test("the last second stands until the end is reached, and nothing is negative")
    func roundsUp() {
        #expect(CountdownFormat.hours.units(left: 1) == 1)
        #expect(CountdownFormat.hours.units(left: 1_000_000) == 1)
        #expect(CountdownFormat.hours.units(left: 1_000_001) == 2)
        #expect(CountdownFormat.hours.units(left: 0) == 0)
        #expect(CountdownFormat.hours.units(left: -5_000_000) == 0)
        #expect(CountdownFormat.centiseconds.units(left: 10_001) == 2)
        #expect(CountdownFormat.hours.units(left: .max) > 0)
    }

    @Test("formats", arguments: [
        (CountdownFormat.hours, 11_708, "03:15:08"), (.hours, 360_000, "100:00:00"), (.minutes, 908, "15:08"),
        (.minutes, 6000, "100:00"), (.centiseconds, 90_825, "15:08.25"), (.days, 184_508, "2天 03:15:08"),
        (.seconds, 8, "08"), (.hours, 0, "00:00:00"),
    ])
    func formats(format: CountdownFormat, units: Int, text: String) {
        #expect(format.text(Int64(units), leading: format.leading(Int64(units))) == text)
    }

    private static func composition(_ keys: String, seconds: Int = 4, map: String = "") throws -> Composition {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                """
                - type: countdown
                  id: left
                  position: [500, 500]
                  size: [600, 120]
                \(keys.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
                """, duration: "\(seconds)s"))
        return try Composition.resolve(
            template, feed: TestFeed.feed([]), world: TestWorld(), options: ResolveOptions())
    }

    private static func texts(_ nodes: [Node], into texts: inout [String]) {
        for node in nodes {
            switch node {
            case .glyphs(let node): texts.append(node.run.text)
            case .layer(let layer): Self.texts(layer.content.nodes, into: &texts)
            default: break
            }
        }
    }

    private static func text(_ composition: Composition, _ frame: Int) -> String {
        var texts: [String] = []
        Self.texts(composition.displayList(atFrame: frame).nodes, into: &texts)
        return texts.joined()
    }

    @Test("it runs to zero, says so, and never starts again")
    func ends() throws {
        let composition = try Self.composition("span: 2s\nformat: MM:SS\nendText: 已结束")
        #expect(Self.text(composition, 0) == "00:02")
        #expect(Self.text(composition, 29) == "00:02")
        #expect(Self.text(composition, 30) == "00:01")
        #expect(Self.text(composition, 59) == "00:01")
        // The end text fades in with its first frame.
        for frame in 61..<120 { #expect(Self.text(composition, frame) == "已结束") }
        let zeros = try Self.composition("span: 1s\nendText: \"\"")
        #expect(Self.text(zeros, 119) == "00:00:00")
    }

    @Test("figures keep their places while they change", arguments: ["plain", "seven-segment"])
    func tabular(style: String) throws {
        let composition = try Self.composition("span: 30s\nformat: MM:SS.cc\nstyle: \(style)\npulse: 0")
        var places: [[Double]] = []
        for frame in 0..<120 {
            guard case .layer(let element)? = composition.displayList(atFrame: frame).nodes.last else { continue }
            places.append(
                element.content.nodes.compactMap { node in
                    if case .layer(let layer) = node { layer.matrix.m13 } else { nil }
                })
        }
        #expect(places.count == 120)
        #expect(places.allSatisfy { $0 == places[0] })
    }

    @Test("the last seconds are urgent, and every second pulses")
    func urgency() throws {
        let composition = try Self.composition("span: 3s\nformat: SS\nurgent: 1s\npulse: 0.1\nurgentColor: \"#ff0000\"")
        #expect(!composition.displayList(atFrame: 59).dump.contains("#ff0000"))
        #expect(composition.displayList(atFrame: 62).dump.contains("#ff0000"))
        #expect(composition.displayList(atFrame: 33) != composition.displayList(atFrame: 58))
        #expect(composition.displayList(atFrame: 57).digest == composition.displayList(atFrame: 58).digest)
    }

    @Test("a flap countdown flips once a second and rests on the figure")
    func flaps() throws {
        let composition = try Self.composition("span: 12s\nformat: SS\nstyle: flap\npulse: 0")
        // 12 stands, then 1 stays while 2 flips to 1.
        let early = composition.displayList(atFrame: 5).digest
        #expect(composition.displayList(atFrame: 28).digest == early)
        #expect(composition.displayList(atFrame: 35).digest != early)
        let late = composition.displayList(atFrame: 55).digest
        #expect(late != early)
        #expect(composition.displayList(atFrame: 58).digest == late)
    }

    @Test("what is wrong is said", arguments: [
        ("format: HH:MM:SS", "missing-key"), ("span: 2s\nuntil: \"2026-11-11 20:00\"", "type"),
        ("span: 2s\nformat: HHMM", "unknown-name"), ("span: 2s\nstyle: neon", "unknown-name"),
        ("span: 2s\ncolour: \"#fff\"", "unknown-key"), ("span: 2s\nendText: \"\u{1F40E}\"", "glyph"),
    ])
    func mistakes(keys: String, code: String) {
        var codes: [String] = []
        do { _ = try Self.composition(keys) } catch {
            codes = (error as? MotionError)?.diagnostics.map(\.code.rawValue) ?? ["\(error)"]
        }
        #expect(codes.contains(code))
    }
}
