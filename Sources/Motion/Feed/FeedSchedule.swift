/// Which orders are shown one by one, from when, and which by number only: a left fold over arrivals.
///
/// An order is shown at once where the pace allows, else it waits; when as many wait as may, further ones are merged into the last that
/// waits, which then shows the newest of them. Whatever arrives at a tick changes nothing before that tick, and every order is in exactly one entry.
package struct FeedSchedule: Sendable {
    /// An order that is shown, with those that it stands for.
    package struct Entry: Sendable {
        /// The first tick at which it shows.
        package let tick: Int64
        /// The tick at which it begins to leave; a later order can make it leave sooner, but not before that order arrives.
        package internal(set) var leave: Int64
        package internal(set) var order: Order
        /// Orders that are shown by number only.
        package internal(set) var merged = 0
        /// The lane that it runs in.
        package internal(set) var lane = 0
        /// The width that is kept free for it, in pixels.
        package internal(set) var width = 0.0
    }

    /// The order that an entry shows.
    package struct Order: Sendable {
        package let line: OrderLine
        /// Whether it is a large one.
        package let isLarge: Bool
        /// Characters of it that no font has.
        package let missing: Int
    }

    /// What decides when the next one may show.
    package enum Pace: Sendable {
        /// One after the other, not sooner than the interval.
        case steady
        /// One at a time: ticks that it stays, that it stays at least when others wait, and from its leave to the next.
        case single(hold: Int64, minimum: Int64, gap: Int64)
        /// Side by side in lanes, each running at the same speed.
        case lanes(Lanes)
    }

    /// Lanes that run from right to left.
    package struct Lanes: Sendable {
        let count: Int
        /// Pixels a tick.
        let speed: Double
        /// Pixels between two in a lane.
        let gap: Double
        /// The greatest width that an entry takes while it runs.
        let measure: @Sendable (Entry) -> Double
    }

    /// The template's rule.
    package struct Rule: Sendable {
        /// Ticks between two.
        let interval: Int64
        /// How many may wait.
        let patience: Int
        /// From how many fen on an order is large.
        let priority: Int64?
        let pace: Pace
        /// The scene's end: what arrives then is not shown.
        let end: Int64
        /// After this tick nothing is put off any more, for it would not be read.
        let lastStart: Int64
        /// How many orders of before the first frame are kept.
        let history: Int
    }

    let rule: Rule
    /// The orders that are shown after the first frame.
    package private(set) var entries = ChunkList<Entry>()
    /// The last orders of before the first frame.
    package private(set) var history: [OrderLine] = []
    /// How many there were.
    package private(set) var historyCount = 0
    /// Characters of the shown orders that no font has.
    package private(set) var missingGlyphs = 0
    /// Orders that arrived after the scene.
    package private(set) var late = 0
    /// What the last entry is to show; nil between appends.
    private var newest: FeedArrival?
    /// For each lane the tick from which another may start in it.
    private var free: [Int64]

    package init(_ rule: Rule) {
        self.rule = rule
        if case .lanes(let lanes) = rule.pace { free = Array(repeating: .min, count: lanes.count) } else { free = [] }
    }

    /// Takes arrivals in; `missing` counts the characters of a line that no font has.
    package mutating func append(_ arrivals: FeedArrivals, missing: (OrderLine) -> Int) {
        let old = arrivals.list.prefix { $0.isHistory }.count
        historyCount += old
        if rule.history > 0 {
            for arrival in arrivals.list[..<old].suffix(rule.history) {
                let line = arrivals.line(of: arrival)
                history.append(line)
                missingGlyphs += missing(line)
            }
            history.removeFirst(max(0, history.count - rule.history))
        }
        let make = { (arrival: FeedArrival, isLarge: Bool) -> Order in
            let line = arrivals.line(of: arrival)
            return Order(line: line, isLarge: isLarge, missing: missing(line))
        }
        for arrival in arrivals.list[old...] { add(arrival, order: make) }
        settle(make)
    }

    private mutating func add(_ arrival: FeedArrival, order make: (FeedArrival, Bool) -> Order) {
        let tick = arrival.tick
        guard tick < rule.end else {
            late += 1
            return
        }
        let isLarge = rule.priority.map { arrival.amount >= $0 } ?? false
        let waiting = self.waiting(after: tick)
        let (start, lane) = next(after: tick)
        guard waiting < rule.patience, waiting == 0 || start <= rule.lastStart else {
            return merge(arrival, isLarge, waiting: waiting, order: make)
        }
        settle(make)
        if case .single = rule.pace, let last = entries.last { entries[entries.count - 1].leave = leave(last, tick) }
        var entry = Entry(tick: start, leave: .max, order: make(arrival, isLarge), lane: lane)
        if case .single(let hold, _, _) = rule.pace { entry.leave = start + hold }
        entries.append(entry)
        missingGlyphs += entry.order.missing
        // Lanes are taken by width: who waits there cannot change places.
        if isLarge, free.isEmpty { _ = moveAhead(entry.order, waiting: waiting + 1) }
        measureLast()
    }

    /// The entries that begin after a tick, as far as they matter.
    private func waiting(after tick: Int64) -> Int {
        var count = 0
        while count < rule.patience, count < entries.count, entries[entries.count - 1 - count].tick > tick {
            count += 1
        }
        return count
    }

    /// When the last one leaves if another arrives at a tick.
    private func leave(_ last: Entry, _ tick: Int64) -> Int64 {
        guard case .single(_, let minimum, _) = rule.pace else { return last.leave }
        return min(last.leave, max(tick, last.tick + minimum))
    }

    /// The first tick at which one that arrives at `tick` may show, and its lane.
    private func next(after tick: Int64) -> (start: Int64, lane: Int) {
        guard let last = entries.last else { return (tick, 0) }
        switch rule.pace {
        case .steady: return (max(tick, last.tick + rule.interval), 0)
        case .single(_, _, let gap): return (max(tick, leave(last, tick) + gap), 0)
        case .lanes(let lanes):
            let start = max(tick, last.tick + rule.interval)
            // Not always the first lane: a rhythm that is the same for every run.
            let first = entries.count * 5 % lanes.count
            var best = first
            for offset in 0..<lanes.count {
                let lane = (first + offset) % lanes.count
                if free[lane] <= start { return (start, lane) }
                if free[lane] < free[best] { best = lane }
            }
            return (free[best], best)
        }
    }

    /// Counts one with the last that waits. A large order is shown instead of one that is not; of others the newest is shown, but in a lane
    /// the first: the lane is taken by its width.
    private mutating func merge(
        _ arrival: FeedArrival, _ isLarge: Bool, waiting: Int, order make: (FeedArrival, Bool) -> Order
    ) {
        let last = entries.count - 1
        entries[last].merged += 1
        if isLarge {
            settle(make)
            let order = make(arrival, true)
            missingGlyphs += order.missing - moveAhead(order, waiting: free.isEmpty ? waiting : 1).missing
        } else if free.isEmpty, !entries[last].order.isLarge {
            newest = arrival
        }
        measureLast()
    }

    /// Lets the last entry show the newest order that was merged into it: made only now, for most are followed by a newer one.
    private mutating func settle(_ make: (FeedArrival, Bool) -> Order) {
        guard let arrival = newest else { return }
        newest = nil
        let order = make(arrival, false)
        missingGlyphs += order.missing - entries[entries.count - 1].order.missing
        entries[entries.count - 1].order = order
    }

    /// Puts a large order before those that wait and are not large; what then has no place is returned.
    private mutating func moveAhead(_ order: Order, waiting: Int) -> Order {
        var carried = order
        for index in entries.count - waiting..<entries.count where !(entries[index].order.isLarge && carried.isLarge) {
            let old = entries[index].order
            entries[index].order = carried
            carried = old
        }
        return carried
    }

    private mutating func measureLast() {
        guard case .lanes(let lanes) = rule.pace, let last = entries.last else { return }
        let width = lanes.measure(last)
        entries[entries.count - 1].width = width
        free[last.lane] = last.tick + Int64(((width + lanes.gap) / lanes.speed).rounded(.up))
    }

    /// How many entries have begun at a tick.
    package func begun(at tick: Int64) -> Int { entries.partition { $0.tick <= tick } }

    /// Every order that was taken in: shown, merged, there before, or too late.
    package var total: Int {
        var sum = historyCount + late
        for index in 0..<entries.count { sum += 1 + entries[index].merged }
        return sum
    }
}
