import CFFmpeg
import CMediaKernels
import Drawing

/// Encodes VP9 with alpha: two streams of one key frame each, the second one grey, in BT.709 limited with 4:2:0.
final class VP9AlphaEncoder: MovieFrameEncoder {
    static let format = MovieFormat(code: "", name: "VP9", codec: AV_CODEC_ID_VP9, isIntra: false, isYCbCr: true)
    static let decodesEvery = true

    /// Decibels between the planes that were encoded and those that are decoded: a guard against another picture.
    private static let leastQuality = 30.0

    private let size: PixelSize
    private let straight: BledPicture
    private let colors: YUVPicture
    private let alpha: UnsafeMutablePointer<UInt8>
    private let alphaStride: Int
    private let frame: CodecFrame
    private let encoder: FrameEncoder
    private var count: Int64 = 0
    private(set) var addition: [UInt8] = []

    init(_ description: OutputDescription) throws(MediaError) {
        let size = description.size
        self.size = size
        straight = BledPicture(size: size)
        colors = YUVPicture(size: size)
        alphaStride = (size.width + 63) & ~63
        alpha = .allocate(capacity: alphaStride * size.height)
        alpha.initialize(repeating: 0, count: alphaStride * size.height)
        frame = try CodecFrame(
            borrowing: colors.layout + [(alpha, alphaStride)], byteCount: colors.allocatedBytes, width: size.width,
            height: size.height, format: AV_PIX_FMT_YUVA420P)
        let options = description.profile.encoder?.options.map { ($0.name, $0.value) } ?? []
        encoder = try FrameEncoder("libvpx-vp9", options: options) {
            $0.describeBT709(size, description.rate, AV_PIX_FMT_YUVA420P)
            // The quantiser alone decides.
            $0.pointee.bit_rate = 0
            $0.pointee.gop_size = Int32.max / 2
        }
    }

    deinit { alpha.deallocate() }

    func encode(_ drawn: Frame) throws -> [UInt8] {
        var damage = Damage.none
        for rect in straight.update(from: drawn.pixels, damage: drawn.damage) {
            damage.add(rect)
            straight.pixels.withBytes { raw in
                guard let source = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
                fanpai_alpha_plane(
                    source + rect.y * straight.pixels.stride + 4 * rect.x, straight.pixels.stride,
                    alpha + rect.y * alphaStride + rect.x, alphaStride, Int32(rect.width), Int32(rect.height))
            }
        }
        colors.update(from: straight.pixels, damage: damage)
        frame.pointer.pointee.pts = count
        count += 1
        let packet = try encoder.packet(of: frame)
        guard !packet.addition.isEmpty else {
            throw MediaError.internal(.codec, "the VP9 encoder made a frame without alpha")
        }
        addition = packet.addition
        return packet.bytes
    }

    static func decoder(
        _ configure: (UnsafeMutablePointer<AVCodecContext>) -> Int32
    ) throws(MediaError) -> FrameDecoder {
        // FFmpeg's own decoder of VP9 drops alpha.
        guard let codec = avcodec_find_decoder_by_name("libvpx-vp9") else {
            throw MediaError(
                .capability, "the installed FFmpeg has no decoder libvpx-vp9", hint: "choose another profile",
                exit: .capability)
        }
        return try FrameDecoder(codec, configure: configure)
    }

    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect] { [size.bounds] }

    func compare(
        _ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors
    ) throws(MediaError) {
        guard decoded.pointer.pointee.format == AV_PIX_FMT_YUVA420P.rawValue else {
            throw .internal(.verification, "it decodes to another format, without alpha")
        }
        // What the coder lost, apart from what half of the chroma cannot hold of any picture.
        let quality = PictureComparison.psnr(decoded, colors)
        guard quality >= Self.leastQuality else {
            throw .internal(
                .verification, "it decodes to other colours than were encoded, PSNR \(AlphaFigures.tenths(quality)) dB")
        }
        let alphaQuality = PictureComparison.psnr(
            UnsafePointer(decoded.plane(3)), decoded.stride(3), alpha, alphaStride, size)
        guard alphaQuality >= Self.leastQuality else {
            throw .internal(
                .verification,
                "it decodes to another alpha than was encoded, PSNR \(AlphaFigures.tenths(alphaQuality)) dB")
        }
        let planes = (0..<4).map { UnsafePointer(decoded.plane($0)) }
        var picture = fanpai_yuva420(
            planes: (planes[0], planes[1], planes[2], planes[3]),
            strides: (decoded.stride(0), decoded.stride(1), decoded.stride(2), decoded.stride(3)),
            width: Int32(size.width), height: Int32(size.height))
        drawn.withBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            fanpai_compare_yuva420(&picture, base, drawn.stride, &errors.sums)
        }
    }
}
