import CMediaKernels
package import Drawing

/// A yuv420p picture that follows the frames of a sink: only what a frame damaged is converted again.
///
/// BT.709, limited range, chroma left-sited ([1 2 1]/4 across, mean of two rows, on gamma-coded values), dithered by
/// position. The result equals a conversion of the whole frame.
package final class YUVPicture {
    /// Even on both sides.
    package let size: PixelSize
    private let memory: UnsafeMutablePointer<UInt8>
    private let byteCount: Int
    private let planes: fanpai_yuv_planes
    private var isWhole = false

    /// Allocates a picture; both sides must be even.
    package init(size: PixelSize) {
        precondition(size.width % 2 == 0 && size.height % 2 == 0)
        self.size = size
        let luma = (size.width + 63) & ~63
        let chroma = (size.width / 2 + 63) & ~63
        byteCount = luma * size.height + chroma * size.height
        memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64).assumingMemoryBound(
            to: UInt8.self)
        memory.initialize(repeating: 0, count: byteCount)
        let u = memory + luma * size.height
        planes = fanpai_yuv_planes(
            y: memory, u: u, v: u + chroma * (size.height / 2), y_stride: luma, u_stride: chroma, v_stride: chroma)
    }

    deinit { memory.deallocate() }

    /// Takes over the damaged parts of a frame; all of it the first time.
    package func update(from pixels: PixelBuffer, damage: Damage, level: CPULevel = .current) {
        precondition(pixels.size == size)
        if isWhole {
            for rect in damage.rects { convert(pixels, rect.intersection(size.bounds), level) }
        } else {
            convert(pixels, size.bounds, level)
            isWhole = true
        }
    }

    private func convert(_ pixels: PixelBuffer, _ rect: PixelRect, _ level: CPULevel) {
        guard !rect.isEmpty else { return }
        pixels.withBytes { bytes in
            guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            let blocks = PixelBand.blocks(around: rect, in: size)
            update(from: PixelBand(rect: blocks, origin: source, stride: pixels.stride), level: level)
        }
    }

    /// Takes over one band of a frame.
    package func update(from band: PixelBand, level: CPULevel = .current) {
        let rect = band.rect
        precondition(size.bounds.contains(rect))
        fanpai_bgra_to_yuv420(
            band.origin, band.stride, planes, Int32(rect.x), Int32(rect.maxX), Int32(rect.y), Int32(rect.maxY),
            level.rawValue)
    }

    /// Start and stride of Y, U and V.
    package var layout: [(UnsafeMutablePointer<UInt8>, Int)] {
        [(planes.y, planes.y_stride), (planes.u, planes.u_stride), (planes.v, planes.v_stride)]
    }

    var allocatedBytes: Int { byteCount }

    /// Bytes of a frame without padding: Y, then U, then V.
    package var packedByteCount: Int { size.width * size.height * 3 / 2 }

    /// The picture without padding: Y, then U, then V.
    package func packed() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: packedByteCount) { target, count in
            for (index, plane) in layout.enumerated() {
                let width = index == 0 ? size.width : size.width / 2
                for row in 0..<(index == 0 ? size.height : size.height / 2) {
                    for x in 0..<width { target[count + x] = plane.0[row * plane.1 + x] }
                    count += width
                }
            }
        }
    }

    /// A copy of the pixels as they are now.
    package func copy() -> YUVPicture {
        let other = YUVPicture(size: size)
        other.memory.update(from: memory, count: byteCount)
        other.isWhole = isWhole
        return other
    }
}
