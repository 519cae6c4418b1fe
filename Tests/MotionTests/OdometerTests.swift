import Drawing
import Motion
import Orders
import Testing

@Suite("Odometers") struct OdometerTests {
    @Test("each wheel turns while the one right of it passes from 9 to 0, and all stand straight at a whole number")
    func carries() {
        #expect(OdometerWheels.turns(1_099.25, count: 4) == [1_099.25, 109.25, 10.25, 1])
        #expect(OdometerWheels.turns(1_098.25, count: 4) == [1_098.25, 109, 10, 1])
        #expect(OdometerWheels.turns(999.5, count: 4) == [999.5, 99.5, 9.5, 0.5])
        var random = SeededGenerator(seed: 8)
        for _ in 0..<2_000 {
            let number =
                Int64.random(in: 0...999_999_999_999, using: &random) >> Int64.random(in: 0...39, using: &random)
            let turns = OdometerWheels.turns(Double(number), count: 13)
            var rest = number
            for turn in turns {
                #expect(turn == turn.rounded())
                #expect(Int64(turn) % 10 == rest % 10)
                rest /= 10
            }
        }
    }

    @Test("no wheel turns back or jumps while the number rises") func isSmooth() {
        for start in [0.0, 95, 989, 9_995, 99_998.5] {
            var last = OdometerWheels.turns(start, count: 7)
            for step in 1...3_000 {
                let turns = OdometerWheels.turns(start + Double(step) / 200, count: 7)
                for place in 0..<7 {
                    #expect(turns[place] >= last[place] - 1e-9)
                    #expect(turns[place] - last[place] <= 1.0 / 200 + 1e-9)
                }
                last = turns
            }
        }
    }

    private static func composition(
        _ keys: String, _ events: [OrderEvent], of measure: String = "orders"
    ) throws -> Composition {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                """
                - {type: odometer, id: o, measure: m, position: [500, 300], size: [900, 160], \(keys)}
                - {type: disclosure, position: [500, 800], size: [960, 300], fontSize: 34}
                """, header: "data: {measures: {m: {of: \(measure), counting: as-seen}}}", duration: "5s"))
        return try Composition.resolve(
            template, feed: TestFeed.feed(events, session: Session(start: TestFeed.start, rateNumerator: 30)),
            world: TestWorld())
    }

    private static func odometer(_ composition: Composition) throws -> OdometerContent {
        for element in composition.resolvedScenes[0].elements {
            if case .odometer(let content) = element.element { return content }
        }
        throw TestWorld.NoSuchFile()
    }

    private static func paid(_ amounts: [Int64], at frame: Int = 10) -> [OrderEvent] {
        amounts.enumerated().map {
            OrderEvent(.paid, order: TestFeed.id($0.offset), at: TestFeed.start, seen: frame, amount: $0.element)
        }
    }

    @Test(
        "at rest it shows exactly the measure, rounded down",
        arguments: [
            ("decimals: 2", "revenue", 1_234_567, "12,345.67"), ("", "revenue", 1_234_599, "12,345"),
            ("grouping: false", "revenue", 123_456_789, "1234567"), ("decimals: 1", "revenue", 199, "1.9"),
            ("unit: automatic", "revenue", 999_999, "9,999"), ("unit: automatic", "revenue", 1_000_000, "1.0万"),
            ("unit: automatic", "revenue", 9_999_999_999, "9999.9万"),
            ("unit: automatic", "revenue", 10_000_000_000, "1.0亿"),
            ("digits: 6, leading: zero", "revenue", 4_200, "000,042"),
            ("digits: 6", "revenue", 4_200, "42"), ("decimals: 2", "revenue", 0, "0.00"),
        ])
    func rests(keys: String, measure: String, value: Int64, text: String) throws {
        let composition = try Self.composition(keys, Self.paid([value]), of: measure)
        let odometer = try Self.odometer(composition)
        #expect(odometer.restingText(at: FrameTime(frame: 100), in: composition.tracks) == text)
        if value > 0 { #expect(odometer.restingText(at: FrameTime(frame: 20), in: composition.tracks) == nil) }
    }

    @Test("abbreviated numbers roll into their unit without a number that never was") func abbreviates() {
        let steps: [(Int, Int64)] = [(0, 9_990), (640, 10_030), (1_280, 99_999_999), (4_000, 100_000_400)]
        let glide = NumberGlide(
            .declared(steps.map { (time: FrameTime(ticks: $0.0), value: $0.1) }), span: FrameTime(frame: 20),
            start: .zero)
        let format = OdometerFormat(
            places: 1, decimals: 0, isMoney: false, unit: .automatic, showsZeros: false, groups: true)
        var last = 0.0
        for tick in 0..<7_000 {
            let reading = format.reading(of: glide, at: FrameTime(ticks: tick), in: [])
            let value = reading.number * [1, 1_000, 10_000_000][reading.unit]
            #expect(value >= last - 1e-6)
            #expect(reading.unit == 0 ? reading.number < 10_000 : reading.number >= 10 && reading.number < 100_000)
            last = value
        }
        #expect(last == 100_000_000)
    }

    @Test("appending gives what resolving all gives, and a wheel at rest is the same drawing frame after frame")
    func appends() throws {
        let events = TestFeed.session(orders: 60, frames: 140)
        let whole = try Self.composition("", events)
        var part = try Self.composition("", Array(events[..<20]))
        try part.append(events[20...])
        for frame in 0..<150 {
            #expect(part.displayList(atFrame: frame).digest == whole.displayList(atFrame: frame).digest)
        }
        let still = try Self.composition("", Self.paid([100, 200]))
        #expect(still.displayList(atFrame: 60).digest == still.displayList(atFrame: 140).digest)
    }

    @Test("a count has no decimals") func refusesDecimals() {
        let problems = TestTemplate.problems(
            TestTemplate.scene(
                "- {type: odometer, measure: m, decimals: 2, position: [500, 300], size: [900, 160]}",
                header: "data: {measures: {m: {of: orders}}}"))
        #expect(problems.contains { $0.message.contains("no decimals") && $0.place?.path.contains("decimals") == true })
    }

    @Test("drawing") func golden() throws {
        let composition = try Self.composition(
            "decimals: 2, decimalScale: 0.6", Self.paid([99_990, 20]), of: "revenue")
        var text = ""
        // The wheels' places alone: what is on them is the same in every frame.
        for frame in [0, 12, 16, 60] {
            text += "frame \(frame)\n"
            for line in composition.displayList(atFrame: frame).dump.split(separator: "\n")
            where !line.hasPrefix("       ") { text += line + "\n" }
        }
        try Golden.check(text, "Tests/MotionTests/Goldens/odometer.txt")
    }
}
