/// What one order adds to the measures.
struct OrderTally: Equatable {
    var orders: Int64 = 0
    var items: Int64 = 0
    var revenue: Int64 = 0
    var refunds: Int64 = 0
    var refundedAmount: Int64 = 0
    /// Paid rows in the period, gifts included.
    var rows: Int64 = 0
    var gifts: Int64 = 0

    static func += (left: inout OrderTally, right: OrderTally) {
        left.orders += right.orders
        left.items += right.items
        left.revenue += right.revenue
        left.refunds += right.refunds
        left.refundedAmount += right.refundedAmount
        left.rows += right.rows
        left.gifts += right.gifts
    }

    static func -= (left: inout OrderTally, right: OrderTally) {
        left.orders -= right.orders
        left.items -= right.items
        left.revenue -= right.revenue
        left.refunds -= right.refunds
        left.refundedAmount -= right.refundedAmount
        left.rows -= right.rows
        left.gifts -= right.gifts
    }
}

extension Feed {
    /// What the order of event `index` adds once that event is visible, and every one of the order appended before it.
    ///
    /// A row counts from its first payment in the period until it is refunded or closed; a removal that arrives before the payment
    /// counts too. `net` looks ahead at events before `horizon`. Cost: the order's events so far.
    func tally(upTo index: UInt32, period: Period?, counting: Counting, horizon: Int) -> OrderTally {
        guard index != PackedEvent.none else { return OrderTally() }
        let newest = events[Int(index)]
        guard newest.order != PackedEvent.none else { return OrderTally() }
        if newest.previous == PackedEvent.none, counting != .net || orders.newestEvent(of: newest.order) == index {
            return single(newest, period: period)
        }
        var gone = RowSet()
        if counting == .net {
            // Looks ahead, but only at events that were known from the start and that no session saw.
            var later = orders.newestEvent(of: newest.order)
            while later > index, later != PackedEvent.none {
                let event = events[Int(later)]
                if event.isRemoval, event.seen < 0, Int(later) < horizon { gone.insert(event.row) }
                later = event.previous
            }
        }
        return tally(chainFrom: index, order: newest.order, period: period, counting: counting, goneLater: gone)
    }

    /// The common case of an order's first event: nothing else to look at.
    private func single(_ event: PackedEvent, period: Period?) -> OrderTally {
        var result = OrderTally()
        guard event.kindByte == OrderEvent.Kind.paid.rawValue, isInPeriod(event, period) else { return result }
        result.rows = 1
        if event.isGift {
            result.gifts = 1
        } else {
            result.orders = 1
            result.items = Int64(event.quantity)
            result.revenue = event.amount
        }
        return result
    }

    private func tally(
        chainFrom index: UInt32, order: UInt32, period: Period?, counting: Counting, goneLater: RowSet
    ) -> OrderTally {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: orders.eventCount(of: order)) { chain in
            var length = 0
            var gone = RowSet()
            var event = index
            while event != PackedEvent.none {
                // Safe: an order's chain is never longer than its event count.
                chain[length] = event
                length += 1
                let packed = events[Int(event)]
                if packed.isRemoval { gone.insert(packed.row) }
                event = packed.previous
            }
            var result = OrderTally()
            var paid = RowSet()
            var orderAmount: Int64?
            var orderAmountGone: Int64?
            var orderAmountStands = false
            while length > 0 {
                length -= 1
                let packed = events[Int(chain[length])]
                guard packed.kindByte == OrderEvent.Kind.paid.rawValue, !paid.contains(packed.row),
                    isInPeriod(packed, period)
                else { continue }
                paid.insert(packed.row)
                result.rows += 1
                if packed.isGift {
                    result.gifts += 1
                    continue
                }
                let isGone = gone.contains(packed.row)
                if isGone {
                    result.refunds = 1
                    if packed.isOrderAmount {
                        orderAmountGone = orderAmountGone ?? packed.amount
                    } else {
                        result.refundedAmount += packed.amount
                    }
                } else if packed.isOrderAmount {
                    orderAmountStands = true
                }
                guard counting == .gross || !(isGone || goneLater.contains(packed.row)) else { continue }
                result.orders = 1
                result.items += Int64(packed.quantity)
                if packed.isOrderAmount {
                    orderAmount = orderAmount ?? packed.amount
                } else {
                    result.revenue += packed.amount
                }
            }
            result.revenue += orderAmount ?? 0
            // An order-level amount is refunded when no row of it stands any more, whatever is counted.
            if let orderAmountGone, !orderAmountStands {
                result.refundedAmount += orderAmountGone
            }
            return result
        }
    }

    private func isInPeriod(_ event: PackedEvent, _ period: Period?) -> Bool {
        guard let period else { return true }
        return period.from.microseconds <= event.at && event.at < period.to.microseconds
    }
}
