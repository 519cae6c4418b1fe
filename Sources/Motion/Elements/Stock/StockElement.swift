import Drawing
import Orders

/// What is left of a stock: a number, a bar that drains, a hit with every piece that goes, and an end.
package struct StockSpecification: ElementSpecification {
    package static let kind = "stockCounter"
    package static let summary =
        "What is left of a stock: a bar that drains, a hit with every piece sold, 已售罄 at zero. From stock events, or simulated."

    /// A declared number of pieces from a moment of the scene on.
    struct Entry: Sendable {
        let at: FrameTime
        let left: Int64
    }

    private let measure: String?
    private let schedule: [Entry]?
    private let total: Int64?
    private let label, note: TextTemplate?
    private let labelLook: TextLook
    private let look: StockLook

    /// Whether the numbers are the template's own.
    package var simulatesStock: Bool { schedule != nil }

    package init?(from fields: FieldDecoder) {
        let scale = fields.context.environment.scale
        var base = TextLook(size: 64 * scale)
        base.weight = 700
        labelLook = TextLook(from: fields, base: base)
        guard let look = StockLook(from: fields, labelSize: labelLook.size) else { return nil }
        self.look = look
        measure = fields.optional(Self.measure)
        schedule = fields.optional(Self.schedule)
        total = fields.optional(Self.total).map(Int64.init)
        label = fields.optional(Self.label)
        note = fields.optional(Self.noteField)
        guard fields.has(Self.measure) != fields.has(Self.schedule) else {
            fields.report(
                fields.has(Self.measure) ? .type : .missingKey, "a stock comes from a measure or from a schedule",
                hint: "give one of measure and schedule", at: Self.measure)
            return nil
        }
        if let schedule {
            guard schedule.first?.at == .zero else {
                fields.report(
                    .range, "the schedule does not begin at 0s", hint: "say what is left when the scene begins",
                    at: Self.schedule)
                return nil
            }
            for (earlier, later) in zip(schedule, schedule.dropFirst()) where earlier.at >= later.at {
                fields.report(
                    .animation, "the times of the schedule must rise", hint: "sort them, and give no time twice",
                    at: Self.schedule)
                return nil
            }
        } else if fields.has(Self.schedule) {
            return nil
        } else if total == nil {
            if !fields.has(Self.total) {
                fields.report(
                    .missingKey, "the bar needs the stock at the start", hint: "write total: 500, the real number",
                    at: Self.total)
            }
            return nil
        }
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        let steps: NumberSteps
        var most = total ?? 1
        if let schedule {
            steps = .declared(schedule.map { (time: context.sceneStart + $0.at, value: $0.left) })
            most = max(1, total ?? schedule.first?.left ?? 1)
            context.noteSimulation()
        } else {
            guard let measure, let index = context.measure(measure) else { return nil }
            guard context.tracks[index.ordinal].series.measure == .stockLeft else {
                context.report(
                    .type, "\"\(measure)\" does not say what is left", hint: "declare a measure {of: stock}")
                return nil
            }
            // Sold out is said when an event says so, never for want of one.
            guard context.isLive || context.tracks[index.ordinal].stepCount > 0 else {
                context.report(
                    .noOrders, "nothing in the data says how many are left",
                    hint: "add stock events to the order log, or declare a schedule, which is marked as simulated")
                return nil
            }
            steps = .stock(index, before: most)
        }
        guard let box = context.box, box.width >= 1, box.height >= 1 else {
            context.report(.missingKey, "a stock needs a size", hint: "write size: [width, height]")
            return nil
        }
        let label = label ?? Self.parts([.literal("仅剩 "), .measure("left", .grouped), .literal(" 件")])
        var note = note ?? Self.parts([.literal("已抢 "), .measure("percent", .plain), .literal("%")])
        // What no feed says is marked where it stands, not in the disclosure alone.
        if schedule != nil { note = Self.parts([.literal(note.parts.isEmpty ? "模拟库存" : "模拟库存 ")] + note.parts) }
        let content = StockContent(
            steps: steps, total: most, size: box, look: look, labelLook: labelLook, label: label, note: note,
            in: context)
        return content.map { .stock($0) }
    }

    private static func parts(_ parts: [TextTemplate.Part]) -> TextTemplate { TextTemplate(parts: parts) }

    private static let names = ["left", "sold", "percent", "total"]
    private static let measure = Field("measure", Name.type, "The measure of what is left ({of: stock}).")
    private static let at = Field(
        "at", ValueType<FrameTime>.duration(), "When it is so, since the scene began.", isRequired: true)
    private static let left = Field(
        "left", ValueType<Int>.whole(0...100_000_000), "Pieces that are left from then on.", isRequired: true)
    private static let schedule = Field(
        "schedule",
        ValueType<[Entry]>.list(
            of: .object([at.schema, left.schema]) { fields in
                guard let at = fields.required(at), let left = fields.required(left) else { return nil }
                return Entry(at: at, left: Int64(left))
            }, count: 1...1000),
        "A made-up course of the stock, which frames and disclosure then call 模拟库存.")
    private static let total = Field(
        "total", ValueType<Int>.whole(1...100_000_000),
        "The stock at the start: where the bar is full, and what is left before the first event says so.")
    private static let label = Field(
        "label", TextTemplate.type(naming: names), "The text above the bar, with {left}, {sold}, {percent} and {total}."
    )
    private static let noteField = Field(
        "note", TextTemplate.type(naming: names), "The text at the bar's right end, with the same numbers.")

    package static let fields =
        [
            measure.schema, schedule.schema, total.schema, label.schema, noteField.schema,
        ] + StockLook.fields + TextLook.fields
}
