import CText

/// Text cleaned for shaping: UTF-8 bytes in which every character has a glyph, and the span that each byte comes from.
struct PreparedText {
    /// The bytes of one span.
    struct Segment {
        let start: Int
        var end: Int
        let span: Int
    }

    /// Longer texts are refused, or cut when they come from a feed.
    static let longest = 5_000
    /// A word of more characters may be broken after each so many: Pango's time grows with the square of a word's length.
    private static let longestWord = 100
    /// Marks kept on one base character; more are only ever used to deface what stands above.
    private static let mostMarks = 4

    private(set) var bytes: [UInt8] = []
    private(set) var segments: [Segment] = []
    private(set) var missing = TextLayout.Missing()
    private(set) var isCut = false

    private var room = Self.longest
    private var marks = 0
    private var word = 0

    /// Says whether a character can be drawn.
    enum Drawable { case yes, no, colorOnly }

    /// Adds a span.
    ///
    /// Line separators become `\n`, tabs and unknown spaces a space. Controls of writing direction are left out: the text of a
    /// buyer must not turn the figure beside it around. A character that cannot be drawn becomes 〓, or what
    /// `replacement` is; whoever does not want that looks at `missing`.
    mutating func add(
        _ text: String, span: Int, replacement: Unicode.Scalar?, drawable: (Unicode.Scalar) -> Drawable
    ) {
        segments.append(Segment(start: bytes.count, end: bytes.count, span: span))
        if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !Self.isSpecial($0) && drawable($0) == .yes }) {
            for scalar in text.unicodeScalars {
                append(scalar)
                count(scalar)
            }
        } else {
            for character in text { add(character, replacement: replacement, drawable: drawable) }
        }
        segments[segments.count - 1].end = bytes.count
    }

    private mutating func add(
        _ character: Character, replacement: Unicode.Scalar?, drawable: (Unicode.Scalar) -> Drawable
    ) {
        if character.isNewline {
            append("\n")
            return
        }
        var kept: [Unicode.Scalar] = []
        var first: Unicode.Scalar?
        var state = clean(character.unicodeScalars, into: &kept, first: &first, drawable: drawable)
        if state != .yes, character.unicodeScalars.count > 1, let composed = Self.composed(character) {
            // Many fonts have é but not the accent alone.
            var second: Unicode.Scalar?
            var whole: [Unicode.Scalar] = []
            if clean(composed.unicodeScalars, into: &whole, first: &second, drawable: drawable) == .yes {
                (kept, state) = (whole, .yes)
            }
        }
        switch state {
        case .yes:
            for scalar in kept { append(scalar) }
            if let first = kept.first { count(first) }
        case .no, .colorOnly:
            if missing.first == nil { missing.first = first }
            missing.count += 1
            if state == .colorOnly { missing.colorOnly += 1 }
            if let replacement { append(replacement) }
        }
    }

    /// Collects what is kept of a character and says whether all of it can be drawn; `first` is what cannot.
    private mutating func clean(
        _ scalars: String.UnicodeScalarView, into kept: inout [Unicode.Scalar], first: inout Unicode.Scalar?,
        drawable: (Unicode.Scalar) -> Drawable
    ) -> Drawable {
        var state = Drawable.yes
        for scalar in scalars {
            guard let scalar = Self.cleaned(scalar) else { continue }
            if Self.isJoiner(scalar) {
                kept.append(scalar)
                continue
            }
            if Self.isMark(scalar) {
                marks += 1
                if marks > Self.mostMarks { continue }
            } else {
                marks = 0
            }
            let found = drawable(scalar)
            if found == .yes {
                kept.append(scalar)
            } else if scalar.properties.isWhitespace {
                kept.append(" ")
            } else {
                if first == nil { first = scalar }
                if state != .no { state = found }
            }
        }
        return state
    }

    /// Canonical composition (NFC), by GLib; the standard library offers none.
    private static func composed(_ character: Character) -> String? {
        guard let text = g_utf8_normalize(String(character), -1, G_NORMALIZE_NFC) else { return nil }
        defer { g_free(text) }
        return String(cString: text)
    }

    /// Counts a character of a word, and ends one that is too long by a zero-width space.
    private mutating func count(_ scalar: Unicode.Scalar) {
        word = scalar.value <= 0x20 || (0x2E80..<0xAC00).contains(scalar.value) ? 0 : word + 1
        if word == Self.longestWord {
            bytes.append(contentsOf: [0xE2, 0x80, 0x8B])
            word = 0
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if room == 0 { isCut = true }
        room = max(0, room - 1)
        guard !isCut else { return }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// The span's piece that a byte is in; the last one for bytes behind the end.
    func segment(at byte: Int) -> Segment {
        var (low, high) = (0, segments.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].end > byte { high = middle } else { low = middle + 1 }
        }
        return segments[low]
    }

    /// The rest of a paragraph from a byte on, with "…" behind it when more than space follows; true when it does.
    func paragraph(from start: Int) -> (text: PreparedText, hasMore: Bool) {
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        let hasMore = bytes[end...].contains { $0 != 0x0A && $0 != 0x20 }
        var rest = PreparedText()
        rest.bytes = Array(bytes[start..<end])
        for segment in segments where segment.end > start && segment.start < end {
            rest.segments.append(
                Segment(start: max(0, segment.start - start), end: min(segment.end, end) - start, span: segment.span))
        }
        if rest.segments.isEmpty { rest.segments = [Segment(start: 0, end: 0, span: self.segment(at: start).span)] }
        if hasMore {
            rest.bytes += "…".utf8
            rest.segments[rest.segments.count - 1].end = rest.bytes.count
        }
        return (rest, hasMore)
    }

    /// What a character is replaced by before anything else is asked; nil when it is left out.
    private static func cleaned(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09: " "
        // Directions, soft hyphen, fillers, invisible operators, byte order mark, tags.
        case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200E, 0x200F, 0x202A...0x202E,
            0x2061...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
            0xE0000...0xE0FFF where !(0xE0100...0xE01EF).contains(scalar.value):
            nil
        default: scalar
        }
    }

    /// Joiners, zero-width breaks and variation selectors say something and show nothing.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
        default: false
        }
    }

    /// True for what the quick way of adding text does not handle.
    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x7F { return false }
        if (0x2E80..<0xA000).contains(value) || (0xFF01..<0xFFA0).contains(value) {
            return value == 0x3164 || (0x302A...0x302F).contains(value) || (0x3099...0x309A).contains(value)
        }
        return
            !((0xA1..<0xAD).contains(value) || (0xAE..<0x300).contains(value) || (0x2010..<0x2028).contains(value)
            || (0x2030..<0x2060).contains(value) || (0x2070..<0x20D0).contains(value)
            || (0x2100..<0x2E80).contains(value))
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x300 { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: return true
        default: return false
        }
    }
}
