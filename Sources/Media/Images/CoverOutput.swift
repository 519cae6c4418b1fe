public import Drawing

/// A poster: one frame as JPEG or PNG, opaque over black.
public final class CoverOutput: FrameOutput {
    /// Makes the one sink.
    public let factory: CoverFactory

    private let description: OutputDescription
    private let file: OutputFile
    private var ended = false

    /// Starts a file beside `path`, a PNG when the name says so; nothing appears at `path` before `finish`.
    ///
    /// - Throws: `MediaError` with exit 73 when it cannot be created.
    init(_ description: OutputDescription, to path: String) throws(MediaError) {
        self.description = description
        factory = CoverFactory(description: description, isPNG: path.lowercased().hasSuffix(".png"))
        file = try OutputFile(path: path)
    }

    /// Writes the picture and reads it back.
    ///
    /// - Throws: `MediaError` with exit 64 when it is too large, 70 when it is not what was drawn.
    public func append(_ product: CoverPicture) throws {
        guard !ended else { throw MediaError.internal(.codec, "the cover is there already") }
        if let limit = description.profile.limits.bytes, product.bytes.count > limit {
            throw MediaError(
                .limits,
                "the PNG has \(product.bytes.count) bytes, more than the \(limit) that \(description.profile.name) takes",
                hint: "end the name in .jpg, or choose a smaller size", exit: .usage)
        }
        try file.write(product.bytes, at: 0)
        guard file.isRegular else { return }
        let error = try Self.meanError(ImageDecoder.decode(path: file.readablePath), product.pixels)
        guard error < 4 else { throw MediaError.internal(.verification, "the cover is not what was drawn") }
    }

    private static func meanError(_ a: PixelBuffer, _ b: PixelBuffer) -> Double {
        guard a.size == b.size else { return 255 }
        var sum = 0
        a.withBytes { first in
            b.withBytes { second in
                for y in 0..<a.size.height {
                    for at in y * a.stride..<y * a.stride + 4 * a.size.width {
                        sum += abs(Int(first[at]) - Int(second[at]))
                    }
                }
            }
        }
        return Double(sum) / Double(4 * a.size.width * a.size.height)
    }

    /// Gives the file its name.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full.
    public func finish() throws {
        try file.commit()
        ended = true
    }

    /// Removes what was written.
    public func cancel() {
        ended = true
        file.discard()
    }
}

/// A poster in memory.
public struct CoverPicture: Sendable {
    let bytes: [UInt8]
    let pixels: PixelBuffer
}

/// Makes the sink of a cover.
public struct CoverFactory: FrameSinkFactory {
    let description: OutputDescription
    let isPNG: Bool

    /// Makes the sink.
    public func makeSink(for segment: Segment) throws -> CoverSink { CoverSink(description, isPNG: isPNG) }
}

/// Encodes the one frame of a cover.
public final class CoverSink: FrameSink {
    private let description: OutputDescription
    private let isPNG: Bool
    private var picture: CoverPicture?

    init(_ description: OutputDescription, isPNG: Bool) { (self.description, self.isPNG) = (description, isPNG) }

    /// Encodes the frame.
    ///
    /// - Throws: `MediaError` when it is another one, or no quality keeps to the profile's bytes.
    public func write(_ frame: Frame) throws {
        guard frame.index == 0, picture == nil, frame.pixels.size == description.size else {
            throw MediaError.internal(.codec, "frame \(frame.index) is not the next one")
        }
        // A composer of its own: the picture is kept.
        let pixels = FrameComposer(.over(.black), size: description.size).compose(
            Frame(index: 0, pixels: frame.pixels, damage: Damage(description.size.bounds), digest: frame.digest)
        ).pixels
        let bytes =
            isPNG
            ? try PNGEncoder.encode(pixels)
            : try JPEGEncoder.encode(pixels, atMost: description.profile.limits.bytes)
        picture = CoverPicture(bytes: bytes, pixels: pixels)
    }

    /// Ends the cover.
    ///
    /// - Throws: `MediaError` with exit 70 when the frame is missing.
    public func finish() throws -> CoverPicture {
        guard let picture else { throw MediaError.internal(.codec, "the cover has no frame") }
        return picture
    }

    /// Frees what was encoded.
    public func cancel() { picture = nil }
}
