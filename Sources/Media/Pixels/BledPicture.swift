import CMediaKernels
package import Drawing

/// Straight BGRA that follows the frames of a sink, with the colour of every edge carried on for eight pixels into what is clear:
/// for coders that blur colour across edges, so that no fringe of black is seen.
///
/// A clear pixel has the colour of the nearest seen one in its row, else of the nearest such pixel in its column. The result
/// equals a conversion of the whole frame.
package final class BledPicture {
    /// The pixels: straight BGRA.
    package let pixels: PixelBuffer
    private var isWhole = false

    /// Pixels that colour is carried on.
    static let reach = 8

    package init(size: PixelSize) { pixels = PixelBuffer(size: size) }

    /// Takes over the damaged parts of a frame; all of it the first time. Returns the rectangles that may have changed.
    package func update(from drawn: PixelBuffer, damage: Damage) -> [PixelRect] {
        let size = pixels.size
        precondition(drawn.size == size)
        let rects = isWhole ? Self.reached(by: damage, size) : [size.bounds]
        isWhole = true
        drawn.withBytes { raw in
            pixels.withMutableBytes { target in
                guard let source = raw.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    let memory = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                else { return }
                for rect in rects {
                    fanpai_bleed(
                        source, drawn.stride, Int32(size.width), Int32(size.height), Int32(rect.x), Int32(rect.maxX),
                        Int32(rect.y), Int32(rect.maxY), memory, pixels.stride, CPULevel.current.rawValue)
                }
            }
        }
        return rects
    }

    /// Damage and the pixels whose colour it may have become.
    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] {
        var grown = Damage.none
        for rect in damage.rects { grown.add(rect.outsetBy(reach).intersection(size.bounds)) }
        return grown.rects
    }
}
