import CFFmpeg
import Drawing

/// Encodes FFV1: exact straight pixels, every frame on its own; a frame equal to the one before is the same packet.
final class LosslessEncoder: MovieFrameEncoder {
    static let format = MovieFormat(code: "", name: "FFV1", codec: AV_CODEC_ID_FFV1, isIntra: true, isYCbCr: false)

    private let picture: StraightPicture
    private let frame: CodecFrame
    private let encoder: FrameEncoder
    private var bytes: [UInt8] = []
    private var count: Int64 = 0

    init(_ description: OutputDescription) throws(MediaError) {
        let size = description.size
        picture = StraightPicture(size: size, order: .bgra)
        frame = try CodecFrame(
            borrowing: [(UnsafeMutablePointer(mutating: picture.bytes), picture.stride)],
            byteCount: picture.stride * size.height, width: size.width, height: size.height, format: AV_PIX_FMT_BGRA)
        let options = description.profile.encoder?.options.map { ($0.name, $0.value) } ?? []
        encoder = try FrameEncoder("ffv1", options: options) {
            $0.pointee.width = Int32(size.width)
            $0.pointee.height = Int32(size.height)
            $0.pointee.pix_fmt = AV_PIX_FMT_BGRA
            $0.pointee.time_base = AVRational(num: 1, den: 1)
        }
    }

    func encode(_ drawn: Frame) throws -> [UInt8] {
        if !bytes.isEmpty, drawn.damage.isEmpty { return bytes }
        picture.update(from: drawn.pixels, damage: drawn.damage)
        frame.pointer.pointee.pts = count
        count += 1
        bytes = try encoder.packet(of: frame).bytes
        return bytes
    }

    var header: [UInt8] { encoder.header }

    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] {
        StraightPicture.reached(by: damage, size)
    }

    func compare(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors
    ) throws(MediaError) {
        try errors.comparePacked(decoded, drawn, rects, format: AV_PIX_FMT_BGRA)
    }
}
