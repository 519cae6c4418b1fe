import Drawing
import Motion
import Orders
import Testing

@Suite struct CheckTests {
    private func check(_ elements: String, header: String = "data: {source: 本店, measures: {sold: orders}}") throws
        -> [Diagnostic]
    {
        var options = ResolveOptions()
        options.period = .day
        return TemplateCheck.diagnostics(
            try TestTemplate.decode(TestTemplate.scene(elements, header: header)),
            feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(), options: options)
    }

    private func codes(_ elements: String) throws -> [Diagnostic.Code] { try check(elements).map(\.code) }

    private let disclosure = "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34}\n"

    @Test func theTemplateOfTheTestsIsClean() throws {
        var options = ResolveOptions()
        options.period = .day
        for size in [PixelSize(width: 1080, height: 1920), PixelSize(width: 1080, height: 1080)] {
            options.size = size
            let found = TemplateCheck.diagnostics(
                try TestTemplate.threeBeats(), feed: TestFeed.feed(TestFeed.day(orders: 400)), world: TestWorld(),
                options: options)
            #expect(found.isEmpty, "\(size): \(found.map(\.description))")
        }
    }

    @Test func numbersNeedADisclosure() throws {
        let bare = "- {type: text, text: \"{sold}\", position: [500, 500], size: [800, 100]}\n"
        #expect(try codes(bare) == [.disclosure])
        #expect(try codes(bare + disclosure).isEmpty)
        #expect(throws: MotionError.self) {
            try Composition.resolve(
                TestTemplate.decode(TestTemplate.scene(bare, header: "data: {source: 订单, measures: {sold: orders}}")),
                feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld())
        }
        let small = "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 20}\n"
        #expect(try codes(bare + small).contains(.disclosure))
        let outside = "- {type: disclosure, position: [500, 2000], size: [960, 160], fontSize: 34}\n"
        #expect(try codes(bare + outside) == [.disclosure])
        let cramped = "- {type: disclosure, position: [500, 900], size: [300, 40], fontSize: 34}\n"
        #expect(try codes(bare + cramped).contains(.disclosure))
        let hidden = "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34, visible: false}\n"
        #expect(try codes(bare + hidden) == [.disclosure])
        let invisible = "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34, opacity: 0}\n"
        #expect(try codes(bare + invisible) == [.disclosure])
    }

    @Test func aDisclosureThatFlashesIsNone() throws {
        let bare = "- {type: text, text: \"{sold}\", position: [500, 500], size: [800, 100]}\n"
        let keys = "keys: [{at: 0s, value: 1}, {at: 0.4s, value: 1}, {at: 0.5s, value: 0}]"
        let flashing =
            "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34, opacity: {\(keys)}}\n"
        #expect(try codes(bare + flashing) == [.disclosure])
        let pale = "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34, opacity: 0.1}\n"
        #expect(try codes(bare + pale) == [.disclosure])
        let late =
            "- {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34, enter: {preset: fade, delay: 0.4s}}"
        #expect(try codes(bare + late).isEmpty)
    }

    @Test(arguments: [
        "color: \"#ffffff20\"", "scale: 0.05", "size: [960, 160], opacity: {keys: [{at: 0s, value: 0.3}]}",
    ])
    func aDisclosureThatCannotBeReadIsNone(keys: String) throws {
        let bare = "- {type: text, text: \"{sold}\", position: [500, 500], size: [800, 100]}\n"
        let size = keys.hasPrefix("size") ? "" : "size: [960, 160], "
        let faint = "- {type: disclosure, position: [500, 900], \(size)fontSize: 34, \(keys)}\n"
        #expect(try codes(bare + faint) == [.disclosure])
    }

    @Test func whatLiesOverTheDisclosureIsNoticed() throws {
        let bare = "- {type: text, text: \"{sold}\", position: [500, 500], size: [800, 100]}\n"
        func plate(_ color: String, y: Int = 900) -> String {
            "- {type: shape, shape: rect, fill: \"\(color)\", position: [500, \(y)], size: [960, 160]}\n"
        }
        #expect(try codes(bare + disclosure + plate("#202020")) == [.disclosure])
        #expect(try codes(bare + disclosure + plate("#20202010")).isEmpty)
        #expect(try codes(bare + disclosure + plate("#202020", y: 200)).isEmpty)
        #expect(try codes(bare + plate("#202020") + disclosure).isEmpty)
    }

    /// A countdown that has nothing to do with the period promises what is not so.
    @Test(arguments: [("2026-11-10 20:00:00", true), ("2028-11-10 20:00:00", true), ("2026-11-12 20:00:00", false)])
    func aCountdownToAnotherSaleIsAnError(end: String, isWrong: Bool) throws {
        let scene =
            "- {type: countdown, until: \"\(end)\", position: [500, 500], size: [600, 120]}\n"
            + "- {type: text, text: \"\(end)\", fontSize: 40, position: [500, 700]}\n"
        #expect(try codes(scene).contains(.period) == isWrong)
    }

    @Test func theSaleEndsWhenSomebodySaysSo() throws {
        let scene = """
            - {type: countdown, until: sale.end, when: sale-end, position: [500, 500], size: [600, 120]}
            - {type: text, text: "{saleEnd}", when: sale-end, fontSize: 40, position: [500, 700], size: [600, 80]}
            - {type: text, text: 没有截止, when: no-sale-end, fontSize: 40, position: [500, 700]}
            """
        func words(_ header: String, period: Period? = nil) throws -> String {
            var options = ResolveOptions()
            options.period = period
            return try Composition.resolve(
                TestTemplate.decode(TestTemplate.scene(scene, header: header)),
                feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(), options: options
            ).displayList(atFrame: 10).dump
        }
        #expect(try words("data: {saleEnd: period.end}", period: .day).contains("24:00"))
        #expect(try words("data: {saleEnd: \"2026-11-12 20:00\"}").contains("11月12日20:00"))
        // The end of the data is not the end of a sale.
        #expect(try words("data: {saleEnd: period.end}").contains("没有截止"))
        #expect(try words("").contains("没有截止"))
    }

    @Test func theMarkOfMadeUpDataLiesInTheFrame() throws {
        var feed = TestFeed.feed(TestFeed.day(orders: 10))
        feed.isSynthetic = true
        for (place, isSeen) in [("[5000, 5000]", false), ("[-10, 40]", false), ("[700, 40]", true)] {
            let template = try TestTemplate.decode(
                TestTemplate.scene(
                    "- {type: text, text: 好, fontSize: 60, position: [500, 500]}", header: "demoMark: \(place)"))
            let found = TemplateCheck.diagnostics(template, feed: feed, world: TestWorld())
            #expect(found.filter { $0.severity == .error }.map(\.code) == (isSeen ? [] : [.disclosure]), "\(place)")
        }
    }

    @Test func aSaleNeedsAnOrderThatCounts() throws {
        let scene = "- {type: text, text: \"{sold}\", position: [500, 500], size: [800, 100]}\n" + disclosure
        let id = TestFeed.id(1)
        let gift = OrderEvent(.paid, order: id, at: TestFeed.start, amount: 0, isGift: true)
        let paid = OrderEvent(.paid, order: id, at: TestFeed.start, amount: 900)
        let refund = OrderEvent(.refunded, order: id, at: TestFeed.start.adding(microseconds: 9))
        for (events, counts) in [([gift], false), ([paid, refund], false), ([paid], true)] {
            let found = TemplateCheck.diagnostics(
                try TestTemplate.decode(
                    TestTemplate.scene(scene, header: "data: {source: 订单, measures: {sold: orders}}")),
                feed: TestFeed.feed(events), world: TestWorld())
            #expect(found.map(\.code) == (counts ? [] : [.noOrders]))
        }
    }

    @Test func aCountdownSaysToWhenAllTheTime() throws {
        let countdown =
            "- {type: countdown, until: \"2026-11-12 00:00:00\", position: [500, 500], size: [600, 120]}\n"
        func end(_ keys: String) -> String {
            "- {type: text, text: 11月11日 24:00 截止, fontSize: 40, position: [500, 700]\(keys)}\n"
        }
        #expect(try check(countdown).map(\.code) == [.disclosure])
        #expect(try check(countdown).first?.severity == .error)
        #expect(try codes(countdown + end("")).isEmpty)
        #expect(try codes(countdown + end(", opacity: 0.2")) == [.disclosure])
        #expect(try codes(countdown + end(", visible: false")) == [.disclosure])
        #expect(try codes("- {type: countdown, span: 1s, position: [500, 500], size: [600, 120]}").isEmpty)
        #expect(throws: MotionError.self) {
            try Composition.resolve(
                TestTemplate.decode(TestTemplate.scene(countdown)), feed: TestFeed.feed(TestFeed.day(orders: 10)),
                world: TestWorld())
        }
    }

    @Test(arguments: [("刚刚卖出", true), ("Live 战报", true), ("一共卖出", false)])
    func wordsOfThePresentMakeAFileAReplay(text: String, isReplay: Bool) throws {
        let scene = "- {type: text, text: \"\(text) {sold}\", position: [500, 500], size: [800, 100]}\n"
        func resolve(_ elements: String, isLive: Bool = false) throws -> Composition {
            var options = ResolveOptions()
            options.period = .day
            options.isLive = isLive
            return try Composition.resolve(
                TestTemplate.decode(
                    TestTemplate.scene(elements, header: "data: {measures: {sold: {of: orders, counting: as-seen}}}")),
                feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(), options: options)
        }
        let file = try resolve(scene + disclosure)
        #expect(file.facts.isReplay == isReplay)
        #expect(file.displayList(atFrame: 30).dump.contains("历史订单回放，非实时") == isReplay)
        #expect(try !resolve(scene + disclosure, isLive: true).facts.isReplay)
    }

    @Test func everySceneThatSpeaksOfThePresentSaysThatItIsAReplay() throws {
        let template = """
            fanpai: 1
            layouts: {main: {size: [1000, 1000]}}
            data: {source: 本店, measures: {sold: orders}}
            scenes:
              - id: words
                duration: 2s
                elements:
                  - {type: text, text: 正在抢, fontSize: 60, position: [500, 500]}
              - id: numbers
                duration: 2s
                elements:
                  - {type: text, text: "{sold}", position: [500, 500], size: [800, 100]}
                  - {type: disclosure, position: [500, 900], size: [960, 160], fontSize: 34}
            """
        var options = ResolveOptions()
        options.period = .day
        let found = TemplateCheck.diagnostics(
            try TestTemplate.decode(template), feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(),
            options: options)
        #expect(found.map(\.code) == [.disclosure])
        #expect(found.first?.message.contains("正在抢") == true)
    }

    @Test func textsAreChecked() throws {
        #expect(try codes("- {type: text, text: 你好, fontSize: 20, position: [500, 500]}") == [.tooSmall])
        #expect(
            try codes(
                "- {type: text, text: 这一段很长的文字放不下, fontSize: 60, minFontSize: 50, maxLines: 1, position: [500, 500], size: [200, 70]}"
            ) == [.overflow])
        #expect(try codes("- {type: text, text: 全网第一, fontSize: 60, position: [500, 500]}") == [.claim])
        #expect(try codes("- {type: text, text: 第一步, fontSize: 60, position: [500, 500]}").isEmpty)
        #expect(try codes("- {type: text, text: 你好, font: Comic Sans, position: [500, 500]}") == [.font])
        #expect(try codes("- {type: text, text: \"\\U00013000\", fontSize: 60, position: [500, 500]}") == [.glyph])
    }

    /// What is found of a text names the frames in which the text is there: 2 s are frames 0 to 59.
    @Test func findingsOfTextsHaveFrames() throws {
        func frames(_ keys: String, group: String? = nil) throws -> [ClosedRange<Int>?] {
            let size = keys.contains("fontSize:") ? "" : "fontSize: 60, "
            let text = "{type: text, \(size)position: \(group == nil ? "[500, 500]" : "[0, 0]"), \(keys)}"
            let element =
                group.map { "- {type: group, position: [500, 500], \($0), elements: [\(text)]}" } ?? "- \(text)"
            let found = try check(element)
            #expect(found.count == 1, "\(found.map(\.description))")
            return found.map(\.frames)
        }
        #expect(try frames("text: 全网第一") == [0...59])
        #expect(try frames("text: 全网第一, start: 0.5s, end: 1.5s, enter: {preset: fade}") == [15...44])
        #expect(try frames("text: 全网第一, end: 1.5s", group: "start: 0.5s") == [15...44])
        #expect(try frames("text: 今天, fontSize: 20, start: 1s") == [30...59])
        #expect(
            try frames("text: 这一段很长的文字放不下, minFontSize: 50, maxLines: 1, size: [200, 70], end: 1.9s") == [0...56])
    }

    @Test func placesAreChecked() throws {
        #expect(try codes("- {type: text, text: 你好, fontSize: 60, position: [990, 500]}") == [.outsideFrame])
        #expect(try check("- {type: text, text: 你好, fontSize: 60, position: [5000, 500]}").first?.severity == .error)
        // What only passes on its way in is not outside.
        #expect(
            try codes(
                "- {type: text, text: 你好, fontSize: 60, position: [500, 500], enter: {preset: slide, distance: 2000}}"
            ).isEmpty)
    }

    @Test func aPeriodWithoutOrdersIsAnError() throws {
        var options = ResolveOptions()
        options.period = try Period("2025-01-01..2025-01-01")
        let template = try TestTemplate.threeBeats()
        do {
            _ = try Composition.resolve(
                template, feed: TestFeed.feed(TestFeed.day(orders: 10)), world: TestWorld(), options: options)
            Issue.record("a period without orders was taken")
        } catch {
            #expect(error.diagnostics.map(\.code) == [.noOrders] && error.kind.exitCode == 65)
        }
        do {
            _ = try Composition.resolve(template, feed: Feed(), world: TestWorld())
            Issue.record("an empty feed was taken")
        } catch {
            #expect(error.diagnostics.map(\.code) == [.noOrders])
        }
    }

    @Test func syntheticDataIsMarked() throws {
        let template = try TestTemplate.threeBeats()
        var feed = TestFeed.feed(TestFeed.day(orders: 10))
        var options = ResolveOptions()
        options.period = .day
        let plain = try Composition.resolve(template, feed: feed, world: TestWorld(), options: options)
        #expect(!plain.displayList(atFrame: 10).dump.contains("演示数据"))
        feed.isSynthetic = true
        let marked = try Composition.resolve(template, feed: feed, world: TestWorld(), options: options)
        for frame in [0, 65, 100, 239] { #expect(marked.displayList(atFrame: frame).dump.contains("演示数据")) }
        #expect(marked.facts.isDemo)
    }

    @Test func picturesAreFoundOrNamed() throws {
        #expect(try codes("- {type: image, image: a.png, position: [500, 500], size: [200, 200], radius: 20}").isEmpty)
        #expect(try codes("- {type: image, image: a.txt, position: [500, 500], size: [200, 200]}") == [.file])
    }

    @Test func liveRefusesToLookAhead() throws {
        let template = try TestTemplate.decode(
            TestTemplate.scene(
                "- {type: text, text: x}",
                header: "data: {offline: true, measures: {sold: {of: orders, counting: net}}}"))
        #expect(template.isOffline)
        var options = ResolveOptions()
        options.isLive = true
        do {
            _ = try Composition.resolve(
                template, feed: TestFeed.feed([], session: Session(start: TestFeed.start, rateNumerator: 30)),
                world: TestWorld(), options: options)
            Issue.record("live took a template that looks ahead")
        } catch {
            #expect(error.diagnostics.map(\.code) == [.lookAhead, .lookAhead])
        }
    }
}
