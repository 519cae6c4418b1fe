/// The events of a feed that belong to a period: payments in it, all that happened to the orders so paid, and stock counted in it.
///
/// What is chosen gives the same report over all time as the whole feed over the period.
public struct PeriodSelection: Sendable {
    /// Number of chosen events.
    public let count: Int
    /// Number of chosen payments.
    public let paymentCount: Int

    private let period: Period?
    /// By the feed's number of the order: whether it was paid in the period.
    private var isPaid: [Bool]

    /// Chooses from a feed; everything without a period. Cost: two passes over the events.
    public init(of feed: borrowing Feed, period: Period?) {
        self.period = period
        isPaid = [Bool](repeating: period == nil, count: feed.orders.count)
        var payments = 0
        for index in 0..<feed.events.count {
            let event = feed.events[index]
            guard event.kind == .paid, period?.contains(Instant(microseconds: event.at)) ?? true else { continue }
            isPaid[Int(event.order)] = true
            payments += 1
        }
        paymentCount = payments
        var count = 0
        for index in 0..<feed.events.count
        where PeriodSelection.contains(feed.events[index], period: period, isPaid: isPaid) { count += 1 }
        self.count = count
    }

    /// Whether an event of the feed that was chosen from is chosen.
    public func contains(_ index: Int, in feed: borrowing Feed) -> Bool {
        PeriodSelection.contains(feed.events[index], period: period, isPaid: isPaid)
    }

    private static func contains(_ event: PackedEvent, period: Period?, isPaid: [Bool]) -> Bool {
        switch event.kind {
        case .paid, .stock: period?.contains(Instant(microseconds: event.at)) ?? true
        case .shipped, .completed, .refunded, .closed: isPaid[Int(event.order)]
        }
    }
}
