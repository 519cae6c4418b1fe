import Drawing
import Motion

/// Finds words of a cover that the grid of a profile page cuts off.
///
/// A cell of the grid is a third of a telephone wide: letters that cannot be read there, crop or no crop, are left alone.
enum CoverCrop {
    /// What of a picture the grid shows: 3:4 from its middle.
    static func rect(of size: PixelSize) -> PixelRect {
        let height = min(size.height, 4 * size.width / 3), width = min(size.width, 3 * size.height / 4)
        return PixelRect(x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
    }

    /// One warning for each element of a frame whose letters are cut off, from the lowest to the topmost.
    static func findings(_ composition: Composition, frame: Int) -> [Diagnostic] {
        let size = composition.size
        let crop = rect(of: size)
        let seen = crop.rect.insetBy(-1)
        let least = 3 * Legibility.minimum(canvas: size)
        var findings: [Diagnostic] = []
        for var scene in LetterScene.all(of: composition) {
            let frames = scene.inVideo(0...max(0, scene.frameCount - 1))
            guard frames.contains(frame) else { continue }
            let ink = scene.seenInk(at: frame - frames.lowerBound).filter { $0.opacity >= 0.5 && $0.em >= least }
            for owner in scene.owners {
                let own = ink.filter { $0.owner == owner.id }
                let lost = own.contains { ink in
                    ink.glyphs.contains {
                        $0.x < seen.x || $0.y < seen.y || $0.maxX > seen.maxX || $0.maxY > seen.maxY
                    }
                }
                guard lost, let bounds = own.compactMap(\.rect).reduce(nil, { $0?.union($1) ?? $1 }) else { continue }
                let words = own.map(\.run.text).joined()
                findings.append(
                    Diagnostic(
                        .outsideCrop,
                        "the grid of a profile page cuts off the \(owner.word)\(words.isEmpty ? "" : " “\(words.prefix(24))”"), which reaches from \(span(bounds))",
                        hint:
                            "choose another frame with --frames, or keep large letters inside of the grid's middle 3:4, \(span(crop.rect))",
                        place: owner.place, severity: .warning))
            }
        }
        return findings
    }

    private static func span(_ rect: Rect) -> String {
        func whole(_ value: Double) -> Int { Int(value.rounded()) }
        return "x \(whole(rect.x)) to \(whole(rect.maxX)) and y \(whole(rect.y)) to \(whole(rect.maxY))"
    }
}
