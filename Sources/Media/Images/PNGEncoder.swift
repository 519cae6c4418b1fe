import CFFmpeg
public import Drawing

/// Makes PNG files: 8-bit RGBA, straight alpha, sRGB. Equal pixels make equal bytes.
public final class PNGEncoder {
    private let size: PixelSize
    private let encoder: FrameEncoder
    private let frame: CodecFrame
    private var count: Int64 = 0
    /// Pictures that follow a film, with the frame that lends their memory.
    private var following: (picture: StraightPicture, frame: CodecFrame)?

    /// Makes an encoder for pictures of one size; use it from one thread at a time.
    ///
    /// - Throws: `MediaError` with exit 69 when FFmpeg has no PNG encoder.
    public convenience init(size: PixelSize) throws(MediaError) {
        try self.init(size: size, settings: Profile.pngSequence.encoder)
    }

    init(size: PixelSize, settings: EncoderSettings?) throws(MediaError) {
        self.size = size
        let options = settings?.options.map { ($0.name, $0.value) } ?? []
        encoder = try FrameEncoder(settings?.name ?? "png", options: options.filter { $0.0 != "compression_level" }) {
            $0.pointee.width = Int32(size.width)
            $0.pointee.height = Int32(size.height)
            $0.pointee.pix_fmt = AV_PIX_FMT_RGBA
            $0.pointee.time_base = AVRational(num: 1, den: 1)
            $0.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
            $0.pointee.color_primaries = AVCOL_PRI_BT709
            $0.pointee.color_trc = AVCOL_TRC_IEC61966_2_1
            if let level = options.last(where: { $0.0 == "compression_level" }).flatMap({ Int32($0.1) }) {
                $0.pointee.compression_level = level
            }
        }
        frame = try CodecFrame()
        frame.pointer.pointee.width = Int32(size.width)
        frame.pointer.pointee.height = Int32(size.height)
        frame.pointer.pointee.format = AV_PIX_FMT_RGBA.rawValue
        frame.pointer.pointee.color_primaries = AVCOL_PRI_BT709
        frame.pointer.pointee.color_trc = AVCOL_TRC_IEC61966_2_1
        guard av_frame_get_buffer(frame.pointer, 0) == 0 else { throw FFmpegLibrary.outOfMemory }
    }

    /// The file of a picture.
    ///
    /// - Parameter pixels: of the encoder's size, premultiplied as always.
    /// - Throws: `MediaError` with exit 70 when the encoder fails.
    public func encode(_ pixels: PixelBuffer) throws -> [UInt8] {
        precondition(pixels.size == size)
        guard av_frame_make_writable(frame.pointer) == 0, let target = frame.plane(0) else {
            throw FFmpegLibrary.outOfMemory
        }
        PixelKernels.unpremultiply(pixels, into: target, stride: frame.stride(0), swapped: true)
        return try file(of: frame)
    }

    /// The file of the next picture of a film, of which only the damaged parts are converted; clear pixels beside seen ones have
    /// their colour.
    ///
    /// - Throws: `MediaError` with exit 70 when the encoder fails.
    package func encode(_ pixels: PixelBuffer, damage: Damage) throws -> [UInt8] {
        let (picture, frame) = try following ?? start()
        following = (picture, frame)
        picture.update(from: pixels, damage: damage)
        return try file(of: frame)
    }

    private func start() throws(MediaError) -> (picture: StraightPicture, frame: CodecFrame) {
        let picture = StraightPicture(size: size, order: .rgba)
        let frame = try CodecFrame(
            borrowing: [(UnsafeMutablePointer(mutating: picture.bytes), picture.stride)],
            byteCount: picture.stride * size.height, width: size.width, height: size.height, format: AV_PIX_FMT_RGBA)
        frame.pointer.pointee.color_primaries = AVCOL_PRI_BT709
        frame.pointer.pointee.color_trc = AVCOL_TRC_IEC61966_2_1
        return (picture, frame)
    }

    private func file(of frame: CodecFrame) throws -> [UInt8] {
        frame.pointer.pointee.pts = count
        count += 1
        try encoder.send(frame)
        var bytes: [UInt8] = []
        while try encoder.receive({ bytes.append(contentsOf: $0.bytes) }) == .ready {}
        guard !bytes.isEmpty else { throw MediaError.internal(.codec, "the PNG encoder made nothing") }
        return bytes
    }

    /// The file of a single picture.
    ///
    /// - Throws: `MediaError` with exit 69 when FFmpeg has no PNG encoder.
    public static func encode(_ pixels: PixelBuffer) throws -> [UInt8] {
        try PNGEncoder(size: pixels.size).encode(pixels)
    }

    /// Writes a single picture; the file appears when it is whole.
    ///
    /// - Throws: `MediaError` with exit 73 when the file cannot be created, 74 when the disk is full.
    public static func write(_ pixels: PixelBuffer, to path: String) throws {
        let file = try OutputFile(path: path)
        try file.write(try encode(pixels), at: 0)
        try file.commit()
    }
}
