package import Drawing

/// Motion blur: a shutter that is open for the first half of every frame (180 degrees), and what it sees meanwhile.
///
/// What moves becomes an `Accumulate` node: the mean of several moments. All else stays as the frame's own moment shows it (a
/// text that says another number has not moved), and a list in which nothing moves is the very list of the frame. The mean of whole frames and what is drawn here agree but for the rounding of single
/// layers to eight bits: what overlaps and moves is averaged together.
///
/// It ends before the frame does, so that no frame sees what is only known with the next one.
package struct Shutter {
    /// How long it is open.
    static let ticks = 32
    /// What moves less than this while it is open, in pixels, is drawn as it stands at the frame's own moment.
    static let least = 0.25

    private let list: (FrameTime) -> DisplayList
    private let fixedCount: Int?

    /// Makes a shutter.
    ///
    /// - Parameters:
    ///   - count: moments for all that moves, a power of two to 32; nil chooses by the distance of each. With a number, whatever
    ///     differs from moment to moment is averaged, moved or not.
    ///   - list: what a moment shows; pure.
    package init(count: Int? = nil, list: @escaping (FrameTime) -> DisplayList) {
        (fixedCount, self.list) = (count, list)
    }

    /// What a frame shows.
    package func displayList(atFrame frame: Int) -> DisplayList {
        let start = FrameTime(frame: frame)
        let (first, last) = (list(start), list(start + FrameTime(ticks: Self.ticks)))
        if first.digest == last.digest { return first }
        let middle = list(start + FrameTime(ticks: Self.ticks / 2))
        let probes = [first.nodes, middle.nodes, last.nodes]
        let count = fixedCount ?? Self.count(for: Movement.distance(probes, under: .identity))
        guard count > 1 else { return first }
        let averager = Averager(fixedCount: fixedCount, moments: count)
        let averaged = averager.average(
            probes + Self.moments(count).map { list(start + FrameTime(ticks: $0)).nodes }, under: .identity,
            cut: first.size.bounds.rect)
        return DisplayList(size: first.size, nodes: averaged.nodes)
    }

    /// The ticks of `count` moments, evenly spread; none for one, which is the middle.
    package static func moments(_ count: Int) -> [Int] {
        guard count > 1 else { return [] }
        if count >= ticks { return Array(0..<ticks) }
        return (0..<count).map { ticks * (2 * $0 + 1) / (2 * count) }
    }

    /// How many moments a way of `distance` pixels needs: they lie about a pixel apart as long as that takes few.
    static func count(for distance: Double) -> Int {
        guard distance >= least else { return 1 }
        switch distance {
        case ...2: return 2
        case ...4: return 4
        case ...12: return 8
        case ...40: return 16
        default: return 32
        }
    }

    /// Which of `all` moments stand for `count`: one of each part, mirrored about the middle, so that none moves the mean.
    static func chosen(_ count: Int, of all: Int) -> [Int] {
        let part = all / count
        return (0..<count).map { $0 < count / 2 ? $0 * part + (part - 1) / 2 : $0 * part + part / 2 }
    }
}
