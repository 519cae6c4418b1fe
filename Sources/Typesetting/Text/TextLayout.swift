public import Drawing

/// A text that has been set: its glyphs at their places, with the upper left corner of the box as the origin.
public struct TextLayout: Hashable, Sendable {
    /// Glyphs of one font, size and span of the text.
    public struct Run: Hashable, Sendable {
        /// The glyphs, placed in the box.
        public let run: GlyphRun
        /// The mark of the span that they come from.
        public let tag: Int
        /// The number of the line, from 0.
        public let line: Int
        /// For each glyph the number of its character, as a reader counts them; empty unless the options ask for it.
        public let letters: [Int]
    }

    /// A glyph that is a picture, such as an emoji.
    public struct Picture: Hashable, Sendable {
        /// The digest of the face, as in glyph runs.
        public let font: Digest
        /// The number of the glyph in its font.
        public let glyph: UInt32
        /// Where the picture goes in the box.
        public let target: Rect
        /// The mark of the span that it comes from.
        public let tag: Int
        /// The number of the line, from 0.
        public let line: Int
        /// The number of its character; 0 unless the options ask for it.
        public let letter: Int
    }

    /// A line; all lengths in pixels, y down from the upper edge of the box.
    public struct Line: Hashable, Sendable {
        /// The baseline.
        public let baseline: Double
        /// The left end of the first glyph's cell.
        public let x: Double
        /// The sum of the advances.
        public let width: Double
        /// From the upper edge of the line's box to the baseline.
        public let ascent: Double
        /// From the baseline to the lower edge of the line's box.
        public let descent: Double
    }

    /// Characters that could not be drawn.
    public struct Missing: Hashable, Sendable {
        /// How many characters, as a reader counts them, became 〓.
        public var count = 0
        /// How many of them exist in a font of coloured pictures only.
        public var colorOnly = 0
        /// The first code point that no outline exists for.
        public var first: Unicode.Scalar?

        /// Nothing is missing.
        public init() {}
    }

    /// The glyphs, line by line and from left to right.
    public let runs: [Run]
    /// The pictures among the glyphs; none unless the options ask for them.
    public let pictures: [Picture]
    /// For each character the number of its word; a Chinese character is one. Empty unless the options ask for it.
    public let words: [Int]
    /// The lines from top to bottom; a text without characters has one empty line.
    public let lines: [Line]
    /// The width of the box: the one asked for, else that of the widest line.
    public let width: Double
    /// The height of the box: the one asked for, else that of the lines.
    public let height: Double
    /// The width of the widest line.
    public let textWidth: Double
    /// The sum of the lines' heights.
    public let textHeight: Double
    /// The smallest rectangle around all outlines, control points included.
    public let inkBounds: Rect
    /// True when text was left out, with "…" or without.
    public let isTruncated: Bool
    /// The size in pixels at which the first span was set.
    public let fittedSize: Double
    /// What could not be drawn.
    public let missing: Missing

    /// True when lines are wider or higher than the box that was asked for.
    public var overflows: Bool { textWidth > width + 1.0 / 32 || textHeight > height + 1.0 / 32 }
}
