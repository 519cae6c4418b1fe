/// Where a rasteriser gets the pixels of images and video frames; it never opens a file itself.
public protocol ImageSource: Sendable {
    /// The decoded picture with this digest.
    ///
    /// - Throws: when the digest is unknown or the picture cannot be decoded.
    func pixels(of image: Digest) throws -> PixelBuffer

    /// A frame of the video file with this digest, by its own count from 0.
    ///
    /// - Throws: when the digest is unknown or the frame cannot be decoded.
    func pixels(of video: Digest, frame: Int) throws -> PixelBuffer
}

/// A source without any picture.
public struct NoImages: ImageSource {
    /// The picture that was asked for and is not there.
    public struct UnknownImage: Error, Hashable, Sendable {
        /// What was asked for.
        public let digest: Digest
    }

    /// Makes it.
    public init() {}

    /// Always throws `UnknownImage`.
    public func pixels(of image: Digest) throws -> PixelBuffer { throw UnknownImage(digest: image) }
    /// Always throws `UnknownImage`.
    public func pixels(of video: Digest, frame: Int) throws -> PixelBuffer { throw UnknownImage(digest: video) }
}
