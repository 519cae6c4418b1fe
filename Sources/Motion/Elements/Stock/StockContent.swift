package import Drawing
import Typesetting

/// What is left of a stock, resolved: a function of the steps known at a moment, with nothing to append to.
package struct StockContent: ElementContent {
    /// How long a hit is seen.
    private static let hitSeconds = 0.7
    /// Hits that are seen at once; of more, the last ones.
    private static let mostHits = 5

    package let size: Size
    private let steps: NumberSteps
    private let total: Int64
    private let look: StockLook
    private let quick, slow: NumberGlide
    private let label, note: FigureLabel
    private let gone: FigureLabel
    private let soldOut: FigureLabel
    private let bar: Rect
    private let row: Rect
    private let track, fill, low, ghost, flash: LayerContent
    private let start: FrameTime

    init?(
        steps: NumberSteps, total: Int64, size: Size, look: StockLook, labelLook: TextLook, label: TextTemplate,
        note: TextTemplate, in context: ResolveContext
    ) {
        (self.steps, self.total, self.size, self.look) = (steps, total, size, look)
        start = context.sceneStart
        let rate = context.rate
        quick = NumberGlide(steps, span: FrameTime(seconds: 0.22, rate: rate), start: start)
        slow = NumberGlide(steps, span: FrameTime(seconds: 0.9, rate: rate), start: start)
        let height = min(size.height, look.barHeight ?? size.height * 0.3).rounded()
        bar = Rect(x: 0, y: size.height - height, width: size.width, height: height)
        row = Rect(x: 0, y: 0, width: size.width, height: max(1, size.height - height * 1.35))
        let radius = look.radius ?? height / 2
        func piece(_ paint: PaintSpecification) -> LayerContent {
            let box = Rect(x: 0, y: 0, width: size.width, height: height)
            let path = Path.roundedRect(box, radius: radius)
            return .enclosing([.path(PathNode(path: path, paint: paint.paint(at: .zero, in: box)))])
        }
        track = piece(look.track)
        (fill, low) = (piece(look.fill), piece(look.low))
        ghost = piece(.solid(Animated(look.ghost)))
        flash = piece(.solid(Animated(Color(red: 255, green: 255, blue: 255, alpha: 200))))
        let end = context.sceneStart + context.sceneDuration
        let tracks = context.tracks
        func values(_ name: String) -> Int64 {
            Self.number(name, left: max(0, steps.value(at: end, in: tracks)), total: total)
        }
        func make(
            _ text: TextTemplate, _ look: TextLook, _ box: Size, _ alignment: ParagraphOptions.Alignment,
            _ name: StaticString
        ) -> FigureLabel? {
            FigureLabel(
                text, look: look, box: box, alignment: alignment, vertical: .bottom, id: context.id.child(name),
                in: context, values: values)
        }
        let half = Size(width: row.width * 0.5, height: row.height)
        let rest = Size(width: row.width * 0.48, height: row.height)
        // However small the number is, what stands beside it can be read on a telephone.
        let least = (Legibility.minimum(canvas: context.canvas) * 1.06).rounded(.up)
        var small = look.note
        small.size = max(small.size, least)
        var minus = look.note
        minus.fill = .solid(Animated(Color(red: 255, green: 214, blue: 74)))
        minus.size = max(labelLook.size * 0.8, least)
        guard let label = make(label, labelLook, half, .start, "label"),
            let note = make(note, small, rest, .end, "note"),
            let gone = make(
                TextTemplate(parts: [.literal("-"), .measure("gone", .grouped)]), minus, rest, .start, "gone"),
            let soldOut = make(
                TextTemplate(parts: [.literal(look.soldOut)]), look.soldOutLook, half, .start, "soldOut")
        else { return nil }
        (self.label, self.note, self.gone, self.soldOut) = (label, note, gone, soldOut)
    }

    /// What is left at a moment; never below zero.
    package func left(at time: FrameTime, in tracks: [MeasureTrack]) -> Int64 {
        max(0, steps.value(at: time, in: tracks))
    }

    /// A number of the texts.
    private static func number(_ name: String, left: Int64, total: Int64) -> Int64 {
        let sold = max(0, total - left)
        switch name {
        case "left": return left
        case "sold": return sold
        case "total": return total
        case "percent": return total > 0 ? min(100, sold * 100 / total) : 0
        default: return 1
        }
    }

    /// A piece that went, or several at once.
    private struct Hit {
        let age: Double
        let count: Int64
        let ordinal: Int
    }

    /// The hits that are still seen, the newest first.
    private func hits(at time: FrameTime, rate: FrameRate, in tracks: [MeasureTrack]) -> [Hit] {
        var hits: [Hit] = []
        var index = steps.first(after: time, in: tracks) - 1
        while index >= 1, hits.count < Self.mostHits {
            let step = steps.step(index, in: tracks)
            let age = (time - step.time).seconds(at: rate)
            guard age < Self.hitSeconds, step.time > start else { break }
            let count = max(0, steps.step(index - 1, in: tracks).value) - max(0, step.value)
            if count > 0 { hits.append(Hit(age: age, count: count, ordinal: index)) }
            index -= 1
        }
        return hits
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let (time, tracks, id) = (context.time.absolute, context.tracks, context.id)
        let left = left(at: time, in: tracks)
        let hits = hits(at: time, rate: context.time.rate, in: tracks)
        var nodes = barNodes(left: left, time: time, tracks: tracks, newest: hits.first?.age, id: id)
        let strength = hits.first.map { look.hit * PortableMath.exp(-7 * $0.age) } ?? 0
        if left == 0 {
            let age = hits.first?.age ?? Self.hitSeconds
            let rest = max(0, 1 - age / 0.35)
            add(
                soldOut.content { Self.number($0, left: left, total: total) }, scale: 1 + 0.5 * rest * rest,
                opacity: 1 - rest * rest, id: id.child("soldOut"), to: &nodes)
        } else {
            // Up at once and back: the jump is there in the frame in which the piece goes.
            add(
                label.content { Self.number($0, left: left, total: total) }, scale: 1 + 0.14 * strength, opacity: 1,
                id: id.child("label"), to: &nodes)
        }
        if let text = note.content({ Self.number($0, left: left, total: total) }) {
            nodes.append(
                .layer(
                    Layer(
                        id: id.child("note"), content: text,
                        matrix: .translation(x: row.width - text.bounds.rect.maxX, y: 0))))
        }
        if look.hit > 0 { floaters(hits, left: left, id: id, to: &nodes) }
        return .enclosing(nodes, including: Rect(x: 0, y: 0, width: size.width, height: size.height))
    }

    /// A text on the left of the row, scaled about its own lower left.
    private func add(
        _ text: LayerContent?, scale: Double, opacity: Double, id: LayerID, to nodes: inout [Node]
    ) {
        guard let text else { return }
        let (x, y) = (text.bounds.rect.width * 0.2, row.height * 0.7)
        let matrix: Matrix3 =
            scale < 1.0005
            ? .identity : .translation(x: x, y: y) * .scale(x: scale, y: scale) * .translation(x: -x, y: -y)
        nodes.append(
            .layer(
                Layer(
                    id: id, content: text, matrix: matrix, opacity: UInt8((max(0, min(1, opacity)) * 255).rounded()))))
    }

    private func barNodes(
        left: Int64, time: FrameTime, tracks: [MeasureTrack], newest: Double?, id: LayerID
    ) -> [Node] {
        let place = Matrix3.translation(x: bar.x, y: bar.y)
        func reached(_ number: Double) -> Double {
            (max(0, min(1, number / Double(max(1, total)))) * bar.width * 64).rounded(.down) / 64
        }
        func layer(_ name: StaticString, _ content: LayerContent, to x: Double, opacity: Double = 1) -> Node {
            .layer(
                Layer(
                    id: id.child(name), content: content, matrix: place,
                    opacity: UInt8((max(0, min(1, opacity)) * 255).rounded()),
                    clip: ProgressLook.reached(x, of: bar, radius: look.radius ?? bar.height / 2)))
        }
        var nodes: [Node] = [.layer(Layer(id: id.child("track"), content: track, matrix: place))]
        let (now, trail) = (
            reached(quick.value(at: time, in: tracks) { max(0, $0) }),
            reached(slow.value(at: time, in: tracks) { max(0, $0) })
        )
        if trail > now { nodes.append(layer("ghost", ghost, to: trail)) }
        let isLow = Double(left) <= look.lowFrom * Double(total)
        if now > 0 { nodes.append(layer("fill", isLow ? low : fill, to: now)) }
        if let newest, look.hit > 0 {
            let opacity = 0.6 * look.hit * PortableMath.exp(-12 * newest)
            if opacity > 0.01, now > 0 { nodes.append(layer("flash", flash, to: now, opacity: opacity)) }
        }
        return nodes
    }

    /// The numbers that rise from the bar's end and fade; of two that would lie on each other, the newer one.
    private func floaters(_ hits: [Hit], left: Int64, id: LayerID, to nodes: inout [Node]) {
        let end = Double(left) / Double(max(1, total)) * bar.width
        let x = max(0, min(bar.width - row.height, end - row.height * 0.3))
        var youngest = -1.0
        for hit in hits where hit.age - youngest > 0.2 {
            youngest = hit.age
            guard let text = gone.content({ _ in hit.count }) else { continue }
            let part = hit.age / Self.hitSeconds
            let y = -row.height * (0.72 + part)
            let opacity = min(1, (1 - part) * 2)
            nodes.append(
                .layer(
                    Layer(
                        id: id.child("hit", hit.ordinal), content: text, matrix: .translation(x: x, y: y),
                        opacity: UInt8((opacity * 255).rounded()))))
        }
    }
}
