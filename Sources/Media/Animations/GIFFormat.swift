import CFFmpeg
import CMediaKernels
import Drawing

/// GIF: a palette of its own for everything that changes, so that flat colours stay what they are; alpha is yes or no.
package final class GIFFormat: AnimatedImageFormat {
    static func unitsPerSecond(_ description: OutputDescription) -> Int { 100 }
    static let onlyAdds = true
    static let grid = 1

    private let size: PixelSize
    private let decoder: PartDecoder
    /// What a reader is to show after the last part: straight BGRA, alpha 0 or 255.
    private let shown: PixelBuffer
    /// Whether every colour so far is what was drawn: no part had more than a palette holds.
    private var isExact = true

    package init(_ description: OutputDescription) throws(MediaError) {
        size = description.size
        shown = PixelBuffer(size: size)
        decoder = try PartDecoder("GIF", AV_CODEC_ID_GIF)
    }

    package func write(_ part: AnimatedPart) throws -> [UInt8] {
        // Graphic control: what happens afterwards, index 0 is transparent.
        var bytes: [UInt8] = [0x21, 0xf9, 4, part.clearsAfter ? 2 << 2 | 1 : 1 << 2 | 1]
        bytes += [UInt8(part.length & 255), UInt8(truncatingIfNeeded: part.length >> 8), 0, 0]
        let rect = part.rect
        let room = fanpai_gif_bound(Int32(rect.width), Int32(rect.height))
        let image = [UInt8](unsafeUninitializedCapacity: room) { target, count in
            func run(_ now: UnsafeRawBufferPointer, _ before: UnsafeRawBufferPointer?) {
                shown.withMutableBytes { shown in
                    var gif = fanpai_gif_part(
                        now: now.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        before: before?.baseAddress?.assumingMemoryBound(to: UInt8.self), stride: part.now.stride,
                        x0: Int32(rect.x), x1: Int32(rect.maxX), y0: Int32(rect.y), y1: Int32(rect.maxY),
                        cleared_x0: Int32(part.cleared.x), cleared_x1: Int32(part.cleared.maxX),
                        cleared_y0: Int32(part.cleared.y), cleared_y1: Int32(part.cleared.maxY),
                        shown: shown.baseAddress?.assumingMemoryBound(to: UInt8.self))
                    var exact: Int32 = 0
                    count = fanpai_gif_image(&gif, target.baseAddress, &exact)
                    isExact = isExact && exact != 0
                }
            }
            part.now.withBytes { now in
                if let before = part.before { before.withBytes { run(now, $0) } } else { run(now, nil) }
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
        let decoded = try verified(written, part)
        try errors.comparePacked(decoded, part.now, [size.bounds], format: AV_PIX_FMT_BGRA)
    }

    /// Decodes the part that was written last, as a reader would.
    ///
    /// - Throws: `MediaError` with code `verification` when it does not show what it should.
    package func verify(_ written: [UInt8], _ part: AnimatedPart) throws { _ = try verified(written, part) }

    private func verified(_ written: [UInt8], _ part: AnimatedPart) throws -> CodecFrame {
        let bytes = part.index == 0 ? head + written : written
        let decoded = try decoder.decode(bytes, isKey: part.index == 0, part, size: size)
        guard decoded.pointer.pointee.format == AV_PIX_FMT_BGRA.rawValue else {
            throw MediaError.internal(.verification, "picture \(part.index) of the GIF decodes to another format")
        }
        try check(decoded, part)
        return decoded
    }

    /// Refuses a picture that is decoded to anything else than was meant, and one that was meant to be something else than a GIF
    /// can show of the drawn one: pixels of alpha 128 and more opaque and in their colour, all others clear. The profile's
    /// tolerance has to allow for the half alpha that is lost; this does not.
    private func check(_ decoded: CodecFrame, _ part: AnimatedPart) throws(MediaError) {
        var wrong: UInt64 = 0
        let found = shown.withBytes { shown in
            wrong = fanpai_gif_differences(
                shown.baseAddress?.assumingMemoryBound(to: UInt8.self), self.shown.stride, decoded.plane(0),
                decoded.stride(0), Int32(size.width), Int32(size.height))
            return part.now.withBytes { now in
                fanpai_gif_compare(
                    now.baseAddress?.assumingMemoryBound(to: UInt8.self), part.now.stride,
                    shown.baseAddress?.assumingMemoryBound(to: UInt8.self), self.shown.stride, Int32(size.width),
                    Int32(size.height))
            }
        }
        guard wrong == 0 else {
            throw .internal(
                .verification, "\(wrong) pixels of picture \(part.index) of the GIF are decoded to others")
        }
        let meanSquare = Double(found.squared) / Double(max(1, 3 * found.seen))
        guard found.coverage == 0, meanSquare <= (isExact ? 0 : Self.meanSquareOfCutColors) else {
            throw .internal(
                .verification,
                "picture \(part.index) of the GIF shows or hides \(found.coverage) pixels wrongly, and its colours are off by "
                    + "\(meanSquare) (mean square, of 255)")
        }
    }

    /// The most where more than 255 colours are cut to a palette; noise of all colours comes to 180.
    static let meanSquareOfCutColors = 256.0

    static func verify(path: String, parts: Int) throws(MediaError) {
        try verifyPackets(path: path, parts: parts, codec: AV_CODEC_ID_GIF)
    }
}
