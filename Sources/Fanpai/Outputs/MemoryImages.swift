import Drawing

/// Pictures that are in memory already.
struct MemoryImages: ImageSource {
    private var buffers: [Digest: PixelBuffer] = [:]

    /// Adds a picture and returns the name under which it is asked for.
    mutating func add(_ buffer: PixelBuffer) -> Digest {
        let digest = buffer.digest
        buffers[digest] = buffer
        return digest
    }

    func pixels(of image: Digest) throws -> PixelBuffer {
        guard let buffer = buffers[image] else { return try NoImages().pixels(of: image) }
        return buffer
    }

    func pixels(of video: Digest, frame: Int) throws -> PixelBuffer { try NoImages().pixels(of: video, frame: frame) }
}
