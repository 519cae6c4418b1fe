/// Which orders a measure counts; the disclosure prints it.
public enum Counting: String, Hashable, Sendable, CaseIterable {
    /// Never counted if refunded or closed by the moment of the data: the default for files.
    ///
    /// The look ahead is over events without `seen` only: a file is whole when it is resolved. Events that carry `seen`
    /// are always counted as seen, so that no append changes an earlier frame.
    case net
    /// Counted when paid, taken off when the refund is seen: the default live.
    case asSeen = "as-seen"
    /// Every paid order, refunded or not.
    case gross

    /// The default for a feed: `asSeen` for sessions, `net` for files.
    public static func standard(for feed: Feed) -> Counting {
        feed.session != nil || feed.seenCount > 0 ? .asSeen : .net
    }

    /// The words of the disclosure where refunds and closures are known: `支付成功订单，不含已退款及已关闭` and so on.
    public var caption: String { caption(knowsRefunds: true, knowsClosures: true) }

    /// The words of the disclosure, which promise nothing that the data does not tell.
    public func caption(knowsRefunds: Bool, knowsClosures: Bool) -> String {
        switch self {
        case .gross: "支付成功订单，含后续退款"
        case .net where knowsRefunds: "支付成功订单，不含已退款及已关闭"
        case .asSeen where knowsRefunds: "支付成功订单，退款发生后扣除"
        case .net where knowsClosures: "支付成功订单，不含已关闭；退款情况未知"
        case .asSeen where knowsClosures: "支付成功订单，关闭后扣除；退款情况未知"
        case .net, .asSeen: "支付成功订单；退款及关闭情况未知"
        }
    }
}

/// What a series or a statistic measures.
public enum Measure: String, Hashable, Sendable, CaseIterable {
    /// Orders with at least one counting row that is no gift.
    case orders
    /// Pieces in counting rows.
    case items
    /// Payables of counting rows, in fen.
    case revenue
    /// Revenue over orders, in fen, rounded down.
    case averageOrderValue = "average"
    /// Orders with a refunded or closed row, from the refund on; the same under every counting.
    case refunds
    /// Payables of refunded or closed rows, in fen, from the refund on; the same under every counting.
    case refundedAmount = "refunded"
    /// Pieces left, summed over products by their last count; the same under every counting, and not bound to a period.
    case stockLeft = "stock"

    /// Whether the value is money in fen.
    public var isMoney: Bool {
        switch self {
        case .revenue, .averageOrderValue, .refundedAmount: true
        case .orders, .items, .refunds, .stockLeft: false
        }
    }
}
