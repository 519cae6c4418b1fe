internal import Drawing

/// Orders as pop-ups: one at a time, or running through lanes.
package struct PopupsSpecification: ElementSpecification {
    package static let kind = "popups"
    package static let summary =
        "Orders as pop-ups: one after the other in a queue, or running through lanes (danmaku)."
    package static let speaksOfNow = true
    package static let showsOrders = true

    /// The ways of showing them.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// One at a time.
        case queue
        /// From right to left, none over another.
        case danmaku
    }

    /// Where a pop-up stands across the box.
    package enum Side: String, Hashable, Sendable, CaseIterable { case left, center, right }

    private static let mode = Field("mode", ValueType<Mode>.choice, "How pop-ups are shown.")
    private static let moreColor = Field("moreColor", ValueType<Color>.color, "The colour of {more} at the end.")
    private static let side = Field("side", ValueType<Side>.choice, "Where they stand in a queue's box.")
    private static let hold = Field(
        "hold", ValueType<FrameTime>.duration(0.5...60), "How long one stays when no other waits.")
    private static let minimum = Field(
        "minimum", ValueType<FrameTime>.duration(0.5...60), "How long one stays at least when others wait.")
    private static let pause = Field("pause", ValueType<FrameTime>.duration(0...60), "From one to the next.")
    private static let appear = Field("appear", Appearance.type(isGoing: false), "How one comes.")
    private static let vanish = Field("vanish", Appearance.type(isGoing: true), "How one goes.")
    private static let lanes = Field(
        "lanes", ValueType<Int>.whole(1...40), "The most lanes of danmaku; as many as fit when missing.")
    private static let speed = Field(
        "speed", ValueType<Double>.length(10...4000), "How fast danmaku run, in units of the layout a second.")
    private static let gap = Field(
        "gap", ValueType<Double>.length(1...4096), "The least space between two in a lane, and between lanes.")
    private static let fade = Field(
        "fade", ValueType<Double>.length(0...4096), "How far danmaku fade at the left and right edge.")
    private static let merge = Field(
        "merge", MergeRule.type(perSecond: 2, after: 1, text: "另有 # 笔新订单"),
        "What becomes of orders that come too fast; a queue goes by hold, minimum and pause alone.")
    private static let over = Field(
        "over", ValueType<Double>.number(0...100_000_000), "From how many yuan on an order is large.", isRequired: true)
    private static let priority = Field(
        "priority", ValueType<Double>.object([over.schema]) { $0.required(over) },
        "Large orders are shown before others that wait, on largeFill.")

    package static let fields =
        [
            FieldSchema(
                key: "text",
                summary: "The sentence; texts say {name} {place} {product} {price} {ago} {quantity} {more}.",
                schema: TextBlock.fields[0].schema), mode.schema, moreColor.schema, side.schema, hold.schema,
            minimum.schema, pause.schema, appear.schema, vanish.schema, lanes.schema, speed.schema, gap.schema,
            fade.schema,
            merge.schema, priority.schema,
        ] + PillLook.fields + TextBlock.fields.filter { $0.key != "text" && !unused.contains($0.key) }
    private static let unused = [
        "align", "verticalAlign", "maxLines", "overflow", "minFontSize", "writing", "fillImage", "reveal", "highlight",
        "pangu", "priceScale",
    ]

    private let mode: Mode
    private let box: Size
    private let block: TextBlock
    private let look: PillLook
    private let side: Side
    private let times: (hold: FrameTime, minimum: FrameTime, pause: FrameTime)
    private let appear, vanish: Appearance
    private let lanes: Int?
    private let speed, gap, fade: Double
    private let rule: MergeRule
    private let priority: Int64?

    package var showsProducts: Bool { block.spans.contains { $0.text.parts.contains(.order(.product)) } }

    package init?(from fields: FieldDecoder) {
        let environment = fields.context.environment
        guard environment.orderWords.isEmpty else {
            fields.context.report(.type, "a row holds no pop-ups", hint: "put them beside", at: fields.value)
            return nil
        }
        guard let extent = fields.optional(Field("size", ValueType<Point>.extent.animated, ""))?.first,
            extent.x > 0, extent.y > 0
        else {
            fields.context.report(
                .missingKey, "pop-ups need a size", hint: "write size: [width, height] for where they show",
                at: fields.value)
            return nil
        }
        box = Size(width: extent.x, height: extent.y)
        mode = fields.value(Self.mode, default: .queue)
        side = fields.value(Self.side, default: .left)
        func time(_ field: Field<FrameTime>, _ seconds: Double) -> FrameTime {
            fields.value(field, default: FrameTime(seconds: seconds, rate: environment.rate))
        }
        times = (time(Self.hold, 4), time(Self.minimum, 2.5), time(Self.pause, 0.8))
        let distance = 90 * environment.scale
        func appearance(_ seconds: Double, _ easing: Easing, _ distance: Double) -> Appearance {
            Appearance(
                preset: .slide, duration: FrameTime(seconds: seconds, rate: environment.rate), delay: .zero,
                easing: easing, distance: distance, stagger: .zero)
        }
        appear = fields.value(
            Self.appear, default: appearance(0.5, .spring(dampingRatio: 0.75, velocity: 0), -distance))
        vanish = fields.value(Self.vanish, default: appearance(0.3, .curve(.cubic, .accelerating), distance))
        lanes = fields.optional(Self.lanes)
        speed = fields.value(Self.speed, default: 200 * environment.scale)
        gap = max(1, fields.value(Self.gap, default: 36 * environment.scale).rounded())
        fade = min(
            fields.value(Self.fade, default: 56 * environment.scale).rounded(), (extent.x / 4).rounded(.down))
        rule = fields.value(Self.merge, default: .standard(perSecond: 2, after: 1, text: "另有 # 笔新订单"))
        priority = fields.optional(Self.priority).map { Int64(($0 * 100).rounded()) }
        look = PillLook(from: fields)
        let color = fields.value(Self.moreColor, default: Color(red: 0xff, green: 0xd0, blue: 0x5c))
        guard let block = Self.block(fields, moreColor: color) else { return nil }
        self.block = block
    }

    /// The sentence, with {more} at its end unless it says that itself.
    private static func block(_ fields: FieldDecoder, moreColor: Color) -> TextBlock? {
        var value = fields.value
        if value["text"] == nil, let entries = value.entries {
            let text = YAMLValue(
                .scalar("{place} {name} {ago}下单了", isQuoted: true), line: value.line, column: value.column)
            value = YAMLValue(
                .mapping(
                    entries + [
                        YAMLValue.Entry(key: "text", keyLine: value.line, keyColumn: value.column, value: text)
                    ]),
                line: value.line, column: value.column)
        }
        return fields.context.withOrderWords(TextTemplate.OrderWord.row) {
            guard let inner = FieldDecoder(value, fields: Placement.fields + Self.fields, in: fields.context),
                var block = TextBlock(from: inner), let first = block.spans.first
            else { return nil }
            if block.spans.contains(where: { $0.highlight != nil }) {
                fields.context.report(
                    .type, "a pop-up has no bars behind its texts", hint: "remove highlight", at: value)
            }
            if !block.spans.contains(where: { $0.text.parts.contains(.order(.more)) }) {
                var look = first.look
                look.fill = .solid(Animated(moreColor))
                block.spans.append(
                    TextBlock.Span(text: TextTemplate(parts: [.literal(" "), .order(.more)]), look: look))
            }
            return block
        }
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        guard let arrivals = context.arrivals,
            let painter = PillPainter(
                look: look, block: block, rule: rule, maximumWidth: box.width.rounded(.down), in: context)
        else { return nil }
        guard painter.height <= box.height else {
            context.report(
                .range, "a pop-up is \(Legibility.shown(painter.height / context.scale)) units high, its box is lower",
                hint: "make the size higher or the text smaller")
            return nil
        }
        context.noteOrders()
        let run = DanmakuRun(
            box: box, height: painter.height, reach: painter.reach, gap: gap, lanes: lanes,
            speed: speed / (Double(context.rate.numerator) / Double(context.rate.denominator) * 64))
        let end = Int64((context.sceneStart + context.sceneDuration).ticks)
        let pace: FeedSchedule.Pace
        switch mode {
        case .queue:
            FeedLegibility.check(
                popup: (appear.span + times.minimum + vanish.span).seconds(at: context.rate), text: painter.sample,
                in: context)
            pace = .single(
                hold: Int64((appear.span + times.hold).ticks), minimum: Int64((appear.span + times.minimum).ticks),
                gap: Int64((vanish.span + times.pause).ticks))
        case .danmaku:
            FeedLegibility.check(speed: speed, in: context)
            let clock = context.clock
            pace = .lanes(
                FeedSchedule.Lanes(count: run.lanes, speed: run.speed, gap: gap + 2 * painter.reach) { entry in
                    let last = entry.tick + Int64((run.distance(painter.maximumWidth) / run.speed).rounded(.up))
                    let forms = RelativeAge.forms(
                        for: entry.order.line.at, from: FrameTime(ticks: Int(entry.tick)),
                        to: FrameTime(ticks: Int(last)),
                        on: clock)
                    return forms.reduce(0) { max($0, painter.width(entry, ago: $1)) }
                })
        }
        let reading = mode == .queue ? times.minimum : FrameTime(seconds: 2, rate: context.rate)
        var content = PopupsContent(
            size: box, mode: mode, side: side, run: run, fade: fade, appear: appear, vanish: vanish, painter: painter,
            schedule: FeedSchedule(
                FeedSchedule.Rule(
                    interval: rule.interval(at: context.rate), patience: rule.patience, priority: priority, pace: pace,
                    end: end, lastStart: end - Int64((appear.span + reading).ticks), history: 0)),
            census: GlyphCensus(typesetter: context.typesetter))
        content.take(arrivals)
        context.missingGlyphs += content.missingGlyphs
        return .popups(content)
    }
}

extension Appearance {
    /// From its beginning to its end.
    var span: FrameTime { delay + duration }
}
