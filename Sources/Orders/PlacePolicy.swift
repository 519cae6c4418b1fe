/// Decides how exactly a buyer's place may be shown: a city with fewer than ten orders in the period is shown as its province.
///
/// Only orders up to the event itself count, so that a decision never changes when more events are appended: the first nine orders of a city
/// show the province, from the tenth on the city shows. An order counts at its first payment in the period, refunded or not, gift or not.
public struct PlacePolicy: Sendable {
    /// Orders a city needs before it is named.
    public static let threshold = 10

    /// The period whose orders count; nil for all.
    public let period: Period?
    private var consumed = 0
    private var counts: [UInt32] = []
    /// For each place the event from which its city is named.
    private var namedFrom: [UInt32] = []

    /// A policy that has seen no events.
    public init(period: Period? = nil) {
        self.period = period
    }

    /// Takes in the events that the feed gained since the last call.
    public mutating func append(from feed: borrowing Feed) {
        precondition(consumed <= feed.events.count, "the feed is not the one this policy has seen")
        while consumed < feed.events.count {
            let index = consumed
            consumed += 1
            let event = feed.events[index]
            guard event.kind == .paid, event.place != PackedEvent.none,
                period?.contains(Instant(microseconds: event.at)) ?? true, !isRepeated(event, feed: feed)
            else { continue }
            let place = Int(event.place)
            while counts.count <= place {
                counts.append(0)
                namedFrom.append(PackedEvent.none)
            }
            counts[place] += 1
            if Int(counts[place]) == PlacePolicy.threshold { namedFrom[place] = UInt32(truncatingIfNeeded: index) }
        }
    }

    /// The place of an event as it may be shown, nil when it has none.
    public func displayPlace(ofEvent index: Int, in feed: Feed) -> Place? {
        let number = feed.events[index].place
        guard let place = feed.places[number] else { return nil }
        let isNamed = Int(number) < namedFrom.count && UInt32(truncatingIfNeeded: index) >= namedFrom[Int(number)]
        return isNamed ? place : Place(province: place.province, city: nil)
    }

    /// Whether the order was already paid for in the period, by another row or a repeated message.
    private func isRepeated(_ event: PackedEvent, feed: borrowing Feed) -> Bool {
        var earlier = event.previous
        while earlier != PackedEvent.none {
            let other = feed.events[Int(earlier)]
            if other.kind == .paid, period?.contains(Instant(microseconds: other.at)) ?? true { return true }
            earlier = other.previous
        }
        return false
    }
}
