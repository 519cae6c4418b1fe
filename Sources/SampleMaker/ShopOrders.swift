/// Orders as the shops' exports can tell them, made from those of ``Day``.
enum ShopOrders {
    static func make(seed: UInt64, count: Int) -> [SampleOrder] {
        var day = Day(seed: seed)
        return day.orders(count: count)
    }

    /// One row an order: what orders files and 订单维度 hold.
    static func single(_ order: SampleOrder) -> SampleOrder {
        var order = order
        order.rows = [order.rows[0]]
        order.rows[0].isGift = false
        return order
    }

    /// An order that is refunded whole or not at all, as where only the order says so.
    static func whole(_ order: SampleOrder, knowsRefunds: Bool = true) -> SampleOrder {
        var order = order
        let isRefunded = knowsRefunds && order.rows[0].isRefunded
        for index in order.rows.indices { order.rows[index].isRefunded = isRefunded }
        return order
    }

    /// An order whose amounts were paid in another currency: hundredths of it times a whole rate.
    static func converted(_ order: SampleOrder, rate: Int) -> SampleOrder {
        var order = order
        for index in order.rows.indices { order.rows[index].fen = order.rows[index].fen / rate * rate }
        return order
    }
}

extension SampleOrder {
    /// What the buyer pays for all rows.
    var fen: Int { rows.reduce(0) { $0 + $1.fen } }

    /// The word for the order's state among those of a shop.
    func word(_ words: StateWords) -> String {
        if let refunded = words.refunded, rows[0].isRefunded { return refunded }
        return switch fate {
        case .open: words.open
        case .shipped: words.shipped
        case .completed: words.completed
        case .unpaid: words.unpaid
        case .cancelled, .closedAfterPayment: words.closed
        }
    }
}

/// A shop's words for the states of an order.
struct StateWords {
    let unpaid: String
    let open: String
    let shipped: String
    let completed: String
    let closed: String
    var refunded: String?
}
