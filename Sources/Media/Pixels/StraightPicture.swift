import CMediaKernels
package import Drawing

/// Straight pixels that follow the frames of a sink: only what a frame damaged is divided by alpha again.
///
/// Every colour is exactly round(c x 255 / a). A clear pixel beside a seen one has the mean colour of its seen neighbours,
/// weighted by alpha, so that nobody who scales straight pixels finds a dark fringe; all other clear pixels are 0. The result
/// equals a conversion of the whole frame.
package final class StraightPicture {
    /// The order of bytes in memory.
    package enum Order: Int32 {
        case bgra = 0
        case rgba = 1
        case argb = 2
    }

    let size: PixelSize
    let order: Order
    /// Bytes from one row to the next.
    package let stride: Int
    private let memory: UnsafeMutablePointer<UInt8>
    private var isWhole = false

    package init(size: PixelSize, order: Order) {
        (self.size, self.order) = (size, order)
        stride = (size.width * 4 + 63) & ~63
        memory = UnsafeMutableRawPointer.allocate(byteCount: stride * size.height, alignment: 64)
            .assumingMemoryBound(to: UInt8.self)
        memory.initialize(repeating: 0, count: stride * size.height)
    }

    deinit { memory.deallocate() }

    /// The first pixel.
    package var bytes: UnsafePointer<UInt8> { UnsafePointer(memory) }

    /// Takes over the damaged parts of a frame; all of it the first time. Returns the rectangles that may have changed.
    @discardableResult
    package func update(from pixels: PixelBuffer, damage: Damage, level: CPULevel = .current) -> [PixelRect] {
        precondition(pixels.size == size)
        let rects = isWhole ? Self.reached(by: damage, size) : [size.bounds]
        isWhole = true
        pixels.withBytes { raw in
            guard let source = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            for rect in rects {
                fanpai_straighten(
                    source, pixels.stride, Int32(size.width), Int32(size.height), Int32(rect.x), Int32(rect.maxX),
                    Int32(rect.y), Int32(rect.maxY), memory, stride, order.rawValue, level.rawValue)
            }
        }
        return rects
    }

    /// Damage and the pixels beside it, whose colour it may have become.
    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] {
        var grown = Damage.none
        for rect in damage.rects { grown.add(rect.outsetBy(1).intersection(size.bounds)) }
        return grown.rects
    }
}
