import CFFmpeg
import CMediaKernels
package import Drawing

/// Encodes QuickTime Animation (`rle `) at 32 bits: exact straight pixels, and of each frame only what differs from the one before.
///
/// Lines and columns outside of the damage are not looked at; inside of it only what differs is coded.
package final class AnimationEncoder: MovieFrameEncoder {
    static let format = MovieFormat(
        code: "rle ", name: "Animation", codec: AV_CODEC_ID_QTRLE, isIntra: false, isYCbCr: false)

    private let size: PixelSize
    private let picture: StraightPicture
    /// What the film shows after the last packet, in rows of the picture's stride.
    private let shown: UnsafeMutablePointer<UInt8>
    private let scratch: UnsafeMutableRawPointer
    private let line: UnsafeMutablePointer<UInt8>
    /// Where every line may differ in this frame.
    private var columns: [Range<Int32>]
    private var isFirst = true
    private var bytes: [UInt8] = []

    convenience init(_ description: OutputDescription) throws(MediaError) { self.init(size: description.size) }

    package init(size: PixelSize) {
        self.size = size
        picture = StraightPicture(size: size, order: .argb)
        shown = .allocate(capacity: picture.stride * size.height)
        scratch = .allocate(byteCount: fanpai_animation_scratch(Int32(size.width)), alignment: 8)
        line = .allocate(capacity: 5 * size.width + 8)
        columns = Array(repeating: 0..<0, count: size.height)
    }

    deinit {
        shown.deallocate()
        scratch.deallocate()
        line.deallocate()
    }

    package func encode(_ frame: Frame) throws -> [UInt8] {
        let rects = picture.update(from: frame.pixels, damage: frame.damage)
        let damaged = (rects.map(\.y).min() ?? 0)..<(rects.map(\.maxY).max() ?? 0)
        for row in damaged { columns[row] = 0..<0 }
        for rect in rects {
            for row in rect.y..<rect.maxY {
                let known = columns[row]
                columns[row] =
                    known.isEmpty
                    ? Int32(rect.x)..<Int32(rect.maxX)
                    : min(known.lowerBound, Int32(rect.x))..<max(known.upperBound, Int32(rect.maxX))
            }
        }
        let headCount = isFirst ? 6 : 14
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: repeatElement(0, count: headCount))
        // A frame that changes lines `first` and below; of the last of those that do not change nothing stays.
        var (first, next, end) = (0, 0, bytes.count)
        for row in damaged {
            let offset = row * picture.stride
            let now = UnsafeRawPointer(picture.bytes + offset).assumingMemoryBound(to: UInt32.self)
            let before = UnsafeMutableRawPointer(shown + offset).assumingMemoryBound(to: UInt32.self)
            let count = fanpai_animation_line(
                now, before, isFirst ? 1 : 0, columns[row].lowerBound, columns[row].upperBound, Int32(size.width),
                scratch, line)
            let isSame = count == 2
            if isSame && next == 0 { continue }
            if next == 0 { first = row }
            bytes.append(contentsOf: UnsafeBufferPointer(start: line, count: count))
            if !isSame { (next, end) = (row + 1, bytes.count) }
        }
        bytes.removeSubrange(end...)
        bytes.append(0)
        put(bytes.count, 4, at: 0)
        if !isFirst {
            put(8, 2, at: 4)
            put(first, 2, at: 6)
            put(next - first, 2, at: 10)
        }
        isFirst = false
        return bytes
    }

    private func put(_ value: Int, _ count: Int, at place: Int) {
        for index in 0..<count {
            bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - index)))
        }
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
