/// Shaped text: glyphs of one font at one size with their places, and the outlines that draw them.
///
/// Whoever draws it needs no font. The digest counts font, size, glyphs and places; the outlines follow from them, and
/// the text is kept for dumps and checks alone.
public struct GlyphRun: Hashable, Sendable {
    /// A glyph and its origin on the baseline.
    public struct Glyph: Hashable, Sendable {
        /// The number of the glyph in its font.
        public let id: UInt32
        /// 1/64 px to the right.
        public let x: Int32
        /// 1/64 px down.
        public let y: Int32

        /// Makes a placed glyph.
        public init(id: UInt32, x: Int32, y: Int32) {
            (self.id, self.x, self.y) = (id, x, y)
        }
    }

    /// The digest of the font: file, face and variation.
    public let font: Digest
    /// 1/64 px to an em.
    public let size: Int32
    /// The glyphs in visual order.
    public let glyphs: [Glyph]
    /// The outline of each glyph relative to its origin, in the order of `glyphs`; empty for a space.
    public let outlines: [Path]
    /// The text that was shaped.
    public let text: String

    /// Makes a run; there is one outline for each glyph.
    public init(font: Digest, size: Int32, glyphs: [Glyph], outlines: [Path], text: String) {
        precondition(glyphs.count == outlines.count, "one outline a glyph")
        self.font = font
        self.size = size
        self.glyphs = glyphs
        self.outlines = outlines
        self.text = text
    }

    /// The same run with every origin moved by whole grid steps.
    public func offsetBy(x: Int32, y: Int32) -> GlyphRun {
        GlyphRun(
            font: font, size: size, glyphs: glyphs.map { Glyph(id: $0.id, x: $0.x &+ x, y: $0.y &+ y) },
            outlines: outlines, text: text)
    }

    /// All outlines at their places as one path.
    public var path: Path {
        var path = Path()
        for (glyph, outline) in zip(glyphs, outlines) { path.append(outline, offsetX: glyph.x, offsetY: glyph.y) }
        return path
    }

    /// The smallest rectangle around all outlines, control points included, in pixels.
    public var bounds: Rect {
        var bounds = Rect.zero
        for (glyph, outline) in zip(glyphs, outlines) where !outline.isEmpty {
            bounds = bounds.union(outline.bounds.offsetBy(x: Fixed.pixels(glyph.x), y: Fixed.pixels(glyph.y)))
        }
        return bounds
    }

    /// Equal when font, size and placed glyphs are.
    public static func == (a: GlyphRun, b: GlyphRun) -> Bool {
        a.font == b.font && a.size == b.size && a.glyphs == b.glyphs
    }

    /// Feeds font, size and placed glyphs.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(font)
        hasher.combine(size)
        hasher.combine(glyphs)
    }
}
