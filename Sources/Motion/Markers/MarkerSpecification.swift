package import Drawing

/// A named moment of the video, as a template declares it: `sold888: {measure: sold, passes: 888}`.
package struct MarkerSpecification: Hashable, Sendable {
    /// When a number passes something. Numbers are counts, or yuan.
    package enum Rule: Hashable, Sendable {
        /// The first moment at which it is at least so much.
        case passes(Double)
        /// The first moment at which it is at most so much, having been more.
        case falls(Double)
        /// Each moment at which it is at least one more multiple than ever before.
        case every(Double)
    }

    /// What a moment is.
    package enum Moment: Hashable, Sendable {
        /// A measure passes something: nobody knows it before.
        case measured(String, Rule)
        /// A time of the video.
        case video(FrameTime)
        /// So long after a scene begins.
        case scene(String, FrameTime)
        /// The video shows a moment of shop time; nil is the end of the sale.
        case shop(DataSpecification.Map.Moment?)
    }

    /// Its name.
    package let name: String
    /// What it is.
    package let moment: Moment
}

/// A marker and a time after it: `sold888+0.5s`.
package struct MarkerMoment: Hashable, Sendable {
    /// The marker's name.
    package let marker: String
    /// How long after it.
    package let offset: FrameTime
}

/// A time of an element: counted from where its times count, or from a marker.
package enum ElementMoment: Hashable, Sendable {
    case time(FrameTime)
    case marker(MarkerMoment)

    /// A span of time, a marker's name, or `name+0.5s`.
    package static let type = ValueType<ElementMoment>(
        .anyOf([
            ValueType<FrameTime>.duration().schema,
            .pattern("^[A-Za-z_][A-Za-z0-9_-]{0,63}(\\+[0-9]+(\\.[0-9]+)?(s|ms|f))?$", example: "sold888+0.5s"),
        ])
    ) { value, context in
        guard let text = value.text, let first = text.utf8.first, first | 0x20 >= UInt8(ascii: "a") || first == 0x5f
        else { return ValueType<FrameTime>.duration().read(value, context).map { .time($0) } }
        let halves = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard MarkerSpecification.check(halves[0], at: value, in: context) else { return nil }
        guard halves.count == 2 else { return .marker(MarkerMoment(marker: text, offset: .zero)) }
        guard let seconds = Scalar.seconds(halves[1], rate: context.environment.rate), (0...3600).contains(seconds)
        else {
            context.report(
                .type, "\(value.shape) is no moment after a marker", hint: "write \(halves[0])+0.5s", at: value)
            return nil
        }
        return .marker(
            MarkerMoment(marker: halves[0], offset: FrameTime(seconds: seconds, rate: context.environment.rate)))
    }
}

extension MarkerSpecification {
    /// The name of a marker that the template declares.
    package static let reference = ValueType<String>(Name.type.schema) { value, context in
        guard let name = Name.type.read(value, context), check(name, at: value, in: context) else { return nil }
        return name
    }

    fileprivate static func check(_ name: String, at value: YAMLValue, in context: DecodeContext) -> Bool {
        let names = context.environment.markers
        if names.contains(name) { return true }
        context.report(
            .unknownName, "there is no marker \"\(name.prefix(60))\"",
            hint: names.isEmpty
                ? "declare it: markers: {\(Name.isValid(name) ? name : "sold888"): {measure: sold, passes: 888}}"
                : Suggestion.hint(for: name, among: names), at: value)
        return false
    }

    private static let measure = Field("measure", Name.type, "The measure that passes something.")
    private static let passes = Field(
        "passes", ValueType<Double>.number(0.01...1e12),
        "The first moment at which the measure is at least so much (yuan for money).")
    private static let falls = Field(
        "falls", ValueType<Double>.number(0...1e12),
        "The first moment at which the measure is at most so much, having been more.")
    private static let every = Field(
        "every", ValueType<Double>.number(0.01...1e12),
        "Each moment at which the measure reaches one more multiple of this than ever before.")
    private static let at = Field(
        "at", ValueType<FrameTime>.duration(), "A time of the video, or with scene since that scene began.")
    private static let scene = Field("scene", Name.type, "The scene whose beginning it is.")
    private static let shop = Field(
        "shop",
        ValueType<Moment>(
            .anyOf([.choice(["sale.end"]), DataSpecification.moment.schema])
        ) { value, context in
            value.text == "sale.end" ? .shop(nil) : DataSpecification.moment.read(value, context).map { .shop($0) }
        },
        "The moment at which the video shows a moment of shop time: sale.end, period.start, period.end or Beijing time."
    )
    private static let fields = [
        measure.schema, passes.schema, falls.schema, every.schema, at.schema, scene.schema, shop.schema,
    ]

    /// The mapping `markers`.
    package static let map = ValueType<[MarkerSpecification]>(.map(of: .object(fields))) { value, context in
        guard let entries = value.entries, entries.count <= 64 else {
            context.report(
                .type, "\(value.shape) where markers are needed", hint: "write sold888: {measure: sold, passes: 888}",
                at: value)
            return nil
        }
        var result: [MarkerSpecification] = []
        for entry in entries {
            context.within(.key(entry.key)) {
                let environment = context.environment
                guard Name.isValid(entry.key) else {
                    context.report(
                        .type, "\"\(entry.key.prefix(60))\" cannot name a marker",
                        hint: "write letters, digits, - and _, starting with a letter", at: entry.value)
                    return
                }
                if environment.parameters[entry.key] != nil || environment.measures.contains(entry.key)
                    || TextTemplate.reserved.contains(entry.key)
                {
                    context.report(
                        .duplicateName, "\"\(entry.key)\" is already a name that texts can use", hint: "choose another",
                        at: entry.value)
                }
                if let fields = FieldDecoder(entry.value, fields: fields, in: context), let moment = moment(fields) {
                    result.append(MarkerSpecification(name: entry.key, moment: moment))
                }
            }
        }
        return result
    }

    /// Exactly one kind of moment.
    private static func moment(_ fields: FieldDecoder) -> Moment? {
        let rules = [fields.has(passes), fields.has(falls), fields.has(every)].count { $0 }
        let isTimed = fields.has(at) || fields.has(scene)
        let kinds = [fields.has(measure) || rules > 0, isTimed, fields.has(shop)].count { $0 }
        guard kinds == 1, rules <= 1, fields.has(measure) == (rules == 1) else {
            fields.context.report(
                .type, "a marker is one moment",
                hint: "write measure with one of passes, falls and every; or at, scene or shop", at: fields.value)
            return nil
        }
        if fields.has(shop) { return fields.optional(shop) }
        if isTimed {
            let time = fields.value(at, default: .zero)
            guard fields.has(scene) else { return .video(time) }
            return fields.optional(scene).map { .scene($0, time) }
        }
        guard let name = fields.optional(measure) else { return nil }
        let measures = fields.context.environment.measures
        guard measures.contains(name) else {
            fields.report(
                .unknownName, "there is no measure \"\(name.prefix(60))\"",
                hint: Suggestion.hint(for: name, among: measures), at: measure)
            return nil
        }
        let rule = fields.optional(passes).map { Rule.passes($0) } ?? fields.optional(falls).map { .falls($0) }
        return (rule ?? fields.optional(every).map { .every($0) }).map { .measured(name, $0) }
    }
}
