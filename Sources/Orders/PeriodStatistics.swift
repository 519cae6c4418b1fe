/// Totals of a feed over a period, each saying what it counts.
public struct PeriodStatistics: Hashable, Sendable {
    /// A total and the counting behind it.
    public struct Figure: Hashable, Sendable {
        /// A count, or fen.
        public let value: Int64
        /// What becomes of refunded orders in this figure.
        public let counting: Counting
    }

    /// The period whose payments count; nil for all.
    public let period: Period?
    /// Orders with at least one counting row.
    public let orders: Figure
    /// Pieces in counting rows.
    public let items: Figure
    /// Payables of counting rows, in fen.
    public let revenue: Figure
    /// Revenue over orders, in fen, rounded down; 0 without orders.
    public let averageOrderValue: Figure
    /// Paid orders, refunded or not.
    public let grossOrders: Figure
    /// Payables of all paid rows, in fen.
    public let grossRevenue: Figure
    /// Orders of the period with a row that was refunded or closed after payment.
    public let refundedOrders: Figure
    /// Payables of refunded or closed rows, in fen.
    public let refundedAmount: Figure
    /// Paid rows of the period, gifts included.
    public let rows: Int64
    /// Gift rows, which count for nothing.
    public let gifts: Int64
    /// First payment in the period.
    public let firstPayment: Instant?
    /// Last payment in the period.
    public let lastPayment: Instant?

    /// Totals of a feed; `net` and `as-seen` agree here, since every refund of the feed is known at its end.
    public init(of feed: Feed, period: Period? = nil, counting: Counting) {
        var counted = OrderTally()
        var gross = OrderTally()
        for number in 0..<feed.orders.count {
            let newest = feed.orders.newestEvent(of: UInt32(truncatingIfNeeded: number))
            let horizon = feed.events.count
            counted += feed.tally(upTo: newest, period: period, counting: counting, horizon: horizon)
            gross += feed.tally(upTo: newest, period: period, counting: .gross, horizon: horizon)
        }
        var first: Int64?
        var last: Int64?
        for index in 0..<feed.events.count {
            let event = feed.events[index]
            guard event.kind == .paid, period?.contains(Instant(microseconds: event.at)) ?? true else { continue }
            first = min(first ?? event.at, event.at)
            last = max(last ?? event.at, event.at)
        }
        self.init(
            counted: counted, gross: gross, period: period, counting: counting,
            payments: first.flatMap { first in last.map { (first, $0) } })
    }

    /// Figures that were added up elsewhere.
    init(
        counted: OrderTally, gross: OrderTally, period: Period?, counting: Counting,
        payments: (first: Int64, last: Int64)?
    ) {
        self.period = period
        orders = Figure(value: counted.orders, counting: counting)
        items = Figure(value: counted.items, counting: counting)
        revenue = Figure(value: counted.revenue, counting: counting)
        averageOrderValue = Figure(
            value: counted.orders > 0 ? counted.revenue / counted.orders : 0, counting: counting)
        grossOrders = Figure(value: gross.orders, counting: .gross)
        grossRevenue = Figure(value: gross.revenue, counting: .gross)
        refundedOrders = Figure(value: gross.refunds, counting: .gross)
        refundedAmount = Figure(value: gross.refundedAmount, counting: .gross)
        rows = gross.rows
        gifts = gross.gifts
        firstPayment = payments.map { Instant(microseconds: $0.first) }
        lastPayment = payments.map { Instant(microseconds: $0.last) }
    }
}
