package import Drawing
import Orders

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
        let steps = track.map { FlipSteps(track: $0.steps, context) } ?? FlipSteps(value: value, context)
        var columns = places
        if context.isOffline { steps.forEach { columns = max(columns, format.needed(format.reading(of: $1))) } }
        let model = FlipCounterModel(
            format: format, value: start ?? steps.first, columns: columns, direction: look.direction,
            walk: look.walk, speed: look.speed, stagger: look.stagger, rate: context.rate)
        let specification = look.board(
            format: format, isMoney: isMoney, countWord: track?.steps.series.measure.countWord ?? "")
        do {
            return .flipCounter(
                FlipCounterContent(
                    model: model, steps: steps, showsFirst: start != nil,
                    board: try specification.board(in: context.box, columns: model.columns, with: context.typesetter),
                    measure: track?.index, usesCanvasCamera: look.usesCanvasCamera))
        } catch {
            context.report(error)
            return nil
        }
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

    init(track: MeasureTrack, _ context: ResolveContext) {
        (self.track, literal) = (track, [])
        (start, end) = (context.sceneStart, context.sceneStart + context.sceneDuration)
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
    private var model: FlipCounterModel
    private let board: FlipBoard
    private let measure: MeasureIndex?
    private let usesCanvasCamera: Bool
    private let sceneStart, sceneEnd: FrameTime
    /// Whether the number at the scene's start is a step of its own, after the one that the template gave.
    private let showsFirst: Bool
    private var lastStep = FrameTime.zero

    package var size: Size { board.size }

    init(
        model: FlipCounterModel, steps: FlipSteps, showsFirst: Bool, board: FlipBoard, measure: MeasureIndex?,
        usesCanvasCamera: Bool
    ) {
        (self.board, self.measure, self.usesCanvasCamera) = (board, measure, usesCanvasCamera)
        (sceneStart, sceneEnd, self.showsFirst) = (steps.start, steps.end, showsFirst)
        var list: [(time: FrameTime, value: Int64)] = []
        steps.forEach { time, value in if time > .zero || showsFirst { list.append((time, value)) } }
        var model = model
        model.append(list)
        lastStep = list.last?.time ?? .zero
        self.model = model
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        board.content(
            model.state(at: context.time.local), id: context.id, eye: usesCanvasCamera ? .canvas(context.view) : nil)
    }

    package mutating func append(_ update: FeedUpdate) {
        guard let measure else { return }
        let track = update.tracks[measure.ordinal]
        guard update.firstChanged[measure.ordinal] < track.stepCount else { return }
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

    /// When the board lies still if nothing else arrives, in scene time.
    package var restTime: FrameTime { model.restTime }
    /// The glyphs that a board at rest shows from the right, by their place on the drum; nil while it moves.
    package func restingFaces(at time: FrameTime) -> [FlapFace]? { model.restingFaces(at: time) }
}
