import CFFmpeg
import Drawing

/// Encodes PNG pictures in a QuickTime film (`png `): exact straight pixels; a frame equal to the one before is the same packet.
final class PNGMovieEncoder: MovieFrameEncoder {
    static let format = MovieFormat(code: "png ", name: "PNG", codec: AV_CODEC_ID_PNG, isIntra: true, isYCbCr: false)

    private let encoder: PNGEncoder
    private var bytes: [UInt8] = []

    init(_ description: OutputDescription) throws(MediaError) {
        encoder = try PNGEncoder(size: description.size)
    }

    func encode(_ frame: Frame) throws -> [UInt8] {
        if bytes.isEmpty || !frame.damage.isEmpty {
            bytes = try encoder.encode(frame.pixels, damage: frame.damage)
        }
        return bytes
    }

    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] {
        StraightPicture.reached(by: damage, size)
    }

    func compare(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors
    ) throws(MediaError) {
        try errors.comparePacked(decoded, drawn, rects, format: AV_PIX_FMT_RGBA)
    }
}
