import CFFmpeg
import CMediaKernels
import Drawing
import Glibc

/// Encodes QuickTime Animation (`rle `) at 32 bits: exact straight pixels, and of each frame only what differs from the one before.
///
/// Lines outside of the damage are not looked at; inside of it every line is the shortest that the format has.
final class AnimationEncoder: MovieFrameEncoder {
    static let format = MovieFormat(
        code: "rle ", name: "Animation", codec: AV_CODEC_ID_QTRLE, isIntra: false, isYCbCr: false)

    private let size: PixelSize
    private let picture: StraightPicture
    /// What the film shows after the last packet, in rows of the picture's stride.
    private let shown: UnsafeMutablePointer<UInt8>
    private let scratch: UnsafeMutableRawPointer
    private let line: UnsafeMutablePointer<UInt8>
    private var isFirst = true
    private var bytes: [UInt8] = []

    convenience init(_ description: OutputDescription) throws(MediaError) { self.init(size: description.size) }

    init(size: PixelSize) {
        self.size = size
        picture = StraightPicture(size: size, order: .argb)
        shown = .allocate(capacity: picture.stride * size.height)
        scratch = .allocate(byteCount: fanpai_animation_scratch(Int32(size.width)), alignment: 16)
        line = .allocate(capacity: 5 * size.width + 8)
    }

    deinit {
        shown.deallocate()
        scratch.deallocate()
        line.deallocate()
    }

    func encode(_ frame: Frame) throws -> [UInt8] {
        let rects = picture.update(from: frame.pixels, damage: frame.damage)
        bytes.removeAll(keepingCapacity: true)
        var dirty = [Bool](repeating: false, count: size.height)
        for rect in rects { for row in rect.y..<rect.maxY { dirty[row] = true } }
        if !isFirst {
            for row in dirty.indices where dirty[row] {
                let offset = row * picture.stride
                dirty[row] = memcmp(picture.bytes + offset, shown + offset, 4 * size.width) != 0
            }
        }
        let first = isFirst ? 0 : dirty.firstIndex(of: true) ?? 0
        let last = isFirst ? size.height - 1 : dirty.lastIndex(of: true) ?? -1
        put(0, 4)
        if isFirst {
            put(0, 2)
        } else {
            // A frame that changes lines `first` and below.
            put(8, 2)
            put(first, 2)
            put(0, 2)
            put(max(0, last - first + 1), 2)
            put(0, 2)
        }
        for row in first...max(first, last) where last >= first {
            guard isFirst || dirty[row] else {
                bytes.append(contentsOf: [1, 0xff])
                continue
            }
            let offset = row * picture.stride
            let now = UnsafeRawPointer(picture.bytes + offset).assumingMemoryBound(to: UInt32.self)
            let before = UnsafeRawPointer(shown + offset).assumingMemoryBound(to: UInt32.self)
            let count = fanpai_animation_line(now, isFirst ? nil : before, Int32(size.width), scratch, line)
            bytes.append(contentsOf: UnsafeBufferPointer(start: line, count: count))
            (shown + offset).update(from: picture.bytes + offset, count: 4 * size.width)
        }
        bytes.append(0)
        let total = bytes.count
        for place in 0..<4 { bytes[place] = UInt8(truncatingIfNeeded: total >> (8 * (3 - place))) }
        isFirst = false
        return bytes
    }

    private func put(_ value: Int, _ count: Int) {
        for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }

    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] {
        StraightPicture.reached(by: damage, size)
    }

    func compare(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors
    ) throws(MediaError) {
        try errors.comparePacked(decoded, drawn, rects, format: AV_PIX_FMT_ARGB)
    }
}
