import Drawing
import Motion
import Testing

@Suite("Flip counter models")
struct FlipCounterModelTests {
    private static let rate = FrameRate.thirty

    /// The board's cards from the left as text: a blank card as a space, what is printed between cards where it shows.
    private static func text(_ model: FlipCounterModel, at time: FrameTime) -> String? {
        let state = model.state(at: time)
        var text = ""
        for (place, cell) in state.cells.enumerated().reversed() {
            guard let face = cell.flap.resting else { return nil }
            switch face {
            case .blank: text += " "
            case .minus: text += "-"
            case .tenThousands: text += "万"
            case .hundredMillions: text += "亿"
            default: text += String(face.glyph)
            }
            if place > 0, cell.separator == 1, let separator = model.format.separator(before: place) {
                text += separator == .comma ? "," : "."
            }
        }
        return text
    }

    private static func rested(_ format: CounterFormat, _ values: Int64...) -> String? {
        var model = FlipCounterModel(format: format, value: values[0], rate: rate)
        for (index, value) in values.enumerated().dropFirst() { model.append(value, at: FrameTime(frame: 30 * index)) }
        return text(model, at: max(model.restTime, FrameTime(frame: 30 * values.count)))
    }

    @Test("formats", arguments: [
        (0, "      0"), (9, "      9"), (10, "     10"), (999, "    999"), (1000, "  1,000"), (128_888, "128,888"),
        (1_000_000, "1,000,000"), (-5, "     -5"), (-1234, " -1,234"),
    ])
    func grouped(value: Int, text: String) {
        #expect(Self.rested(CounterFormat(places: 6, grouping: 3), Int64(value)) == text.leftPadded(to: 6, value))
    }

    @Test("9 to 10 and 99 to 100 turn a blank card into a 1 with one flip")
    func carries() {
        for (from, to, place) in [(Int64(9), Int64(10), 1), (99, 100, 2), (999_999, 1_000_000, 6)] {
            var model = FlipCounterModel(format: CounterFormat(places: 7, grouping: 3), value: from, rate: Self.rate)
            model.append(to, at: FrameTime(frame: 10))
            var positions: [Double] = []
            for frame in 0..<120 {
                let cells = model.state(at: FrameTime(frame: frame)).cells
                #expect(cells.count == 7)
                positions.append(cells[place].flap.position)
            }
            #expect(positions.first == 0 && positions.last == 1)
            let start = model.state(at: FrameTime(frame: 10)).cells[place].flap
            #expect(start.lower == .blank)
            #expect(Self.rested(CounterFormat(places: 1), from, to) == String(to))
        }
    }

    @Test("money with and without decimals is cut, never rounded up")
    func money() {
        let fen = CounterFormat(places: 1, fraction: 2, valueFraction: 2, grouping: 3)
        #expect(Self.rested(fen, 129_900) == "1,299.00")
        #expect(Self.rested(fen, 5) == "0.05")
        #expect(Self.rested(fen, -1990) == "-19.90")
        let yuan = CounterFormat(places: 1, fraction: 0, valueFraction: 2)
        #expect(Self.rested(yuan, 199) == "1")
        #expect(Self.rested(yuan, -99) == "0")
        #expect(Self.rested(CounterFormat(fraction: 1, valueFraction: 2), 1299) == "12.9")
    }

    @Test("万 and 亿 at their boundaries", arguments: [
        (9999, "9999"), (10_000, "1.0万"), (12_345, "1.2万"), (99_999, "9.9万"), (128_888, "12.8万"),
        (10_000_000, "1000.0万"), (99_999_999, "9999.9万"), (100_000_000, "1.0亿"), (199_999_999, "1.9亿"),
    ])
    func units(value: Int, text: String) {
        let format = CounterFormat(places: 1, unit: .automatic)
        #expect(Self.rested(format, Int64(value)) == text)
        #expect(Self.rested(format, 1, Int64(value))?.trimmedLeft == text)
    }

    @Test("other drums count in their own base")
    func words() {
        let format = CounterFormat(places: 2, base: 3)
        #expect(Self.rested(format, 0, 7) == "21")
        #expect(Self.rested(format, 7, 2) == " 2")
    }

    @Test("leading zeros and hidden places")
    func leading() {
        #expect(Self.rested(CounterFormat(places: 7, grouping: 3, leading: .zero), 128_888) == "0,128,888")
        let hidden = FlipCounterModel(format: CounterFormat(places: 5, leading: .hidden), value: 42, rate: Self.rate)
        #expect(hidden.state(at: .zero).cells.map(\.card) == [1, 1, 0, 0, 0])
    }

    @Test("at rest it shows exactly the measure, for random feeds", arguments: FlapDirection.allCases)
    func restsOnMeasure(direction: FlapDirection) {
        var random = SeededGenerator(seed: 21)
        for round in 0..<120 {
            var value = Int64.random(in: 0...5000, using: &random)
            var model = FlipCounterModel(
                format: CounterFormat(places: 7), value: value, direction: direction, rate: Self.rate)
            var ticks = 0
            for _ in 0..<60 {
                ticks += Int.random(in: 0...[20, 200, 2000][round % 3], using: &random)
                value = max(0, value + Int64.random(in: round % 2 == 0 ? 0...90 : -300...400, using: &random))
                model.append(value, at: FrameTime(ticks: ticks))
            }
            #expect(Self.text(model, at: model.restTime)?.trimmedLeft == String(value))
            #expect(model.restTime.ticks - ticks < 64 * 30 * 3)
            // Nothing moves after it.
            #expect(model.state(at: model.restTime) == model.state(at: FrameTime(ticks: ticks + 64 * 300)))
        }
    }

    @Test("any split into appends gives the same board, and no append changes an earlier frame")
    func appends() {
        var random = SeededGenerator(seed: 22)
        for round in 0..<60 {
            var steps: [(time: FrameTime, value: Int64)] = []
            var (ticks, value) = (5, Int64(95))
            for _ in 0..<80 {
                ticks += Int.random(in: 0...(round % 2 == 0 ? 12 : 160), using: &random)
                value = max(-20, value + Int64.random(in: -60...900, using: &random))
                // No two steps of a measure share a moment.
                if steps.last?.time.ticks == ticks { steps.removeLast() }
                steps.append((FrameTime(ticks: ticks), value))
            }
            let format = CounterFormat(places: 2, grouping: 3)
            var whole = FlipCounterModel(format: format, value: 95, rate: Self.rate)
            whole.append(steps)
            var parts = FlipCounterModel(format: format, value: 95, rate: Self.rate)
            var rest = steps[...]
            while let next = rest.first {
                let count = Int.random(in: 1...max(1, min(20, rest.count)), using: &random)
                // A prefix may know a moment's number before it is complete.
                parts.append(next.value - 3, at: next.time)
                parts.append(rest.prefix(count))
                rest = rest.dropFirst(count)
                let known = (next.time.ticks / 64) * 64
                for frame in stride(from: max(0, known - 640), to: known, by: 64) {
                    let time = FrameTime(ticks: frame)
                    #expect(parts.state(at: time).cells == whole.state(at: time).cells.prefix(parts.columns).map { $0 }
                        || parts.columns != whole.columns)
                }
            }
            #expect(parts == whole)
            #expect(parts.state(at: FrameTime(ticks: ticks)) == whole.state(at: FrameTime(ticks: ticks)))
        }
    }

    @Test("widths never jump: places stay where they are, and room for more grows smoothly")
    func widths() {
        var model = FlipCounterModel(format: CounterFormat(places: 2, grouping: 3), value: 7, rate: Self.rate)
        for step in 1...9 { model.append(Int64(7) * (1 << (3 * step)), at: FrameTime(frame: 9 * step)) }
        var last = model.state(at: .zero).columns
        #expect(last == 2)
        for tick in stride(from: 0, to: 64 * 200, by: 16) {
            let columns = model.state(at: FrameTime(ticks: tick)).columns
            #expect(columns >= last && columns - last < 0.12)
            last = columns
        }
        #expect(last == 9)
        let card = FlapGeometry(width: 120, height: 200)
        let layout = FlipBoardLayout(
            card: card, fractionScale: 1, gap: 10, separator: 20, prefix: 0, suffix: 0,
            format: CounterFormat(places: 2, grouping: 3))
        #expect(layout.origin(3, right: 0).x == -(4 * 120 + 3 * 10 + 20))
        #expect(layout.width(columns: 4) == 4 * 120 + 3 * 10 + 20)
        #expect(layout.width(columns: 3.5) == (layout.width(columns: 3) + layout.width(columns: 4)) / 2)
    }

    @Test("a burst of thousands of steps is as cheap as its seconds")
    func bounded() {
        var model = FlipCounterModel(format: CounterFormat(places: 7), value: 0, rate: Self.rate)
        for step in 1...20_000 { model.append(Int64(step), at: FrameTime(ticks: step)) }
        #expect(Self.text(model, at: model.restTime)?.trimmedLeft == "20000")
        let count = model.legCount
        #expect(count < 700)
        model.forget(before: FrameTime(ticks: 19_000))
        #expect(model.legCount < count / 2)
        #expect(Self.text(model, at: model.restTime)?.trimmedLeft == "20000")
    }
}

extension String {
    fileprivate var trimmedLeft: String { String(drop { $0 == " " }) }

    /// Blanks in front as the board of `places` cards has them.
    fileprivate func leftPadded(to places: Int, _ value: Int) -> String {
        let digits = filter { $0.isNumber || $0 == "-" }.count
        return String(repeating: " ", count: max(0, places - digits)) + trimmedLeft
    }
}
