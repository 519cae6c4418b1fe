package import Drawing
import Typesetting

/// How far a measure is on its way to a goal, as a bar or a ring.
package struct ProgressSpecification: ElementSpecification {
    package static let kind = "progress"
    package static let summary = "How far a measure is on its way to a goal: a bar or a ring, with a label."

    /// The forms.
    package enum Form: String, Hashable, Sendable, CaseIterable {
        case bar, ring
    }

    /// What happens beyond the goal.
    package enum Beyond: String, Hashable, Sendable, CaseIterable {
        /// The bar is full, the label counts on.
        case count
        /// The label stops at the goal as well.
        case stop
    }

    /// Where the label of a bar stands.
    package enum LabelPlace: String, Hashable, Sendable, CaseIterable {
        case over, above, below
    }

    /// A number, or a measure.
    enum Goal: Sendable {
        case number(Double)
        case measure(String)
    }

    private let measure: String
    private let goal: Goal
    private let look: ProgressLook
    private let label: TextTemplate?
    private let labelLook: TextLook
    private let place: LabelPlace
    private let align: ParagraphOptions.Alignment
    private let beyond: Beyond
    private let span: FrameTime

    package init?(from fields: FieldDecoder) {
        let environment = fields.context.environment
        labelLook = TextLook(from: fields, base: TextLook(size: 44 * environment.scale))
        look = ProgressLook(from: fields)
        beyond = fields.value(Self.beyond, default: .count)
        place = fields.value(Self.place, default: .over)
        align = fields.value(Self.align, default: .center)
        span = fields.value(Self.span, default: FrameTime(seconds: 0.9, rate: environment.rate))
        let measure = fields.required(Self.measure)
        let goal = fields.required(Self.goal)
        if let measure, !environment.measures.contains(measure) {
            fields.report(
                .unknownName, "there is no measure \"\(measure)\"",
                hint: Suggestion.hint(for: measure, among: environment.measures), at: Self.measure)
            return nil
        }
        let isMoney = measure.map { environment.moneyMeasures.contains($0) } ?? false
        if case .measure(let name)? = goal {
            guard environment.measures.contains(name) else {
                fields.report(
                    .unknownName, "there is no measure \"\(name)\"",
                    hint: Suggestion.hint(for: name, among: environment.measures), at: Self.goal)
                return nil
            }
            guard environment.moneyMeasures.contains(name) == isMoney else {
                fields.report(
                    .type, "a goal in \(isMoney ? "pieces" : "fen") cannot be reached by one in the other",
                    hint: "choose two counts, or two amounts of money", at: Self.goal)
                return nil
            }
        }
        label = fields.optional(
            Field(
                "label", TextTemplate.type(naming: Self.names, money: isMoney ? ["value", "goal", "left"] : []), ""))
        guard let measure, let goal else { return nil }
        (self.measure, self.goal) = (measure, goal)
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        guard let index = context.measure(measure) else { return nil }
        let goalValue: ProgressContent.Goal
        switch goal {
        case .number(let number):
            // Of money the template gives yuan.
            let factor: Double = context.tracks[index.ordinal].isMoney ? 100 : 1
            goalValue = .number(Int64(max(1, min(9e15, (number * factor).rounded(.up)))))
        case .measure(let name):
            guard let other = context.measure(name) else { return nil }
            goalValue = .measure(other)
        }
        guard let box = context.box, box.width >= 1, box.height >= 1 else {
            context.report(.missingKey, "a progress needs a size", hint: "write size: [width, height]")
            return nil
        }
        var content = ProgressContent(
            glide: NumberGlide(.measure(index), span: span, start: context.sceneStart), goal: goalValue, look: look,
            size: box, stops: beyond == .stop)
        if let label {
            let line = labelLook.size * 1.3
            let area: Rect
            switch (look.form, place) {
            case (.ring, _):
                // Inside of the line, as far as a text of one line reaches there; by whole pixels, so that letters stay where they were.
                let inset = (look.lineWidth(box) + 0.04 * min(box.width, box.height)).rounded(.up)
                area = Rect(x: 0, y: 0, width: box.width, height: box.height).insetBy(inset)
            case (.bar, .over):
                area = Rect(x: 0, y: 0, width: box.width, height: max(box.height, line)).offsetBy(
                    x: 0, y: min(0, (box.height - line) / 2))
            case (.bar, .above): area = Rect(x: 0, y: -line, width: box.width, height: line)
            case (.bar, .below): area = Rect(x: 0, y: box.height, width: box.width, height: line)
            }
            let end = context.sceneStart + context.sceneDuration
            guard
                let text = FigureLabel(
                    label, look: labelLook, box: Size(width: area.width, height: area.height),
                    alignment: look.form == .ring ? .center : align, id: context.id.child("label"), in: context,
                    values: { content.number($0, at: end, in: context.tracks) })
            else { return nil }
            content.label = (text, Point(x: area.x, y: area.y))
        }
        return .progress(content)
    }

    private static let names = ["percent", "value", "goal", "left"]
    private static let goalType = ValueType<Goal>(
        .anyOf([ValueType<Double>.number(1...1e12).schema, Name.type.schema])
    ) { value, context in
        if Scalar.number(value) != nil {
            return ValueType<Double>.number(1...1e12).read(value, context).map { .number($0) }
        }
        return Name.type.read(value, context).map { .measure($0) }
    }
    private static let measure = Field("measure", Name.type, "The measure that grows.", isRequired: true)
    private static let goal = Field(
        "goal", goalType, "Where it is full: a number (yuan for money) or another measure.", isRequired: true)
    private static let beyond = Field(
        "beyond", ValueType<Beyond>.choice, "Whether the label counts on beyond the goal, or stops with the bar.")
    private static let place = Field("labelPlace", ValueType<LabelPlace>.choice, "Where the label of a bar stands.")
    private static let align = Field(
        "align", ValueType<ParagraphOptions.Alignment>.choice, "Where the label of a bar stands across.")
    private static let span = Field(
        "glide", ValueType<FrameTime>.duration(0...10), "How long it takes from one value to the next.")
    private static let label = Field(
        "label", TextTemplate.type(naming: names),
        "A text with {percent} (rounded down), {value}, {goal} and {left}, each with a format.")

    package static let fields =
        [
            measure.schema, goal.schema, beyond.schema, place.schema, align.schema, span.schema, label.schema,
        ] + ProgressLook.fields + TextLook.fields
}

/// A progress, resolved.
package struct ProgressContent: ElementContent {
    /// What it goes towards.
    enum Goal: Sendable {
        case number(Int64)
        case measure(MeasureIndex)
    }

    package let size: Size
    private let glide: NumberGlide
    private let goal: Goal
    private let look: ProgressLook
    private let drawing: ProgressLook.Drawing
    private let stops: Bool
    var label: (text: FigureLabel, place: Point)?

    init(glide: NumberGlide, goal: Goal, look: ProgressLook, size: Size, stops: Bool) {
        (self.glide, self.goal, self.look, self.size, self.stops) = (glide, goal, look, size, stops)
        drawing = look.drawing(size)
    }

    /// What has been reached, in the measure's unit: never more than the data says, though it glides.
    private func reached(at time: FrameTime, in tracks: [MeasureTrack]) -> Double {
        max(0, min(glide.value(at: time, in: tracks), Double(glide.steps.value(at: time, in: tracks))))
    }

    private func goal(at time: FrameTime, in tracks: [MeasureTrack]) -> Int64 {
        switch goal {
        case .number(let number): number
        case .measure(let measure): tracks[measure.ordinal].value(at: time)
        }
    }

    /// How full it is, 0 to 1.
    package func fraction(at time: FrameTime, in tracks: [MeasureTrack]) -> Double {
        let goal = goal(at: time, in: tracks)
        return goal > 0 ? min(1, reached(at: time, in: tracks) / Double(goal)) : 0
    }

    /// A number of the label.
    package func number(_ name: String, at time: FrameTime, in tracks: [MeasureTrack]) -> Int64 {
        let goal = goal(at: time, in: tracks)
        var value = Int64(reached(at: time, in: tracks).rounded(.down))
        if stops { value = min(value, max(0, goal)) }
        switch name {
        case "value": return value
        case "goal": return goal
        case "left": return max(0, goal - value)
        default:
            guard goal > 0 else { return 0 }
            let (product, overflow) = value.multipliedReportingOverflow(by: 100)
            return overflow ? value / max(1, goal / 100) : product / goal
        }
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let (time, tracks) = (context.time.absolute, context.tracks)
        var nodes = look.nodes(drawing, fraction: fraction(at: time, in: tracks), size: size, id: context.id)
        if let label, let text = label.text.content({ number($0, at: time, in: tracks) }) {
            nodes.append(
                .layer(
                    Layer(
                        id: context.id.child("label"), content: text,
                        matrix: .translation(x: label.place.x, y: label.place.y))))
        }
        return .enclosing(nodes, including: Rect(x: 0, y: 0, width: size.width, height: size.height))
    }
}
