import CFFmpeg
import Drawing

/// Encodes parts of straight pictures, each with an encoder of FFmpeg's for a single picture.
final class PartEncoder {
    private let name: String
    private let settings: EncoderSettings?
    private let format: AVPixelFormat
    private let picture: StraightPicture
    private var encoder: (size: PixelSize, encoder: FrameEncoder)?
    private var count: Int64 = 0

    init(_ name: String, size: PixelSize, settings: EncoderSettings?, order: StraightPicture.Order) throws(MediaError) {
        self.name = name
        self.settings = settings
        format = order == .rgba ? AV_PIX_FMT_RGBA : AV_PIX_FMT_BGRA
        picture = StraightPicture(size: size, order: order)
        _ = try FFmpegLibrary.encoder(name)
    }

    /// The file of what a part shows.
    func encode(_ part: AnimatedPart) throws -> [UInt8] {
        let rect = part.rect
        picture.update(from: part.now, damage: Damage(rect))
        let start = UnsafeMutablePointer(mutating: picture.bytes) + rect.y * picture.stride + 4 * rect.x
        let frame = try CodecFrame(
            borrowing: [(start, picture.stride)], byteCount: picture.stride * rect.height - 4 * rect.x,
            width: rect.width, height: rect.height, format: format)
        frame.pointer.pointee.pts = count
        count += 1
        return try encoder(PixelSize(width: rect.width, height: rect.height)).packet(of: frame).bytes
    }

    private func encoder(_ size: PixelSize) throws(MediaError) -> FrameEncoder {
        if let encoder, encoder.size == size { return encoder.encoder }
        let options = settings?.options.map { ($0.name, $0.value) } ?? []
        let format = self.format
        let made = try FrameEncoder(name, options: options.filter { $0.0 != "compression_level" }) {
            $0.pointee.width = Int32(size.width)
            $0.pointee.height = Int32(size.height)
            $0.pointee.pix_fmt = format
            $0.pointee.time_base = AVRational(num: 1, den: 1)
            if let level = options.last(where: { $0.0 == "compression_level" }).flatMap({ Int32($0.1) }) {
                $0.pointee.compression_level = level
            }
        }
        encoder = (size, made)
        return made
    }
}
