/// Adds up a report, one order after the other.
struct ReportBuilder {
    typealias Sums = PeriodReport.Sums

    let period: Period?
    let counting: Counting

    var counted = OrderTally()
    var gross = OrderTally()
    var closedOrders: Int64 = 0
    var closedAmount: Int64 = 0
    var payments: (first: Int64, last: Int64)?
    /// By the feed's number of the place.
    var places: [Sums]
    var placeless = Sums()
    /// By whole hours since 1970 in Beijing.
    var hours: [Int64: Sums] = [:]
    var bands = [Sums](repeating: Sums(), count: PeriodReport.PriceBand.standard.count)
    /// By the feed's number of the product.
    var products: [Sums]
    var untitled = Sums()
    var unattributedRevenue: Int64 = 0
    /// By the channel's code: 0 for none.
    var channels = [ChannelSums](repeating: ChannelSums(), count: Channel.allCases.count + 1)
    /// Counting orders by known buyer.
    var buyers: [BuyerPseudonym: Int64] = [:]

    /// For each product, one more than the number of the last order that was counted for it.
    private var lastOrder: [UInt32]

    struct ChannelSums {
        var sums = Sums()
        var gross: Int64 = 0
        var refunds: Int64 = 0
    }

    init(feed: borrowing Feed, period: Period?, counting: Counting) {
        self.period = period
        self.counting = counting
        places = [Sums](repeating: Sums(), count: feed.places.values.count)
        products = [Sums](repeating: Sums(), count: feed.products.values.count)
        lastOrder = [UInt32](repeating: 0, count: feed.products.values.count)
    }

    mutating func addAll(of feed: borrowing Feed) {
        let (from, to) = (period?.from.microseconds ?? .min, period?.to.microseconds ?? .max)
        withUnsafeTemporaryAllocation(of: PackedEvent.self, capacity: Feed.eventsPerOrderLimit) { room in
            for number in 0..<feed.orders.count {
                let number = UInt32(truncatingIfNeeded: number)
                var paid = 0
                var refunded = RowSet()
                var closed = RowSet()
                var isAnyGone = false
                var index = feed.orders.newestEvent(of: number)
                while index != PackedEvent.none {
                    let event = feed.events[Int(index)]
                    index = event.previous
                    switch event.kind {
                    case .paid:
                        guard from <= event.at, event.at < to || period == nil else { continue }
                        // Safe: an order has at most as many events as there is room.
                        room[paid] = event
                        paid += 1
                    case .refunded:
                        refunded.insert(event.row)
                        isAnyGone = true
                    case .closed:
                        closed.insert(event.row)
                        isAnyGone = true
                    case .shipped, .completed, .stock: continue
                    }
                }
                guard paid > 0 else { continue }
                let rows = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(room)[0..<paid])
                for row in rows {
                    payments = (min(payments?.first ?? row.at, row.at), max(payments?.last ?? row.at, row.at))
                }
                let buyer = feed.orders.buyer(of: number)
                add(
                    order: number, by: buyer, newestFirst: rows, refunded: refunded, closed: closed,
                    isAnyGone: isAnyGone)
            }
        }
    }

    /// What the rows of one order come to.
    private struct OrderState {
        var counted = OrderTally()
        var gross = OrderTally()
        var at: Int64?
        var place = PackedEvent.none
        var channel = 0
        var closedAmount: Int64 = 0
        var isClosed = false
        /// The first order-level amount of any row, of a counting row, and of rows that are gone.
        var orderAmount: Int64?
        var countedOrderAmount: Int64?
        var goneOrderAmount: Int64?
        var orderAmountStands = false
        var isOrderAmountRefunded = false
        /// The product of the first counting row, and whether all counting rows have it.
        var product: UInt32?
        var hasOneProduct = true
        var isUntitledCounted = false
    }

    private mutating func add(
        order: UInt32, by buyer: BuyerPseudonym?, newestFirst rows: UnsafeBufferPointer<PackedEvent>, refunded: RowSet,
        closed: RowSet, isAnyGone: Bool
    ) {
        var state = OrderState()
        var paid = RowSet()
        for row in rows.reversed() {
            // Of a payment that was reported twice the first counts.
            if rows.count > 1 {
                guard !paid.contains(row.row) else { continue }
                paid.insert(row.row)
            }
            let isRefunded = isAnyGone && refunded.contains(row.row)
            let isClosed = isAnyGone && !isRefunded && closed.contains(row.row)
            take(row, order: order, isRefunded: isRefunded, isClosed: isClosed, into: &state)
        }
        finish(state)
        if let buyer, state.counted.orders > 0 { buyers[buyer, default: 0] += 1 }
    }

    private mutating func take(
        _ row: PackedEvent, order: UInt32, isRefunded: Bool, isClosed: Bool, into state: inout OrderState
    ) {
        state.gross.rows += 1
        guard !row.isGift else {
            state.gross.gifts += 1
            return
        }
        if state.at == nil { state.at = row.at }
        if state.place == PackedEvent.none { state.place = row.place }
        if state.channel == 0 { state.channel = row.channelCode }
        let quantity = Int64(row.quantity)
        state.gross.orders = 1
        state.gross.items += quantity
        if row.isOrderAmount {
            state.orderAmount = state.orderAmount ?? row.amount
        } else {
            state.gross.revenue += row.amount
        }
        let isGone = isRefunded || isClosed
        if isGone {
            state.gross.refunds = 1
            if isClosed { state.isClosed = true }
            if row.isOrderAmount {
                state.goneOrderAmount = state.goneOrderAmount ?? row.amount
                if isRefunded { state.isOrderAmountRefunded = true }
            } else {
                state.gross.refundedAmount += row.amount
                if isClosed { state.closedAmount += row.amount }
            }
        } else if row.isOrderAmount {
            state.orderAmountStands = true
        }
        guard counting == .gross || !isGone else { return }
        state.counted.orders = 1
        state.counted.items += quantity
        if row.isOrderAmount {
            state.countedOrderAmount = state.countedOrderAmount ?? row.amount
        } else {
            state.counted.revenue += row.amount
        }
        if state.product == nil {
            state.product = row.product
        } else if state.product != row.product {
            state.hasOneProduct = false
        }
        let revenue = row.isOrderAmount ? 0 : row.amount
        if row.product == PackedEvent.none {
            untitled += Sums(orders: state.isUntitledCounted ? 0 : 1, items: quantity, revenue: revenue)
            state.isUntitledCounted = true
        } else {
            let isFirst = lastOrder[Int(row.product)] != order + 1
            lastOrder[Int(row.product)] = order + 1
            products[Int(row.product)] += Sums(orders: isFirst ? 1 : 0, items: quantity, revenue: revenue)
        }
    }

    private mutating func finish(_ state: OrderState) {
        var state = state
        state.gross.revenue += state.orderAmount ?? 0
        if let gone = state.goneOrderAmount, !state.orderAmountStands {
            state.gross.refundedAmount += gone
            if !state.isOrderAmountRefunded { state.closedAmount += gone }
        }
        gross += state.gross
        closedAmount += state.closedAmount
        if state.isClosed { closedOrders += 1 }
        channels[state.channel].gross += state.gross.orders
        channels[state.channel].refunds += state.gross.refunds
        guard state.counted.orders > 0 else { return }

        if let amount = state.countedOrderAmount {
            state.counted.revenue += amount
            if !state.hasOneProduct {
                unattributedRevenue += amount
            } else if let product = state.product, product != PackedEvent.none {
                products[Int(product)].revenue += amount
            } else {
                untitled.revenue += amount
            }
        }
        counted += state.counted
        let sums = Sums(orders: 1, items: state.counted.items, revenue: state.counted.revenue)
        channels[state.channel].sums += sums
        if state.place == PackedEvent.none { placeless += sums } else { places[Int(state.place)] += sums }
        if let at = state.at { hours[Instant(microseconds: at).beijingHour, default: Sums()] += sums }
        let bands = PeriodReport.PriceBand.standard
        if let band = bands.lastIndex(where: { $0.from <= sums.revenue }) { self.bands[band] += sums }
    }
}
