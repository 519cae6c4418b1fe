import CFFmpeg
public import Drawing
import Glibc

/// Reads PNG, JPEG and WebP pictures.
public enum ImageDecoder {
    /// The most pixels of a picture.
    public static let pixelLimit = 1 << 26
    /// The most bytes of a file.
    public static let byteLimit = 1 << 28

    /// Reads the file at a path.
    ///
    /// - Throws: `MediaError` with exit 66 when it cannot be opened, 65 when it is no whole picture within the limits.
    public static func decode(path: String) throws(MediaError) -> PixelBuffer {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MediaError(
                .missing, "cannot read the picture \(path)", hint: "check the name", cause: MediaError.text(errno),
                exit: .missing)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MediaError(.input, "\(path) is not a file", hint: "give a picture file", exit: .data)
        }
        let size = Int(status.st_size)
        guard size <= byteLimit else {
            throw MediaError(
                .input, "the picture \(path) has \(size) bytes", hint: "use files up to \(byteLimit >> 20) MiB",
                exit: .data)
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let more = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if more < 0 && errno == EINTR { continue }
                if more <= 0 { break }
                count += more
            }
        }
        return try decode(bytes, name: path)
    }

    /// Reads a file's bytes.
    ///
    /// - Parameter name: what errors call it.
    /// - Throws: `MediaError` with exit 65 when it is no whole picture within the limits.
    public static func decode(_ bytes: [UInt8], name: String = "the picture") throws(MediaError) -> PixelBuffer {
        guard let codec = codec(of: bytes) else {
            throw MediaError(
                .input, "\(name) is neither PNG, JPEG nor WebP", hint: "save it as PNG", exit: .data)
        }
        do {
            return try decode(bytes, codec)
        } catch {
            guard error.exit == .data else { throw error }
            throw MediaError(
                .input, "\(name) is damaged, or larger than \(pixelLimit >> 20) million pixels", hint: "save it again",
                cause: error.cause ?? error.message, exit: .data)
        }
    }

    private static func codec(of bytes: [UInt8]) -> AVCodecID? {
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return AV_CODEC_ID_PNG }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return AV_CODEC_ID_MJPEG }
        if bytes.count > 12, bytes.starts(with: Array("RIFF".utf8)), bytes[8..<12].elementsEqual("WEBP".utf8) {
            return AV_CODEC_ID_WEBP
        }
        return nil
    }

    private static func decode(_ bytes: [UInt8], _ id: AVCodecID) throws(MediaError) -> PixelBuffer {
        let decoder = try FrameDecoder(FrameDecoder.codec(id)) { context in
            context.pointee.max_pixels = Int64(pixelLimit)
            context.pointee.err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE
            return 0
        }
        let packet = try CodecPacket()
        let frame = try CodecFrame()
        try bytes.span.withUnsafeBytes { (raw) throws(MediaError) in try packet.fill(raw) }
        try decoder.send(packet)
        try decoder.send(nil)
        guard try decoder.receive(into: frame) == .ready, frame.pointer.pointee.decode_error_flags == 0,
            isWhole(bytes, id)
        else { throw MediaError(.input, "cut off", hint: "", exit: .data) }
        return try PictureConverter(isVideo: false).convert(frame)
    }

    /// FFmpeg shows a cut-off file as far as it goes; here its end must be there.
    private static func isWhole(_ bytes: [UInt8], _ id: AVCodecID) -> Bool {
        switch id {
        case AV_CODEC_ID_PNG:
            var at = 8
            while at + 12 <= bytes.count {
                let size = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
                if bytes[at + 4..<at + 8].elementsEqual("IEND".utf8) { return true }
                at += 12 + size
            }
            return false
        case AV_CODEC_ID_MJPEG:
            // The end marker, behind the scan; an embedded preview has one too, so the last start of scan counts.
            var end = bytes.count - 2
            while end > 0 && !(bytes[end] == 0xff && bytes[end + 1] == 0xd9) {
                if bytes[end] == 0xff && bytes[end + 1] == 0xda { return false }
                end -= 1
            }
            return end > 0
        default:
            let size = bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
            return size + 8 <= bytes.count
        }
    }
}
