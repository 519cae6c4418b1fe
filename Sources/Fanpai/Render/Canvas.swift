import Drawing

/// A frame that was evaluated and not drawn yet.
struct PreparedFrame {
    let list: DisplayList
    /// Where it differs from the frame before it in its segment; nil for the first one, and when nobody has looked yet.
    var damage: Damage?
}

/// A worker's buffer and what it shows.
struct Canvas {
    var painter: any FramePainter
    let buffer: PixelBuffer
    private var shown: DisplayList?

    init(painter: any FramePainter, buffer: PixelBuffer) { (self.painter, self.buffer) = (painter, buffer) }

    /// Draws what differs from the frame that this buffer showed last.
    ///
    /// - Parameter make: the frame; its damage, where known, is that since the frame drawn last.
    mutating func draw(
        _ make: @autoclosure () throws -> PreparedFrame, index: Int, isFirst: Bool, _ clock: Stopwatch,
        _ phases: inout PhaseTimes
    ) throws -> Frame {
        let start = clock.nanoseconds
        let frame = try make()
        let list = frame.list
        let made = clock.nanoseconds
        let damage = shown.map { frame.damage ?? list.damage(since: $0) } ?? Damage(list.size.bounds)
        let compared = clock.nanoseconds
        if !damage.isEmpty {
            // A painter that fails half-way leaves pixels of neither frame.
            shown = nil
            try painter.paint(list, into: buffer, damage: damage)
        }
        shown = list
        buffer.age = 1
        phases.evaluate += made - start
        phases.compare += compared - made
        phases.rasterise += clock.nanoseconds - compared
        phases.pixels += UInt64(damage.area)
        return Frame(
            index: index, pixels: buffer, damage: isFirst ? Damage(list.size.bounds) : damage, digest: list.digest)
    }
}
