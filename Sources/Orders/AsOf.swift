/// What "now" is for a rendering, and which rule said so; never the clock.
public struct AsOf: Hashable, Sendable {
    /// Where an instant came from.
    public enum Rule: String, Hashable, Sendable {
        /// The user named it.
        case given
        /// The end of the period.
        case periodEnd = "period-end"
        /// The moment the shop wrote the export.
        case export
        /// The last event of the feed.
        case lastEvent = "last-event"
    }

    /// "Now": countdowns and relative times go by it.
    public let now: Instant
    /// Which rule gave `now`.
    public let rule: Rule
    /// Up to when the data can be complete, which the disclosure prints: never later than `now` or the export.
    public let dataUntil: Instant

    /// Now is what was given, else the end of the period, else the export's own moment, else the last event; nil for an empty feed
    /// without any of these.
    public init?(feed: Feed, period: Period? = nil, given: Instant? = nil) {
        if let given {
            (now, rule) = (given, .given)
        } else if let period {
            (now, rule) = (period.to, .periodEnd)
        } else if let exported = feed.exportedAt {
            (now, rule) = (exported, .export)
        } else if let last = feed.lastInstant {
            (now, rule) = (last, .lastEvent)
        } else {
            return nil
        }
        // A period's end is the first instant after it: data runs to the second before.
        let end = min(now, period?.lastSecond ?? now)
        dataUntil = min(end, feed.exportedAt ?? end)
    }
}
