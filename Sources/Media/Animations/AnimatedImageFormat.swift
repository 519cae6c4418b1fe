import CFFmpeg
package import Drawing

/// Part of an animated image: what changes at a moment.
package struct AnimatedPart {
    /// The pixels to be shown.
    package let now: PixelBuffer
    /// What is shown before; nil for nothing.
    package let before: PixelBuffer?
    /// Where they differ.
    package let rect: PixelRect
    /// What is clear before, although `before` has pixels there.
    package let cleared: PixelRect
    /// Whether the part is to be clear again afterwards.
    package let clearsAfter: Bool
    /// Units for which it is shown.
    package let length: Int
    /// Its number, from 0.
    package let index: Int

    package init(
        now: PixelBuffer, before: PixelBuffer?, rect: PixelRect, cleared: PixelRect, clearsAfter: Bool, length: Int,
        index: Int
    ) {
        (self.now, self.before, self.rect, self.cleared) = (now, before, rect, cleared)
        (self.clearsAfter, self.length, self.index) = (clearsAfter, length, index)
    }
}

/// The writing of one kind of animated image: GIF, APNG or WebP.
protocol AnimatedImageFormat: AnyObject {
    /// Units in a second, at a rate and for a film of so many frames.
    static func unitsPerSecond(_ description: OutputDescription) -> Int
    /// Whether pixels that are seen cannot become clear, unless the part before was told to be clear afterwards.
    static var onlyAdds: Bool { get }
    /// Both sides of where a part starts are multiples of this.
    static var grid: Int { get }

    init(_ description: OutputDescription) throws(MediaError)

    /// The bytes of a part in the file.
    func write(_ part: AnimatedPart) throws -> [UInt8]

    /// The whole file: what is before its parts, so many bytes of them, and behind.
    func frame(parts: Int, bytes: Int) -> (head: [UInt8], tail: [UInt8])

    /// Decodes what was written last and adds the errors to `errors`.
    func compare(_ written: [UInt8], _ part: AnimatedPart, _ errors: inout CompositeErrors) throws

    /// Checks that a finished file holds so many parts.
    static func verify(path: String, parts: Int) throws(MediaError)
}

extension AnimatedImageFormat {
    /// Checks a file that FFmpeg can walk through.
    static func verifyPackets(path: String, parts: Int, codec: AVCodecID) throws(MediaError) {
        let demuxer = try Demuxer(path: path)
        guard let stream = demuxer.first(AVMEDIA_TYPE_VIDEO), demuxer.streams.count == 1,
            stream.pointee.codecpar.pointee.codec_id == codec
        else { throw FileExpectations.fault("it is no animated image") }
        let packet = try CodecPacket()
        var count = 0
        while try demuxer.read(into: packet) == .ready { count += 1 }
        guard count == parts else { throw FileExpectations.fault("it holds \(count) pictures instead of \(parts)") }
    }
}
