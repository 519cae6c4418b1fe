import Drawing
import Motion
import Orders
import Testing

/// The one order that a film tells of.
@Suite struct OrderElementTests {
    private static let card = """
        - type: order
          id: slip
          anchor: top-left
          position: [50, 100]
          size: [900, 300]
          row:
            - {type: avatar, position: [60, 60], size: [80, 80]}
            - {type: text, text: "{name} {place} {price} {time}", fontSize: 40, position: [450, 60], size: [700, 80]}
            - {type: text, text: "{product}", fontSize: 40, position: [450, 160], size: [800, 80]}
            - {type: text, text: "{shipped}", fontSize: 40, position: [450, 240], size: [800, 80]}
        - {type: text, text: 已发货, when: shipped, fontSize: 40, position: [500, 600], size: [300, 80]}
        - {type: text, text: 已收到, when: not-shipped, fontSize: 40, position: [500, 600], size: [300, 80]}
        """
    private static let names = ["赵一", "钱二", "孙三", "李四"]

    private static func header(_ number: String) -> String { "data: {offline: true, order: \(number)}" }

    private static func minutes(_ count: Int) -> Instant {
        TestFeed.start.adding(microseconds: Int64(count) * 60_000_000)
    }

    /// Four orders, a minute apart from 00:10 on; the second is refunded.
    private static var orders: [OrderEvent] {
        names.enumerated().map { number, name in
            OrderEvent(
                .paid, order: TestFeed.id(number), row: 0, at: minutes(10 + number), amount: 12_800,
                product: "雪纺连衣裙", province: "浙江省", city: "杭州市", buyer: name)
        } + [OrderEvent(.refunded, order: TestFeed.id(1), at: minutes(20))]
    }

    private static func shipped(_ number: Int, row: Int? = nil, at minute: Int) -> OrderEvent {
        OrderEvent(.shipped, order: TestFeed.id(number), row: row, at: minutes(minute))
    }

    private static func texts(
        _ number: String, _ events: [OrderEvent], now: Instant? = nil, frame: Int = 30
    ) throws -> [String] {
        var options = ResolveOptions()
        options.now = now
        return try FeedScene.resolve(
            FeedScene.template(card, header: header(number)), events, isSession: false, options
        ).displayList(atFrame: frame).content.texts
    }

    @Test("emoji of its product are pictures; what no font has is 〓, and no fault of the template") func glyphs() throws
    {
        let event = OrderEvent(
            .paid, order: TestFeed.id(1), row: 0, at: Self.minutes(1), amount: 100, product: "杯🔥🇨🇳\u{13000}", buyer: "张三"
        )
        let composition = try FeedScene.resolve(
            FeedScene.template(Self.card, header: Self.header("1")), [event], isSession: false)
        let list = composition.displayList(atFrame: 30)
        #expect(list.dump.split(separator: "\n").filter { $0.contains(" image ") }.count == 2)
        #expect(list.content.texts.joined().contains("杯〓"))
        #expect(composition.facts.missingGlyphs == 1)
    }

    @Test func theNumberIsThatOfOrdersThatCount() throws {
        let text = try Self.texts("2", Self.orders).joined(separator: "|")
        // The second was refunded, and one order of a city is too few to name it.
        for word in ["孙**", "浙江", "¥128.00", "11月11日 00:12", "雪纺连衣裙"] { #expect(text.contains(word), "\(text)") }
        for word in ["钱", "三", "杭州"] { #expect(!text.contains(word), "\(text)") }
        #expect(try Self.texts("1", Self.orders).joined().contains("赵**"))
        // The card does not age, and is there before the clock has come to its order.
        #expect(try Self.texts("3", Self.orders, frame: 0) == Self.texts("3", Self.orders, frame: 170))
    }

    @Test(arguments: ["4", "888"]) func aNumberThatTheDataLacksIsAnError(number: String) throws {
        let error = try #require(throws: MotionError.self) { try Self.texts(number, Self.orders) }
        let problem = try #require(error.diagnostics.first { $0.code == .noOrders })
        #expect(problem.description.contains("order \(number)"))
        #expect(problem.description.contains("from 1 to 3"))
        #expect(problem.description.contains("data.order"))
    }

    @Test func onlyWhatTheDataSaysIsShipped() throws {
        #expect(try Self.texts("2", Self.orders).contains("已收到"))
        let later = Self.orders + [Self.shipped(2, at: 90)]
        let texts = try Self.texts("2", later)
        #expect(texts.contains("已发货") && !texts.contains("已收到"))
        #expect(texts.contains { $0.contains("11月11日 01:30") })
        // Another's parcel is not this one's; nor is a parcel that left after "now".
        #expect(try Self.texts("3", later).contains("已收到"))
        #expect(try Self.texts("2", later, now: Self.minutes(80)).contains("已收到"))
    }

    /// With several rows all that are left must have been shipped.
    @Test func anOrderIsShippedWithItsLastRow() throws {
        let second = OrderEvent(.paid, order: TestFeed.id(2), row: 1, at: Self.minutes(12), amount: 100)
        let part = (Self.orders + [second, Self.shipped(2, row: 0, at: 90)]).sorted { $0.at < $1.at }
        #expect(try Self.texts("2", part).contains("已收到"))
        let whole = try Self.texts("2", part + [Self.shipped(2, row: 1, at: 95)])
        #expect(whole.contains("已发货") && whole.contains { $0.contains("01:35") })
        let refunded = OrderEvent(.refunded, order: TestFeed.id(2), row: 1, at: Self.minutes(95))
        #expect(try Self.texts("2", part + [refunded]).contains("已发货"))
    }

    @Test func itNeedsAnOrderARowAndToLookAhead() throws {
        func codes(_ scene: String, _ header: String) -> [Diagnostic.Code] {
            do {
                _ = try FeedScene.resolve(FeedScene.template(scene, header: header), Self.orders, isSession: false)
                return []
            } catch { return (error as? MotionError)?.diagnostics.map(\.code) ?? [] }
        }
        #expect(codes(Self.card, "").contains(.missingKey))
        #expect(codes(Self.card, "data: {order: 1}").contains(.lookAhead))
        #expect(
            codes(Self.card, Self.header("1.5")).contains(.type) || codes(Self.card, Self.header("0")).contains(.range))
        #expect(codes("- {type: order, size: [10, 10]}", Self.header("1")).contains(.missingKey))
        #expect(codes("- {type: order, row: []}", Self.header("1")).contains(.missingKey))
        let aged = "- {type: order, size: [900, 90], row: [{type: text, text: \"{ago}\", size: [90, 80]}]}"
        #expect(codes(aged, Self.header("1")).contains(.unknownName))
        let nested = "- {type: order, size: [900, 90], row: [{type: order, size: [9, 9], row: []}]}"
        #expect(codes(nested, Self.header("1")).contains(.type))
        #expect(codes(Self.card, Self.header("1")).isEmpty)
    }
}
