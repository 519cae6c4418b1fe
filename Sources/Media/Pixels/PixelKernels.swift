import CMediaKernels
package import Drawing

/// The instruction set that pixel kernels use; every one gives the same bytes.
package enum CPULevel: Int32, Sendable, CaseIterable {
    /// What every machine of the architecture has.
    case baseline
    /// 256-bit integer instructions.
    case avx2

    /// The best of this machine, or what `FANPAI_CPU=baseline|avx2` asks for.
    package static let current = CPULevel(rawValue: fanpai_cpu_level()) ?? .baseline
}

/// Conversions between pixel forms that our definition fixes to the bit.
package enum PixelKernels {
    /// Writes straight pixels: round(c x 255 / a), colour 0 where alpha is 0.
    ///
    /// - Parameters:
    ///   - rect: the part that is written; inside the picture.
    ///   - target: the whole picture, at least `stride` x height bytes.
    ///   - swapped: RGBA instead of BGRA.
    package static func unpremultiply(
        _ pixels: PixelBuffer, _ rect: PixelRect? = nil, into target: UnsafeMutablePointer<UInt8>, stride: Int,
        swapped: Bool, level: CPULevel = .current
    ) {
        let rect = rect ?? pixels.size.bounds
        precondition(pixels.size.bounds.contains(rect) && stride >= pixels.size.width * 4)
        pixels.withBytes { bytes in
            guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            fanpai_unpremultiply(
                source + rect.y * pixels.stride + rect.x * 4, pixels.stride, target + rect.y * stride + rect.x * 4,
                stride,
                Int32(rect.width), Int32(rect.height), swapped ? 1 : 0, level.rawValue)
        }
    }

    /// Turns straight pixels into premultiplied ones, in place: round(c x a / 255).
    package static func premultiply(_ pixels: PixelBuffer) {
        pixels.withMutableBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            fanpai_premultiply(base, pixels.stride, Int32(pixels.size.width), Int32(pixels.size.height))
        }
    }
}
