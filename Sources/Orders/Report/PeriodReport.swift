/// What a feed says about a period: totals, and how its orders spread over places, hours, prices, products and channels.
///
/// ```swift
/// let report = PeriodReport(of: orders.feed, period: try Period("2026-11-11"), counting: .net)
/// report.provinces.first?.key   // "广东"
/// ```
///
/// An order is counted once, in the place and channel of the first of its rows that names one, and in the hour of its first payment in the
/// period; rows that are gifts have no say. All groups go by ``counting``; shares of refunds are of all paid orders (`gross`).
/// `net` and `as-seen` agree, since every refund of the feed is known at its end.
public struct PeriodReport: Hashable, Sendable {
    /// What a group of orders adds up to.
    public struct Sums: Hashable, Sendable {
        /// Orders with at least one counting row.
        public internal(set) var orders: Int64 = 0
        /// Pieces in counting rows.
        public internal(set) var items: Int64 = 0
        /// Payables of counting rows, in fen.
        public internal(set) var revenue: Int64 = 0

        /// Revenue over orders, in fen, rounded down; nil without orders.
        public var averageOrderValue: Int64? { orders > 0 ? revenue / orders : nil }

        static func += (left: inout Sums, right: Sums) {
            left.orders += right.orders
            left.items += right.items
            left.revenue += right.revenue
        }
    }

    /// Orders that have something in common.
    public struct Group<Key: Hashable & Sendable>: Hashable, Sendable {
        /// What they have in common.
        public let key: Key
        /// What they add up to.
        public let sums: Sums
    }

    /// The totals that the groups are parts of.
    public let totals: PeriodStatistics
    /// What becomes of refunded orders in ``totals`` and in all groups.
    public let counting: Counting
    /// Orders and money that came back.
    public let refunds: Refunds
    /// Where orders go.
    public let places: Places
    /// When orders were paid.
    public let times: Times
    /// Orders by their revenue; every band of ``PriceBand/standard``, empty ones too.
    public let priceBands: [Group<PriceBand>]
    /// What was bought.
    public let products: Products
    /// Orders by channel: the four known ones, then those without; each with its refunds.
    public let channels: [ChannelLine]
    /// Who came again; nil where the data tells no buyer from another.
    public let buyers: Buyers?

    /// A report of a feed.
    ///
    /// Cost: one pass over the events; memory for each place, product, hour and known buyer, none for an order.
    public init(of feed: borrowing Feed, period: Period? = nil, counting: Counting) {
        var builder = ReportBuilder(feed: feed, period: period, counting: counting)
        builder.addAll(of: feed)
        self = builder.report(places: feed.places.values, products: feed.products.values)
    }

    init(
        totals: PeriodStatistics, counting: Counting, refunds: Refunds, places: Places, times: Times,
        priceBands: [Group<PriceBand>], products: Products, channels: [ChannelLine], buyers: Buyers?
    ) {
        self.totals = totals
        self.counting = counting
        self.refunds = refunds
        self.places = places
        self.times = times
        self.priceBands = priceBands
        self.products = products
        self.channels = channels
        self.buyers = buyers
    }
}
