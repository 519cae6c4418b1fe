/// A line as it comes from shaping: glyphs from x = 0 on a baseline at y = 0, in 1/1024 px.
struct ShapedLine {
    struct Glyph {
        let id: UInt32
        let x: Int
        let y: Int
        /// The byte of the text at which the character that it belongs to begins.
        var byte: Int
    }

    /// Glyphs of one face, size and span.
    struct Run {
        let face: Int
        /// 1/64 px an em.
        let size: Int32
        let span: Int
        /// The text that the glyphs stand for; "…" for an ellipsis.
        let text: String
        var glyphs: [Glyph] = []

        init(face: Int, size: Int32, span: Int, text: String) {
            (self.face, self.size, self.span, self.text) = (face, size, span, text)
        }
    }

    /// The first byte, and the one after the last.
    var start: Int
    var end: Int
    var width = 0
    /// Glyphs that no font has.
    var unknown = 0
    var runs: [Run] = []

    init(start: Int, end: Int) { (self.start, self.end) = (start, end) }
}
