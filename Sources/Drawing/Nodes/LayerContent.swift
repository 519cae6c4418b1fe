/// A drawing in its own pixels, immutable, shared between frames and named by its digest.
///
/// What lies outside `bounds` is not drawn.
public final class LayerContent: Hashable, Sendable {
    /// The drawn area in the content's own pixels; on the 1/64 px grid.
    public let bounds: FixedRect
    /// The instructions, from the lowest to the topmost.
    public let nodes: [Node]
    /// Equal digests draw equal pixels.
    public let digest: Digest

    /// Makes a content.
    public init(bounds: Rect, nodes: [Node]) {
        self.bounds = FixedRect(bounds)
        self.nodes = nodes
        var encoder = CanonicalEncoder(tag: 1)
        encoder.add(self.bounds)
        encoder.add(nodes)
        digest = encoder.finish()
    }

    /// Equal when the digests are.
    public static func == (a: LayerContent, b: LayerContent) -> Bool { a === b || a.digest == b.digest }
    /// Feeds the digest.
    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
