import CFFmpeg
import Drawing

/// Encodes H.265 Main in BT.709 limited: one key frame a segment, no picture out of order.
final class HEVCEncoder: MovieFrameEncoder {
    static let format = MovieFormat(code: "hvc1", name: "HEVC", codec: AV_CODEC_ID_HEVC, isIntra: false, isYCbCr: true)
    static let decodesEvery = true

    private let picture: YUVPicture
    private let frame: CodecFrame
    private let encoder: FrameEncoder
    private let floor: Double
    private var count: Int64 = 0
    let header: [UInt8]

    init(_ description: OutputDescription) throws(MediaError) {
        let size = description.size
        picture = YUVPicture(size: size)
        floor = description.profile.encoder?.verificationFloor ?? 0
        frame = try CodecFrame(
            borrowing: picture.layout, byteCount: picture.allocatedBytes, width: size.width, height: size.height,
            format: AV_PIX_FMT_YUV420P)
        let options = description.profile.encoder?.options.map { ($0.name, $0.value) } ?? []
        encoder = try FrameEncoder("libx265", options: options) {
            $0.describeBT709(size, description.rate, AV_PIX_FMT_YUV420P)
            $0.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
            $0.pointee.chroma_sample_location = AVCHROMA_LOC_LEFT
            $0.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        }
        guard let header = HEVCConfiguration(encoder.header) else {
            throw .internal(.codec, "x265 wrote headers of an unknown form")
        }
        self.header = header.record
    }

    func encode(_ drawn: Frame) throws -> [UInt8] {
        picture.update(from: drawn.pixels, damage: drawn.damage)
        frame.pointer.pointee.pts = count
        count += 1
        return try encoder.packet(of: frame).bytes
    }

    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] { [size.bounds] }

    func compare(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors
    ) throws(MediaError) {
        let isRight = decoded.pointer.pointee.format == AV_PIX_FMT_YUV420P.rawValue
        let quality = isRight ? PictureComparison.psnr(decoded, picture) : 0
        guard quality >= floor else {
            throw .internal(
                .verification, "it decodes to another picture than was encoded (PSNR \(Int(quality)) dB)")
        }
    }
}
