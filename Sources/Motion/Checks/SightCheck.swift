package import Drawing

/// Looks at the letters of every frame: do those of two elements lie on one another, and are they large enough where they end up?
struct SightCheck {
    /// Two elements by their numbers in the scene, the lower first.
    private struct Pair: Hashable {
        let lower, upper: Int
    }

    /// Less than this and a text is on its way in or out.
    private static let leastOpacity = 0.5
    /// Seconds that an overlap lasts at least: in less, one text gives way to the next.
    private static let leastSeconds = 0.15

    let composition: Composition
    let texts: [TextFact]

    func run(add: (Diagnostic) -> Void) {
        for (ordinal, scene) in composition.resolvedScenes.enumerated() { run(scene, ordinal, add: add) }
    }

    private func run(_ scene: ResolvedScene, _ ordinal: Int, add: (Diagnostic) -> Void) {
        // The mark of made-up data lies over every scene; it is the last.
        let chains = scene.leaves + composition.overlays.flatMap { $0.leaves }
        var numbers: [LayerID: Int] = [:]
        for (number, chain) in chains.enumerated() { if let id = chain.last?.id { numbers[id] = number } }
        let rests = chains.map { composition.restingFrames(of: $0, in: scene) }
        var finder = InkFinder(owners: Set(numbers.keys), leavesOutCovered: true)
        var (lastNodes, lastInk): ([Node], [[Ink]]) = ([], [])
        func ink(at frame: Int) -> [[Ink]] {
            let nodes = composition.nodes(of: scene, at: FrameTime(frame: frame))
            if nodes != lastNodes || lastInk.isEmpty {
                lastInk = [[Ink]](repeating: [], count: chains.count)
                for ink in finder.ink(of: nodes) {
                    if let number = ink.owner.flatMap({ numbers[$0] }) { lastInk[number].append(ink) }
                }
                lastNodes = nodes
            }
            return lastInk
        }

        let samples = FrameSpan.samples(of: 0..<scene.frames.count)
        var held: [Pair: [Int]] = [:]
        var largest = [Double](repeating: 0, count: chains.count)
        for frame in samples {
            let ink = ink(at: frame)
            for pair in Self.pairs(ink, rests, at: frame) { held[pair, default: []].append(frame) }
            for (number, ink) in ink.enumerated() where rests[number].contains(frame) {
                largest[number] = max(largest[number], ink.filter { $0.rect != nil }.map(\.em).max() ?? 0)
            }
        }
        let least = Int((Self.leastSeconds / composition.rate.frameDuration).rounded(.up))
        for (pair, frames) in held.sorted(by: { ($0.key.lower, $0.key.upper) < ($1.key.lower, $1.key.upper) }) {
            let span = FrameSpan.edges(frames, among: samples) { frame in
                Self.pairs(ink(at: frame), rests, at: frame).contains(pair)
            }
            guard let span, span.count >= least else { continue }
            report(chains, pair, scene, span, add: add)
        }
        let minimum = Legibility.minimum(canvas: composition.size)
        for (number, em) in largest.enumerated() where em > 0 && em < minimum - 0.5 && number < scene.leaves.count {
            // A disclosure that nobody can read is an error of its own.
            guard let element = chains[number].last,
                !texts.contains(where: { $0.place == element.place && ($0.isDisclosure || $0.size < minimum - 0.01) })
            else { continue }
            add(
                Diagnostic(
                    .tooSmall,
                    "the letters of the element are \(Legibility.shown(em)) px high in the frame, too small for a telephone",
                    hint: "its scale, or that of its group, makes them smaller than \(Legibility.shown(minimum)) px",
                    place: element.place,
                    frames: rests[number].first.map { scene.inVideo($0...(rests[number].last ?? $0)) },
                    severity: .warning))
        }
    }

    /// Elements whose letters lie on one another in a frame in which both are at rest.
    private static func pairs(_ ink: [[Ink]], _ rests: [RestingFrames], at frame: Int) -> [Pair] {
        let seen = ink.enumerated().map { number, ink in
            rests[number].contains(frame)
                ? ink.compactMap { ink in
                    ink.opacity >= leastOpacity ? ink.rect.map { (ink: ink, rect: $0) } : nil
                } : []
        }
        let boxes = seen.map { $0.reduce(Rect.zero) { $0.union($1.rect) } }
        var pairs: [Pair] = []
        for upper in seen.indices where !seen[upper].isEmpty {
            for lower in 0..<upper where !seen[lower].isEmpty && !boxes[lower].intersection(boxes[upper]).isEmpty {
                let overlap = seen[lower].contains { a in
                    seen[upper].contains { b in
                        // Layers of one text make one text.
                        !a.rect.intersection(b.rect).isEmpty && a.ink.run.text != b.ink.run.text
                            && a.ink.overlaps(b.ink)
                    }
                }
                if overlap { pairs.append(Pair(lower: lower, upper: upper)) }
            }
        }
        return pairs
    }

    private func report(
        _ chains: [[PlacedElement]], _ pair: Pair, _ scene: ResolvedScene, _ span: ClosedRange<Int>,
        add: (Diagnostic) -> Void
    ) {
        let isMark = pair.upper >= scene.leaves.count
        guard let lower = chains[pair.lower].last, let upper = chains[pair.upper].last else { return }
        let name = isMark ? "the mark 演示数据" : "the \(name(of: upper))"
        add(
            Diagnostic(
                .overlap, "\(name) lies on the \(self.name(of: lower))",
                hint: isMark
                    ? "move demoMark, or the element" : "move one of them, or let one end before the other starts",
                place: isMark ? lower.place : upper.place, frames: scene.inVideo(span), severity: .warning))
    }

    /// What the template's author wrote names a text; what comes from orders is not repeated.
    private func name(of element: PlacedElement) -> String {
        guard case .text = element.element, let fact = texts.first(where: { $0.place == element.place }) else {
            return "\(element.element.word) at \(element.place.path)"
        }
        return "text \"\(fact.text.prefix(24))\(fact.text.count > 24 ? "…" : "")\""
    }
}

extension Ink {
    /// True when letters of both lie on one another, by more than the letters of a line may touch.
    func overlaps(_ other: Ink) -> Bool {
        let least = 0.06 * min(em, other.em)
        let others = other.glyphs
        return glyphs.contains { a in
            others.contains { b in
                let common = a.intersection(b)
                return common.width > least && common.height > least
                    && common.width * common.height > 0.08 * min(a.width * a.height, b.width * b.height)
            }
        }
    }
}

extension [Ink] {
    /// True when letters of one lie on different letters of the other; layers of one text make one text.
    func overlap(_ other: [Ink]) -> Bool {
        contains { a in other.contains { b in a.run.text != b.run.text && a.overlaps(b) } }
    }
}

extension PlacedElement {
    /// Itself, or all that is in it, each with the groups that it is in.
    var leaves: [[PlacedElement]] {
        guard case .group(let group) = element else { return [[self]] }
        return group.children.flatMap { child in child.leaves.map { [self] + $0 } }
    }
}

extension ResolvedElement {
    /// A word for it in messages.
    var word: String {
        switch self {
        case .group: "group"
        case .shape: "shape"
        case .image: "picture"
        case .text: "text"
        case .flipCounter: "flip counter"
        case .countdown: "countdown"
        case .waterfall: "waterfall"
        case .popups: "pop-ups"
        case .order: "order"
        case .avatar: "avatar"
        case .odometer: "odometer"
        case .progress: "progress"
        case .stock: "stock counter"
        case .ticker: "running line"
        case .particles: "particles"
        }
    }
}

extension Composition {
    /// What one scene alone shows, with the marks over it.
    package func nodes(of scene: ResolvedScene, at local: FrameTime) -> [Node] {
        var nodes: [Node] = []
        scene.draw(
            at: local, canvas: size, camera: camera, rate: rate, tracks: tracks, clock: clock, into: &nodes)
        if !overlays.isEmpty {
            let time = scene.start + local
            FrameOfReference(
                time: SceneTime(absolute: time, local: time, rate: rate),
                base: LocalView(camera: camera, model: .identity), model: .identity, tracks: tracks, clock: clock
            ).draw(overlays, isFlat: true, into: &nodes)
        }
        return nodes
    }
}
