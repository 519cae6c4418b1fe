internal import Drawing
package import Orders

/// What may be shown of an order: a masked name, a place as far as it may be named, product, price and age, and for manifests its trace code. Nothing else of it leaves the feed.
package struct OrderLine: Hashable, Sendable {
    /// All but the age: what caches know a drawing by. One object, because rows are copied often.
    package final class Face: Hashable, Sendable {
        /// `张**`, or 顾客.
        package let name: String
        /// 浙江杭州, or empty.
        package let place: String
        /// The title as the shop wrote it, on one line, or empty.
        package let product: String
        /// What the row costs, in fen.
        package let amount: Int64
        package let quantity: Int
        /// A stable hash of the trace code, never of the name: for colours.
        package let shade: UInt64
        /// The order's trace code: which order that is, for whoever has the key.
        package let trace: String

        fileprivate init(
            name: String, place: String, product: String, amount: Int64, quantity: Int, shade: UInt64, trace: String
        ) {
            (self.name, self.place, self.product) = (name, place, product)
            (self.amount, self.quantity, self.shade) = (amount, quantity, shade)
            self.trace = trace
        }

        package static func == (a: Face, b: Face) -> Bool {
            a === b
                || a.shade == b.shade && a.amount == b.amount && a.quantity == b.quantity && a.name == b.name
                    && a.place == b.place && a.product == b.product
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(shade)
            hasher.combine(amount)
            hasher.combine(product)
        }

        /// The first letter of the surname, or 客.
        package var initial: String { name == OrderLine.nobody ? "客" : String(name.prefix(1)) }

        /// `¥1,299.00`.
        package var price: String { ChineseNumber.yuan(fen: amount).text }
    }

    fileprivate static let nobody = "顾客"

    package let face: Face
    /// When it was paid.
    package let at: Instant

    package init(
        name: String?, place: String, product: String?, amount: Int64, quantity: Int, at: Instant, trace: String
    ) {
        face = Face(
            // A second mask, so that not even a mistake elsewhere can put a name on screen.
            name: name.flatMap { NameMask.masked($0) } ?? Self.nobody, place: place,
            product: String((product ?? "").map { $0.isNewline || $0 == "\t" ? " " : $0 }.prefix(120)),
            amount: amount, quantity: quantity, shade: LayerID(trace).value, trace: trace)
        self.at = at
    }

    /// An order as wide as most, for measuring and for checks.
    package static let sample = sample(product: "商品名称")
    /// The same with as long a title as shops write.
    static let longSample = sample(product: String(repeating: "商品名称", count: 12))

    private static func sample(product: String) -> OrderLine {
        OrderLine(
            name: "欧阳**", place: "广东深圳", product: product, amount: 129_900, quantity: 1,
            at: Instant(microseconds: 0), trace: "SAMPLE")
    }
}

/// An order as a moment shows it.
package struct ShownOrder: Sendable {
    package let line: OrderLine
    /// How long ago it was paid, in words.
    package let ago: String
    /// How many orders are shown with it by number only, in the template's words; empty for none.
    package let more: String
    /// When it was shipped, in words; empty for not yet, and where that is not shown.
    package let shipped: String

    package init(line: OrderLine, ago: String, more: String, shipped: String = "") {
        (self.line, self.ago, self.more, self.shipped) = (line, ago, more, shipped)
    }

    /// `11月11日 20:03`.
    static func moment(_ instant: Instant) -> String {
        TextTemplate.InstantFormat.shortDate.text(instant) + " " + TextTemplate.InstantFormat.time.text(instant)
    }

    /// What a word of a row stands for.
    func text(_ word: TextTemplate.OrderWord) -> String {
        switch word {
        case .name: line.face.name
        case .place: line.face.place
        case .product: line.face.product
        case .price: line.face.price
        case .quantity: String(line.face.quantity)
        case .initial: line.face.initial
        case .ago: ago
        case .more: more
        case .count: ""
        case .time: Self.moment(line.at)
        case .shipped: shipped
        }
    }
}

/// An order that arrived, at its exact place in the video.
package struct FeedArrival: Hashable, Sendable {
    /// The first tick at which it is visible.
    package let tick: Int64
    /// True when it was there before the first frame.
    package let isHistory: Bool
    let arrival: OrderArrivals.Arrival

    package var amount: Int64 { arrival.amount }
}

/// Orders that arrived together with what is needed to say something about them.
package struct FeedArrivals: Sendable {
    /// In order of their ticks.
    package let list: ContiguousArray<FeedArrival>
    private let orders: OrderArrivals
    private let feed: Feed

    init(_ list: ContiguousArray<FeedArrival>, orders: OrderArrivals, feed: Feed) {
        (self.list, self.orders, self.feed) = (list, orders, feed)
    }

    /// Titles of products, each once, in the order of its first order. Costs a look at every order.
    package var productTitles: [String] {
        var known: Set<String> = []
        return list.compactMap { arrival in
            feed[arrival.arrival.event].product.flatMap { known.insert($0).inserted ? $0 : nil }
        }
    }

    /// What may be shown of one.
    package func line(of arrival: FeedArrival) -> OrderLine {
        let event = feed[arrival.arrival.event]
        let place = orders.place(of: arrival.arrival, in: feed)
        return OrderLine(
            name: event.buyer, place: place.map { $0.province + ($0.city ?? "") } ?? "",
            product: event.product, amount: event.amount, quantity: event.quantity, at: event.at,
            trace: event.order?.traceCode ?? "")
    }
}

extension FeedArrivals {
    /// What is left to ship of an order, with what happened after `now` left out.
    func rows(of arrival: FeedArrival, by now: Instant?) -> ToldRows {
        let order = feed[arrival.arrival.event].order
        var rows = ToldRows(order: order, by: now)
        for index in arrival.arrival.event..<feed.count {
            let kind = feed.time(at: index).kind
            guard kind != .stock, kind != .completed else { continue }
            rows.take(feed[index])
        }
        return rows
    }
}

/// The orders of a composition as they arrive: a fold over its feed, kept for the next append.
package struct FeedRows: Sendable {
    private var orders: OrderArrivals
    private var last = Int64.min
    /// Whether an order has arrived after the first frame: whatever comes late then is no history any more.
    private var hasBegun = false

    package init(period: Period?, counting: Counting) { orders = OrderArrivals(period: period, counting: counting) }

    /// What becomes of refunded orders.
    package var counting: Counting { orders.counting }

    /// The orders that arrived since the last call. Cost: the feed's new events.
    package mutating func append(from feed: Feed, clock: FeedClock) -> FeedArrivals {
        var list: ContiguousArray<FeedArrival> = []
        var (last, hasBegun) = (last, hasBegun)
        let start = clock.instant(at: .zero)
        orders.append(from: feed) { arrival in
            // Never before the one that was seen before it: what was shown stays as it was.
            let tick = max(last, clock.tick(of: arrival.at, seen: arrival.seen))
            let isHistory = !hasBegun && (tick < 0 || arrival.seen == nil && arrival.at < start)
            if !isHistory { hasBegun = true }
            last = tick
            list.append(FeedArrival(tick: tick, isHistory: isHistory, arrival: arrival))
        }
        (self.last, self.hasBegun) = (last, hasBegun)
        return FeedArrivals(list, orders: orders, feed: feed)
    }
}
