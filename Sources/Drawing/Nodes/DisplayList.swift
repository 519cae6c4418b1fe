/// What one instant shows: an immutable tree of drawing instructions on a canvas. Equal digests give equal pixels.
public struct DisplayList: Hashable, Sendable {
    /// The canvas in pixels; it starts transparent.
    public let size: PixelSize
    /// The instructions and their digest.
    public let content: LayerContent

    /// Makes a list.
    public init(size: PixelSize, nodes: [Node]) {
        self.size = size
        content = LayerContent(bounds: size.bounds.rect, nodes: nodes)
    }

    /// The instructions, from the lowest to the topmost.
    public var nodes: [Node] { content.nodes }
    /// SHA-256 over the canonical encoding.
    public var digest: Digest { content.digest }
}
