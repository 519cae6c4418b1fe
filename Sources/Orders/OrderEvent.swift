/// Where an order came from.
public enum Channel: String, Hashable, Sendable, CaseIterable {
    /// A live room (直播).
    case live
    /// A short video (短视频).
    case video
    /// A product card, search or shop page (商品卡).
    case card
    /// Any other known source (其他).
    case other
}

/// A province and city in their short forms, `浙江` and `杭州`; a municipality has no city.
public struct Place: Hashable, Sendable {
    /// Short name of the province-level unit.
    public let province: String
    /// Short name of the city, nil for municipalities and where only the province may be shown.
    public let city: String?

    package init(province: String, city: String?) {
        self.province = province
        self.city = city
    }
}

/// One thing that happened to a row of an order, or to a product's stock.
public struct OrderEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// The row was paid for.
        case paid
        /// The row was shipped.
        case shipped
        /// The row was completed.
        case completed
        /// The row was refunded.
        case refunded
        /// The row was closed after payment.
        case closed
        /// A product's stock was counted.
        case stock

        /// The word in an order log.
        public var name: String { Kind.names[Int(rawValue)] }

        static let names = ["paid", "shipped", "completed", "refunded", "closed", "stock"]
    }

    /// The most rows an order may have.
    public static let rowLimit = 512
    /// The largest amount of one row in fen: a hundred million yuan.
    public static let amountLimit: Int64 = 10_000_000_000
    /// The largest quantity of one row, and the largest stock.
    public static let quantityLimit = 100_000_000

    /// What happened.
    public var kind: Kind
    /// The order's pseudonym; nil for stock events only.
    public var order: OrderID?
    /// Ordinal of the sub-order in its order from 0; nil means row 0 when paid, and every row of the order otherwise.
    public var row: Int?
    /// When it happened in the shop.
    public var at: Instant
    /// The session frame at which it became visible; nil: at `at`.
    public var seen: Int?
    /// What the buyer pays for the row, in fen.
    public var amount: Int64
    /// Whether `amount` is the whole order's, repeated on its rows: then it counts once an order.
    public var isOrderAmount: Bool
    /// Pieces bought.
    public var quantity: Int
    /// Product title.
    public var product: String?
    /// Where the order goes.
    public var place: Place?
    /// The buyer's masked name (`张**`).
    public var buyer: String?
    /// Where the order came from.
    public var channel: Channel?
    /// A gift: counts for nothing.
    public var isGift: Bool
    /// Pieces left, for stock events.
    public var stockLeft: Int?

    /// An event; names are masked and places shortened again here, so that nothing unmasked gets in.
    public init(
        _ kind: Kind, order: OrderID?, row: Int? = nil, at: Instant, seen: Int? = nil, amount: Int64 = 0,
        isOrderAmount: Bool = false, quantity: Int = 1, product: String? = nil, province: String? = nil,
        city: String? = nil, buyer: String? = nil, channel: Channel? = nil, isGift: Bool = false, stockLeft: Int? = nil
    ) {
        self.kind = kind
        self.order = order
        self.row = row
        self.at = at
        self.seen = seen
        self.amount = amount
        self.isOrderAmount = isOrderAmount
        self.quantity = quantity
        self.product = product
        place = province.flatMap { Place.normalised(province: $0, city: city, district: nil) }
        self.buyer = buyer.flatMap { NameMask.masked($0) }
        self.channel = channel
        self.isGift = isGift
        self.stockLeft = stockLeft
    }
}
