package import Drawing

/// Orders as rows: each new one moves the others on.
package struct WaterfallSpecification: ElementSpecification {
    package static let kind = "waterfall"
    package static let summary = "Orders as rows that scroll, or that push one another on, as they arrive."
    package static let speaksOfNow = true
    package static let showsOrders = true

    /// Where new rows come in.
    package enum Edge: String, Hashable, Sendable, CaseIterable { case top, bottom }

    private static let mode = Field("mode", ValueType<WaterfallMotion.Mode>.choice, "How rows move.")
    private static let from = Field("from", ValueType<Edge>.choice, "The edge at which new rows come in.")
    private static let rowHeight = Field(
        "rowHeight", ValueType<Double>.length(1...4096), "Height of a row, in units of the layout.")
    private static let gap = Field("gap", ValueType<Double>.length(0...4096), "Between two rows.")
    private static let fade = Field(
        "fade", ValueType<Double>.length(0...4096), "How far rows fade at the upper and lower edge.")
    private static let merge = Field(
        "merge", MergeRule.type(perSecond: 2, after: 3, text: "另有 # 笔"), "What becomes of orders that come too fast.")
    private static let over = Field(
        "over", ValueType<Double>.number(0...100_000_000), "From how many yuan on an order is large.", isRequired: true)
    private static let priority = Field(
        "priority", ValueType<Double>.object([over.schema]) { $0.required(over) },
        "Large orders are shown rather than others that wait.")
    package static let fields = [
        RowSpecification.schema, mode.schema, from.schema, rowHeight.schema, gap.schema, fade.schema, merge.schema,
        priority.schema,
    ]

    private let row: RowSpecification
    private let box: Size
    private let shape: WaterfallContent.Shape
    private let rule: MergeRule
    private let mode: WaterfallMotion.Mode
    private let priority: Int64?

    package var showsProducts: Bool { row.elements.contains { $0.specification.namesProduct } }

    package init?(from fields: FieldDecoder) {
        let scale = fields.context.environment.scale
        guard fields.context.environment.orderWords.isEmpty else {
            fields.context.report(.type, "a row holds no waterfall", hint: "put it beside", at: fields.value)
            return nil
        }
        guard let extent = fields.optional(Field("size", ValueType<Point>.extent.animated, ""))?.first,
            extent.x > 0, extent.y > 0
        else {
            fields.context.report(
                .missingKey, "a waterfall needs a size", hint: "write size: [width, height]", at: fields.value)
            return nil
        }
        // The lower edge is one from which whole rows are measured.
        box = Size(width: extent.x, height: max(1, extent.y.rounded()))
        // Whole pixels, so that rows at rest are as sharp as they were drawn.
        let height = max(1, fields.value(Self.rowHeight, default: 132 * scale).rounded())
        let gap = fields.value(Self.gap, default: 14 * scale).rounded()
        let fade = min(fields.value(Self.fade, default: 60 * scale).rounded(), (extent.y / 2).rounded(.down))
        shape = WaterfallContent.Shape(
            row: Size(width: extent.x, height: height), pitch: height + gap, fade: fade,
            isUpwards: fields.value(Self.from, default: .top) == .bottom)
        guard height <= extent.y else {
            fields.report(.range, "a row is higher than the waterfall", hint: "make it lower", at: Self.rowHeight)
            return nil
        }
        mode = fields.value(Self.mode, default: .push)
        rule = fields.value(Self.merge, default: .standard(perSecond: 2, after: 3, text: "另有 # 笔"))
        priority = fields.optional(Self.priority).map { Int64(($0 * 100).rounded()) }
        guard
            let row = RowSpecification(from: fields, size: shape.row, standard: Self.standardRow)
        else { return nil }
        self.row = row
    }

    /// Avatar, name and place over the product; price over age at the right. Lengths are units of the layout.
    private static func standardRow(_ size: Size) -> String {
        let (w, h) = (size.width, size.height)
        func n(_ value: Double) -> String { Scalar.text((value * 100).rounded() / 100) }
        let (pad, disc) = (h * 0.17, h * 0.66)
        let left = pad + disc + h * 0.18
        let right = w - h * 0.24
        let tail = min(w * 0.3, h * 1.9)
        let middle = right - tail - h * 0.1 - left
        // What is merged follows the title, which gives way to it.
        let age = min(w * 0.25, h * 1.42)
        let title = right - age - h * 0.1 - left
        return """
            - {type: shape, shape: rect, anchor: top-left, size: [\(n(w)), \(n(h))], radius: \(n(h * 0.24)), fill: "#140b10c8", stroke: "#ffffff1f", strokeWidth: \(n(h * 0.012))}
            - {type: avatar, anchor: top-left, position: [\(n(pad)), \(n(pad))], size: [\(n(disc)), \(n(disc))]}
            - {type: text, text: ["{name}", {text: "  {place}", weight: 500, color: "#ffffffc8"}], weight: 700, fontSize: \(n(h * 0.285)), color: "#ffffff", align: start, anchor: left, position: [\(n(left)), \(n(h * 0.32))], size: [\(n(middle)), \(n(h * 0.44))]}
            - {type: text, text: ["{product}", {text: "  {more}", weight: 700, color: "#ffd05c"}], fontSize: \(n(h * 0.27)), color: "#ffffffb8", align: start, anchor: left, position: [\(n(left)), \(n(h * 0.69))], size: [\(n(title)), \(n(h * 0.4))]}
            - {type: text, text: "{price}", weight: 700, fontSize: \(n(h * 0.3)), color: "#ffd05c", align: end, anchor: right, position: [\(n(right)), \(n(h * 0.32))], size: [\(n(tail)), \(n(h * 0.44))]}
            - {type: text, text: "{ago}", fontSize: \(n(h * 0.27)), color: "#ffffff9c", align: end, anchor: right, position: [\(n(right)), \(n(h * 0.69))], size: [\(n(age)), \(n(h * 0.4))]}
            """
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        guard let arrivals = context.arrivals else { return nil }
        let painter = row.resolve(size: shape.row, pitch: shape.pitch, rule: rule, in: context)
        context.noteOrders()
        FeedLegibility.check(rows: box.height / shape.pitch / rule.perSecond, in: context)
        let interval = rule.interval(at: context.rate)
        let motion = WaterfallMotion(mode: mode, interval: interval, rate: context.rate)
        let end = Int64((context.sceneStart + context.sceneDuration).ticks)
        let rows = Int((box.height / shape.pitch).rounded(.up)) + 1
        var content = WaterfallContent(
            size: box, shape: shape, motion: motion, painter: painter,
            schedule: FeedSchedule(
                FeedSchedule.Rule(
                    interval: interval, patience: rule.patience, priority: priority, pace: .steady, end: end,
                    lastStart: end - Int64(FrameTime(seconds: 1.2, rate: context.rate).ticks), history: rows)),
            census: GlyphCensus(typesetter: context.typesetter))
        content.take(arrivals)
        context.missingGlyphs += content.missingGlyphs
        return .waterfall(content)
    }
}

/// Orders as rows, resolved.
package struct WaterfallContent: ElementContent {
    /// Lengths in output pixels.
    struct Shape: Hashable, Sendable {
        let row: Size
        /// From row to row.
        let pitch: Double
        let fade: Double
        /// Whether rows come in below and move upwards.
        let isUpwards: Bool
    }

    package let size: Size
    /// Which orders are rows, from when.
    package private(set) var schedule: FeedSchedule
    private let shape: Shape
    private let motion: WaterfallMotion
    private let painter: RowPainter
    private let census: GlyphCensus
    private let window: Rect
    private let edges: EdgeFade

    init(
        size: Size, shape: Shape, motion: WaterfallMotion, painter: RowPainter, schedule: FeedSchedule,
        census: GlyphCensus
    ) {
        (self.size, self.shape, self.motion, self.painter) = (size, shape, motion, painter)
        (self.schedule, self.census) = (schedule, census)
        // Shadows of rows reach out at both sides.
        window = Rect(x: -64, y: 0, width: size.width.rounded(.up) + 128, height: size.height)
        edges = EdgeFade(window: window, depth: shape.fade, isAcross: false)
    }

    /// Characters of its orders that no font has.
    package var missingGlyphs: Int { schedule.missingGlyphs }

    package mutating func append(_ update: FeedUpdate) {
        if let arrivals = update.arrivals { take(arrivals) }
    }

    mutating func take(_ arrivals: FeedArrivals) {
        schedule.append(arrivals) { [census] in census.missing(in: $0) }
    }

    /// The upper edges of the rows that can be seen, by their ordinal, the newest first.
    package func rows(at time: FrameTime) -> [(ordinal: Int, y: Double)] {
        let now = Int64(time.ticks)
        let begun = schedule.begun(at: now)
        let count = schedule.historyCount + begun
        // Where the strip is: whole rows, less what the latest have not made room for yet.
        var strip = Double(count)
        var index = begun - 1
        while index >= 0, now - schedule.entries[index].tick < motion.settling {
            strip += motion.progress(now - schedule.entries[index].tick) - 1
            index -= 1
        }
        var rows: [(ordinal: Int, y: Double)] = []
        let oldest = schedule.historyCount - schedule.history.count
        var ordinal = min(count, Int(strip.rounded(.up))) - 1
        while ordinal >= oldest {
            let place = shape.fade + (strip - Double(ordinal + 1)) * shape.pitch
            guard place < size.height else { break }
            rows.append((ordinal, shape.isUpwards ? size.height - shape.row.height - place : place))
            ordinal -= 1
        }
        return rows
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let rows = rows(at: context.time.absolute)
        // The oldest first: the newest lies on top.
        var items: [EdgeFade.Item] = []
        for row in rows.reversed() {
            if let content = content(row.ordinal, in: context) {
                items.append(EdgeFade.Item(ordinal: row.ordinal, content: content, place: Point(x: 0, y: row.y)))
            }
        }
        if items.isEmpty { return nil }
        return LayerContent(bounds: window, nodes: edges.nodes(items, id: context.id))
    }

    /// The trace codes of the orders whose rows can be seen.
    func traces(at time: FrameTime) -> [String] {
        // A row that only just comes in has its place still outside of the window.
        rows(at: time).filter { $0.y < size.height && $0.y + shape.row.height > 0 }.map { row in
            let index = row.ordinal - schedule.historyCount
            let line = index < 0 ? schedule.history[schedule.history.count + index] : schedule.entries[index].order.line
            return line.face.trace
        }
    }

    private func content(_ ordinal: Int, in context: borrowing EvaluateContext) -> LayerContent? {
        let index = ordinal - schedule.historyCount
        if index < 0 {
            return painter.content(schedule.history[schedule.history.count + index], merged: 0, in: context)
        }
        let entry = schedule.entries[index]
        return painter.content(entry.order.line, merged: entry.merged, in: context)
    }
}
