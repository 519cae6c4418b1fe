import CFFmpeg
package import Drawing

/// Encodes the frames of one segment of a film, one packet each, on one thread.
protocol MovieFrameEncoder: AnyObject {
    /// How the film names the format.
    static var format: MovieFormat { get }
    /// Whether a frame that equals the one before may decode to another picture, so that none goes unseen.
    static var decodesEvery: Bool { get }

    /// Starts a segment: its first frame depends on none before it.
    init(_ description: OutputDescription) throws(MediaError)

    /// Encodes a frame.
    ///
    /// - Returns: its packet; let go of it before the next call, which reuses the memory.
    func encode(_ frame: Frame) throws -> [UInt8]

    /// What belongs to the last packet in a place of its own; empty as a rule.
    var addition: [UInt8] { get }

    /// What a decoder must know before the first packet; empty as a rule.
    var header: [UInt8] { get }

    /// Opens a decoder, up to what `configure` sets.
    static func decoder(_ configure: (UnsafeMutablePointer<AVCodecContext>) -> Int32) throws(MediaError) -> FrameDecoder

    /// What of a picture may be another one after decoding when a frame damages it.
    static func reached(by damage: Damage, _ size: PixelSize) -> [PixelRect]

    /// Adds the errors of a decoded frame inside `rects` to `errors`.
    func compare(_ decoded: CodecFrame, _ drawn: PixelBuffer, _ rects: [PixelRect], _ errors: inout CompositeErrors)
        throws(MediaError)
}

extension MovieFrameEncoder {
    static var decodesEvery: Bool { false }
    var addition: [UInt8] { [] }
    var header: [UInt8] { [] }

    static func decoder(
        _ configure: (UnsafeMutablePointer<AVCodecContext>) -> Int32
    ) throws(MediaError) -> FrameDecoder {
        try FrameDecoder(FrameDecoder.codec(format.codec), configure: configure)
    }
}

/// The encoder of a QuickTime film's frames by itself, without the film, for measuring it.
package struct MovieFrameEncoding {
    private let encoder: any MovieFrameEncoder

    /// Nil for profiles that write no QuickTime film.
    ///
    /// - Throws: `MediaError` with exit 69 when the encoder is missing.
    package init?(_ description: OutputDescription) throws(MediaError) {
        let kinds: [String: any MovieFrameEncoder.Type] = [
            Profile.prores4444.name: ProResEncoder.self, Profile.qtrle.name: AnimationEncoder.self,
            Profile.pngMovie.name: PNGMovieEncoder.self,
        ]
        guard let kind = kinds[description.profile.name] else { return nil }
        encoder = try kind.init(description)
    }

    /// Encodes the next frame.
    ///
    /// - Returns: the bytes of its packet.
    package func encode(_ frame: Frame) throws -> Int { try encoder.encode(frame).count }
}

/// What a QuickTime sample description says of a format.
struct MovieFormat: Hashable, Sendable {
    /// Four characters; empty where only Matroska has the format.
    let code: String
    /// The compressor's name.
    let name: String
    /// FFmpeg's decoder of it.
    let codec: AVCodecID
    /// Whether every frame stands on its own; else only the first of a segment does.
    let isIntra: Bool
    /// Whether pixels are Y' Cb Cr in BT.709, which the sample description must say.
    let isYCbCr: Bool
}

extension MovieFormat {
    /// The sample description, behind its size and code (QuickTime File Format, video sample description).
    func writeEntry(_ size: PixelSize, to writer: inout BoxWriter) {
        writer.zeros(6)
        writer.uint16(1)
        writer.zeros(4)
        writer.code("fnpi")
        writer.uint32(0)
        writer.uint32(0x3ff)
        writer.uint16(size.width)
        writer.uint16(size.height)
        writer.uint32(0x48_0000)
        writer.uint32(0x48_0000)
        writer.zeros(4)
        writer.uint16(1)
        writer.uint8(name.utf8.count)
        writer.raw(name.utf8)
        writer.zeros(31 - name.utf8.count)
        // 32: there is alpha, and it counts.
        writer.uint16(32)
        writer.uint16(0xffff)
        writer.box("fiel") {
            $0.uint8(1)
            $0.uint8(0)
        }
        if isYCbCr {
            writer.box("colr") {
                $0.code("nclc")
                for _ in 0..<3 { $0.uint16(1) }
            }
        }
        writer.box("pasp") {
            $0.uint32(1)
            $0.uint32(1)
        }
    }
}
