extension Easing {
    /// The names of all easings that need no numbers: `linear`, `step`, `spring`, `in-quad` ... `in-out-bounce`.
    package static let names: [String] =
        ["linear", "step", "spring"]
        + Direction.allCases.flatMap { direction in Family.allCases.map { "\(direction.rawValue)-\($0.rawValue)" } }

    /// The easing of a name.
    package init?(name: String) {
        switch name {
        case "linear": self = .linear
        case "step": self = .steps(1, atStart: false)
        case "spring": self = .spring(dampingRatio: 0.55, velocity: 0)
        default:
            for direction in [Direction.both, .accelerating, .decelerating]
            where name.hasPrefix(direction.rawValue + "-") {
                guard let family = Family(rawValue: String(name.dropFirst(direction.rawValue.count + 1))) else {
                    continue
                }
                self = .curve(family, direction)
                return
            }
            return nil
        }
    }

    /// A name, `{bezier: [x1, y1, x2, y2]}`, `{steps: 5, jump: end}` or `{spring: 0.5, velocity: 0}`.
    package static let type = ValueType<Easing>(
        .anyOf([
            .choice(names),
            .object([
                Fields.bezier.schema, Fields.steps.schema, Fields.jump.schema, Fields.spring.schema,
                Fields.velocity.schema,
            ]),
        ])
    ) { value, context in
        if value.entries != nil { return decodeMapping(value, context) }
        guard let name = value.text, let easing = Easing(name: name) else {
            context.report(
                .unknownName, "\(value.shape) is no easing", hint: Suggestion.hint(for: value.text ?? "", among: names),
                at: value)
            return nil
        }
        return easing
    }

    /// Which end of a step jumps.
    private enum Jump: String, CaseIterable { case start, end }

    private enum Fields {
        static let bezier = Field(
            "bezier", ValueType<[Double]>.list(of: .number(-10...10), count: 4...4),
            "Control points of a cubic Bézier curve: x1, y1, x2, y2; both x from 0 to 1.")
        static let steps = Field("steps", ValueType<Int>.whole(1...1000), "A number of equal jumps.")
        static let jump = Field("jump", ValueType<Jump>.choice, "Whether a step jumps at its start or at its end.")
        static let spring = Field(
            "spring", ValueType<Double>.number(0.05...10), "Damping ratio of a spring: below 1 it swings.")
        static let velocity = Field(
            "velocity", ValueType<Double>.number(-100...100), "First velocity of the spring, in distances a duration.")
        static let all = [bezier.schema, steps.schema, jump.schema, spring.schema, velocity.schema]
    }

    private static func decodeMapping(_ value: YAMLValue, _ context: DecodeContext) -> Easing? {
        guard let fields = FieldDecoder(value, fields: Fields.all, in: context) else { return nil }
        let given = [fields.has(Fields.bezier), fields.has(Fields.steps), fields.has(Fields.spring)]
        guard given.filter({ $0 }).count == 1 else {
            context.report(
                .type, "an easing needs exactly one of bezier, steps and spring", hint: "remove the others", at: value)
            return nil
        }
        if let points = fields.optional(Fields.bezier) {
            guard (0...1).contains(points[0]), (0...1).contains(points[2]) else {
                fields.report(
                    .range, "x of a control point is outside 0 to 1", hint: "time cannot run back", at: Fields.bezier)
                return nil
            }
            return .cubicBezier(points[0], points[1], points[2], points[3])
        }
        if let count = fields.optional(Fields.steps) {
            return .steps(count, atStart: fields.value(Fields.jump, default: .end) == .start)
        }
        return fields.optional(Fields.spring).map {
            .spring(dampingRatio: $0, velocity: fields.value(Fields.velocity, default: 0))
        }
    }
}
