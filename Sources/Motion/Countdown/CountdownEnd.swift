package import Orders

/// The absolute end of a countdown, which a file's frames must show (its forms in text).
package struct CountdownEnd: Hashable, Sendable {
    private let end: Instant

    package init(_ end: Instant) { self.end = end }

    /// A text that says it.
    package var example: String { "截止 \(end.text.dropLast(3))" }

    /// True when one of the texts names the day and the minute: `2026-11-12 00:00` or `11月12日 00:00`, or the midnight as
    /// 24:00 of the day before.
    package func isShown(in texts: [String]) -> Bool {
        var forms = [Self.form(end, clock: nil)]
        if end == end.startOfDay { forms.append(Self.form(end.adding(microseconds: -1), clock: "24:00")) }
        return texts.contains { text in
            forms.contains { form in form.days.contains { text.contains($0) } && text.contains(form.clock) }
        }
    }

    private static func form(_ instant: Instant, clock: String?) -> (days: [String], clock: String) {
        let (time, text) = (instant.calendar, instant.text)
        let days = [String(text.prefix(10)), "\(time.month)月\(time.day)日", "\(time.month).\(time.day)"]
        return (days, clock ?? String(text.dropFirst(11).prefix(5)))
    }
}
