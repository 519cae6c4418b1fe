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
        let (list, damage) = try compared(make(), with: shown, clock, &phases)
        let start = clock.nanoseconds
        if !damage.isEmpty {
            // A painter that fails half-way leaves pixels of neither frame.
            shown = nil
            try painter.paint(list, into: buffer, damage: damage)
        }
        shown = list
        buffer.age = 1
        phases.rasterise += clock.nanoseconds - start
        return Frame(
            index: index, pixels: buffer, damage: isFirst ? Damage(list.size.bounds) : damage, digest: list.digest)
    }

    /// Draws what differs from the frame that the sink was given last, straight into the sink; returns the digest of the frame's list.
    mutating func draw(
        _ make: @autoclosure () throws -> PreparedFrame, index: Int, isFirst: Bool, into sink: some BandSink,
        _ clock: Stopwatch, _ phases: inout PhaseTimes
    ) throws -> Digest {
        let (list, damage) = try compared(make(), with: isFirst ? nil : given, clock, &phases)
        precondition(list.size == size, "a list has the size of its source")
        let start = clock.nanoseconds
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
        phases.rasterise += drawing
        phases.encode += clock.nanoseconds - start - drawing
        return list.digest
    }

    /// A frame's list, and where it differs from one that was drawn before: everywhere when there is none.
    private func compared(
        _ make: @autoclosure () throws -> PreparedFrame, with before: DisplayList?, _ clock: Stopwatch,
        _ phases: inout PhaseTimes
    ) throws -> (list: DisplayList, damage: Damage) {
        let start = clock.nanoseconds
        let frame = try make()
        let made = clock.nanoseconds
        let damage = before.map { frame.damage ?? frame.list.damage(since: $0) } ?? Damage(frame.list.size.bounds)
        phases.evaluate += made - start
        phases.compare += clock.nanoseconds - made
        return (frame.list, damage)
    }
}
