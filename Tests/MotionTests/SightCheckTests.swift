import Drawing
import Motion
import Orders
import Testing

/// What `check` finds by looking at frames: each rule with a template that breaks it and one that does not.
@Suite struct SightCheckTests {
    private func check(_ elements: String, header: String = "", duration: String = "2s") throws -> [Diagnostic] {
        var options = ResolveOptions()
        options.period = .day
        return TemplateCheck.diagnostics(
            try TestTemplate.decode(TestTemplate.scene(elements, header: header, duration: duration)),
            feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(), options: options)
    }

    private func text(_ words: String, at place: String, _ keys: String = "") -> String {
        "- {type: text, text: \"\(words)\", fontSize: 60, position: \(place)\(keys.isEmpty ? "" : ", " + keys)}\n"
    }

    private let header = "data: {source: 订单, measures: {sold: orders}}"
    private let disclosure = "- {type: disclosure, position: [500, 850], size: [960, 190], fontSize: 34}\n"

    // MARK: - Overlap

    @Test func textsOnOneAnotherAreFound() throws {
        let found = try check(text("你好世界", at: "[500, 500]") + text("下单有礼", at: "[540, 510]"))
        #expect(found.map(\.code) == [.overlap])
        #expect(found.first?.severity == .warning && found.first?.frames == 0...59)
        #expect(found.first?.place?.path == "scenes[0].elements[1]")
        #expect(try check(text("你好世界", at: "[500, 500]") + text("下单有礼", at: "[500, 570]")).isEmpty)
    }

    @Test func boxesMayMeetWhereLettersDoNot() throws {
        let wide = "size: [900, 300]"
        #expect(
            try check(
                text("上面", at: "[500, 400]", wide + ", verticalAlign: top")
                    + text("下面", at: "[500, 420]", wide + ", verticalAlign: bottom")
            ).isEmpty)
    }

    @Test func whatIsMeantToLieOnAnotherThingIsNoOverlap() throws {
        let panel = "- {type: shape, shape: rect, fill: \"#202020\", position: [500, 500], size: [600, 200]}\n"
        #expect(try check(panel + text("你好", at: "[500, 500]")).isEmpty)
        // The layers of one text: a copy below as a long shadow.
        #expect(try check(text("你好", at: "[506, 506]", "color: \"#000000\"") + text("你好", at: "[500, 500]")).isEmpty)
        // One goes while the other comes.
        #expect(
            try check(
                text("你好世界", at: "[500, 500]", "end: 1s, exit: {preset: fade, duration: 0.3s}")
                    + text("下单有礼", at: "[500, 500]", "start: 0.8s, enter: {preset: fade, duration: 0.3s}")
            ).isEmpty)
        // One passes on its way in.
        #expect(
            try check(
                text("你好世界", at: "[500, 500]")
                    + text("下单有礼", at: "[500, 700]", "enter: {preset: rise, distance: 200}")
            ).isEmpty)
    }

    /// Rows of a list: texts of one row, a title as long as titles are, and letters higher than a row.
    @Test(arguments: [
        ("NAME, {PRICE, position: [500, 30]}", 100, nil),
        ("NAME, {PRICE, position: [60, 36]}", 100, ".row[1]"),
        ("NAME, {GROUP, elements: [{PRICE, position: [60, 36]}]}", 100, ".row[1].elements[0]"),
        ("{TITLE, size: [480, 56]}, {PRICE, position: [500, 30]}", 100, nil),
        ("{TITLE, size: [640, 56]}, {PRICE, position: [500, 30]}", 100, ".row[1]"),
        ("NAME", 34, nil),
        ("NAME", 24, ".row[0]"),
    ])
    func lettersOfRowsThatMeetAreFound(row: String, height: Int, place: String?) throws {
        let row = row.replacing("NAME", with: "{type: text, text: \"{name} {more}\", STYLE, position: [0, 30]}")
            .replacing("PRICE", with: "type: text, text: \"{price}\", STYLE")
            .replacing("TITLE", with: "type: text, text: \"{product} {more}\", STYLE, align: start, position: [0, 30]")
            .replacing("GROUP", with: "type: group, anchor: top-left, position: [0, 0], size: [900, 60]")
            .replacing("STYLE", with: "anchor: left, fontSize: 40")
        let keys = "size: [900, 600], rowHeight: \(height), gap: 6, merge: {perSecond: 1}, row: [\(row)]"
        let found = try check(
            "- {type: waterfall, position: [500, 350], \(keys)}\n" + disclosure, header: header
        ).filter { $0.code == .overlap }
        #expect(found.compactMap { $0.place?.path } == (place.map { ["scenes[0].elements[0]" + $0] } ?? []))
    }

    /// A note that lies over a text for a while hides it altogether, or is an overlap.
    @Test(arguments: [
        ("size: [400, 100], radius: 20, fill: \"#202020\"", true),
        ("size: [400, 100], fill: {linear: [\"#202020\", \"#404040\"]}", true),
        // Seen through, too small, with a corner where letters are, not upright, in a group that is half there.
        ("size: [400, 100], fill: \"#202020fe\"", false),
        ("size: [400, 100], fill: {linear: [\"#202020\", \"#40404080\"]}", false),
        ("size: [200, 100], radius: 20, fill: \"#202020\"", false),
        ("size: [260, 70], radius: 35, fill: \"#202020\"", false),
        ("size: [400, 100], rotation: 3, fill: \"#202020\"", false),
        ("size: [400, 100], opacity: 0.9, fill: \"#202020\"", false),
        ("size: [400, 100], blend: screen, fill: \"#202020\"", false),
    ])
    func whatAPanelHidesIsNotLainOn(panel: String, hides: Bool) throws {
        let elements =
            text("你好世界", at: "[500, 500]") + "- {type: shape, shape: rect, position: [500, 500], \(panel)}\n"
            + text("下单有礼", at: "[500, 500]")
        #expect(try check(elements).map(\.code) == (hides ? [] : [.overlap]))
    }

    /// What a marker calls comes and goes like anything else: only its rest counts.
    @Test func whatMarkersCallIsLookedAtWhileItRests() throws {
        let header = "data: {measures: {sold: orders}}\nmarkers: {late: {at: 0.4s}}"
        func note(_ enter: String) -> String {
            """
            - type: group
              start: late
              end: late+1.2s
              position: [500, 500]
              size: [400, 100]
              enter: {\(enter), duration: 0.3s}
              exit: {preset: fade, duration: 0.3s}
              elements:
                - {type: shape, shape: rect, fill: "#202020", position: [200, 50], size: [400, 100]}
                - {type: text, text: 下单有礼, fontSize: 60, position: [200, 50]}

            """
        }
        for enter in ["preset: pop", "preset: fade", "preset: rise, distance: 90"] {
            #expect(try check(text("你好世界", at: "[500, 500]") + note(enter), header: header).isEmpty, "\(enter)")
        }
        let aside = try check(text("你好世界", at: "[300, 500]") + note("preset: pop"), header: header)
        #expect(aside.map(\.code) == [.overlap])
        // It is there from frame 12 to 47.
        #expect(aside.first?.frames == 21...38)
        // Out of the frame while it is there.
        let far = note("preset: pop").replacing("position: [500, 500]", with: "position: [960, 500]")
        let left = try check(far, header: header)
        #expect(left.map(\.code) == [.outsideFrame] && left.first?.frames == 21...38)
    }

    @Test func theMarkOfMadeUpDataOverATextIsFound() throws {
        var feed = TestFeed.feed(TestFeed.day(orders: 10))
        feed.isSynthetic = true
        for (place, codes) in [("[400, 480]", [Diagnostic.Code.overlap]), ("[700, 40]", [])] {
            let template = try TestTemplate.decode(
                TestTemplate.scene(text("你好", at: "[500, 500]"), header: "demoMark: \(place)"))
            #expect(
                TemplateCheck.diagnostics(template, feed: feed, world: TestWorld()).map(\.code) == codes, "\(place)")
        }
    }

    /// Two texts that meet for some frames: the range is exact, and the same whichever is drawn first.
    @Test(arguments: 0..<12)
    func rangesOfOverlapsAreExactAndSymmetric(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 40)
        let start = Int.random(in: 0..<30, using: &random)
        let length = Int.random(in: 8...28, using: &random)
        let (dx, dy) = (Int.random(in: -60...60, using: &random), Int.random(in: -20...20, using: &random))
        let still = text("成交金额", at: "[500, 500]")
        let brief = text(
            "件数", at: "[\(500 + dx), \(500 + dy)]",
            "start: \(Double(start) / 30)s, end: \(Double(start + length) / 30)s")
        let (a, b) = (try check(still + brief), try check(brief + still))
        #expect(a.map(\.code) == [.overlap] && b.map(\.code) == [.overlap])
        let frames = start...(start + length - 1)
        #expect(a.first?.frames == frames && b.first?.frames == frames)
        // Moved apart by the height of a letter there is none.
        let apart = text("件数", at: "[\(500 + dx), 590]", "start: \(Double(start) / 30)s")
        #expect(try check(still + apart).isEmpty && check(apart + still).isEmpty)
    }

    /// A text that crosses another in a straight line, looked at with fewer samples than frames.
    @Test func halvingFindsTheEdgesThatEveryFrameHas() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let count = Int.random(in: 1...5000, using: &random)
            let first = Int.random(in: 0..<count, using: &random)
            let last = Int.random(in: first..<count, using: &random)
            var asked = 0
            let found = FrameSpan.holding(in: 0..<count) {
                asked += 1
                return $0 >= first && $0 <= last
            }
            let step = (count + FrameSpan.most - 1) / FrameSpan.most
            if last - first + 1 >= step { #expect(found == first...last) }
            #expect(found.map { $0 == first...last } ?? (last - first + 1 < step))
            #expect(asked <= FrameSpan.most + 32)
        }
        #expect(FrameSpan.holding(in: 0..<0) { _ in true } == nil)
        #expect(FrameSpan.holding(in: 3..<9) { _ in false } == nil)
    }

    // MARK: - Frames of places

    @Test func whatLeavesTheFrameSaysWhen() throws {
        let keys =
            "keys: [{at: 0s, value: [500, 500]}, {at: 1s, value: [500, 500]}, {at: 2s, value: [1000, 500], ease: linear}]"
        let found = try check("- {type: text, text: 你好, fontSize: 60, position: {\(keys)}}")
        #expect(found.map(\.code) == [.outsideFrame])
        // 120 px wide: its edge passes 1000.5 at 500 + 500 t > 940.5, t > 0.881 of a second after frame 30.
        #expect(found.first?.frames == 57...59)
        let still = try check("- {type: text, text: 你好, fontSize: 60, position: [990, 500], start: 0.5s, end: 1s}")
        #expect(still.map(\.code) == [.outsideFrame] && still.first?.frames == 15...29)
        #expect(try check("- {type: text, text: 你好, fontSize: 60, position: [500, 500]}").isEmpty)
    }

    @Test(arguments: SafeArea.all.map(\.name))
    func everySafeAreaIsHeld(name: String) throws {
        let area = try #require(SafeArea.named(name))
        func found(_ x: Double, _ y: Double) throws -> [Diagnostic.Code] {
            let template = """
                fanpai: 1
                layouts: {main: {size: [1080, 1920], safeArea: \(name)}}
                scenes:
                  - id: main
                    duration: 1s
                    elements:
                      - {type: text, text: 好, fontSize: 60, anchor: top-left, position: [\(x), \(y)], size: [80, 80]}
                """
            return TemplateCheck.diagnostics(try TestTemplate.decode(template), feed: Feed(), world: TestWorld())
                .map(\.code)
        }
        #expect(try found(area.left, area.top).isEmpty)
        #expect(try found(area.left - 2, area.top) == [.outsideSafeArea])
        #expect(try found(area.left, area.top - 2) == [.outsideSafeArea])
        #expect(try found(1080 - max(area.rail, area.right) - 80, 1920 - area.bottom - 80).isEmpty)
        #expect(try found(1080 - area.rail - 78, 1920 - area.bottom - 80) == [.outsideSafeArea])
        #expect(try found(area.left, 1920 - area.bottom - 78) == [.outsideSafeArea])
    }

    @Test func safeAreasAreDataThatIsUnderstood() {
        #expect(SafeArea.all.count == 8 && Set(SafeArea.all.map(\.name)).count == 8)
        let read = SafeArea.parse("# no line\na 1 2 3 4 5 6\nb 1 2 3 4 5\nc 1 2 x 4 5 6\nd 1 2 -3 4 5 6\n\n")
        #expect(read.areas.map(\.name) == ["a"] && read.badLines == [3, 4, 5])
        let strict = SafeArea.named("douyin-strict")
        #expect(strict?.top == 240 && strict?.bottom == 480 && strict?.rail == 180 && strict?.railTop == 880)
    }

    // MARK: - Size in the frame

    @Test func textsMadeSmallByAScaleAreFound() throws {
        #expect(try check(text("你好", at: "[500, 500]", "scale: 0.4")).map(\.code) == [.tooSmall])
        let group =
            "- {type: group, position: [500, 500], size: [400, 200], scale: 0.5, elements: [{type: text, text: 你好, fontSize: 60, position: [200, 100]}]}"
        let found = try check(group)
        #expect(found.map(\.code) == [.tooSmall] && found.first?.frames == 0...59)
        #expect(try check(text("你好", at: "[500, 500]", "scale: 0.7")).isEmpty)
        // One finding for one text.
        #expect(try check("- {type: text, text: 你好, fontSize: 20, position: [500, 500]}").map(\.code) == [.tooSmall])
    }

    // MARK: - Time to read

    @Test func textsThatGoBeforeTheyAreReadAreFound() throws {
        let words = "今天下单的每一位都有小礼物"  // 13 characters: 2.2 s for a quick reader
        let found = try check(text(words, at: "[500, 500]", "start: 0.5s, end: 1.5s"), duration: "4s")
        #expect(found.map(\.code) == [.tooBrief] && found.first?.frames == 15...44)
        #expect(found.first?.message.contains("1 s") == true && found.first?.message.contains("2.2 s") == true)
        #expect(try check(text(words, at: "[500, 500]"), duration: "4s").isEmpty)
        // Time in which it is hardly seen, or rushes by, does not count.
        let fading = "opacity: {keys: [{at: 0s, value: 1}, {at: 1s, value: 1}, {at: 1.2s, value: 0.1}]}"
        #expect(try check(text(words, at: "[500, 500]", fading), duration: "4s").map(\.code) == [.tooBrief])
        let rushing =
            "- {type: text, text: \(words), fontSize: 40, position: {keys: [{at: 0s, value: [300, 500]}, {at: 0.6s, value: [700, 500]}, {at: 1.2s, value: [300, 500]}, {at: 1.8s, value: [700, 500]}, {at: 2.4s, value: [300, 500]}]}}"
        #expect(try check(rushing, duration: "2.4s").map(\.code) == [.tooBrief])
        let drifting =
            "- {type: text, text: \(words), fontSize: 40, position: {keys: [{at: 0s, value: [450, 500]}, {at: 2.4s, value: [550, 500]}]}}"
        #expect(try check(drifting, duration: "2.4s").isEmpty)
    }

    @Test func numbersThatCountAreNotRead() throws {
        let brief = "size: [900, 100], start: 0s, end: 0.4s"
        #expect(
            try check(
                text("{sold}", at: "[500, 500]", brief) + disclosure, header: header, duration: "2s"
            ).isEmpty)
        // Latin letters and figures are read three at a time.
        #expect(try check(text("MADE IN CHINA", at: "[500, 500]", "end: 0.7s")).isEmpty)
        #expect(try check(text("MADE IN CHINA", at: "[500, 500]", "end: 0.5s")).map(\.code) == [.tooBrief])
    }

    // MARK: - Captions and titles

    @Test func aDisclosureSaysWhereTheDataComesFrom() throws {
        let number = "- {type: text, text: \"{sold}\", position: [500, 300], size: [800, 100]}\n"
        let bare = try check(number + disclosure, header: "data: {measures: {sold: orders}}")
        #expect(bare.map(\.code) == [.caption] && bare.first?.severity == .warning)
        #expect(try check(number + disclosure, header: header).isEmpty)
    }

    @Test func titlesOfProductsAreReadByTheCheckOfClaims() throws {
        func found(_ titles: [String], allowing words: [String] = [], elements: String? = nil) throws -> [Diagnostic] {
            let events = titles.enumerated().map { number, title in
                OrderEvent(
                    .paid, order: TestFeed.id(number), at: TestFeed.start.adding(microseconds: Int64(number)),
                    amount: 900, product: title, buyer: "张三丰")
            }
            var options = ResolveOptions()
            options.period = .day
            let wall = elements ?? "- {type: waterfall, position: [500, 350], size: [900, 600], rowHeight: 150}"
            return TemplateCheck.diagnostics(
                try FeedScene.template(wall, header: "data: {source: 订单}"), feed: TestFeed.feed(events),
                world: TestWorld(), options: options, claims: ClaimList.standard.allowing(words))
        }
        #expect(try found(["雪纺连衣裙"]).isEmpty)
        let claims = try found(["顶级面料连衣裙", "顶级羽绒服 13800138000", "杯"])
        #expect(claims.map(\.code) == [.claim] && claims.first?.severity == .warning)
        #expect(claims.first?.message.contains("2 products") == true)
        #expect(try found(["顶级羽绒服 13800138000"]).first?.message.contains("138001") == false)
        #expect(try found(["顶级面料连衣裙"], allowing: ["顶级面料"]).isEmpty)
        // Titles that no element shows make no claim.
        let row = "[{type: text, text: \"{name} {price} {more}\", position: [450, 75], size: [800, 100]}]"
        #expect(
            try found(
                ["顶级面料连衣裙"],
                elements: "- {type: waterfall, position: [500, 350], size: [900, 600], rowHeight: 150, row: \(row)}"
            ).isEmpty)
    }
}
