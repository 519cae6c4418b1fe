import Drawing

/// The lowest instructions of a list as they lie over one another, drawn once and copied from then on.
///
/// It holds exactly what drawing them on a transparent canvas gives: no pixel depends on whether it is used. This object
/// decides how many instructions are worth keeping; the renderer draws them.
final class Backdrop {
    /// The instructions that `pixels` shows.
    private(set) var nodes: ArraySlice<Node> = []
    /// The drawing; nil before there is one.
    private(set) var pixels: PixelBuffer?

    private let shortestPatience: Int
    /// Frames for which instructions must stand still before they are kept: twice as many after each loss.
    private var patience: Int
    private var previous: [Node] = []
    private var frames = 0
    private var stable = Int.max
    private var uses = 0

    init(patience: Int) { (shortestPatience, self.patience) = (patience, patience) }

    /// Takes notice of a frame; returns how many of its lowest instructions should be kept, those that are included.
    func wanted(for list: DisplayList) -> Int {
        let current = list.nodes
        if pixels.map({ $0.size != list.size }) ?? false { (pixels, nodes, frames) = (nil, [], 0) }
        if !nodes.isEmpty, Self.common(nodes, current[...]) < nodes.count {
            nodes = []
            if uses < 4 * patience { patience = min(64, patience * 2) }
        }
        uses += 1
        if uses > 64 { patience = shortestPatience }
        stable = min(stable, Self.common(previous[...], current[...]))
        frames += 1
        previous = current
        guard frames >= patience else { return nodes.count }
        defer { (frames, stable) = (0, Int.max) }
        // One instruction alone is as quickly drawn as copied.
        return stable >= 2 ? max(stable, nodes.count) : nodes.count
    }

    /// The canvas to draw on; until `keep` is called nothing is held.
    func start(_ size: PixelSize) -> PixelBuffer {
        nodes = []
        let buffer = pixels ?? PixelBuffer(size: size)
        pixels = buffer
        return buffer
    }

    /// Says what the canvas now shows.
    func keep(_ nodes: ArraySlice<Node>) {
        if self.nodes.isEmpty { uses = 0 }
        self.nodes = nodes
    }

    private static func common(_ a: ArraySlice<Node>, _ b: ArraySlice<Node>) -> Int {
        var count = 0
        for (one, other) in zip(a, b) {
            guard one == other else { break }
            count += 1
        }
        return count
    }
}
