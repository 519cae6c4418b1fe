import Drawing
import Motion
import Orders
import Testing

/// What a composition says of the orders behind a frame is what the frame shows.
@Suite struct TraceTests {
    private static let header = """
        data:
          measures:
            sold: {of: orders, counting: COUNTING}
            income: {of: revenue, counting: COUNTING}
            back: {of: refunds, counting: as-seen}
            every: {of: orders, counting: gross}
        """

    private static func counted(_ numbers: CompositionTrace.Numbers, at frame: Int) -> [String: Int] {
        var counts: [String: Int] = [:]
        for change in numbers.changes where change.frame <= frame {
            counts[change.code, default: 0] += change.isCounted ? 1 : -1
        }
        return counts.filter { $0.value != 0 }
    }

    private static func elements(_ shown: String) -> String {
        "- {type: text, text: \"{sold} {income} {back} {every}\", position: [500, 50]}\n" + shown
    }

    /// As many orders are counted as the number says, at every frame, none twice.
    @Test(arguments: 1...4 as ClosedRange<UInt64>, ["as-seen", "gross"])
    func numbersCountTheirOrders(_ seed: UInt64, _ counting: String) throws {
        let template = try FeedScene.template(
            Self.elements(""), header: Self.header.replacing("COUNTING", with: counting), duration: "4s")
        let events = FeedScene.session(seconds: 4, perSecond: 20, seed: seed)
        let composition = try FeedScene.resolve(template, events)
        let trace = composition.trace(ofFrames: 0..<composition.frameCount)
        #expect(
            trace.numbers.map(\.measures)
                == (counting == "gross"
                    ? [["sold", "income", "every"], ["back"]] : [["sold", "income"], ["back"], ["every"]]))
        for numbers in trace.numbers {
            let track = try #require(composition.tracks.first { $0.name == numbers.measures[0] })
            for frame in 0..<composition.frameCount {
                let counts = Self.counted(numbers, at: frame)
                #expect(counts.values.allSatisfy { $0 == 1 })
                #expect(Int64(counts.count) == track.value(at: FrameTime(frame: frame)), "\(frame)")
            }
        }
        #expect(trace.numbers.allSatisfy { $0.changes.count > 5 })
    }

    /// A part of a film says of its frames what the whole does.
    @Test func aPartSaysWhatTheWholeDoes() throws {
        let template = try FeedScene.template(
            Self.elements("- {type: waterfall, id: w, position: [500, 500], size: [900, 500], rowHeight: 90}"),
            header: Self.header.replacing("COUNTING", with: "as-seen"), duration: "5s")
        let composition = try FeedScene.resolve(template, FeedScene.session(seconds: 5, perSecond: 6, seed: 9))
        let whole = composition.trace(ofFrames: 0..<150)
        let part = composition.trace(ofFrames: 40..<90)
        for frame in 40..<90 {
            for (a, b) in zip(whole.numbers, part.numbers) {
                #expect(Self.counted(a, at: frame) == Self.counted(b, at: frame))
            }
            func shown(_ trace: CompositionTrace) -> [String] {
                trace.shown.filter { $0.frames.contains(frame) }.map(\.code).sorted()
            }
            #expect(shown(whole) == shown(part))
        }
        #expect(part.shown.allSatisfy { $0.frames.lowerBound >= 40 && $0.frames.upperBound <= 90 })
        #expect(part.numbers.allSatisfy { $0.changes.allSatisfy { (40..<90).contains($0.frame) } })
    }

    /// The prices that a frame shows are those of the orders that are said to be shown: read off the display list.
    @Test(arguments: [
        "- {type: waterfall, id: w, position: [500, 500], size: [900, 500], rowHeight: 90}",
        "- {type: waterfall, id: w, mode: scroll, from: bottom, position: [500, 500], size: [900, 420], rowHeight: 90, fade: 0}",
        "- {type: popups, id: p, position: [500, 500], size: [900, 120], text: \"{name} {price}\", start: 1s, end: 4.5s}",
        "- {type: popups, id: p, mode: danmaku, position: [500, 500], size: [1000, 420], text: \"{name} {price}\"}",
        "- {type: group, position: [0, 0], opacity: {keys: [{at: 0s, value: 0}, {at: 2s, value: 0}, {at: 3s, value: 1}]}, elements: [{type: popups, id: p, position: [500, 500], size: [900, 120], text: \"{name} {price}\"}]}",
    ])
    func whatIsShownIsWhatIsSeen(_ element: String) throws {
        let template = try FeedScene.template(element, duration: "6s")
        let events = FeedScene.session(seconds: 6, perSecond: 3, seed: 21)
        let composition = try FeedScene.resolve(template, events)
        let trace = composition.trace(ofFrames: 0..<composition.frameCount)
        var prices: [String: String] = [:]
        for event in events where event.kind == .paid {
            prices[event.order?.traceCode ?? ""] = ChineseNumber.yuan(fen: event.amount).text
        }
        var seen = 0
        for frame in 0..<composition.frameCount {
            let texts = composition.displayList(atFrame: frame).content.texts.joined(separator: "|")
            func shown(_ frame: Int) -> Set<String> {
                Set(trace.shown.filter { $0.frames.contains(frame) }.compactMap { prices[$0.code] })
            }
            // What lies under a fading edge is drawn in two parts.
            let drawn = Set(texts.matches(of: /¥[0-9,.]+/).map { String($0.0) })
            #expect(drawn.isSuperset(of: shown(frame)), "frame \(frame): \(texts)")
            // Of a row that comes or goes the rim may be in the window a frame longer.
            let rim = drawn.subtracting(shown(frame))
            #expect(rim.isSubset(of: shown(frame - 1).union(shown(frame + 1))), "frame \(frame): \(texts)")
            seen += shown(frame).count
        }
        #expect(seen > 50)
        #expect(trace.numbers.map(\.measures) == [[]])
    }
}
