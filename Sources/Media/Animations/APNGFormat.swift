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
        decoder = try PartDecoder("APNG", AV_CODEC_ID_APNG, header: PNGChunk.header(size))
    }

    func write(_ part: AnimatedPart) throws -> [UInt8] {
        var control = PNGChunk.big(sequence) + PNGChunk.big(part.rect.width) + PNGChunk.big(part.rect.height)
        control += PNGChunk.big(part.rect.x) + PNGChunk.big(part.rect.y)
        // Nothing is cleared afterwards, pixels replace what was there.
        control += PNGChunk.big(part.length, 2) + PNGChunk.big(units, 2) + [0, 0]
        sequence += 1
        var bytes = PNGChunk.bytes("fcTL", control)
        let file = try encoder.encode(part)
        var at = 8
        while at + 12 <= file.count {
            let length = file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard at + 12 + length <= file.count else { break }
            if file[at + 4..<at + 8].elementsEqual("IDAT".utf8) {
                let data = file[at + 8..<at + 8 + length]
                if part.index == 0 {
                    bytes += PNGChunk.bytes("IDAT", Array(data))
                } else {
                    bytes += PNGChunk.bytes("fdAT", PNGChunk.big(sequence) + data)
                    sequence += 1
                }
            }
            at += 12 + length
        }
        return bytes
    }

    func frame(parts: Int, bytes: Int) -> (head: [UInt8], tail: [UInt8]) {
        let head =
            PNGChunk.signature + PNGChunk.header(size)
            + PNGChunk.bytes("sRGB", [0]) + PNGChunk.bytes("acTL", PNGChunk.big(parts) + PNGChunk.big(0))
        return (head, PNGChunk.bytes("IEND", []))
    }

    func compare(_ written: [UInt8], _ part: AnimatedPart, _ errors: inout CompositeErrors) throws {
        let decoded = try decoder.decode(written, isKey: part.index == 0, part, size: size)
        try errors.comparePacked(decoded, part.now, [size.bounds], format: AV_PIX_FMT_RGBA)
    }

    static func verify(path: String, parts: Int) throws(MediaError) {
        try verifyPackets(path: path, parts: parts, codec: AV_CODEC_ID_APNG)
    }
}
