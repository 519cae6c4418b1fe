import CFFmpeg
import Drawing

/// Decodes what was written of an animated image, part by part.
final class PartDecoder {
    private let name: String
    private let decoder: FrameDecoder
    private let packet: CodecPacket
    private let frame: CodecFrame

    /// - Parameters:
    ///   - name: what the image is called in errors.
    ///   - header: what the decoder has to know before the first part.
    init(_ name: String, _ codec: AVCodecID, header: [UInt8]? = nil) throws(MediaError) {
        self.name = name
        decoder = try FrameDecoder(FrameDecoder.codec(codec)) { context in
            header.map { FrameDecoder.setHeader($0, context) } ?? 0
        }
        packet = try CodecPacket()
        frame = try CodecFrame()
    }

    /// The picture in some bytes; valid until the next one.
    ///
    /// - Throws: `MediaError` with code `verification` when there is none of that size.
    func decode(_ bytes: [UInt8], isKey: Bool, _ part: AnimatedPart, size: PixelSize) throws -> CodecFrame {
        try bytes.span.withUnsafeBytes { (raw) throws(MediaError) in try packet.fill(raw) }
        if isKey { packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY }
        try decoder.send(packet)
        guard try decoder.receive(into: frame) == .ready, frame.width == size.width, frame.height == size.height
        else {
            throw MediaError.internal(.verification, "picture \(part.index) of the \(name) cannot be decoded again")
        }
        return frame
    }
}
