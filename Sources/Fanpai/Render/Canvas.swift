import Drawing

/// A worker's buffer and what it shows.
struct Canvas {
    var painter: any FramePainter
    let buffer: PixelBuffer
    private var shown: DisplayList?

    init(painter: any FramePainter, buffer: PixelBuffer) { (self.painter, self.buffer) = (painter, buffer) }

    /// Draws what differs from the frame that this buffer showed last.
    mutating func draw(
        _ make: @autoclosure () throws -> DisplayList, index: Int, isFirst: Bool, _ clock: Stopwatch,
        _ phases: inout PhaseTimes
    ) throws -> Frame {
        let start = clock.nanoseconds
        let list = try make()
        let made = clock.nanoseconds
        let damage = shown.map { list.damage(since: $0) } ?? Damage(list.size.bounds)
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
