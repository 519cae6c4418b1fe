/// The box that a text is set into, and what happens when it does not fit.
public struct ParagraphOptions: Hashable, Sendable {
    /// Where lines stand across.
    public enum Alignment: String, Hashable, Sendable, CaseIterable {
        /// At the left edge.
        case start
        /// In the middle.
        case center
        /// At the right edge.
        case end
    }

    /// Where the lines stand down a box of a given height.
    public enum VerticalAlignment: String, Hashable, Sendable, CaseIterable {
        /// The first line's box at the top.
        case top
        /// The lines' boxes in the middle: right for running text, above all Chinese.
        case middle
        /// The last line's box at the bottom.
        case bottom
        /// From the top of the first line's capitals and figures to the last baseline in the middle: right for digits on a card.
        case capMiddle
    }

    /// What happens to text that is too large for the box.
    public enum Overflow: Hashable, Sendable {
        /// Lines break at the width; lines beyond `maxLines` are dropped, and the height may be exceeded.
        case wrap
        /// Lines break at the width; what then exceeds `maxLines` or the height is cut between characters and replaced by "…".
        case ellipsis
        /// All sizes shrink by one factor until the text fits without breaking a word, the first span to no less than
        /// `minSize` px; what still does not fit is cut as by `ellipsis`.
        case shrink(minSize: Double)
    }

    /// What happens to a character that no font has an outline for.
    public enum MissingGlyphs: Hashable, Sendable {
        /// An error: for text that an author can change.
        case error
        /// The character as the reader sees it becomes 〓 and is counted: for text from a feed.
        case replace
    }

    /// The width of the box in pixels; without one nothing breaks but at line breaks, and the box is as wide as the widest line.
    public var maxWidth: Double?
    /// The height of the box in pixels; without one it is as high as its lines.
    public var maxHeight: Double?
    /// The largest number of lines; at least 1.
    public var maxLines: Int?
    /// Where lines stand across.
    public var alignment: Alignment
    /// Where lines stand in a box of a given height.
    public var verticalAlignment: VerticalAlignment
    /// The height of a line's box in ems of its largest size, 0.1 to 10.
    public var lineHeight: Double
    /// What happens to text that is too large.
    public var overflow: Overflow
    /// What happens to characters without a glyph.
    public var missing: MissingGlyphs
    /// Whether emoji are set as pictures, which whoever draws the layout then has to draw.
    public var drawsPictures = false
    /// Whether the layout says which characters and words its glyphs belong to.
    public var countsLetters = false

    /// Makes options.
    public init(
        maxWidth: Double? = nil, maxHeight: Double? = nil, maxLines: Int? = nil, alignment: Alignment = .start,
        verticalAlignment: VerticalAlignment = .top, lineHeight: Double = 1.4, overflow: Overflow = .wrap,
        missing: MissingGlyphs = .error
    ) {
        self.maxWidth = maxWidth
        self.maxHeight = maxHeight
        self.maxLines = maxLines
        self.alignment = alignment
        self.verticalAlignment = verticalAlignment
        self.lineHeight = lineHeight
        self.overflow = overflow
        self.missing = missing
    }

    /// Refuses what cannot be set.
    func validate() throws(TypesettingError) {
        for (name, length) in [("width", maxWidth), ("height", maxHeight)] {
            guard let length else { continue }
            guard length.isFinite, (0...65_536).contains(length) else {
                throw TypesettingError(
                    .options, "text cannot be set into a box of \(name) \(length) px", hint: "choose from 0 to 65536 px"
                )
            }
        }
        guard (maxLines ?? 1) >= 1 else {
            throw TypesettingError(.options, "text cannot be set in \(maxLines ?? 0) lines", hint: "choose 1 or more")
        }
        guard (0.1...10).contains(lineHeight) else {
            throw TypesettingError(
                .options, "the line height \(lineHeight) cannot be set", hint: "choose from 0.1 to 10 ems; 1.4 is usual"
            )
        }
        if case .shrink(let minSize) = overflow, !TextStyle.sizes.contains(minSize) {
            throw TypesettingError(
                .options, "text cannot shrink to \(minSize) px", hint: "choose a least size from 1 to 4096 px")
        }
    }
}
