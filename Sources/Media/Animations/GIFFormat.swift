import CFFmpeg
import CMediaKernels
import Drawing

/// GIF: a palette of its own for everything that changes, so that flat colours stay what they are; alpha is yes or no.
final class GIFFormat: AnimatedImageFormat {
    static func unitsPerSecond(_ description: OutputDescription) -> Int { 100 }
    static let onlyAdds = true
    static let grid = 1

    private let size: PixelSize
    private let decoder: PartDecoder

    init(_ description: OutputDescription) throws(MediaError) {
        size = description.size
        decoder = try PartDecoder("GIF", AV_CODEC_ID_GIF)
    }

    func write(_ part: AnimatedPart) throws -> [UInt8] {
        // Graphic control: what happens afterwards, index 0 is transparent.
        var bytes: [UInt8] = [0x21, 0xf9, 4, part.clearsAfter ? 2 << 2 | 1 : 1 << 2 | 1]
        bytes += [UInt8(part.length & 255), UInt8(truncatingIfNeeded: part.length >> 8), 0, 0]
        let rect = part.rect
        let room = fanpai_gif_bound(Int32(rect.width), Int32(rect.height))
        let image = [UInt8](unsafeUninitializedCapacity: room) { target, count in
            part.now.withBytes { now in
                func run(_ before: UnsafePointer<UInt8>?) {
                    var gif = fanpai_gif_part(
                        now: now.baseAddress?.assumingMemoryBound(to: UInt8.self), before: before,
                        stride: part.now.stride, x0: Int32(rect.x), x1: Int32(rect.maxX), y0: Int32(rect.y),
                        y1: Int32(rect.maxY), cleared_x0: Int32(part.cleared.x), cleared_x1: Int32(part.cleared.maxX),
                        cleared_y0: Int32(part.cleared.y), cleared_y1: Int32(part.cleared.maxY))
                    count = fanpai_gif_image(&gif, target.baseAddress)
                }
                if let before = part.before {
                    before.withBytes { run($0.baseAddress?.assumingMemoryBound(to: UInt8.self)) }
                } else {
                    run(nil)
                }
            }
        }
        return bytes + image
    }

    private var head: [UInt8] {
        let sides = [size.width, size.height].flatMap { [UInt8($0 & 255), UInt8(truncatingIfNeeded: $0 >> 8)] }
        // No palette for all; then: play for ever.
        return Array("GIF89a".utf8) + sides + [0x70, 0, 0] + [0x21, 0xff, 11] + Array("NETSCAPE2.0".utf8)
            + [3, 1, 0, 0, 0]
    }

    func frame(parts: Int, bytes: Int) -> (head: [UInt8], tail: [UInt8]) { (head, [0x3b]) }

    func compare(_ written: [UInt8], _ part: AnimatedPart, _ errors: inout CompositeErrors) throws {
        let bytes = part.index == 0 ? head + written : written
        let decoded = try decoder.decode(bytes, isKey: part.index == 0, part, size: size)
        try errors.comparePacked(decoded, part.now, [size.bounds], format: AV_PIX_FMT_BGRA)
    }

    static func verify(path: String, parts: Int) throws(MediaError) {
        try verifyPackets(path: path, parts: parts, codec: AV_CODEC_ID_GIF)
    }
}
