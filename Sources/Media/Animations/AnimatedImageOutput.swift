public import Drawing

/// A GIF, APNG or WebP that plays for ever. Equal inputs make equal bytes.
public final class AnimatedImageOutput: FrameOutput, AlphaMeasuring {
    /// Makes the sink.
    public let factory: AnimatedImageFactory

    private let description: OutputDescription
    private let file: OutputFile
    private var image: AnimatedImage?
    private var ended = false

    /// Starts a file beside `path`; nothing appears at `path` before `finish`.
    ///
    /// - Throws: `MediaError` with exit 73 when it cannot be created.
    init(
        _ description: OutputDescription, to path: String, _ kind: any (AnimatedImageFormat & SendableMetatype).Type
    ) throws(MediaError) {
        self.description = description
        factory = AnimatedImageFactory(description: description, kind: kind)
        file = try OutputFile(path: path)
    }

    /// Writes the image, which is one segment.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full.
    public func append(_ product: AnimatedImage) throws {
        guard !ended, image == nil else { throw MediaError.internal(.codec, "the image is there already") }
        image = product
        try description.check(finishedBytes: product.head.count + product.bytes.count + product.tail.count)
        try file.write(product.head, at: 0)
        try file.write(product.bytes, at: product.head.count)
        try file.write(product.tail, at: product.head.count + product.bytes.count)
    }

    /// Checks the file and gives it its name.
    ///
    /// - Throws: `MediaError` with exit 74 when the disk is full, 70 when the file or its alpha is not as it should be.
    public func finish() throws {
        guard !ended, let image, let alphaFigures else { throw MediaError.internal(.codec, "the image is not there") }
        try description.profile.check(alphaFigures)
        if file.isRegular { try factory.kind.verify(path: file.readablePath, parts: image.parts) }
        try file.commit()
        ended = true
    }

    /// How far the image is from what was drawn, over black, white and green.
    public var alphaFigures: AlphaFigures? { image?.errors.figures }

    /// Removes what was written.
    public func cancel() {
        ended = true
        file.discard()
    }
}
