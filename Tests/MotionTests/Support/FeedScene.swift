import Drawing
import Motion
import Orders

/// Feeds with buyers, places and products, and templates that show them one by one.
enum FeedScene {
    static let session = Session(start: TestFeed.start, rateNumerator: 30)
    static let products = [
        "雪纺连衣裙, 收腰显瘦", "手冲咖啡豆 云南小粒 227g", "【双11爆款】加厚法兰绒毛毯 180×200 双面加绒冬季保暖", "人体工学椅 旗舰款", "杯",
        "便携榨汁杯 350ml USB-C", "空气炸锅 5L 可视", "轻薄羽绒服 90白鸭绒 男女同款 立领短款 秋冬新品 多色可选 送运费险",
    ]
    static let buyers = ["张三丰", "欧阳修", "李*", "John Smith", "阿依古丽·买买提", nil]
    static let places = [("浙江省", "杭州市"), ("广东省", "深圳市"), ("北京市", "北京市"), ("内蒙古自治区", "呼和浩特市")]

    static func order(_ number: Int, frame: Int?, at: Instant, using random: inout SeededGenerator) -> OrderEvent {
        let place = places[Int.random(in: 0..<places.count, using: &random)]
        return OrderEvent(
            .paid, order: TestFeed.id(number), at: at, seen: frame,
            amount: Int64.random(in: 100...199_900, using: &random),
            product: products[Int.random(in: 0..<products.count, using: &random)], province: place.0, city: place.1,
            buyer: buyers[Int.random(in: 0..<buyers.count, using: &random)] ?? nil)
    }

    /// Orders of a session in bursts: about `perSecond` of them, some refunded, at 30 frames a second.
    static func session(seconds: Double, perSecond: Double, seed: UInt64) -> [OrderEvent] {
        var random = SeededGenerator(seed: seed)
        let count = max(1, Int(seconds * perSecond))
        let frames = (0..<count).map { _ in
            // Two thirds at any time, the rest together.
            Int.random(in: 0..<3, using: &random) > 0
                ? Int.random(in: 0..<Int(seconds * 30), using: &random) : Int(seconds * 11)
        }.sorted()
        var events: [OrderEvent] = []
        for (number, frame) in frames.enumerated() {
            let at = TestFeed.start.adding(microseconds: Int64(frame) * 33_333)
            events.append(order(number, frame: frame, at: at, using: &random))
            if number > 4, Int.random(in: 0..<8, using: &random) == 0 {
                events.append(
                    OrderEvent(
                        .refunded, order: TestFeed.id(Int.random(in: 0..<number, using: &random)), at: at, seen: frame))
            }
        }
        return events
    }

    static let disclosure =
        "- {type: disclosure, position: [500, 900], size: [960, 190], fontSize: 34, id: disclosure}"

    static func template(_ elements: String, header: String = "", duration: String = "6s") throws -> Template {
        try TestTemplate.decode(TestTemplate.scene(elements + "\n" + disclosure, header: header, duration: duration))
    }

    static func resolve(
        _ template: Template, _ events: some Sequence<OrderEvent>, isSession: Bool = true,
        _ options: ResolveOptions = ResolveOptions()
    ) throws -> Composition {
        try Composition.resolve(
            template, feed: TestFeed.feed(events, session: isSession ? session : nil), world: TestWorld(),
            options: options)
    }
}

extension Composition {
    /// The schedules of all elements that show orders.
    var schedules: [FeedSchedule] {
        resolvedScenes.flatMap { scene in
            scene.elements.compactMap { element in
                switch element.element {
                case .waterfall(let content): content.schedule
                case .popups(let content): content.schedule
                default: nil
                }
            }
        }
    }

    func digests(every step: Int = 1) -> [Digest] {
        stride(from: 0, to: frameCount, by: step).map { displayList(atFrame: $0).digest }
    }
}

extension LayerContent {
    /// Every layer inside, at any depth, with its content's upper left corner on the canvas; moves only.
    func layers(at origin: Point = .zero) -> [(layer: Layer, origin: Point)] {
        nodes.flatMap { node -> [(layer: Layer, origin: Point)] in
            guard case .layer(let layer) = node else { return [] }
            let place = Point(x: origin.x + layer.matrix.m13, y: origin.y + layer.matrix.m23)
            return [(layer, place)] + layer.content.layers(at: place)
        }
    }

    /// All that is written, in order.
    var texts: [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .glyphs(let glyphs): [glyphs.run.text]
            case .layer(let layer): layer.content.texts
            default: []
            }
        }
    }
}
