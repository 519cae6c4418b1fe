package import Drawing
package import Typesetting

/// A text that has been set, as far as drawing it goes.
package struct SetText: Hashable, Sendable {
    /// Glyphs of one font, size and span.
    package struct Run: Hashable, Sendable {
        package let run: GlyphRun
        /// The number of the span.
        package let span: Int

        package init(run: GlyphRun, span: Int) { (self.run, self.span) = (run, span) }
    }

    /// A glyph that is a picture.
    package struct Picture: Hashable, Sendable {
        package let image: ImageNode
        package let line, letter: Int
    }

    /// The glyphs, line by line.
    package let runs: [Run]
    /// The rectangle of the lines: gradients go over it.
    package let area: Rect

    /// The pictures among them.
    package let pictures: [Picture]

    package init(runs: [Run], area: Rect, pictures: [Picture] = []) {
        (self.runs, self.area, self.pictures) = (runs, area, pictures)
    }

    package init(_ layout: TextLayout, pictures known: [PictureKey: ImageFacts] = [:]) {
        pictures = layout.pictures.compactMap { picture in
            known[PictureKey(picture)].map {
                Picture(
                    image: ImageNode(image: $0.digest, size: $0.size, target: picture.target), line: picture.line,
                    letter: picture.letter)
            }
        }
        runs = layout.runs.map { Run(run: $0.run, span: $0.tag) }
        let left = layout.lines.map(\.x).min() ?? 0
        let top = layout.lines.first.map { $0.baseline - $0.ascent } ?? 0
        area = Rect(x: left, y: top, width: max(1, layout.textWidth), height: max(1, layout.textHeight))
    }
}
