/// Order events in the order in which they became visible: the one row of truth for every count.
///
/// A feed only grows. Appending costs constant time and copies nothing at any size, as long as one owner holds the feed; a copy
/// shares storage, and the next append then copies a few kilobytes once. A million paid, shipped and completed orders take about
/// 200 MB.
///
/// The order of events is their visible order: a decoder sorts files by `at`, a session appends as it sees. An event that is
/// appended late with an earlier `at` stays where it was appended; counts that ask for a period go by its `at`, and it becomes visible
/// no earlier than the event before it.
public struct Feed: Sendable {
    var events = ChunkedArray<PackedEvent>()
    var orders = OrderTable()
    var products = Interner<String>()
    var places = Interner<Place>()
    var buyers = Interner<String>()

    /// The session that recorded these events, if one did.
    public var session: Session?
    /// Whether any of the data is made up; it is then marked on every frame.
    public var isSynthetic = false
    /// Whether the data tells refunded orders from others; disclosures claim nothing that is not known.
    public var knowsRefunds = true
    /// Whether the data tells closed and cancelled orders from others.
    public var knowsClosures = true
    /// When the shop wrote the export, if the file says so.
    public var exportedAt: Instant?
    /// How many events carry a session frame.
    public private(set) var seenCount = 0
    /// The latest `at` of all events.
    public private(set) var lastInstant: Instant?

    /// The most events a feed holds: more would let sums of money overflow.
    public static let eventLimit = 1 << 28
    /// The most events of one order.
    public static let eventsPerOrderLimit = 2048

    /// An empty feed.
    public init() {}

    /// Number of events.
    public var count: Int { events.count }

    /// Whether the feed has no event.
    public var isEmpty: Bool { events.isEmpty }

    /// Number of different orders.
    public var orderCount: Int { orders.count }

    /// The event at a position in visible order.
    public subscript(index: Int) -> OrderEvent {
        let packed = events[index]
        var event = OrderEvent(packed.kind, order: nil, at: Instant(microseconds: packed.at))
        event.order = packed.order == PackedEvent.none ? nil : orders.id(of: packed.order)
        event.row = packed.row == PackedEvent.allRows ? nil : Int(packed.row)
        event.seen = packed.seen < 0 ? nil : Int(packed.seen)
        if packed.kind == .stock {
            event.stockLeft = Int(packed.amount)
        } else {
            event.amount = packed.amount
        }
        event.isOrderAmount = packed.isOrderAmount
        event.quantity = Int(packed.quantity)
        event.product = products[packed.product]
        event.place = places[packed.place]
        event.buyer = buyers[packed.buyer]
        event.channel = packed.channel
        event.isGift = packed.isGift
        return event
    }

    /// The kind, shop time and session frame of an event, cheaper than the whole event.
    public func time(at index: Int) -> (kind: OrderEvent.Kind, at: Instant, seen: Int?) {
        let packed = events[index]
        return (packed.kind, Instant(microseconds: packed.at), packed.seen < 0 ? nil : Int(packed.seen))
    }

    /// Appends one event in place, in amortised constant time.
    ///
    /// False, and nothing changes, when the event breaks a limit: a row, amount, quantity, stock or frame out of its range, no order id
    /// (or one on a stock event), or an order or feed with too many events. A repeated event is kept and counts once.
    @discardableResult
    public mutating func append(_ event: OrderEvent) -> Bool {
        guard let packed = pack(event) else { return false }
        return append(packed)
    }

    /// Appends an event whose texts and order are numbers of this feed.
    @discardableResult
    mutating func append(_ event: PackedEvent) -> Bool {
        guard events.count < Feed.eventLimit else { return false }
        var event = event
        if event.order != PackedEvent.none {
            guard orders.eventCount(of: event.order) < Feed.eventsPerOrderLimit else { return false }
            event.previous = orders.newestEvent(of: event.order)
            orders.link(event: UInt32(truncatingIfNeeded: events.count), to: event.order)
        }
        if event.seen >= 0 { seenCount += 1 }
        if event.at > (lastInstant?.microseconds ?? .min) { lastInstant = Instant(microseconds: event.at) }
        events.append(event)
        return true
    }

    /// An event with its texts and order as numbers of this feed; nil when it breaks a limit.
    mutating func pack(_ event: OrderEvent) -> PackedEvent? {
        let rows = 0..<OrderEvent.rowLimit
        guard (event.kind == .stock) == (event.order == nil), event.row.map(rows.contains) ?? true,
            (0...OrderEvent.amountLimit).contains(event.amount),
            (0...OrderEvent.quantityLimit).contains(event.quantity),
            (0...OrderEvent.quantityLimit).contains(event.stockLeft ?? 0),
            (0...Int(Int32.max)).contains(event.seen ?? 0), (event.kind == .stock) == (event.stockLeft != nil)
        else { return nil }
        var packed = PackedEvent(
            kind: event.kind, at: event.at.microseconds, amount: event.stockLeft.map(Int64.init) ?? event.amount)
        packed.seen = event.seen.map { Int32(truncatingIfNeeded: $0) } ?? -1
        packed.order = event.order.map { orders.number(of: $0) } ?? PackedEvent.none
        packed.product = event.product.map { products.number(of: $0) } ?? PackedEvent.none
        packed.place = event.place.map { places.number(of: $0) } ?? PackedEvent.none
        packed.buyer = event.buyer.map { buyers.number(of: $0) } ?? PackedEvent.none
        packed.quantity = Int32(truncatingIfNeeded: event.quantity)
        packed.row =
            event.row.map { UInt16(truncatingIfNeeded: $0) } ?? (event.kind == .paid ? 0 : PackedEvent.allRows)
        packed.isGift = event.isGift
        packed.isOrderAmount = event.isOrderAmount
        packed.channel = event.channel
        return packed
    }
}
