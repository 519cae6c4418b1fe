import Drawing
import Motion
import Raster

/// Measures how far letters stand out from what is around them, on the pixels of the film (WCAG 2.2, contrast ratio).
///
/// What counts as around: the pixels next to a letter, be they an outline, a shadow, a panel or the picture, and of those the half that
/// stands out more. Where they are transparent the letter must stand out over black and over white, for nobody knows what will lie below.
struct ContrastCheck {
    /// Of letters from 50 px on at a width of 1080 (18.7 CSS pixels on a telephone, WCAG's large bold text) or over a picture that nobody
    /// knows, and of smaller ones.
    static let (large, small) = (3.0, 4.5)
    /// Part of the letters that may stand out less: a highlight, an edge.
    private static let tolerated = 0.15
    /// Moments of a scene that are looked at.
    private static let moments = 8

    private let composition: Composition
    private let renderer: Renderer
    private let picture, letters: PixelBuffer

    /// What was measured of an element in one frame.
    private struct Measure {
        var (letters, weak) = (0, 0)
        var (ratio, needed) = (0.0, ContrastCheck.large)
        var isOverlay = false
        var fails: Bool { Double(weak) > ContrastCheck.tolerated * Double(letters) }
    }

    init(_ composition: Composition, images: any ImageSource) {
        self.composition = composition
        renderer = Renderer(images: images)
        (picture, letters) = (PixelBuffer(size: composition.size), PixelBuffer(size: composition.size))
    }

    /// - Throws: `FanpaiError` when a frame cannot be drawn.
    func run(add: (Diagnostic) -> Void) throws(FanpaiError) {
        do {
            for var scene in LetterScene.all(of: composition) { try run(&scene, add: add) }
        } catch {
            throw FanpaiError(error)
        }
    }

    private func run(_ scene: inout LetterScene, add: (Diagnostic) -> Void) throws(RasterError) {
        var frames = Set((0..<Self.moments).map { scene.frameCount * (2 * $0 + 1) / (2 * Self.moments) })
        for owner in scene.owners where !frames.contains(where: owner.rest.contains) {
            if let middle = owner.rest.middle { frames.insert(middle) }
        }
        let samples = frames.sorted()
        let ink = samples.map { scene.seenInk(at: $0) }
        var most: [LayerID: Double] = [:]
        for ink in ink.joined() { if let owner = ink.owner { most[owner] = max(most[owner] ?? 0, ink.opacity) } }
        // What fades is judged while it is there.
        func judged(_ ink: [Ink], _ owner: LetterScene.Owner) -> [Ink] {
            ink.filter { $0.owner == owner.id && $0.opacity >= 0.95 * (most[owner.id] ?? 0) }
        }
        func look(
            at owner: LetterScene.Owner, in frame: Int, of scene: inout LetterScene
        ) throws(RasterError) -> Measure {
            try draw(scene.picture(at: frame), scene.letters(at: frame))
            return self.measure(judged(scene.seenInk(at: frame), owner))
        }

        for owner in scene.owners { reportHidden(owner, samples, of: &scene, add: add) }

        var measures = [[(frame: Int, measure: Measure)]](repeating: [], count: scene.owners.count)
        for (frame, ink) in zip(samples, ink) {
            let present = scene.owners.map { $0.rest.contains(frame) ? judged(ink, $0) : [] }
            guard present.contains(where: { !$0.isEmpty }) else { continue }
            try draw(scene.picture(at: frame), scene.letters(at: frame))
            for (number, ink) in present.enumerated() where !ink.isEmpty {
                let measure = self.measure(ink)
                if measure.letters > 0 { measures[number].append((frame, measure)) }
            }
        }
        for (owner, found) in zip(scene.owners, measures) {
            let weak = found.filter(\.measure.fails)
            let lasts = zip(found, found.dropFirst()).contains { $0.measure.fails && $1.measure.fails }
            // A glance of light or confetti that passes is no fault.
            guard let worst = weak.min(by: { $0.measure.ratio < $1.measure.ratio }),
                weak.count == found.count || lasts
            else { continue }
            var known: [Int: Bool] = [:]
            for (frame, measure) in found { known[frame] = measure.fails }
            for frame in [owner.rest.first, owner.rest.last].compactMap({ $0 }) where known[frame] == nil {
                known[frame] = try look(at: owner, in: frame, of: &scene).fails
            }
            let looked = known.keys.sorted()
            var problem: RasterError?
            let span = FrameSpan.edges(looked.filter { known[$0] == true }, among: looked) { frame in
                do throws(RasterError) { return try look(at: owner, in: frame, of: &scene).fails } catch {
                    problem = error
                }
                return false
            }
            if let problem { throw problem }
            try draw(scene.picture(at: worst.frame, upTo: owner.id), scene.letters(at: worst.frame))
            let bare = self.measure(judged(scene.seenInk(at: worst.frame), owner))
            report(owner, worst.measure, isCovered: !bare.fails, span.map(scene.inVideo), add: add)
        }
    }

    /// Reports an element whose letters a panel hides altogether: always, or for a while with no words of its own, as a note has.
    private func reportHidden(
        _ owner: LetterScene.Owner, _ samples: [Int], of scene: inout LetterScene, add: (Diagnostic) -> Void
    ) {
        enum Sight { case absent, seen, hidden, noted }
        func look(_ frame: Int, _ scene: inout LetterScene) -> Sight {
            guard owner.rest.contains(frame) else { return .absent }
            let all = scene.ink(at: frame).filter { $0.owner == owner.id }.compactMap(\.rect)
            let seen = scene.seenInk(at: frame)
            if all.isEmpty { return .absent }
            if seen.contains(where: { $0.owner == owner.id }) { return .seen }
            let place = all.dropFirst().reduce(all[0]) { $0.union($1) }
            return seen.contains { $0.rect.map { !$0.intersection(place).isEmpty } ?? false } ? .noted : .hidden
        }
        let looked = Set(samples + [owner.rest.first, owner.rest.last].compactMap(\.self)).sorted()
        let sights = looked.map { look($0, &scene) }
        let isEver = sights.contains(.seen)
        func isFault(_ sight: Sight) -> Bool { sight == .hidden || (sight == .noted && !isEver) }
        let faults = zip(looked, sights).filter { isFault($0.1) }.map(\.0)
        guard let span = FrameSpan.edges(faults, among: looked, { isFault(look($0, &scene)) }) else { return }
        report(owner, Measure(), isCovered: true, scene.inVideo(span), add: add)
    }

    private func report(
        _ owner: LetterScene.Owner, _ measure: Measure, isCovered: Bool, _ frames: ClosedRange<Int>?,
        add: (Diagnostic) -> Void
    ) {
        func shown(_ ratio: Double) -> String { "\((ratio * 10).rounded(.down) / 10):1" }
        if isCovered {
            add(
                Diagnostic(
                    .overlap, "something that is drawn later hides letters of the \(owner.word)",
                    hint: "draw it before, or move one of them", place: owner.place, frames: frames,
                    severity: .warning))
            return
        }
        let around = measure.isOverlay ? "a picture as light or as dark as they are" : "what is around them"
        add(
            Diagnostic(
                .contrast,
                "letters of the \(owner.word) stand out from \(around) by \(shown(measure.ratio)), and \(shown(measure.needed)) is needed",
                hint: "change the colour, or give the text an outline, a stronger shadow or a panel",
                place: owner.place,
                frames: frames, severity: .warning))
    }

    private func draw(_ frame: DisplayList, _ key: DisplayList) throws(RasterError) {
        try renderer.render(frame, into: picture, damage: Damage(frame.size.bounds))
        try renderer.render(key, into: letters, damage: Damage(frame.size.bounds))
    }

    /// What the letters of an element have around them in the frame that was drawn last.
    private func measure(_ ink: [Ink]) -> Measure {
        var result = Measure()
        var sum = 0.0
        let unit = Double(min(composition.size.width, composition.size.height)) / 1080
        for ink in ink {
            let needed = ink.em >= 50 * unit ? Self.large : Self.small
            let reach = max(2, min(6, Int((ink.em * 0.06).rounded(.up))))
            for glyph in ink.glyphs {
                guard let (ratio, isOverlay) = Surroundings.contrast(of: glyph, reach: reach, picture, letters)
                else { continue }
                result.letters += 1
                guard ratio < (isOverlay ? Self.large : needed) else { continue }
                result.weak += 1
                sum += ratio
                if !isOverlay { result.needed = max(result.needed, needed) }
                result.isOverlay = result.isOverlay || isOverlay
            }
        }
        result.ratio = sum / Double(max(1, result.weak))
        return result
    }
}

/// A letter and the pixels next to it.
private enum Surroundings {
    /// Brightness of a colour channel as light (IEC 61966-2-1).
    private static let light: [Double] = (0..<256).map { value in
        let x = Double(value) / 255
        return x <= 0.04045 ? x / 12.92 : PortableMath.pow((x + 0.055) / 1.055, 2.4)
    }

    /// The contrast ratio, over black and over white where it is transparent; nil where there is no letter to be seen.
    static func contrast(
        of glyph: Rect, reach: Int, _ picture: PixelBuffer, _ letters: PixelBuffer
    ) -> (ratio: Double, isOverlay: Bool)? {
        let area = glyph.insetBy(-Double(reach)).enclosing.intersection(picture.size.bounds)
        guard !area.isEmpty else { return nil }
        let (width, height) = (area.width, area.height)
        var core: [Int] = []
        var near = [Bool](repeating: false, count: width * height)
        var beside: [Int] = []
        letters.withBytes { bytes in
            func value(_ x: Int, _ y: Int) -> UInt8 { bytes[(area.y + y) * letters.stride + (area.x + x) * 4] }
            // What lies within reach of a letter: along the rows, then along the columns.
            var across = [Bool](repeating: false, count: width * height)
            for y in 0..<height {
                for x in 0..<width {
                    let letter = value(x, y)
                    if letter >= 200 { core.append((area.y + y) * picture.stride + (area.x + x) * 4) }
                    guard letter >= 128 else { continue }
                    for other in max(0, x - reach)...min(width - 1, x + reach) { across[y * width + other] = true }
                }
            }
            for y in 0..<height {
                for x in 0..<width where across[y * width + x] {
                    for other in max(0, y - reach)...min(height - 1, y + reach) { near[other * width + x] = true }
                }
            }
            for y in 0..<height {
                for x in 0..<width where near[y * width + x] && value(x, y) <= 10 {
                    beside.append((area.y + y) * picture.stride + (area.x + x) * 4)
                }
            }
        }
        guard core.count >= 4, beside.count >= 8 else { return nil }
        return picture.withBytes { bytes in
            func isClear(_ pixel: Int) -> Bool { bytes[pixel + 3] < 250 }
            let isOverlay = beside.contains(where: isClear) || core.contains(where: isClear)
            var least = Double.infinity
            for ground in isOverlay ? [0, 255] : [0] {
                func luminance(_ pixel: Int) -> Double {
                    let rest = ground == 0 ? 0 : 255 - Int(bytes[pixel + 3])
                    func channel(_ offset: Int) -> Double { light[min(255, Int(bytes[pixel + offset]) + rest)] }
                    return 0.0722 * channel(0) + 0.7152 * channel(1) + 0.2126 * channel(2)
                }
                let letter = core.reduce(0) { $0 + luminance($1) } / Double(core.count)
                let around = beside.map(luminance).sorted { abs($0 - letter) > abs($1 - letter) }
                let half = around.prefix((around.count + 1) / 2)
                let other = half.reduce(0, +) / Double(half.count)
                least = min(least, (max(letter, other) + 0.05) / (min(letter, other) + 0.05))
            }
            return (least, isOverlay)
        }
    }
}
