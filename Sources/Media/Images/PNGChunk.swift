import CMediaKernels
import Drawing

/// The pieces that PNG and APNG files are made of (W3C PNG, 5).
enum PNGChunk {
    static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// A number, the highest byte first.
    static func big(_ value: Int, _ count: Int = 4) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    /// A chunk with its length and its sum.
    static func bytes(_ type: String, _ content: [UInt8]) -> [UInt8] {
        Array(unsafeUninitializedCapacity: content.count + 12) { buffer, count in
            guard let target = buffer.baseAddress else { return }
            count = content.withUnsafeBufferPointer { fanpai_png_chunk(type, $0.baseAddress, $0.count, target) }
        }
    }

    /// The size of the picture: 8 bits of red, green, blue and alpha; not interlaced.
    static func header(_ size: PixelSize) -> [UInt8] {
        bytes("IHDR", big(size.width) + big(size.height) + [8, 6, 0, 0, 0])
    }
}
