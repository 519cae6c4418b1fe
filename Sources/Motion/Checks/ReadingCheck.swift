internal import Drawing

/// Looks how long texts are at rest: even a quick reader takes in six Chinese characters a second.
///
/// Numbers that count are looked at, not read, and disclosures have a rule of their own.
struct ReadingCheck {
    /// Chinese characters a second of a quick reader, and of one who reads at ease.
    static let quick = 6.0
    static let ease = 4.0
    /// Less than this and it is no text but a shade.
    private static let leastOpacity = 0.5
    /// Widths of the canvas a second that a text may move and still be read.
    private static let fastest = 1.0 / 3

    let composition: Composition
    let texts: [TextFact]

    func run(add: (Diagnostic) -> Void) {
        let base = LocalView(camera: composition.camera, model: .identity)
        var shown: [String: Double] = [:]
        var candidates: [(fact: TextFact, seconds: Double, frames: ClosedRange<Int>)] = []
        for (ordinal, scene) in composition.resolvedScenes.enumerated() {
            let leaves = scene.leaves
            for fact in texts where fact.scene == ordinal && !fact.isDisclosure && Self.load(fact.reading) > 0 {
                guard let chain = leaves.first(where: { $0.last?.place == fact.place }),
                    let sight = sight(of: chain, in: scene, base: base)
                else { continue }
                shown[fact.reading, default: 0] += sight.seconds
                candidates.append((fact, sight.seconds, scene.inVideo(sight.frames)))
            }
        }
        for (fact, seconds, frames) in candidates {
            let needed = Self.load(fact.reading) / Self.quick
            // A text that stays from scene to scene is read in all of them.
            guard max(seconds, shown[fact.reading] ?? 0) + composition.rate.frameDuration < needed else { continue }
            let ease = Self.load(fact.reading) / Self.ease
            add(
                Diagnostic(
                    .tooBrief,
                    "the text \"\(fact.text.prefix(24))\(fact.text.count > 24 ? "…" : "")\" is at rest for \(Self.shown(seconds)) s, and takes \(Self.shown(needed)) s to read",
                    hint: "leave it for \(Self.shown(ease)) s, or use fewer words", place: fact.place, frames: frames,
                    severity: .warning))
        }
    }

    /// For how long an element is in the frame, not faded and not moving fast, and from when to when.
    private func sight(
        of chain: [PlacedElement], in scene: ResolvedScene, base: LocalView
    ) -> (seconds: Double, frames: ClosedRange<Int>)? {
        let canvas = composition.size
        func place(_ frame: Int) -> (center: Point, opacity: Double)? {
            guard
                let sight = chain.sight(
                    at: scene.time(FrameTime(frame: frame), rate: composition.rate), in: composition.tracks, base: base,
                    isPosed: true),
                Rect(x: sight.rect.center.x, y: sight.rect.center.y, width: 0.1, height: 0.1).touches(canvas)
            else { return nil }
            return (sight.rect.center, sight.opacity)
        }
        let step = Self.fastest * Double(min(canvas.width, canvas.height)) * composition.rate.frameDuration
        func isRead(_ frame: Int) -> Bool {
            guard let now = place(frame), now.opacity >= Self.leastOpacity else { return false }
            guard let before = frame > 0 ? place(frame - 1) : nil else { return true }
            let (x, y) = (now.center.x - before.center.x, now.center.y - before.center.y)
            return x * x + y * y <= step * step
        }
        let samples = FrameSpan.samples(of: 0..<scene.frames.count)
        let read = samples.filter(isRead)
        guard let frames = FrameSpan.edges(read, among: samples, isRead) else { return nil }
        let share = read.count == samples.count ? 1 : Double(read.count) / Double(samples.count)
        return (share * Double(scene.frames.count) * composition.rate.frameDuration, frames)
    }

    /// How much there is to read, in Chinese characters: three letters or figures of others count as one.
    static func load(_ text: String) -> Double {
        text.unicodeScalars.reduce(0) { load, scalar in
            switch scalar.properties.generalCategory {
            case .otherLetter: load + 1
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .decimalNumber: load + 1.0 / 3
            default: load
            }
        }
    }

    /// Seconds for people, to a tenth.
    static func shown(_ seconds: Double) -> String { Scalar.text((seconds * 10).rounded() / 10) }
}
