package import Drawing

/// Draws set text in its looks: shadows and glows, then outlines, then letters, then what falls into them.
///
/// All outlines lie below all letters: a thick one must not lie on the letter before.
package enum LetterPainter {
    /// Everything, from the lowest to the topmost.
    package static func nodes(
        _ runs: [SetText.Run], looks: [TextLook], fills: [Paint], picture: ImageFacts? = nil, area: Rect = .zero,
        id: LayerID
    ) -> [Node] {
        var nodes = below(runs, looks: looks, id: id)
        if let picture {
            nodes += outlines(runs, looks: looks) + cutOut(runs, of: picture, area: area, id: id)
        } else {
            nodes += letters(runs, looks: looks, fills: fills)
        }
        return nodes + inside(runs, looks: looks, id: id)
    }

    /// Letters out of a picture that covers their lines.
    private static func cutOut(_ runs: [SetText.Run], of picture: ImageFacts, area: Rect, id: LayerID) -> [Node] {
        let letters = LayerContent.enclosing(
            runs.map { .glyphs(GlyphsNode(run: $0.run, paint: .solid(.black))) })
        let field = letters.bounds.rect.union(area).enclosing.rect
        guard !letters.bounds.rect.isEmpty else { return [] }
        let factor = max(field.width / Double(picture.size.width), field.height / Double(picture.size.height))
        let (width, height) = (Double(picture.size.width) * factor, Double(picture.size.height) * factor)
        let target = Rect(
            x: field.center.x - width / 2, y: field.center.y - height / 2, width: width, height: height)
        let image = ImageNode(image: picture.digest, size: picture.size, target: target)
        return [
            .layer(
                Layer(
                    id: id.child("picture"), content: LayerContent(bounds: letters.bounds.rect, nodes: [.image(image)]),
                    mask: Mask(content: letters)))
        ]
    }

    /// Soft copies of the silhouettes: shadows, and glows over them.
    package static func below(_ runs: [SetText.Run], looks: [TextLook], id: LayerID) -> [Node] {
        var nodes: [Node] = []
        for (ordinal, look) in looks.enumerated() {
            for (soft, name) in [(look.shadow, StaticString("shadow")), (look.glow, StaticString("glow"))] {
                guard let soft else { continue }
                let silhouette = silhouette(runs, ordinal, look, soft.color)
                if !silhouette.isEmpty { nodes.append(soft.layer(silhouette, id: id.child(name, ordinal))) }
            }
        }
        return nodes
    }

    /// Outlines and letters.
    package static func letters(_ runs: [SetText.Run], looks: [TextLook], fills: [Paint]) -> [Node] {
        outlines(runs, looks: looks)
            + runs.map { .glyphs(GlyphsNode(run: $0.run, paint: fills[$0.span])) }
    }

    /// Outlines, the outermost first.
    package static func outlines(_ runs: [SetText.Run], looks: [TextLook]) -> [Node] {
        var nodes: [Node] = []
        let depth = looks.map(\.outlines.count).max() ?? 0
        for level in (0..<depth).reversed() {
            for run in runs {
                let outlines = looks[run.span].outlines
                guard level < outlines.count, outlines[level].width > 0 else { continue }
                let reach = outlines[...level].reduce(0) { $0 + $1.width }
                nodes.append(
                    .glyphs(
                        GlyphsNode(
                            run: run.run, style: .stroke(Stroke(width: reach * 2, join: .round)),
                            paint: .solid(outlines[level].color))))
            }
        }
        return nodes
    }

    /// Shadows that the letters' edges throw into them.
    package static func inside(_ runs: [SetText.Run], looks: [TextLook], id: LayerID) -> [Node] {
        var nodes: [Node] = []
        for (ordinal, look) in looks.enumerated() {
            guard let shadow = look.innerShadow else { continue }
            let glyphs = runs.filter { $0.span == ordinal }.map {
                Node.glyphs(GlyphsNode(run: $0.run, paint: .solid(.black)))
            }
            let letters = LayerContent.enclosing(glyphs)
            guard !glyphs.isEmpty, !letters.bounds.rect.isEmpty else { continue }
            // All that is not letter, moved and blurred, as far as it falls on letters.
            let reach = shadow.blur * 3 + max(abs(shadow.offset.x), abs(shadow.offset.y)) + 2
            let field = letters.bounds.rect.insetBy(-reach).enclosing.rect
            let moved = LayerContent(
                bounds: field,
                nodes: [
                    .layer(
                        Layer(
                            id: id.child("moved", ordinal), content: letters,
                            matrix: .translation(x: shadow.offset.x, y: shadow.offset.y)))
                ])
            let surround = Layer(
                id: id.child("surround", ordinal),
                content: LayerContent(
                    bounds: field, nodes: [.path(PathNode(path: .rect(field), paint: .solid(shadow.color)))]),
                mask: Mask(content: moved, kind: .invertedAlpha))
            nodes.append(
                .layer(
                    Layer(
                        id: id.child("inner", ordinal),
                        content: LayerContent(bounds: field, nodes: [.layer(surround)]),
                        effects: shadow.blur > 0 ? [.blur(sigma: Fixed.steps(shadow.blur))] : [],
                        mask: Mask(content: letters))))
        }
        return nodes
    }

    private static func silhouette(
        _ runs: [SetText.Run], _ ordinal: Int, _ look: TextLook, _ color: Color
    ) -> [Node] {
        var nodes: [Node] = []
        for run in runs where run.span == ordinal {
            if !look.outlines.isEmpty {
                let stroke = Stroke(width: look.outlineReach * 2, join: .round)
                nodes.append(.glyphs(GlyphsNode(run: run.run, style: .stroke(stroke), paint: .solid(color))))
            }
            nodes.append(.glyphs(GlyphsNode(run: run.run, paint: .solid(color))))
        }
        return nodes
    }
}
