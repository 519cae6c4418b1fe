import Drawing
import Motion
import Orders
import Testing

/// What elements say beside their numbers: never cut away, never unchecked.
@Suite struct FeedWordingTests {
    private static let header = "data: {source: 订单, measures: {sold: {of: orders, counting: as-seen}}}"
    private static let disclosure = "- {type: disclosure, position: [500, 850], size: [960, 190], fontSize: 34}\n"

    private func check(_ element: String) throws -> [Diagnostic] {
        var options = ResolveOptions()
        options.period = .day
        return TemplateCheck.diagnostics(
            try TestTemplate.decode(
                TestTemplate.scene("- \(element)\n\(Self.disclosure)", header: Self.header, duration: "2s")),
            feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(), options: options)
    }

    @Test(arguments: [
        "{type: flipCounter, measure: sold, digits: 3, prefix: WORDS, position: [500, 300], size: [800, 160]}",
        "{type: flipCounter, measure: sold, digits: 3, suffix: WORDS, position: [500, 300], size: [800, 160]}",
        "{type: countdown, span: 2s, format: SS, endText: WORDS, position: [500, 300], size: [800, 160]}",
        "{type: popups, text: \"{product} {more}\", merge: {text: \"WORDS {count}\"}, anchor: top-left, position: [20, 20], size: [960, 300]}",
        "{type: waterfall, merge: {text: \"WORDS {count}\"}, anchor: top-left, position: [20, 20], size: [960, 400], rowHeight: 60, row: [{type: text, text: \"{product} {more}\", anchor: left, position: [0, 30], size: [900, 56], fontSize: 40, align: start}]}",
    ])
    func whatStandsBesideNumbersIsCheckedForClaims(element: String) throws {
        let fair = try check(element.replacing("WORDS", with: "另有"))
        #expect(!fair.contains { $0.code == .claim }, "\(fair)")
        let unlawful = try check(element.replacing("WORDS", with: "全网第一"))
        #expect(unlawful.contains { $0.code == .claim && $0.severity == .error && $0.place?.line != nil })
    }

    /// How many orders a pop-up stands for is there to the last figure, however narrow it is.
    @Test(arguments: [240, 320, 480, 960], ["queue", "danmaku"])
    func whatIsMergedIsNeverCut(width: Int, mode: String) throws {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                "- {type: popups, mode: \(mode), text: \"{name} {place} {ago}下单了 {product} {more}\", merge: {perSecond: 1, after: 1, text: \"另有 {count} 笔\"}, fontSize: 30, anchor: top-left, position: [0, 20], size: [\(width), 200]}\n"
                    + Self.disclosure, header: "", duration: "8s"))
        let composition = try FeedScene.resolve(template, FeedScene.session(seconds: 7, perSecond: 200, seed: 5))
        let schedule = composition.schedules[0]
        let merged = Set((0..<schedule.entries.count).map { schedule.entries[$0].merged }.filter { $0 > 0 })
        #expect(merged.contains { $0 > 99 })
        var seen: Set<String> = []
        for frame in stride(from: 0, to: 240, by: 5) {
            var finder = InkFinder(owners: [])
            let ink = finder.ink(of: composition.displayList(atFrame: frame).nodes)
            for text in ink.map(\.run.text) where text.contains("另有") {
                let known = merged.contains {
                    text.contains("另有 \($0) 笔") || text.contains("另有 \(ChineseNumber.grouped(Int64($0))) 笔")
                }
                #expect(known, "frame \(frame): \(text)")
                seen.insert(text)
            }
        }
        #expect(!seen.isEmpty)
    }

    /// The rule for busy moments tells how long something stays: too short is found, a little longer is not.
    @Test(arguments: [
        (
            "{type: waterfall, merge: {perSecond: RATE}, anchor: top-left, position: [20, 20], size: [960, 216], rowHeight: 100, gap: 8}",
            "3", "2"
        ),
        (
            "{type: popups, minimum: RATE, hold: 4s, anchor: top-left, position: [20, 20], size: [960, 200]}", "0.5s",
            "1.2s"
        ),
        (
            "{type: popups, mode: danmaku, speed: RATE, anchor: top-left, position: [20, 20], size: [960, 200]}", "520",
            "480"
        ),
        ("{type: ticker, speed: RATE, text: 今天的每一单都算数, position: [500, 300], size: [900, 80]}", "520", "480"),
    ])
    func feedsThatPassTooFastAreFound(element: String, fast: String, fair: String) throws {
        let found = try check(element.replacing("RATE", with: fast)).filter { $0.code == .tooBrief }
        #expect(found.count == 1 && found[0].severity == .warning && found[0].place?.line != nil)
        #expect(try !check(element.replacing("RATE", with: fair)).contains { $0.code == .tooBrief })
    }

    @Test func whatDoesNotFitBesideTheCountIsFound() throws {
        func element(_ width: Int) -> String {
            "{type: popups, text: \"{ago} {product} {more}\", fontSize: 44, anchor: top-left, position: [0, 20], size: [\(width), 200]}"
        }
        #expect(try check(element(420)).map(\.code).contains(.overflow))
        #expect(try !check(element(1000)).map(\.code).contains(.overflow))
    }
}
