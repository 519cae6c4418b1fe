package import Drawing
import Orders
internal import Typesetting

/// A split-flap board that shows a measure, or a number that the template animates.
package struct FlipCounterSpecification: ElementSpecification {
    package static let kind = "flipCounter"
    package static let summary = "A split-flap board in perspective that flips to every new value of a measure."

    private let measure: String?
    private let value: Animated<Double>?
    private let start: Int64?
    private let places: Int
    private let look: FlipLook

    package init?(from fields: FieldDecoder) {
        measure = fields.optional(Self.measure)
        value = fields.optional(Self.value)
        guard (measure == nil) != (value == nil) else {
            // A value that was there but wrong has been reported already.
            if !fields.has(Self.measure), !fields.has(Self.value) {
                fields.report(
                    .missingKey, "a board shows a measure or a value", hint: "add one of the keys", at: Self.measure)
            } else if fields.has(Self.measure), fields.has(Self.value) {
                fields.report(
                    .type, "a board shows a measure or a value, not both", hint: "remove one of them", at: Self.value)
            }
            return nil
        }
        start = fields.optional(Self.start).map(Int64.init)
        places = fields.value(Self.digits, default: 1)
        guard let look = FlipLook(from: fields) else { return nil }
        self.look = look
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        var track: (index: MeasureIndex, steps: MeasureTrack)?
        if let measure {
            guard let index = context.measure(measure) else { return nil }
            track = (index, context.tracks[index.ordinal])
        }
        let isMoney = track?.steps.isMoney ?? false
        let format = look.format(places: places, isMoney: isMoney)
        let steps =
            track.map {
                FlipSteps(track: $0.steps, from: context.sceneStart, to: context.sceneStart + context.sceneDuration)
            } ?? FlipSteps(value: value, context)
        let board = look.board(
            format: format, isMoney: isMoney, countWord: track?.steps.series.measure.countWord ?? "")
        context.note(words: board.prefix)
        context.note(words: board.suffix)
        let plan = FlipPlan(
            look: look, format: format, places: places, from: start, looksAhead: context.isOffline,
            specification: board,
            box: context.box, typesetter: context.typesetter, rate: context.rate)
        do {
            return .flipCounter(
                try FlipCounterContent(
                    plan, steps: steps, measure: track?.index, usesCanvasCamera: look.usesCanvasCamera))
        } catch {
            context.report(error)
            return nil
        }
    }
}

/// How a board is made: once when a film is resolved, and anew when what it begins with turns out to be another number.
struct FlipPlan: Sendable {
    let look: FlipLook
    let format: CounterFormat
    let places: Int
    /// The number that the template gave to begin with.
    let from: Int64?
    let looksAhead: Bool
    let specification: FlipBoardSpecification
    let box: Size?
    let typesetter: SharedTypesetter
    let rate: FrameRate

    /// How many places the board has from the start.
    func columns(for steps: FlipSteps) -> Int {
        var columns = max(places, needed(from ?? steps.first))
        if looksAhead { steps.forEach { columns = max(columns, needed($1)) } }
        return columns
    }

    func needed(_ value: Int64) -> Int { format.needed(format.reading(of: value)) }

    /// The board at rest, before its first step.
    func model(for steps: FlipSteps) -> FlipCounterModel {
        FlipCounterModel(
            format: format, value: from ?? steps.first, columns: columns(for: steps), direction: look.direction,
            walk: look.walk, speed: look.speed, stagger: look.stagger, rate: rate)
    }

    func board(columns: Int) throws(TypesettingError) -> FlipBoard {
        try specification.board(in: box, columns: columns, with: typesetter)
    }
}

extension FlipCounterSpecification {
    private static let measure = Field("measure", Name.type, "The measure that it shows.")
    private static let value = Field(
        "value", ValueType<Double>.number(-1e15...1e15).animated,
        "A number to show instead of a measure; rounded towards zero. For money in fen.")
    private static let start = Field(
        "from", ValueType<Int>.whole(-1_000_000_000_000...1_000_000_000_000),
        "What it shows before its first step; else what the measure is when the scene begins.")
    private static let digits = Field(
        "digits", ValueType<Int>.whole(1...18),
        "Places that are always there, decimals included. More are added on the left when a number needs them.")

    package static let fields =
        [measure.schema, value.schema, start.schema, digits.schema] + FlipLook.fields
}

/// The steps of a board's number in its scene.
struct FlipSteps {
    /// The number when the scene begins.
    let first: Int64
    private let track: MeasureTrack?
    private let literal: [(time: FrameTime, value: Int64)]
    let start, end: FrameTime

    init(track: MeasureTrack, from start: FrameTime, to end: FrameTime) {
        (self.track, literal) = (track, [])
        (self.start, self.end) = (start, end)
        first = track.value(at: start)
    }

    /// An animated number changes with the frames.
    init(value: Animated<Double>?, _ context: ResolveContext) {
        (track, start, end) = (nil, context.sceneStart, context.sceneStart + context.sceneDuration)
        guard let value else {
            (first, literal) = (0, [])
            return
        }
        func number(_ time: FrameTime) -> Int64 {
            Int64(max(-9e15, min(9e15, value.value(at: time).rounded(.towardZero))))
        }
        var last = number(.zero)
        first = last
        var steps: [(time: FrameTime, value: Int64)] = []
        if !value.isConstant {
            for frame in 1...max(1, context.sceneDuration.frame) {
                let time = FrameTime(frame: frame)
                let next = number(time)
                if next != last { steps.append((time, next)) }
                last = next
            }
        }
        literal = steps
    }

    /// Every step after the scene has begun, in scene time.
    func forEach(_ body: (FrameTime, Int64) -> Void) {
        body(.zero, first)
        for step in literal { body(step.time, step.value) }
        guard let track else { return }
        for index in track.firstStep(after: start)..<max(track.firstStep(after: start), track.stepCount) {
            let step = track.step(index)
            guard step.time < end else { return }
            body(step.time - start, step.value)
        }
    }
}

/// A split-flap board, resolved.
package struct FlipCounterContent: ElementContent {
    private let plan: FlipPlan
    private var model: FlipCounterModel
    private var board: FlipBoard
    /// Places that the board was made for.
    private var columns: Int
    private let measure: MeasureIndex?
    private let usesCanvasCamera: Bool
    private let sceneStart, sceneEnd: FrameTime
    /// The number when the scene begins, as far as is known.
    private var first: Int64
    private var lastStep = FrameTime.zero

    package var size: Size { board.size }

    init(
        _ plan: FlipPlan, steps: FlipSteps, measure: MeasureIndex?, usesCanvasCamera: Bool
    ) throws(TypesettingError) {
        (self.plan, self.measure, self.usesCanvasCamera) = (plan, measure, usesCanvasCamera)
        (sceneStart, sceneEnd, first) = (steps.start, steps.end, steps.first)
        model = plan.model(for: steps)
        columns = model.columns
        board = try plan.board(columns: columns)
        take(steps)
    }

    /// Whether the number at the scene's start is a step of its own, after the one that the template gave.
    private var showsFirst: Bool { plan.from != nil }

    private mutating func take(_ steps: FlipSteps) {
        var list: [(time: FrameTime, value: Int64)] = []
        let showsFirst = showsFirst
        steps.forEach { time, value in if time > .zero || showsFirst { list.append((time, value)) } }
        model.append(list)
        lastStep = list.last?.time ?? .zero
    }

    /// Makes the board anew, for another number to begin with or for more places than it was made for.
    private mutating func begin(with track: MeasureTrack) {
        let steps = FlipSteps(track: track, from: sceneStart, to: sceneEnd)
        let model = plan.model(for: steps)
        if model.columns != columns {
            // Its letters have been set once: they can be set again.
            guard let board = try? plan.board(columns: model.columns) else { return }
            (self.board, columns) = (board, model.columns)
        }
        (self.model, first) = (model, steps.first)
        take(steps)
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        board.content(
            model.state(at: context.time.local), id: context.id, eye: usesCanvasCamera ? .canvas(context.view) : nil)
    }

    package mutating func append(_ update: FeedUpdate) {
        guard let measure else { return }
        let track = update.tracks[measure.ordinal]
        guard update.firstChanged[measure.ordinal] < track.stepCount else { return }
        if lastStep == .zero, !showsFirst, track.value(at: sceneStart) != first { return begin(with: track) }
        if plan.looksAhead, needsMore(track, from: update.firstChanged[measure.ordinal]) { return begin(with: track) }
        // What is known of the last moment may have changed with it.
        let known = sceneStart + lastStep
        if showsFirst || lastStep > .zero { model.append(track.value(at: known), at: lastStep) }
        var list: [(time: FrameTime, value: Int64)] = []
        for index in track.firstStep(after: known)..<max(track.firstStep(after: known), track.stepCount) {
            let step = track.step(index)
            guard step.time < sceneEnd else { break }
            list.append((step.time - sceneStart, step.value))
        }
        guard let last = list.last else { return }
        model.append(list)
        lastStep = last.time
    }

    /// True when a new number of its scene has more places than the board.
    private func needsMore(_ track: MeasureTrack, from index: Int) -> Bool {
        (index..<track.stepCount).contains {
            let step = track.step($0)
            return step.time > sceneStart && step.time < sceneEnd && plan.needed(step.value) > columns
        }
    }

    /// When the board lies still if nothing else arrives, in scene time.
    package var restTime: FrameTime { model.restTime }
    /// The glyphs that a board at rest shows from the right, by their place on the drum; nil while it moves.
    package func restingFaces(at time: FrameTime) -> [FlapFace]? { model.restingFaces(at: time) }
}
