public import Drawing

/// Makes PNG files: 8-bit RGBA, straight alpha, sRGB. Equal pixels make equal bytes.
public final class PNGEncoder {
    private let size: PixelSize
    private let bands: PNGBands
    /// Pictures that follow a film; nil before its first one.
    private var following: StraightPicture?

    /// Makes an encoder for pictures of one size; use it from one thread at a time.
    ///
    /// - Throws: `MediaError` with exit 71 when there is no memory.
    public init(size: PixelSize) throws(MediaError) {
        self.size = size
        bands = try PNGBands(size: size)
    }

    /// The file of a picture.
    ///
    /// - Parameter pixels: of the encoder's size, premultiplied as always.
    /// - Throws: `MediaError` with exit 71 when there is no memory.
    public func encode(_ pixels: PixelBuffer) throws -> [UInt8] {
        precondition(pixels.size == size)
        let stride = 4 * size.width
        let target = UnsafeMutablePointer<UInt8>.allocate(capacity: stride * size.height)
        defer { target.deallocate() }
        // The bands show this picture now: a film that goes on is whole once more.
        following = nil
        PixelKernels.unpremultiply(pixels, into: target, stride: stride, swapped: true)
        return try bands.file(target, stride: stride, changed: [size.bounds])
    }

    /// The file of the next picture of a film, of which only the damaged parts are converted and compressed; clear pixels beside
    /// seen ones have their colour.
    ///
    /// - Throws: `MediaError` with exit 71 when there is no memory.
    package func encode(_ pixels: PixelBuffer, damage: Damage) throws -> [UInt8] {
        let picture = following ?? StraightPicture(size: size, order: .rgba)
        following = picture
        let changed = picture.update(from: pixels, damage: damage)
        return try bands.file(picture.bytes, stride: picture.stride, changed: changed)
    }

    /// The file of a single picture.
    ///
    /// - Throws: `MediaError` with exit 71 when there is no memory.
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
