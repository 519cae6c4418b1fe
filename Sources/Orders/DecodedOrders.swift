/// How a decoder is to read order data.
public struct OrderDecodingOptions: Sendable {
    /// The key under which order ids become pseudonyms.
    public var key: ProjectKey
    /// Extra column names by field, asked before the built-in ones (`--map field=列名`).
    public var columnMap: [OrderField: String]
    /// Whether bad rows are left out and counted rather than failing the import.
    public var skipBadRows: Bool
    /// Whose export it is, one of ``OrderDecoder/shops``, where the header should not decide (`--shop`).
    public var shop: String?
    /// What comes first in dates such as 11/12/2026, where the file does not tell (`--date-order`).
    public var dateOrder: DateOrder?
    /// Minutes east of UTC of times without a zone, −840...840 (`--zone +02:00`); Beijing's when nil.
    public var zoneMinutes: Int?
    /// The currency of a file that does not name one (`--currency`), such as `CNY` or `USD`.
    public var currency: String?
    /// Yuan for one unit of other currencies (`--rate USD=7.12`); without a rate such amounts are refused.
    public var rates: [String: ExchangeRate]
    /// The name by which errors call the data, and in which the export's moment is looked for; a path's own name by default.
    public var fileName: String?

    /// Options with the given key.
    public init(
        key: ProjectKey, columnMap: [OrderField: String] = [:], skipBadRows: Bool = false, fileName: String? = nil,
        shop: String? = nil, dateOrder: DateOrder? = nil, zoneMinutes: Int? = nil, currency: String? = nil,
        rates: [String: ExchangeRate] = [:]
    ) {
        self.key = key
        self.columnMap = columnMap
        self.skipBadRows = skipBadRows
        self.shop = shop
        self.dateOrder = dateOrder
        self.zoneMinutes = zoneMinutes
        self.currency = currency
        self.rates = rates
        self.fileName = fileName
    }
}

/// What a decoder made of order data.
public struct DecodedOrders: Sendable {
    /// What one row of an export stands for.
    public enum Dimension: String, Hashable, Sendable {
        /// A sub-order: an order may have several rows (商品维度).
        case items
        /// A whole order (订单维度).
        case orders
        /// An event of an order log.
        case events
    }

    /// How the bytes were text.
    public enum Encoding: String, Hashable, Sendable {
        /// UTF-8, with or without byte order mark.
        case utf8 = "UTF-8"
        /// GB18030, of which GBK and GB2312 are parts.
        case gb18030 = "GB18030"
        /// UTF-16 with byte order mark, which Excel writes as "Unicode text".
        case utf16 = "UTF-16"
    }

    /// Counts about the file itself.
    public struct Summary: Hashable, Sendable {
        /// Data rows, or events of a log, that were read, skipped ones included.
        public package(set) var rows = 0
        /// Bad rows that were left out.
        public package(set) var skippedRows = 0
        /// Rows that were never paid.
        public package(set) var unpaidRows = 0
        /// Rows that were closed, paid or not.
        public package(set) var closedRows = 0
        /// Rows that were refunded.
        public package(set) var refundedRows = 0
        /// Rows of orders that were refunded in part; their amounts are what remained.
        public package(set) var partlyRefundedRows = 0
        /// Gift rows.
        public package(set) var giftRows = 0
        /// Different orders that were paid for.
        public package(set) var orders = 0
        /// How the bytes were text.
        public package(set) var encoding = Encoding.utf8
        /// What a row stands for.
        public package(set) var dimension = Dimension.events
        /// Whose export it is, one of ``OrderDecoder/shops``, nil where its header tells none.
        public package(set) var shop: String?
    }

    /// The events, in visible order; it knows whether they are synthetic and when they were exported.
    public package(set) var feed: Feed
    /// Counts about the file.
    public package(set) var summary: Summary
    /// What the user should know, in sentences; never holds a value from the data.
    public package(set) var warnings: [String]
    /// Whether the file can tell refunded orders from others.
    public var knowsRefunds: Bool { feed.knowsRefunds }

    /// The counting a file gets unless a template says otherwise: `gross` where neither refunds nor closures can be seen.
    ///
    /// A closed order never counts: where only refunds are unknown, known closures are taken off.
    public var standardCounting: Counting {
        feed.knowsRefunds || feed.knowsClosures ? Counting.standard(for: feed) : .gross
    }
}

/// A column of an export that the decoder reads.
public enum OrderField: String, Hashable, Sendable, CaseIterable {
    /// The main order's id.
    case order
    /// The sub-order's id.
    case item
    /// Product title.
    case product
    /// Pieces.
    case quantity
    /// Price of one piece: 0 tells a gift where amounts are the order's.
    case unitPrice
    /// What the buyer pays for the row, in yuan.
    case amount
    /// What the buyer pays for the whole order, in yuan, repeated on its rows.
    case orderAmount
    /// What was given back of `amount` or `orderAmount`, with or without a minus sign.
    case refund
    /// The currency of the amounts.
    case currency
    /// When the order was placed.
    case orderedAt
    /// When it was paid.
    case paidAt
    /// When it was shipped.
    case shippedAt
    /// When it was completed.
    case completedAt
    /// When it was cancelled.
    case closedAt
    /// Order status.
    case status
    /// After-sale status.
    case afterSale
    /// Province.
    case province
    /// City.
    case city
    /// District, which only tells counties that have no city.
    case district
    /// The whole address, of which only province, city and district are read.
    case address
    /// The recipient's name.
    case buyer
    /// The buyer's account in the shop, of which only a pseudonym is kept, to count repeat buyers.
    case account
    /// Where the order came from.
    case channel
}
