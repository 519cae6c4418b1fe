import Drawing

/// A frame that was evaluated and not drawn yet.
struct PreparedFrame {
    let list: DisplayList
    /// Where it differs from the frame before it in its segment; nil for the first one, and when nobody has looked yet.
    var damage: Damage?
}

/// What a worker draws with: its painter, and where sinks want whole pictures a buffer and what it shows.
struct Canvas {
    private var painter: any FramePainter
    private let size: PixelSize
    private lazy var buffer = PixelBuffer(size: size)
    private var shown: DisplayList?
    /// What a sink that takes bands was given last.
    private var given: DisplayList?

    init(painter: any FramePainter, size: PixelSize) { (self.painter, self.size) = (painter, size) }

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
        return Frame(
            index: index, pixels: buffer, damage: isFirst ? Damage(list.size.bounds) : damage, digest: list.digest)
    }

    /// Draws what differs from the frame that the sink was given last, straight into the sink; returns the digest of the frame's list.
    mutating func draw(
        _ make: @autoclosure () throws -> PreparedFrame, index: Int, isFirst: Bool, into sink: some BandSink,
        _ clock: Stopwatch, _ phases: inout PhaseTimes
    ) throws -> Digest {
        let start = clock.nanoseconds
        let frame = try make()
        let list = frame.list
        precondition(list.size == size, "a list has the size of its source")
        let made = clock.nanoseconds
        let before = isFirst ? nil : given
        let damage = before.map { frame.damage ?? list.damage(since: $0) } ?? Damage(size.bounds)
        let compared = clock.nanoseconds
        given = nil
        var drawing: UInt64 = 0
        try sink.write(frame: index, damage: damage) { take in
            let start = clock.nanoseconds
            var taking: UInt64 = 0
            try painter.paint(list, damage: damage) { band in
                let start = clock.nanoseconds
                take(band)
                taking += clock.nanoseconds - start
            }
            drawing = clock.nanoseconds - start - taking
        }
        given = list
        phases.evaluate += made - start
        phases.compare += compared - made
        phases.rasterise += drawing
        phases.encode += clock.nanoseconds - compared - drawing
        return list.digest
    }
}
