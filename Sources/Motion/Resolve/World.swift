public import Drawing
public import Typesetting

/// What a picture file is, without its pixels.
public struct ImageFacts: Hashable, Sendable {
    /// The digest of the decoded pixels: rasterisers ask for them by it.
    public let digest: Digest
    /// Width and height in its own pixels.
    public let size: PixelSize

    /// Makes facts.
    public init(digest: Digest, size: PixelSize) { (self.digest, self.size) = (digest, size) }
}

/// The one gate to files, fonts and "now": resolve asks nothing else, so that tests can hand in a fake one.
public protocol World: Sendable {
    /// What the picture at a path is; relative paths are in the template's folder.
    ///
    /// - Throws: when there is no such file or it is no picture.
    func image(at path: String) throws -> ImageFacts

    /// What the picture in the bytes of a PNG file is: emoji come out of fonts.
    ///
    /// - Throws: when they are no picture.
    func image(png: [UInt8]) throws -> ImageFacts

    /// The fonts that text may use, with the template's own files (relative paths in its folder) in front.
    ///
    /// - Throws: when a file is missing or no font.
    func fonts(adding files: [String]) throws -> FontLibrary
}

extension World {
    /// By the bytes and the size in their header: enough for whoever draws nothing.
    public func image(png: [UInt8]) throws -> ImageFacts {
        func number(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard png.count > 24 else { return ImageFacts(digest: .sha256(of: png), size: PixelSize(width: 1, height: 1)) }
        return ImageFacts(
            digest: .sha256(of: png), size: PixelSize(width: max(1, number(16)), height: max(1, number(20))))
    }
}
