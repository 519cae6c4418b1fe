import Drawing
import Motion
import Orders
import Testing

/// How rows look and move.
@Suite struct WaterfallTests {
    private static let waterfall =
        "- {type: waterfall, id: w, anchor: top-left, position: [50, 100], size: [900, 600], rowHeight: 100, gap: 10}"

    private static func event(_ number: Int, frame: Int, buyer: String? = "张三丰", product: String = "雪纺连衣裙")
        -> OrderEvent
    {
        OrderEvent(
            .paid, order: TestFeed.id(number), at: TestFeed.start.adding(microseconds: Int64(frame) * 33_333),
            seen: frame, amount: 12_800, product: product, province: "浙江省", city: "杭州市", buyer: buyer)
    }

    @Test func aRowSaysWhatMayBeSaid() throws {
        let composition = try FeedScene.resolve(FeedScene.template(Self.waterfall), [Self.event(1, frame: 0)])
        let texts = composition.displayList(atFrame: 100).content.texts.joined(separator: "|")
        // One order of a city is too few to name it.
        for word in ["张**", "浙江", "雪纺连衣裙", "¥128.00", "刚刚", "张"] { #expect(texts.contains(word), "\(texts)") }
        for word in ["三丰", "杭州", "另有"] { #expect(!texts.contains(word)) }
    }

    /// A price that lost its last digits is another price: it is drawn smaller instead, also where a template asks for an ellipsis.
    @Test(arguments: ["", ", overflow: ellipsis"], ["{price}", "{name} {price}"])
    func pricesAreNeverCut(overflow: String, text: String) throws {
        let row =
            "row: [{type: text, text: \"\(text)\", fontSize: 40, position: [300, 50], size: [210, 60]\(overflow)}, {type: text, text: \"{more}\", position: [700, 50], size: [200, 60]}]"
        let element = Self.waterfall.replacing("rowHeight: 100", with: "rowHeight: 100, \(row)")
        let large = OrderEvent(
            .paid, order: TestFeed.id(1), at: TestFeed.start, seen: 0, amount: 9_999_999_999, product: "杯",
            buyer: "张三丰")
        let composition = try FeedScene.resolve(FeedScene.template(element), [large])
        let texts = composition.displayList(atFrame: 100).content.texts.joined()
        #expect(texts.contains("¥99,999,999.99") && !texts.contains("…"), "\(texts)")
    }

    @Test func citiesAreNamedFromTheTenthOrderOn() throws {
        let composition = try FeedScene.resolve(
            FeedScene.template(Self.waterfall), (0..<12).map { Self.event($0, frame: $0 * 16) })
        #expect(!composition.displayList(atFrame: 100).content.texts.joined().contains("杭州"))
        #expect(composition.displayList(atFrame: 175).content.texts.joined().contains("浙江杭州"))
    }

    /// Only the small text is drawn again when a row ages; everything else keeps its digest.
    @Test func rowsAge() throws {
        let composition = try FeedScene.resolve(
            FeedScene.template(Self.waterfall, duration: "100s"), [Self.event(1, frame: 0)])
        func parts(_ frame: Int) -> [Digest] {
            composition.displayList(atFrame: frame).content.layers().map(\.layer).filter { $0.content.layers().isEmpty }
                .map(\.content.digest)
        }
        let words = [100: "刚刚", 160: "5秒前", 30 * 58: "58秒前", 30 * 62: "1分钟前"]
        for (frame, word) in words {
            #expect(composition.displayList(atFrame: frame).content.texts.contains(word), "\(frame)")
        }
        let (before, after) = (parts(160), parts(30 * 40))
        #expect(before.count == after.count)
        #expect(zip(before, after).count { $0 != $1 } == 1)
    }

    @Test func aTitleGivesWayToWhatStandsBehindIt() {
        for (title, count, expected) in [
            ("雪纺连衣裙", 3, "雪纺连…"), ("【双11爆款】毛毯", 4, "【双11…】"), ("【爆款】加厚 毛毯", 7, "【爆款】加厚…"),
            ("【爆款】", 1, "…"), ("杯", 0, "…"),
        ] { #expect(ProductCut.cut(Array(title), to: count) == expected) }
    }

    @Test func burstsAreMergedInTheRow() throws {
        let composition = try FeedScene.resolve(
            FeedScene.template(Self.waterfall), (0..<3000).map { Self.event($0, frame: 30 + $0 / 100) })
        let texts = composition.displayList(atFrame: 140).content.texts.joined(separator: "|")
        #expect(texts.contains("另有"))
        let schedule = composition.schedules[0]
        #expect((0..<schedule.entries.count).reduce(0) { $0 + 1 + schedule.entries[$1].merged } == 3000)
    }

    @Test func missingCharactersAreCounted() throws {
        let template = try FeedScene.template(Self.waterfall)
        var composition = try FeedScene.resolve(template, [Self.event(1, frame: 0, product: "杯\u{13000}\u{13001}")])
        #expect(composition.facts.missingGlyphs == 2)
        #expect(composition.displayList(atFrame: 60).content.texts.joined().contains("〓〓"))
        try composition.append([Self.event(2, frame: 60, product: "碗\u{13000}")])
        #expect(composition.facts.missingGlyphs == 3)
    }

    /// Pictures of the emoji in a frame, from left to right within a text.
    private static func images(_ list: DisplayList) -> Int {
        list.dump.split(separator: "\n").filter { $0.contains(" image ") }.count
    }

    @Test(
        "emoji of the feed and of the template are pictures, and none is missing",
        arguments: [
            "- {type: waterfall, id: w, anchor: top-left, position: [0, 0], size: [900, 600], rowHeight: 100, fade: 0, row: [{type: text, text: \"🔥{product}{more}\", position: [450, 50], size: [800, 80]}]}",
            "- {type: waterfall, id: w, anchor: top-left, position: [0, 0], size: [900, 600], rowHeight: 100, fade: 0, row: [{type: text, text: \"🔥👍🏽🇨🇳1️⃣{name}{more}\", position: [450, 50], size: [800, 80]}]}",
            "- {type: popups, id: p, anchor: top-left, position: [0, 0], size: [900, 200], text: \"🔥{product}\"}",
            "- {type: popups, id: p, mode: danmaku, fade: 0, anchor: top-left, position: [0, 0], size: [900, 200], text: \"🔥{product}\"}",
        ])
    func emoji(element: String) throws {
        let composition = try FeedScene.resolve(
            FeedScene.template(element), [Self.event(1, frame: 0, product: "👍🏽🇨🇳1️⃣")])
        let list = composition.displayList(atFrame: 80)
        #expect(Self.images(list) == 4)
        #expect(!list.content.texts.joined().contains("〓"))
        #expect(composition.facts.missingGlyphs == 0)
    }

    @Test(
        "what no font has is 〓 in the feed's words and an error in the template's",
        arguments: [
            "- {type: waterfall, id: w, position: [500, 300], size: [900, 600], rowHeight: 100, row: [{type: text, text: \"#{product}{more}\", position: [450, 50], size: [800, 80]}]}",
            "- {type: popups, id: p, position: [500, 300], size: [900, 200], text: \"#{product}\"}",
        ])
    func missingGlyphs(element: String) throws {
        let events = [Self.event(1, frame: 0, product: "杯\u{13000}")]
        let good = try FeedScene.resolve(FeedScene.template(element), events)
        #expect(good.facts.missingGlyphs == 1)
        do {
            _ = try FeedScene.resolve(
                FeedScene.template(element.replacing("#", with: "#\u{13000}")), events)
            Issue.record("it was taken: \(element)")
        } catch let error as MotionError {
            #expect(error.diagnostics.map(\.code) == [.glyph])
        }
    }

    @Test("titles are cut between what a reader takes for one character") func cutEmoji() throws {
        let title = String(repeating: "🇨🇳👍🏽👨‍👩‍👧‍👦", count: 5)
        for count in 0...15 {
            let cut = ProductCut.cut(Array(title), to: count)
            #expect(Array(cut.dropLast()) == Array(Array(title).prefix(count)))
        }
    }

    /// At the fastest pace the strip runs at one speed, without a jitter of a 64th of a pixel more than rounding makes.
    @Test func scrollingIsEven() throws {
        // 30 px of row every 100 frames: 0.3 px a frame.
        let template = try FeedScene.template(
            "- {type: waterfall, id: w, mode: scroll, anchor: top-left, position: [50, 100], size: [900, 200], rowHeight: 26, gap: 4, fade: 20, merge: {perSecond: 0.3}}",
            duration: "20s")
        let composition = try FeedScene.resolve(template, (0..<7).map { Self.event($0, frame: $0 * 100) })
        let content = try #require(composition.waterfall)
        var last: [Int: Double] = [:]
        var steps = 0
        for frame in 230..<560 {
            for row in content.rows(at: FrameTime(frame: frame)) {
                if let before = last[row.ordinal] {
                    #expect(abs(row.y - before - 0.3) < 1e-6)
                    steps += 1
                }
                last[row.ordinal] = row.y
            }
        }
        #expect(steps > 1000)
    }

    /// Rows stand on one strip: whatever the springs do, no two come closer than their gap, and none jumps.
    @Test(arguments: ["push", "scroll"]) func rowsKeepTheirDistance(mode: String) throws {
        let template = try FeedScene.template(Self.waterfall.replacing("id: w", with: "id: w, mode: \(mode)"))
        let composition = try FeedScene.resolve(template, FeedScene.session(seconds: 6, perSecond: 30, seed: 4))
        let content = try #require(composition.waterfall)
        var last: [Int: Double] = [:]
        var most = 0.0
        for tick in stride(from: 0, to: 180 * 64, by: 16) {
            let rows = content.rows(at: FrameTime(ticks: tick))
            for (one, next) in zip(rows, rows.dropFirst()) { #expect(abs(next.y - one.y - 110) < 1e-6) }
            for row in rows {
                if let before = last[row.ordinal] { most = max(most, abs(row.y - before)) }
                last[row.ordinal] = row.y
            }
        }
        // A quarter of a frame: far below a row.
        #expect(most < 20)
        #expect(most > 0.5)
    }

    @Test func wrongRowsAreErrors() {
        func codes(_ keys: String) -> [Diagnostic.Code] {
            TestTemplate.problems(TestTemplate.scene("- {type: waterfall, size: [900, 500], \(keys)}")).map(\.code)
        }
        #expect(codes("row: [{type: text, text: \"{name}\", size: [9, 9]}]") == [.missingKey])
        #expect(codes("row: [{type: text, text: \"{more}{nam}\", size: [9, 9]}]").contains(.unknownName))
        #expect(codes("row: [{type: text, text: \"{more}{clock}\", size: [9, 9]}]").contains(.unknownName))
        #expect(codes("row: [{type: text, text: \"{more}\", size: [9, 9], enter: fade}]") == [.animation])
        #expect(
            codes("row: [{type: text, text: \"{more}\", size: [9, 9]}, {type: waterfall, size: [9, 9]}]") == [.type])
        #expect(codes("rowHeight: 501") == [.range])
        #expect(codes("merge: {text: 还有很多}") == [.missingKey])
        #expect(codes("merge: {perSecond: 60}") == [.range])
        let alone =
            "- {type: avatar, size: [9, 9]}\n- {type: text, text: \"{name}\"}\n- {type: waterfall}\n- {type: popups}"
        #expect(
            TestTemplate.problems(TestTemplate.scene(alone)).map(\.code) == [
                .type, .unknownName, .missingKey, .missingKey,
            ])
    }

    @Test func ordersNeedADisclosure() throws {
        let template = try TestTemplate.decode(TestTemplate.scene(Self.waterfall))
        do {
            _ = try FeedScene.resolve(template, [Self.event(1, frame: 0)])
            Issue.record("orders are shown, and nothing says what they are")
        } catch let error as MotionError {
            #expect(Set(error.diagnostics.map(\.code)) == [.disclosure])
        }
    }
}

extension Composition {
    fileprivate var waterfall: WaterfallContent? {
        for element in resolvedScenes[0].elements {
            if case .waterfall(let content) = element.element { return content }
        }
        return nil
    }
}
