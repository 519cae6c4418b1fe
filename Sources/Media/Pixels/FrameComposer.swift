import CMediaKernels
package import Drawing

/// What becomes of a drawn frame before it is encoded.
package enum FrameComposition: Hashable, Sendable {
    /// Nothing: an encoder without alpha shows it over black.
    case asDrawn
    /// It lies over a colour.
    case over(Color)
    /// Straight colours, and alpha as grey beside them: on their right, or below.
    case matte(stacked: Bool)

    /// The size of the pictures for a film of a size.
    func codedSize(_ size: PixelSize) -> PixelSize {
        switch self {
        case .asDrawn, .over: size
        case .matte(let stacked):
            PixelSize(width: stacked ? size.width : 2 * size.width, height: stacked ? 2 * size.height : size.height)
        }
    }
}

/// Composes the frames of a sink; only what a frame damaged is composed again.
package final class FrameComposer {
    private let composition: FrameComposition
    private let size: PixelSize
    private let picture: PixelBuffer?
    private let straight: BledPicture?

    package init(_ composition: FrameComposition, size: PixelSize) {
        (self.composition, self.size) = (composition, size)
        picture = composition == .asDrawn ? nil : PixelBuffer(size: composition.codedSize(size))
        if case .matte = composition { straight = BledPicture(size: size) } else { straight = nil }
    }

    /// The picture to encode, and what of it may differ from the one before; lent until the next call.
    package func compose(_ frame: Frame) -> (pixels: PixelBuffer, damage: Damage) {
        guard let picture else { return (frame.pixels, frame.damage) }
        switch composition {
        case .asDrawn: return (frame.pixels, frame.damage)
        case .over(let ground):
            let damage = frame.damage.clipped(to: size.bounds)
            for rect in damage.rects { lay(frame.pixels, rect, over: ground, into: picture) }
            return (picture, damage)
        case .matte(let stacked):
            let rects = straight?.update(from: frame.pixels, damage: frame.damage) ?? []
            var damage = Damage.none
            let (right, down) = stacked ? (0, size.height) : (size.width, 0)
            for rect in rects {
                split(rect, right: right, down: down, into: picture)
                damage.add(rect)
                damage.add(PixelRect(x: rect.x + right, y: rect.y + down, width: rect.width, height: rect.height))
            }
            return (picture, damage)
        }
    }

    private func lay(_ pixels: PixelBuffer, _ rect: PixelRect, over ground: Color, into picture: PixelBuffer) {
        pixels.withBytes { source in
            picture.withMutableBytes { target in
                let at = rect.y * pixels.stride + 4 * rect.x
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                fanpai_over_ground(
                    from.assumingMemoryBound(to: UInt8.self) + at, pixels.stride,
                    to.assumingMemoryBound(to: UInt8.self) + rect.y * picture.stride + 4 * rect.x, picture.stride,
                    Int32(rect.width), Int32(rect.height), ground.blue, ground.green, ground.red)
            }
        }
    }

    private func split(_ rect: PixelRect, right: Int, down: Int, into picture: PixelBuffer) {
        guard let pixels = straight?.pixels else { return }
        pixels.withBytes { source in
            picture.withMutableBytes { target in
                guard let from = source.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    let to = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                else { return }
                fanpai_split_matte(
                    from + rect.y * pixels.stride + 4 * rect.x, pixels.stride,
                    to + rect.y * picture.stride + 4 * rect.x,
                    to + (rect.y + down) * picture.stride + 4 * (rect.x + right), picture.stride, Int32(rect.width),
                    Int32(rect.height))
            }
        }
    }
}
