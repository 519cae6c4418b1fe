/// Rows of a frame that have just been drawn and lie in the processor's cache: premultiplied BGRA, 8 bits a channel.
///
/// Its memory is lent for one call.
package struct PixelBand {
    /// The part of the frame that it shows; `blocks(around:in:)` says where its sides are.
    package let rect: PixelRect
    /// Where the frame's first pixel would lie. In memory are the pixels of `rect`, those left of it as far as `margin`, and those right
    /// of it to the end of their block, which mean nothing beyond the frame. A row of the band starts at a multiple of 32 bytes.
    package let origin: UnsafePointer<UInt8>
    /// Bytes from one row to the next.
    package let stride: Int

    /// Names memory as a band.
    package init(rect: PixelRect, origin: UnsafePointer<UInt8>, stride: Int) {
        (self.rect, self.origin, self.stride) = (rect, origin, stride)
    }

    /// Pixels on the left of a band that it has as well: filters look at one.
    package static let margin = 8
    /// Columns and rows of a block.
    package static let (blockWidth, blockHeight) = (16, 2)

    /// The blocks that pixels of `rect` reach, cut to a frame of `size`. A pixel reaches the one on its right.
    package static func blocks(around rect: PixelRect, in size: PixelSize) -> PixelRect {
        let left = rect.x & -blockWidth
        let right = min(size.width, (rect.maxX + blockWidth) & -blockWidth)
        let top = rect.y & -blockHeight
        let bottom = min(size.height, (rect.maxY + blockHeight - 1) & -blockHeight)
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}

/// A sink that can do without whole pictures.
package protocol BandSink: FrameSink {
    /// Whether it takes frames in bands; `write(_:)` is not called then. One answer for all of its life.
    var takesBands: Bool { get }

    /// Takes a frame.
    ///
    /// - Parameters:
    ///   - index: the frame's number in the whole output.
    ///   - damage: as in `Frame`.
    ///   - draw: draws what is damaged, and hands out bands that cover it; called at most once, and not at all when nothing is damaged
    ///     and the frame before can be repeated.
    /// - Throws: when it cannot be drawn, encoded or written; `cancel` must follow.
    func write(frame index: Int, damage: Damage, drawing draw: (_ take: (PixelBand) -> Void) throws -> Void) throws
}
