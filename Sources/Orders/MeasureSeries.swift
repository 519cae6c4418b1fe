/// A measure as a step function of a visible position, made by folding a feed from left to right.
///
/// A position is any rising number of the caller's choice, such as a frame times 64, or a shop time in microseconds; the caller says where
/// each event lies. Positions never run backwards: an event that would lie before the one appended before it becomes visible together with that one.
///
/// ```swift
/// var sold = MeasureSeries(.orders, period: day, counting: .asSeen)
/// sold.append(from: feed) { at, _ in at.microseconds }
/// sold.value(at: Instant("2026-11-11 20:00")!.microseconds)
/// ```
///
/// Folding a prefix and then the rest gives the same series as folding all at once, and no append changes a value before the appended
/// events' positions. `net` looks ahead over what the feed holds at the first fold, and takes later refunds off where they lie; so for `net` the equality
/// holds for splits after the last event without `seen` (see ``Counting/net``).
public struct MeasureSeries: Sendable, Equatable {
    /// One step: `value` holds from `position` on.
    public struct Step: BitwiseCopyable, Hashable, Sendable {
        /// First position at which the value holds.
        public let position: Int64
        /// The measure: a count, or fen.
        public let value: Int64
    }

    /// What is measured.
    public let measure: Measure
    /// The period whose payments count; nil for all.
    public let period: Period?
    /// What becomes of refunded orders.
    public let counting: Counting
    /// How many events of the feed are folded in.
    public private(set) var consumed = 0

    private var steps = ChunkedArray<Step>()
    private var lastPosition = Int64.min
    private var orders: Int64 = 0
    private var total: Int64 = 0
    /// Last stock count of each product, by the feed's number of it.
    private var stock: [UInt32: Int64] = [:]
    /// Events before this one were known when the series was first folded: `net` may look ahead at them.
    private var horizon: Int?

    /// Whether two series give the same values now and have seen the same events.
    public static func == (left: MeasureSeries, right: MeasureSeries) -> Bool {
        left.measure == right.measure && left.period == right.period && left.counting == right.counting
            && left.consumed == right.consumed && left.steps == right.steps && left.total == right.total
            && left.orders == right.orders && left.stock == right.stock && left.lastPosition == right.lastPosition
    }

    /// An empty series.
    public init(_ measure: Measure, period: Period? = nil, counting: Counting) {
        self.measure = measure
        self.period = period
        self.counting = counting
    }

    /// Folds in the events that the feed gained since the last call.
    ///
    /// The feed must be the one that was folded before, grown by appends only. `position` maps an event's shop time and session frame.
    /// Cost: the new events; nothing is copied.
    public mutating func append(from feed: borrowing Feed, position: (_ at: Instant, _ seen: Int?) -> Int64) {
        precondition(consumed <= feed.events.count, "the feed is not the one this series was folded from")
        if horizon == nil { horizon = feed.events.count }
        while consumed < feed.events.count {
            let event = feed.events[consumed]
            let change = fold(event, index: UInt32(truncatingIfNeeded: consumed), feed: feed)
            consumed += 1
            let seen = event.seen < 0 ? nil : Int(event.seen)
            lastPosition = max(lastPosition, position(Instant(microseconds: event.at), seen))
            if change { record(at: lastPosition) }
        }
    }

    /// The value at a position: that of the last step not after it, 0 before the first. Cost: a binary search.
    public func value(at position: Int64) -> Int64 {
        let index = firstStep(after: position)
        return index == 0 ? 0 : steps[index - 1].value
    }

    /// The value after every event.
    public var last: Int64 { steps.last?.value ?? 0 }

    /// Number of steps.
    public var stepCount: Int { steps.count }

    /// A step by its ordinal.
    public func step(_ index: Int) -> Step { steps[index] }

    /// Ordinal of the first step after a position; `stepCount` when there is none.
    public func firstStep(after position: Int64) -> Int {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func record(at position: Int64) {
        let value: Int64
        switch measure {
        case .averageOrderValue: value = orders > 0 ? total / orders : 0
        default: value = total
        }
        if let last = steps.last, last.position == position { steps.removeLast() }
        // A count is nothing before the first event; a stock is not known, so that its first 0 says something.
        let before: Int64? = steps.last?.value ?? (measure == .stockLeft ? nil : 0)
        if value != before { steps.append(Step(position: position, value: value)) }
    }

    /// Folds one event; false when it cannot have changed the measure.
    private mutating func fold(_ event: PackedEvent, index: UInt32, feed: borrowing Feed) -> Bool {
        switch event.kind {
        case .shipped, .completed: return false
        case .stock:
            guard measure == .stockLeft else { return false }
            total += event.amount - (stock.updateValue(event.amount, forKey: event.product) ?? 0)
            return true
        case .paid, .refunded, .closed:
            guard measure != .stockLeft else { return false }
        }
        let horizon = horizon ?? 0
        var change = feed.tally(upTo: index, period: period, counting: counting, horizon: horizon)
        change -= feed.tally(upTo: event.previous, period: period, counting: counting, horizon: horizon)
        switch measure {
        case .orders: total += change.orders
        case .items: total += change.items
        case .revenue: total += change.revenue
        case .averageOrderValue:
            total += change.revenue
            orders += change.orders
        case .refunds: total += change.refunds
        case .refundedAmount: total += change.refundedAmount
        case .stockLeft: break
        }
        return change != OrderTally()
    }
}

extension MeasureSeries {
    /// A series of a whole feed, keyed by shop time in microseconds.
    public init(_ measure: Measure, of feed: Feed, period: Period? = nil, counting: Counting) {
        self.init(measure, period: period, counting: counting)
        append(from: feed) { at, _ in at.microseconds }
    }
}
