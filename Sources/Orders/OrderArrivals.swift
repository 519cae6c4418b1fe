/// Orders as they arrive: each order once, at its first row that counts; a left fold over a feed, like ``MeasureSeries``.
///
/// ```swift
/// var arrivals = OrderArrivals(period: day, counting: .asSeen)
/// arrivals.append(from: feed) { arrival in print(arrivals.place(of: arrival, in: feed)) }
/// ```
///
/// An order that is refunded later has arrived all the same, except with `net`, where an order that is known to be refunded or closed never
/// arrives. Gifts, and rows out of the period, do not make an order arrive.
public struct OrderArrivals: Sendable {
    /// An order that arrived.
    public struct Arrival: Hashable, Sendable {
        /// Its event in the feed.
        public let event: Int
        /// When it was paid in the shop.
        public let at: Instant
        /// The session frame at which it became visible, or nil.
        public let seen: Int?
        /// What the row costs, in fen.
        public let amount: Int64
    }

    /// The period whose payments count; nil for all.
    public let period: Period?
    /// What becomes of refunded orders.
    public let counting: Counting
    /// How many orders have arrived.
    public private(set) var count = 0

    private var consumed = 0
    private var horizon: Int?
    private var places: PlacePolicy
    /// A bit an order: whether it has arrived.
    private var arrived = ChunkedArray<UInt64>()

    /// Nothing has arrived yet.
    public init(period: Period? = nil, counting: Counting) {
        (self.period, self.counting) = (period, counting)
        places = PlacePolicy(period: period)
    }

    /// Takes in the events that the feed gained since the last call, and hands over the orders that arrived with them.
    ///
    /// The feed must be the one that was folded before, grown by appends only. Cost: the new events; nothing is copied.
    public mutating func append(from feed: borrowing Feed, each: (Arrival) -> Void) {
        precondition(consumed <= feed.events.count, "the feed is not the one these arrivals were folded from")
        places.append(from: feed)
        if horizon == nil { horizon = feed.events.count }
        while consumed < feed.events.count {
            let index = consumed
            consumed += 1
            let event = feed.events[index]
            guard event.kind == .paid, !event.isGift, event.order != PackedEvent.none, !hasArrived(event.order),
                feed.tally(
                    upTo: UInt32(truncatingIfNeeded: index), period: period, counting: counting,
                    horizon: horizon ?? 0
                ).orders > 0
            else { continue }
            mark(event.order)
            count += 1
            each(
                Arrival(
                    event: index, at: Instant(microseconds: event.at), seen: event.seen < 0 ? nil : Int(event.seen),
                    amount: event.amount))
        }
    }

    /// The place of an order as it may be shown: the city only where enough orders went before.
    public func place(of arrival: Arrival, in feed: Feed) -> Place? {
        places.displayPlace(ofEvent: arrival.event, in: feed)
    }

    private func hasArrived(_ order: UInt32) -> Bool {
        let word = Int(order >> 6)
        return word < arrived.count && arrived[word] >> UInt64(order & 63) & 1 == 1
    }

    private mutating func mark(_ order: UInt32) {
        let word = Int(order >> 6)
        while arrived.count <= word { arrived.append(0) }
        arrived.replace(at: word, with: arrived[word] | 1 << UInt64(order & 63))
    }
}
