package import Drawing
package import Orders

/// What a template shows of an order feed.
package struct DataSpecification: Hashable, Sendable {
    /// A named number.
    package struct MeasureSpecification: Hashable, Sendable {
        /// Its name in texts and elements.
        package let name: String
        /// What it measures.
        package let measure: Measure
        /// What becomes of refunded orders; nil: as the feed has it by default.
        package let counting: Counting?
    }

    /// How video time and shop time go together.
    package struct Map: Hashable, Sendable {
        /// A moment of shop time.
        package enum Moment: Hashable, Sendable {
            case periodStart
            case periodEnd
            case instant(Instant)
        }

        package var from = Moment.periodStart
        package var to = Moment.periodEnd
        /// When the video leaves `from`.
        package var start = FrameTime.zero
        /// When it reaches `to`; nil: `hold` before its end.
        package var end: FrameTime?
        /// How long the last numbers stand when `end` is not given.
        package var hold: FrameTime?
        package var easing = Easing.linear
    }

    /// The measures in order of the document.
    package var measures: [MeasureSpecification] = []
    /// The period, unless the command line gives one; nil: all of the feed.
    package var period: Period?
    /// Where the data comes from, for the disclosure.
    package var source: String?
    /// How video time and shop time go together.
    package var map = Map()
    /// When the sale ends, for countdowns; nil: nobody says.
    package var saleEnd: Map.Moment?
    /// The number in the period of the order that the film tells of; nil: of none in particular.
    package var order: Int?
    /// Whether the template may look at the end of the feed before the video gets there; live refuses it.
    package var isOffline = false

    package init() {}
}

extension DataSpecification {
    private static let of = Field("of", ValueType<Measure>.choice, "What it measures.", isRequired: true)
    private static let counting = Field("counting", ValueType<Counting>.choice, "What becomes of refunded orders.")
    private static let measureFields = [of.schema, counting.schema]

    private static let measureMap = ValueType<[MeasureSpecification]>(
        .map(of: .anyOf([ValueType<Measure>.choice.schema, .object(measureFields)]))
    ) {
        value, context in
        guard let entries = value.entries, entries.count <= 64 else {
            context.report(
                .type, "\(value.shape) where measures are needed", hint: "write sold: {of: orders}", at: value)
            return nil
        }
        var result: [MeasureSpecification] = []
        for entry in entries {
            context.within(.key(entry.key)) {
                guard Name.isValid(entry.key) else {
                    context.report(
                        .type, "\"\(entry.key.prefix(60))\" cannot name a measure",
                        hint: "write letters, digits, - and _, starting with a letter", at: entry.value)
                    return
                }
                if context.environment.parameters[entry.key] != nil || TextTemplate.reserved.contains(entry.key) {
                    context.report(
                        .duplicateName, "\"\(entry.key)\" is already a name that texts can use", hint: "choose another",
                        at: entry.value)
                }
                if entry.value.entries == nil {
                    if let measure = context.decode(entry.value, as: ValueType<Measure>.choice) {
                        result.append(MeasureSpecification(name: entry.key, measure: measure, counting: nil))
                    }
                } else if let fields = FieldDecoder(entry.value, fields: measureFields, in: context),
                    let measure = fields.required(of)
                {
                    result.append(
                        MeasureSpecification(name: entry.key, measure: measure, counting: fields.optional(counting)))
                }
            }
        }
        return result
    }

    /// A moment of shop time.
    package static let moment = ValueType<Map.Moment>(
        .anyOf([.choice(["period.start", "period.end"]), ValueType<Instant>.instant.schema])
    ) { value, context in
        switch value.text {
        case "period.start": .periodStart
        case "period.end": .periodEnd
        default: ValueType<Instant>.instant.read(value, context).map { .instant($0) }
        }
    }
    private static let from = Field("from", moment, "Shop time at the start of the mapping.")
    private static let to = Field("to", moment, "Shop time at the end of the mapping.")
    private static let start = Field("start", ValueType<FrameTime>.duration(), "When the video leaves from.")
    private static let end = Field("end", ValueType<FrameTime>.duration(), "When the video reaches to.")
    private static let hold = Field(
        "hold", ValueType<FrameTime>.duration(), "How long the last numbers stand, instead of end.")
    private static let ease = Field("ease", Easing.type, "How shop time runs; it may not run back.")
    private static let mapType = ValueType<Map>.object([
        from.schema, to.schema, start.schema, end.schema, hold.schema, ease.schema,
    ]) { fields in
        var map = Map()
        map.from = fields.value(from, default: map.from)
        map.to = fields.value(to, default: map.to)
        map.start = fields.value(start, default: .zero)
        map.end = fields.optional(end)
        map.hold = fields.optional(hold)
        map.easing = fields.value(ease, default: .linear)
        if let last = map.end, last <= map.start {
            fields.report(.range, "the mapping ends before it starts", hint: "make end later than start", at: end)
        }
        if map.end != nil, map.hold != nil {
            fields.report(.type, "end and hold say the same thing", hint: "remove one of them", at: hold)
        }
        if !map.easing.isMonotone {
            fields.report(
                .animation, "shop time would run back with this easing",
                hint: "choose one that does not overshoot, such as in-out-sine", at: ease)
            return nil
        }
        return map
    }

    private static let measuresField = Field("measures", measureMap, "Named numbers of the feed.")
    private static let periodField = Field(
        "period",
        ValueType<String>.text(maximum: 100).map { text, value, context -> Period? in
            do throws(OrdersError) {
                return try Period(text)
            } catch {
                context.report(.period, error.what, hint: error.remedy, at: value)
                return nil
            }
        }, "The period that counts, FROM..TO in Beijing time, unless --period gives another.")
    private static let sourceField = Field("source", ValueType<String>.text(maximum: 100), "Where the data comes from.")
    private static let mapField = Field("map", mapType, "How video time and shop time go together.")
    private static let saleEndField = Field(
        "saleEnd", moment,
        "When the sale ends, for countdowns and the fact {saleEnd}; a period that comes from the data alone is none.")
    private static let order = Field(
        "order", ValueType<Int>.whole(1...1_000_000_000),
        "The number in the period of the order that the film tells of, for elements of type order; needs offline.")
    private static let offline = Field(
        "offline", ValueType<Bool>.boolean, "Whether it may look ahead to the end of the feed; live refuses it.")
    package static let fields = [
        measuresField.schema, periodField.schema, sourceField.schema, mapField.schema, saleEndField.schema,
        order.schema, offline.schema,
    ]

    /// The mapping `data`.
    package static let type = ValueType<DataSpecification>.object(fields) { fields in
        var data = DataSpecification()
        data.measures = fields.value(measuresField, default: [])
        data.period = fields.optional(periodField)
        data.source = fields.optional(sourceField)
        data.map = fields.value(mapField, default: Map())
        data.saleEnd = fields.optional(saleEndField)
        data.order = fields.optional(order)
        data.isOffline = fields.value(offline, default: false)
        if data.order != nil, !data.isOffline {
            fields.report(
                .lookAhead, "to tell of an order by its number is to look ahead", hint: "add offline: true", at: order)
        }
        return data
    }
}
