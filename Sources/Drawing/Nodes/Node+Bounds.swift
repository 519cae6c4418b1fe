extension Node {
    /// The pixels of the parent that the instruction can touch, anti-aliasing and filters included; nil is everywhere.
    public var touchedBounds: Rect? {
        switch self {
        case .path(let node): Self.grown(node.path.bounds, by: node.style)
        case .glyphs(let node): Self.grown(node.run.bounds, by: node.style)
        case .image(let node): node.target.rect.insetBy(-1)
        case .video(let node): node.target.rect.insetBy(-1)
        case .layer(let layer): layer.touchedBounds
        case .accumulate(let node):
            node.samples.reduce(Rect.zero) { $0.union($1.content.bounds.rect.insetBy(-1)) }
        }
    }

    private static func grown(_ bounds: Rect, by style: DrawStyle) -> Rect {
        guard !bounds.isEmpty || bounds.width > 0 || bounds.height > 0 else { return .zero }
        switch style {
        case .fill, .fillEvenOdd: return bounds.insetBy(-1)
        case .stroke(let stroke):
            // A miter reaches at most four half widths (the limit of `Stroke.Join.miter`).
            let reach = Fixed.pixels(stroke.width) / 2 * (stroke.join == .miter ? 4 : 1)
            return bounds.insetBy(-reach - 1)
        }
    }
}

extension Layer {
    /// The pixels of the parent that the layer can touch; nil is everywhere (a corner is behind the eye).
    public var touchedBounds: Rect? {
        if opacity == 0 { return .zero }
        let spread = effects.reduce(0) { $0 + $1.support }
        // Half a raster pixel of filter reach on every side of the content, and one pixel of the parent.
        let content = content.bounds.rect.insetBy(-spread - 1 / scale.factor)
        guard let image = matrix.bounds(of: content)?.insetBy(-1) else { return clip?.rect.rect.insetBy(-1) }
        guard let clip else { return image }
        let cut = clip.rect.rect.insetBy(-1)
        let (left, top) = (max(image.x, cut.x), max(image.y, cut.y))
        return Rect(
            x: left, y: top, width: max(0, min(image.maxX, cut.maxX) - left),
            height: max(0, min(image.maxY, cut.maxY) - top))
    }
}
