package import Drawing
package import Typesetting

/// The glyphs of a drum, shaped once: evaluation never sets text.
package struct FlapPrint: Sendable {
    /// One card's print.
    package struct Glyph: Sendable {
        /// Its outlines.
        package let runs: [GlyphRun]
        /// Their bounds, in the same pixels.
        package let ink: Rect
    }

    /// The glyphs in the order of the drum.
    package let glyphs: [Glyph]
    /// The upper and lower end that they share, so that all stand on one line.
    package let top, bottom: Double

    /// Sets the texts of a drum, as large as fits into `extent` for all of them, at most at `largest` pixels to an em.
    ///
    /// - Throws: `TypesettingError` for a family that is not there or a character that no font has.
    package init(
        _ texts: [String], style: TextStyle, extent: Size, largest: Double = 4096, with typesetter: SharedTypesetter
    ) throws(TypesettingError) {
        var trial = style
        trial.size = 256
        let wide = try Self.set(texts, style: trial, with: typesetter)
        let height = (wide.map(\.ink.maxY).max() ?? 0) - (wide.map(\.ink.y).min() ?? 0)
        let width = wide.map(\.ink.width).max() ?? 0
        let factor = min(height > 0 ? extent.height / height : 1, width > 0 ? extent.width / width : 1)
        trial.size = max(1, min(largest, 256 * factor, TextStyle.sizes.upperBound))
        glyphs = try Self.set(texts, style: trial, with: typesetter)
        let inked = glyphs.filter { !$0.ink.isEmpty }
        top = inked.map(\.ink.y).min() ?? 0
        bottom = inked.map(\.ink.maxY).max() ?? 0
        size = trial.size
    }

    /// Pixels to an em.
    package let size: Double

    private static func set(
        _ texts: [String], style: TextStyle, with typesetter: SharedTypesetter
    ) throws(TypesettingError) -> [Glyph] {
        var glyphs: [Glyph] = []
        for text in texts {
            let layout = try typesetter.layout(RichText(text, style: style), options: ParagraphOptions())
            glyphs.append(Glyph(runs: layout.runs.map(\.run), ink: layout.inkBounds))
        }
        return glyphs
    }

    /// The glyph with its ink centred on `x` and the drum's common height centred on `y`.
    package func nodes(_ index: Int, centeredAt center: Point, paint: Paint) -> [Node] {
        guard glyphs.indices.contains(index) else { return [] }
        let glyph = glyphs[index]
        let x = Fixed.steps(center.x - glyph.ink.center.x)
        let y = Fixed.steps(center.y - (top + bottom) / 2)
        return glyph.runs.map { .glyphs(GlyphsNode(run: $0.offsetBy(x: x, y: y), paint: paint)) }
    }
}
