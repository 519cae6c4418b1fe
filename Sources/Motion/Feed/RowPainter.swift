internal import Drawing

/// Draws rows: each as one content that is the same wherever it stands.
struct RowPainter: Sendable {
    private struct Key: Hashable, Sendable {
        let face: OrderLine.Face
        let merged: Int
        let ago: String
    }

    let size: Size
    private let elements: [PlacedElement]
    private let rule: MergeRule
    private let cache = ContentCache<Key>(capacity: 128)

    init(elements: [PlacedElement], size: Size, rule: MergeRule) {
        (self.elements, self.size, self.rule) = (elements, size, rule)
    }

    /// The drawing of an order and of those merged with it.
    func content(_ line: OrderLine, merged: Int, in context: borrowing EvaluateContext) -> LayerContent? {
        let ago = RelativeAge.words(for: line.at, at: context.time.absolute, on: context.clock)
        let (time, view, clock) = (context.time, context.view, context.clock)
        return cache.content(for: Key(face: line.face, merged: merged, ago: ago)) {
            draw(ShownOrder(line: line, ago: ago, more: rule.words(for: merged)), time, view, clock)
        }
    }

    /// The drawing of an order that does not age.
    func content(of shown: ShownOrder, in context: borrowing EvaluateContext) -> LayerContent? {
        let (time, view, clock) = (context.time, context.view, context.clock)
        return cache.content(for: Key(face: shown.line.face, merged: 0, ago: shown.ago)) {
            draw(shown, time, view, clock)
        }
    }

    private func draw(_ shown: ShownOrder, _ time: SceneTime, _ view: LocalView, _ clock: FeedClock) -> LayerContent {
        let time = SceneTime(absolute: time.absolute, local: .zero, rate: time.rate)
        return .enclosing(
            nodes(of: shown, at: time, camera: view.camera, clock: clock),
            including: Rect(x: 0, y: 0, width: size.width, height: size.height))
    }

    private func nodes(of shown: ShownOrder, at time: SceneTime, camera: Camera, clock: FeedClock) -> [Node] {
        let frame = FrameOfReference(
            time: time, base: LocalView(camera: camera, model: .identity), model: .identity, tracks: [], clock: clock,
            order: shown)
        var nodes: [Node] = []
        frame.draw(elements, isFlat: true, into: &nodes)
        return nodes
    }

    /// Reports letters that lie on those of another element of the row, or on those of the next row.
    ///
    /// - Parameter pitch: from one row to the next; nil: there is no other.
    func reportOverlaps(showing shown: ShownOrder, pitch: Double?, in context: ResolveContext) {
        let leaves = elements.flatMap(\.leaves).compactMap(\.last)
        var finder = InkFinder(owners: Set(leaves.map(\.id)), leavesOutCovered: true)
        let time = SceneTime(absolute: context.sceneStart, local: .zero, rate: context.rate)
        let ink = finder.ink(of: nodes(of: shown, at: time, camera: context.camera, clock: context.clock))
        let letters = leaves.map { leaf in ink.filter { $0.owner == leaf.id } }
        for (index, upper) in leaves.enumerated() {
            if let lower = leaves.indices.prefix(index).first(where: { letters[$0].overlap(letters[index]) }) {
                let other = leaves[lower]
                context.report(
                    .overlap,
                    "a \(upper.element.word) of the row lies on the \(other.element.word) at \(other.place.path)",
                    hint: "move one of them, or give the texts a size that keeps them apart", at: upper.place,
                    severity: .warning)
            }
            guard let pitch else { continue }
            let next = letters[index].map { $0.moved(down: pitch) }
            if ink.contains(where: { a in next.contains { a.overlaps($0) } }) {
                context.report(
                    .overlap, "a \(upper.element.word) of a row lies on the next row",
                    hint: "make rowHeight or gap larger, or the letters smaller", at: upper.place, severity: .warning)
            }
        }
    }
}
