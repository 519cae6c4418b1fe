public import Drawing

/// Where an output is cut into segments: a pure function of the composition's cuts and the profile, so that any number of
/// workers, any machine and any later run cut at the same frames.
public enum SegmentPlan {
    /// The segments of a whole output.
    ///
    /// - Parameters:
    ///   - frameCount: frames in the output; not negative.
    ///   - rate: the frame rate; a piece is round(2 fps) frames long.
    ///   - scenes: the first frame of every scene.
    ///   - cuts: further frames at which a segment must start, such as the ends of transitions.
    ///   - isSegmentable: false gives one segment, for ways out that cannot be joined.
    /// - Returns: segments in order that cover every frame once; none for no frames. A piece at the end of its stretch
    ///   that is shorter than half a second is part of the piece before, one at the start of it of the piece after.
    public static func segments(
        frameCount: Int, rate: FrameRate, scenes: [Int] = [], cuts: [Int] = [], isSegmentable: Bool = true
    ) -> [Segment] {
        precondition(frameCount >= 0, "frames cannot be fewer than none")
        guard frameCount > 0 else { return [] }
        guard isSegmentable else { return [Segment(index: 0, frames: 0..<frameCount)] }
        let inside = { (frame: Int) in frame > 0 && frame < frameCount }
        let origins = ([0] + scenes.filter(inside)).sorted()
        let edges = Array(Set([0, frameCount] + scenes.filter(inside) + cuts.filter(inside))).sorted()
        let length = pieceLength(rate)
        var bounds = [0]
        for (start, end) in zip(edges, edges.dropFirst()) {
            let origin = origins.last { $0 <= start } ?? 0
            var stretch: [Int] = []
            var next = origin + ((start - origin) / length + 1) * length
            while next < end {
                stretch.append(next)
                next += length
            }
            // Twice the length against twice half a second keeps 30000/1001 exact.
            if let first = stretch.first, isShort(first - start, rate) { stretch.removeFirst() }
            if let last = stretch.last, isShort(end - last, rate) { stretch.removeLast() }
            bounds += stretch + [end]
        }
        return zip(bounds, bounds.dropFirst()).enumerated().map { Segment(index: $0, frames: $1.0..<$1.1) }
    }

    /// The part of a plan inside `frames`, counted from 0 again: what `--frames A..B` renders.
    public static func clip(_ segments: [Segment], to frames: Range<Int>) -> [Segment] {
        segments.map { $0.frames.clamped(to: frames) }.filter { !$0.isEmpty }.enumerated().map {
            Segment(index: $0, frames: $1.lowerBound - frames.lowerBound..<$1.upperBound - frames.lowerBound)
        }
    }

    /// round(2 fps), at least 1.
    package static func pieceLength(_ rate: FrameRate) -> Int {
        max(1, (4 * rate.numerator + rate.denominator) / (2 * rate.denominator))
    }

    /// True for less than half a second.
    package static func isShort(_ frames: Int, _ rate: FrameRate) -> Bool {
        2 * frames * rate.denominator < rate.numerator
    }
}
