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

    /// The fonts that text may use, with the template's own files (relative paths in its folder) in front.
    ///
    /// - Throws: when a file is missing or no font.
    func fonts(adding files: [String]) throws -> FontLibrary
}
