package import Drawing
package import Orders
import Typesetting

/// The time that is left until an instant of the shop, or over a span of the scene.
package struct CountdownSpecification: ElementSpecification {
    package static let kind = "countdown"
    package static let summary = "The time that is left until an instant, or over a span of its scene."

    /// What a template counts down to.
    enum End: Hashable, Sendable {
        case instant(Instant)
        /// The data's `saleEnd`.
        case saleEnd
        /// So long after its scene has begun.
        case span(FrameTime)
    }

    let end: End
    let format: CountdownFormat
    let look: CountdownLook

    package init?(from fields: FieldDecoder) {
        let (end, span) = (fields.optional(Self.until), fields.optional(Self.span))
        switch (end, span) {
        case (let end?, nil): self.end = end
        case (nil, let span?): self.end = .span(span)
        case (nil, nil):
            if !fields.has(Self.until), !fields.has(Self.span) {
                fields.report(
                    .missingKey, "a countdown needs an end", hint: "add until: or span:", at: Self.until)
            }
            return nil
        default:
            fields.report(.type, "until and span say the same thing", hint: "remove one of them", at: Self.span)
            return nil
        }
        format = fields.value(Self.format, default: .hours)
        guard let look = CountdownLook(from: fields) else { return nil }
        self.look = look
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        let goal: CountdownClock.Goal
        switch end {
        case .instant(let end): goal = .instant(end)
        case .span(let span): goal = .moment(span)
        case .saleEnd:
            guard let end = context.facts.saleEnd else {
                context.report(
                    .period, "nobody says when the sale ends",
                    hint: "give data.saleEnd or a period, or leave the countdown out with when: sale-end")
                return nil
            }
            goal = .instant(end)
        }
        if case .instant(let end) = goal { context.noteCountdown(to: end) }
        context.note(words: look.endText)
        do {
            return .countdown(try CountdownContent(self, to: goal, in: context))
        } catch {
            context.report(error)
            return nil
        }
    }

    private static let endType = ValueType<End>(.anyOf([.choice(["sale.end"]), ValueType<Instant>.instant.schema])) {
        value, context in
        if value.text == "sale.end" { return .saleEnd }
        return ValueType<Instant>.instant.read(value, context).map { .instant($0) }
    }
    private static let until = Field(
        "until", endType,
        "The moment of shop time at which it ends, or sale.end for that of the data. The frame must show it as well.")
    private static let span = Field("span", ValueType<FrameTime>.duration(0...86400), "How long it runs in its scene.")
    private static let format = Field(
        "format", ValueType<CountdownFormat>.word, "How it is written; always rounded up to the unit shown.")

    package static let fields = [until.schema, span.schema, format.schema] + CountdownLook.fields
}

/// The time that is left, resolved.
package struct CountdownContent: ElementContent {
    /// How the places are drawn.
    enum Face: Sendable {
        case plain(CountdownPlain)
        case flaps(CountdownFlaps)
    }

    package let size: Size
    private let clock: CountdownClock
    private let format: CountdownFormat
    private let leading: Int
    private let look: CountdownLook
    private let sceneStart: FrameTime
    private let face: Face
    private let endText: LayerContent?

    init(
        _ specification: CountdownSpecification, to goal: CountdownClock.Goal, in context: ResolveContext
    ) throws(TypesettingError) {
        (format, look) = (specification.format, specification.look)
        clock = CountdownClock(goal: goal, rate: context.rate)
        sceneStart = context.sceneStart
        // It never grows: the first moment needs the most places.
        let units = format.units(left: clock.left(at: .zero, sceneStart: sceneStart, clock: context.clock))
        leading = format.leading(units)
        let slots = format.slots(units, leading: leading)
        switch look.kind {
        case .flap:
            let flaps = try CountdownFlaps(
                slots, look: look.flip, box: context.box, rate: context.rate, with: context.typesetter)
            (face, size) = (.flaps(flaps), context.box ?? flaps.natural)
        case .plain, .sevenSegment:
            let plain = try CountdownPlain(slots, look: look, box: context.box, with: context.typesetter)
            (face, size) = (.plain(plain), context.box ?? plain.natural)
        }
        endText = try look.endContent(in: size, with: context.typesetter)
    }

    /// The end in shop time, which a file's frames must show.
    package var end: Instant? {
        if case .instant(let end) = clock.goal { return end }
        return nil
    }

    /// What it says at a moment of the scene: the figures, or the end text.
    package func text(at time: FrameTime, clock feed: FeedClock) -> String {
        let units = format.units(left: clock.left(at: time, sceneStart: sceneStart, clock: feed))
        return units == 0 && !look.endText.isEmpty ? look.endText : format.text(units, leading: leading)
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let (time, feed, id) = (context.time.local, context.clock, context.id)
        let (clock, format, sceneStart, rate) = (clock, format, sceneStart, context.time.rate)
        func units(_ time: FrameTime) -> Int64 {
            format.units(left: clock.left(at: time, sceneStart: sceneStart, clock: feed))
        }
        let now = units(time)
        // No animation that follows a change is longer than two seconds.
        let earliest = max(.zero, time - FrameTime(seconds: 2, rate: rate))
        if now == 0, let endText {
            let end = CountdownClock.first(from: earliest, to: time) { units($0) == 0 }
            let age = end == .zero ? 1 : (time - end).seconds(at: rate)
            return look.ending(endText, size: size, age: age, id: id)
        }
        let isUrgent = now * format.unit <= look.urgentMicroseconds
        let nodes: [Node]
        switch face {
        case .plain(let plain):
            nodes = plain.nodes(format.slots(now, leading: leading), isUrgent: isUrgent, in: size, id: id)
        case .flaps(let flaps):
            // Most moments show what the one before them shows.
            var (shown, slots) = (now, format.slots(now, leading: leading))
            nodes = flaps.nodes(time, earliest: earliest, in: size, id: id) { [leading] in
                let units = units($0)
                if units != shown { (shown, slots) = (units, format.slots(units, leading: leading)) }
                return slots
            }
        }
        let second = CountdownClock.first(from: earliest, to: time) {
            units($0) * format.unit <= (now * format.unit + 999_999) / 1_000_000 * 1_000_000
        }
        return look.pulsing(
            nodes, size: size, age: second == .zero ? 10 : (time - second).seconds(at: rate), isUrgent: isUrgent, id: id
        )
    }
}
