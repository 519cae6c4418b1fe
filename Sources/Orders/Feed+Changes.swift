/// An order that a measure begins to count, or no longer counts.
public struct OrderChange: Hashable, Sendable {
    /// The order.
    public let order: OrderID
    /// Where: a position as in ``MeasureSeries``.
    public let position: Int64
    /// Whether it is counted from there on.
    public let isCounted: Bool
}

extension Feed {
    /// Tells from when to when each order stands behind a measure: beside ``MeasureSeries``, which it agrees with event by event, so that at any
    /// position as many orders are counted as the measure `orders` says.
    ///
    /// An order stands behind refunds while a row of it is refunded, behind all else while one counts; none behind stock. Cost: the events.
    ///
    /// - Parameter position: maps an event's shop time and session frame; positions never run backwards, as in ``MeasureSeries``.
    public func forEachChange(
        of measure: Measure, period: Period? = nil, counting: Counting,
        position: (_ at: Instant, _ seen: Int?) -> Int64, _ body: (OrderChange) -> Void
    ) {
        guard measure != .stockLeft else { return }
        let countsRefunds = measure == .refunds || measure == .refundedAmount
        func isCounted(_ tally: OrderTally) -> Bool { (countsRefunds ? tally.refunds : tally.orders) > 0 }
        var last = Int64.min
        for index in 0..<events.count {
            let event = events[index]
            let seen = event.seen < 0 ? nil : Int(event.seen)
            last = max(last, position(Instant(microseconds: event.at), seen))
            guard event.kind == .paid || event.isRemoval, event.order != PackedEvent.none else { continue }
            let now = isCounted(
                tally(
                    upTo: UInt32(truncatingIfNeeded: index), period: period, counting: counting, horizon: events.count))
            let before = isCounted(
                tally(upTo: event.previous, period: period, counting: counting, horizon: events.count))
            if now != before {
                body(OrderChange(order: orders.id(of: event.order), position: last, isCounted: now))
            }
        }
    }
}

extension ProjectKey {
    /// The pseudonym of an order as a person names it: the shop's own id, or a pseudonym or trace code as it is.
    ///
    /// - Throws: `OrdersError` of kind `usage` for what is neither; it does not quote the text.
    public func order(named text: String) throws(OrdersError) -> OrderID {
        if let pseudonym = OrderID(pseudonym: text) { return pseudonym }
        var copy = text
        let id: OrderID? = copy.withUTF8 { bytes in
            (try? CellText(cleaning: bytes).orderID()).map { pseudonym(of: $0) }
        }
        if let id { return id }
        throw OrdersError(
            kind: .usage, what: "is no order id", remedy: "write the shop's id, or the eight characters of a trace code"
        )
    }
}
