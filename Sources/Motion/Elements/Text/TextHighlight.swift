package import Drawing

/// A bar behind a piece of text, as a marker pen leaves it: as long as a measure or keys say, or brighter for a moment with each change.
package struct TextHighlight: Hashable, Sendable {
    /// Where the bar lies.
    package enum Shape: String, Hashable, Sendable, CaseIterable {
        /// Behind the lower half of the letters.
        case marker
        /// All of the letters' height, with round corners.
        case box
        /// Under the letters.
        case underline
    }

    /// The measure that it follows.
    package struct Source: Hashable, Sendable {
        package let measure: String
        /// Where the bar is whole, in yuan for money; nil: it always is.
        package let goal: Double?
        /// Whether it lights up with each change.
        package let pulses: Bool
    }

    package let color: Color
    package let shape: Shape
    /// How much of the piece it covers, from 0 to 1.
    package let extent: Animated<Double>
    package let source: Source?

    /// How long a pulse is seen.
    static let pulseSeconds = 0.6
    /// How long the bar takes from one number to the next.
    static let glideSeconds = 0.4
}

extension TextHighlight {
    private static let color = Field("color", ValueType<Color>.color, "The colour of the bar.", isRequired: true)
    private static let shape = Field("shape", ValueType<Shape>.choice, "Where the bar lies.")
    private static let extent = Field(
        "extent", ValueType<Double>.number(0...1).animated, "How much of the piece it covers, from its beginning.")
    private static let measure = Field("measure", Name.type, "The measure that it follows.")
    private static let goal = Field(
        "goal", ValueType<Double>.number(0.01...1e12), "The number at which the bar is whole (yuan for money).")
    private static let pulse = Field(
        "pulse", ValueType<Bool>.boolean, "Whether the bar lights up with each change of the measure.")

    /// A bar behind a piece of text.
    package static let type = ValueType<TextHighlight>.object([
        color.schema, shape.schema, extent.schema, measure.schema, goal.schema, pulse.schema,
    ]) { fields in
        guard let color = fields.required(color) else { return nil }
        var source: Source?
        if fields.has(measure) {
            guard let name = fields.optional(measure) else { return nil }
            let measures = fields.context.environment.measures
            guard measures.contains(name) else {
                fields.report(
                    .unknownName, "there is no measure \"\(name.prefix(60))\"",
                    hint: Suggestion.hint(for: name, among: measures), at: measure)
                return nil
            }
            source = Source(
                measure: name, goal: fields.optional(goal), pulses: fields.value(pulse, default: !fields.has(goal)))
        } else if fields.has(goal) || fields.has(pulse) {
            fields.context.report(
                .missingKey, "the bar follows no measure", hint: "add measure: and its name", at: fields.value)
            return nil
        }
        if fields.has(extent), fields.has(goal) {
            fields.report(
                .type, "extent and goal both say how long the bar is", hint: "remove one of them", at: extent)
            return nil
        }
        return TextHighlight(
            color: color, shape: fields.value(shape, default: .marker),
            extent: fields.value(extent, default: Animated(1)), source: source)
    }
}

/// The bars behind the pieces of a text, resolved.
struct TextHighlights: Sendable {
    /// How a bar stands at a moment; equal states give equal drawings.
    struct State: Hashable, Sendable {
        /// 1/4096 of the piece.
        let extent: Int
        /// 1/64 of the light of a fresh pulse.
        let light: Int
    }

    private struct Bar: Sendable {
        var spans: ClosedRange<Int>
        let highlight: TextHighlight
        let glide: NumberGlide?
        let goal: Double
    }

    private let bars: [Bar]

    /// Nil when no piece has a bar, or a measure is missing (then reported).
    init?(_ block: TextBlock, in context: ResolveContext) {
        var bars: [Bar] = []
        for (ordinal, span) in block.spans.enumerated() {
            guard let highlight = span.highlight else { continue }
            // The pieces of a price are spans of their own, and have one bar.
            if let last = bars.last, last.spans.upperBound == ordinal - 1, last.highlight == highlight {
                bars[bars.count - 1].spans = last.spans.lowerBound...ordinal
                continue
            }
            var glide: NumberGlide?
            var goal = 1.0
            if let source = highlight.source {
                guard let index = context.measure(source.measure) else { return nil }
                let seconds = FrameTime(seconds: TextHighlight.glideSeconds, rate: context.rate)
                glide = NumberGlide(.measure(index), span: seconds, start: context.sceneStart)
                goal = (source.goal ?? 1) * (context.tracks[index.ordinal].isMoney ? 100 : 1)
            }
            bars.append(Bar(spans: ordinal...ordinal, highlight: highlight, glide: glide, goal: goal))
        }
        guard !bars.isEmpty else { return nil }
        self.bars = bars
    }

    /// How all bars stand at a moment.
    func states(at time: SceneTime, in tracks: [MeasureTrack]) -> [State] {
        bars.map { bar in
            var extent = bar.highlight.extent.value(at: time.own)
            var light = 0.0
            if let glide = bar.glide, let source = bar.highlight.source {
                if source.goal != nil { extent = glide.value(at: time.absolute, in: tracks) / bar.goal }
                let last = glide.steps.first(after: time.absolute, in: tracks) - 1
                if source.pulses, last >= 0 {
                    let age = (time.absolute - glide.steps.step(last, in: tracks).time).seconds(at: time.rate)
                    let rest = max(0, 1 - age / TextHighlight.pulseSeconds)
                    light = rest * rest
                }
            }
            return State(
                extent: Int((max(0, min(1, extent)) * 4096).rounded(.down)), light: Int((light * 64).rounded()))
        }
    }

    /// The letters with the bars behind them; the bounds are those of whole bars.
    func content(_ states: [State], of text: SetText, letters: LayerContent, id: LayerID) -> LayerContent {
        let whole = bars.map { _ in State(extent: 4096, light: 64) }
        let bounds = LayerContent.enclosing(nodes(whole, behind: text), including: letters.bounds.rect).bounds
        return LayerContent(
            bounds: bounds.rect,
            nodes: nodes(states, behind: text) + [.layer(Layer(id: id.child("letters"), content: letters))])
    }

    private func nodes(_ states: [State], behind text: SetText) -> [Node] {
        var nodes: [Node] = []
        for (bar, state) in zip(bars, states) where state.extent > 0 {
            let lines = Self.lines(of: bar.spans, in: text)
            let em = text.runs.filter { bar.spans.contains($0.span) }.map { Fixed.pixels($0.run.size) }.max() ?? 0
            let light = Double(state.light) / 64
            let grown = em * 0.06 * light
            let color = bar.highlight.color.mixed(with: .white, fraction: 0.45 * light)
            var left = lines.reduce(0) { $0 + $1.maxX - $1.minX + em * 0.2 } * Double(state.extent) / 4096
            for line in lines where left > 0 {
                let whole = line.maxX - line.minX + em * 0.2
                let (top, bottom): (Double, Double) =
                    switch bar.highlight.shape {
                    case .marker: (-em * 0.34, em * 0.13)
                    case .box: (-em * 0.95, em * 0.2)
                    case .underline: (em * 0.15, em * 0.23)
                    }
                let rect = Rect(
                    x: line.minX - em * 0.1 - grown, y: line.baseline + top - grown,
                    width: min(left, whole) + 2 * grown, height: bottom - top + 2 * grown)
                let radius = min(bar.highlight.shape == .box ? em * 0.16 : em * 0.05, rect.width / 2, rect.height / 2)
                nodes.append(
                    .path(PathNode(path: .roundedRect(rect, radius: radius), paint: .solid(color))))
                left -= whole
            }
        }
        return nodes
    }

    /// From where to where a piece's ink goes, line by line.
    private static func lines(of spans: ClosedRange<Int>, in text: SetText) -> [(
        minX: Double, maxX: Double, baseline: Double
    )] {
        var lines: [(minX: Double, maxX: Double, baseline: Double)] = []
        for run in text.runs where spans.contains(run.span) && !run.run.bounds.isEmpty {
            guard let glyph = run.run.glyphs.first else { continue }
            let (bounds, baseline) = (run.run.bounds, Fixed.pixels(glyph.y))
            if let last = lines.last, abs(last.baseline - baseline) < 1 {
                lines[lines.count - 1] = (min(last.minX, bounds.x), max(last.maxX, bounds.maxX), last.baseline)
            } else {
                lines.append((bounds.x, bounds.maxX, baseline))
            }
        }
        return lines
    }
}
