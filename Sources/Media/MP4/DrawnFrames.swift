import Drawing

/// Drawn frames that wait for their pictures to be decoded: only what each changed is kept.
struct DrawnFrames {
    private struct Change {
        let damage: Damage
        /// The pixels of each rectangle.
        let parts: [PixelBuffer]
    }

    /// The frame that was taken last.
    let pixels: PixelBuffer
    private var waiting: [Change] = []

    init(size: PixelSize) { pixels = PixelBuffer(size: size) }

    /// Keeps what a frame changed.
    mutating func append(_ frame: Frame) {
        let damage = frame.damage.clipped(to: pixels.size.bounds)
        let parts = damage.rects.map { rect in
            let part = PixelBuffer(size: PixelSize(width: rect.width, height: rect.height))
            Self.copy(frame.pixels, rect.x, rect.y, to: part, 0, 0, size: part.size)
            return part
        }
        waiting.append(Change(damage: damage, parts: parts))
    }

    /// Goes on to the next frame; returns what it changed, or nil when none waits.
    mutating func next() -> Damage? {
        guard !waiting.isEmpty else { return nil }
        let change = waiting.removeFirst()
        for (rect, part) in zip(change.damage.rects, change.parts) {
            Self.copy(part, 0, 0, to: pixels, rect.x, rect.y, size: part.size)
        }
        return change.damage
    }

    private static func copy(
        _ source: PixelBuffer, _ fromX: Int, _ fromY: Int, to target: PixelBuffer, _ toX: Int, _ toY: Int,
        size: PixelSize
    ) {
        source.withBytes { from in
            target.withMutableBytes { to in
                for row in 0..<size.height {
                    let start = (fromY + row) * source.stride + 4 * fromX
                    let line = UnsafeRawBufferPointer(rebasing: from[start..<start + 4 * size.width])
                    UnsafeMutableRawBufferPointer(rebasing: to[((toY + row) * target.stride + 4 * toX)...])
                        .copyMemory(from: line)
                }
            }
        }
    }
}
