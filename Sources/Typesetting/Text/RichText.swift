/// Text in pieces of different styles, set on common baselines.
public struct RichText: Hashable, Sendable {
    /// A piece of text in one style.
    public struct Span: Hashable, Sendable {
        /// The text; `\n` breaks the line.
        public var text: String
        /// How it is set.
        public var style: TextStyle
        /// The caller's mark, for example the number of a paint; comes back with the glyphs.
        public var tag: Int

        /// Makes a piece.
        public init(_ text: String, style: TextStyle, tag: Int = 0) {
            self.text = text
            self.style = style
            self.tag = tag
        }
    }

    /// The pieces in reading order.
    public var spans: [Span]

    /// Makes a text of several pieces.
    public init(_ spans: [Span]) { self.spans = spans }

    /// Makes a text of one piece.
    public init(_ text: String, style: TextStyle, tag: Int = 0) { spans = [Span(text, style: style, tag: tag)] }
}
