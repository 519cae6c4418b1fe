package import Drawing

extension LayerContent {
    /// A content that holds all that `nodes` draw, and at least `rect`; its edges lie on whole pixels.
    package static func enclosing(_ nodes: [Node], including rect: Rect = .zero) -> LayerContent {
        var bounds = rect
        for node in nodes { bounds = bounds.union(node.touchedBounds ?? .zero) }
        return LayerContent(bounds: bounds.enclosing.rect, nodes: nodes)
    }
}
