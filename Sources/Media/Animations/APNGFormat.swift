import CFFmpeg
import Drawing

/// APNG (W3C PNG, third edition): exact, with alpha.
final class APNGFormat: AnimatedImageFormat {
    /// The film's own rate where no delay can pass 16 bits, so that every time is exact; else hundredths.
    static func unitsPerSecond(_ description: OutputDescription) -> Int {
        let rate = description.rate
        let fits = rate.numerator <= 0xffff && description.frameCount * rate.denominator <= 0xffff
        return fits ? rate.numerator : 100
    }

    static let onlyAdds = false
    static let grid = 1

    private let size: PixelSize
    private let units: Int
    private let encoder: PartEncoder
    private let decoder: PartDecoder
    private var sequence = 0

    init(_ description: OutputDescription) throws(MediaError) {
        size = description.size
        units = Self.unitsPerSecond(description)
        encoder = try PartEncoder(
            "png", size: size, settings: description.profile.encoder, order: .rgba)
        decoder = try PartDecoder("APNG", AV_CODEC_ID_APNG, header: Self.chunk("IHDR", Self.header(size)))
    }

    private static func header(_ size: PixelSize) -> [UInt8] {
        // 8 bits of red, green, blue and alpha; not interlaced.
        big(size.width) + big(size.height) + [8, 6, 0, 0, 0]
    }

    private static func big(_ value: Int, _ count: Int = 4) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    private static func chunk(_ type: String, _ content: some Collection<UInt8>) -> [UInt8] {
        let body = Array(type.utf8) + content
        return big(content.count) + body + big(Int(CRC32.of(body)))
    }

    func write(_ part: AnimatedPart) throws -> [UInt8] {
        var control = Self.big(sequence) + Self.big(part.rect.width) + Self.big(part.rect.height)
        control += Self.big(part.rect.x) + Self.big(part.rect.y)
        // Nothing is cleared afterwards, pixels replace what was there.
        control += Self.big(part.length, 2) + Self.big(units, 2) + [0, 0]
        sequence += 1
        var bytes = Self.chunk("fcTL", control)
        let file = try encoder.encode(part)
        var at = 8
        while at + 12 <= file.count {
            let length = file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard at + 12 + length <= file.count else { break }
            if file[at + 4..<at + 8].elementsEqual("IDAT".utf8) {
                let data = file[at + 8..<at + 8 + length]
                if part.index == 0 {
                    bytes += Self.chunk("IDAT", data)
                } else {
                    bytes += Self.chunk("fdAT", Self.big(sequence) + data)
                    sequence += 1
                }
            }
            at += 12 + length
        }
        return bytes
    }

    func frame(parts: Int, bytes: Int) -> (head: [UInt8], tail: [UInt8]) {
        let head =
            [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + Self.chunk("IHDR", Self.header(size))
            + Self.chunk("sRGB", [0]) + Self.chunk("acTL", Self.big(parts) + Self.big(0))
        return (head, Self.chunk("IEND", []))
    }

    func compare(_ written: [UInt8], _ part: AnimatedPart, _ errors: inout CompositeErrors) throws {
        let decoded = try decoder.decode(written, isKey: part.index == 0, part, size: size)
        try errors.comparePacked(decoded, part.now, [size.bounds], format: AV_PIX_FMT_RGBA)
    }

    static func verify(path: String, parts: Int) throws(MediaError) {
        try verifyPackets(path: path, parts: parts, codec: AV_CODEC_ID_APNG)
    }
}

/// The check of PNG's chunks (ITU-T V.42).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            ~bytes.reduce(UInt32.max) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
        }
    }
}
