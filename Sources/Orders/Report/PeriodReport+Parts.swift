extension PeriodReport {
    /// What came back, of all orders that were paid in the period (`gross`).
    public struct Refunds: Hashable, Sendable {
        /// Orders with a row that was refunded or closed after payment, of all paid orders.
        public let orders: Share
        /// Payables of refunded or closed rows in fen, of those of all paid rows; an order-level amount only when no row stands.
        public let amount: Share
        /// Of these, orders with rows that were closed without a refund.
        public let closedOrders: Int64
        /// Of these, payables of rows that were closed without a refund, in fen.
        public let closedAmount: Int64
    }

    /// Where orders go; a city with fewer than ``PlacePolicy/threshold`` counting orders is counted in its province only.
    public struct Places: Hashable, Sendable {
        /// Provinces, most orders first.
        public let provinces: [Group<String>]
        /// Cities that may be named, and municipalities, most orders first.
        public let cities: [Group<Place>]
        /// Orders whose city is not named: too few orders, or no city in the data.
        public let unnamedCityOrders: Int64
        /// Orders without any place.
        public let unknownOrders: Int64
    }

    /// When orders were paid, in Beijing time.
    public struct Times: Hashable, Sendable {
        /// By hour of day, 0 to 23, over all days of the period.
        public let hoursOfDay: [Group<Int>]
        /// By day that has orders, in order; the key is the day's first instant.
        public let days: [Group<Instant>]
        /// The hour of day with the most orders, the earliest of several; nil without orders.
        public let peakHourOfDay: Group<Int>?
        /// The single hour with the most orders, the earliest of several, by its first instant; nil without orders.
        public let busiestHour: Group<Instant>?
    }

    /// What was bought. A product's orders are those with a counting row of it, so an order of two products is in both.
    public struct Products: Hashable, Sendable {
        /// Products by title, most revenue first. Revenue goes by row; an order-level amount belongs to the product when it is the
        /// only one of its order.
        public let byRevenue: [Group<String>]
        /// Products by title, most orders first.
        public let byOrders: [Group<String>]
        /// How much of the products' revenue the largest ones have.
        public let revenueConcentration: Concentration
        /// How many of the products' orders the largest ones have.
        public let orderConcentration: Concentration
        /// What rows without a title add up to.
        public let untitled: Sums
        /// Order-level amounts of orders with several products, in fen: nobody knows whose they are.
        public let unattributedRevenue: Int64
    }

    /// How much of a whole its largest parts have.
    public struct Concentration: Hashable, Sendable {
        /// The three largest together.
        public let topThree: Share
        /// The Herfindahl index in points, 0 to 10,000 (one product has all), rounded down; nil when there is nothing.
        public let herfindahlPoints: Int64?
    }

    /// Orders of one channel.
    public struct ChannelLine: Hashable, Sendable {
        /// The channel; nil for orders without a known one.
        public let channel: Channel?
        /// What they add up to.
        public let sums: Sums
        /// Orders with a refunded or closed row, of all paid orders of the channel (`gross`).
        public let refunds: Share
    }

    /// Who came again within the period, of the buyers that the data tells apart. A masked name does not: many people share one.
    public struct Buyers: Hashable, Sendable {
        /// Counting orders whose buyer is known, of all counting orders.
        public let knownOrders: Share
        /// Buyers with two counting orders or more, of all known buyers.
        public let repeatBuyers: Share
        /// Counting orders of repeat buyers, of those of all known buyers.
        public let repeatOrders: Share
    }

    /// A range of revenue of one order.
    public struct PriceBand: Hashable, Sendable {
        /// Least revenue in fen, inclusive.
        public let from: Int64
        /// Revenue in fen that is too much, exclusive; nil for no limit.
        public let to: Int64?

        /// The bands of every report: 0, 50, 100, 200, 500 and 1000 yuan.
        public static let standard: [PriceBand] = {
            let bounds: [Int64] = [0, 50_00, 100_00, 200_00, 500_00, 1000_00]
            return bounds.indices.map { PriceBand(from: bounds[$0], to: $0 + 1 < bounds.count ? bounds[$0 + 1] : nil) }
        }()
    }
}

extension PeriodReport.Concentration {
    /// The concentration of parts in any order.
    package init(of parts: [Int64]) {
        let whole = parts.reduce(0, +)
        let largest = parts.sorted(by: >).prefix(3).reduce(0, +)
        topThree = Share(part: largest, of: whole)
        guard whole > 0 else {
            herfindahlPoints = nil
            return
        }
        // A whole of up to 2^61.3 fen squared leaves room for one more decimal digit in 127 bits, not for four: divide by hand.
        let square = Int128(whole) * Int128(whole)
        var rest = parts.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
        var points: Int64 = Int64(truncatingIfNeeded: rest / square)
        rest %= square
        for _ in 0..<4 {
            rest *= 10
            points = points * 10 + Int64(truncatingIfNeeded: rest / square)
            rest %= square
        }
        herfindahlPoints = points
    }
}
