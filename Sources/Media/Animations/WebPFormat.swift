import CFFmpeg
import Drawing
import Glibc

/// Animated WebP of lossless pictures: exact, with alpha.
final class WebPFormat: AnimatedImageFormat {
    static func unitsPerSecond(_ description: OutputDescription) -> Int { 1000 }
    static let onlyAdds = false
    // Places are stored by half.
    static let grid = 2

    private let size: PixelSize
    private let encoder: PartEncoder
    private let decoder: PartDecoder

    /// Bytes of a part before its picture.
    private static let partHead = 24

    init(_ description: OutputDescription) throws(MediaError) {
        size = description.size
        encoder = try PartEncoder(
            "libwebp", size: size, settings: description.profile.encoder, order: .bgra)
        decoder = try PartDecoder("WebP", AV_CODEC_ID_WEBP)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    func write(_ part: AnimatedPart) throws -> [UInt8] {
        let file = try encoder.encode(part)
        // Behind RIFF, size and WEBP: the picture's own chunk, for a lossless one holds its alpha.
        guard file.count > 20, file[12..<16].elementsEqual("VP8L".utf8) else {
            throw MediaError.internal(.codec, "libwebp made a picture of another kind")
        }
        let picture = file[12...]
        let rect = part.rect
        var bytes = Array("ANMF".utf8) + Self.little(16 + picture.count, 4)
        bytes += Self.little(rect.x / 2, 3) + Self.little(rect.y / 2, 3)
        bytes += Self.little(rect.width - 1, 3) + Self.little(rect.height - 1, 3)
        // Pixels replace what was there, and nothing is cleared afterwards.
        bytes += Self.little(part.length, 3) + [2]
        return bytes + picture
    }

    func frame(parts: Int, bytes: Int) -> (head: [UInt8], tail: [UInt8]) {
        var head = Array("WEBP".utf8)
        // Alpha and animation.
        head += Array("VP8X".utf8) + Self.little(10, 4) + [0x12, 0, 0, 0]
        head += Self.little(size.width - 1, 3) + Self.little(size.height - 1, 3)
        // A clear ground; for ever.
        head += Array("ANIM".utf8) + Self.little(6, 4) + [0, 0, 0, 0, 0, 0]
        return (Array("RIFF".utf8) + Self.little(head.count + bytes, 4) + head, [])
    }

    func compare(_ written: [UInt8], _ part: AnimatedPart, _ errors: inout CompositeErrors) throws {
        let picture = written[Self.partHead...]
        let file = Array("RIFF".utf8) + Self.little(4 + picture.count, 4) + Array("WEBP".utf8) + picture
        let rect = part.rect
        let decoded = try decoder.decode(
            file, isKey: true, part, size: PixelSize(width: rect.width, height: rect.height))
        try errors.comparePacked(
            decoded, part.now, [PixelRect(x: 0, y: 0, width: rect.width, height: rect.height)],
            format: AV_PIX_FMT_ARGB, at: (rect.x, rect.y))
    }

    /// FFmpeg's reader of WebP knows no animations: the file is walked through here.
    static func verify(path: String, parts: Int) throws(MediaError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileExpectations.fault("it cannot be opened") }
        defer { close(descriptor) }
        func bytes(_ count: Int, at offset: Int) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
            }
        }
        func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
        let end = Int(lseek(descriptor, 0, SEEK_END))
        let start = bytes(12, at: 0)
        guard start.count == 12, start.starts(with: "RIFF".utf8), number(start[4..<8]) == end - 8 else {
            throw FileExpectations.fault("it is no RIFF file of its length")
        }
        var (position, count) = (12, 0)
        while position < end {
            let head = bytes(8, at: position)
            guard head.count == 8 else { throw FileExpectations.fault("its chunks do not add up") }
            if head.starts(with: "ANMF".utf8) { count += 1 }
            let size = number(head[4..<8])
            position += 8 + size + size % 2
        }
        guard position == end, count == parts else {
            throw FileExpectations.fault("it holds \(count) pictures instead of \(parts)")
        }
    }
}
