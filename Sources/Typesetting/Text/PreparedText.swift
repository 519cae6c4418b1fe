/// Text cleaned for shaping: UTF-8 bytes in which every character has a glyph, and the span that each byte comes from.
struct PreparedText {
    /// The bytes of one span.
    struct Segment {
        let start: Int
        var end: Int
        let span: Int
    }

    /// Longer texts are refused, or cut when they come from a feed. Pango takes some 0.5 µs a character.
    static let longest = 20_000
    /// Marks kept on one base character; more are only ever used to deface what stands above.
    private static let mostMarks = 4

    private(set) var bytes: [UInt8] = []
    private(set) var segments: [Segment] = []
    private(set) var missing = TextLayout.Missing()
    private(set) var isCut = false

    private var room = Self.longest
    private var marks = 0

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
            for scalar in text.unicodeScalars where takesRoom() {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        } else {
            for character in text { add(character, replacement: replacement, drawable: drawable) }
        }
        segments[segments.count - 1].end = bytes.count
    }

    private mutating func takesRoom() -> Bool {
        if room == 0 { isCut = true }
        room = max(0, room - 1)
        return !isCut
    }

    private mutating func add(
        _ character: Character, replacement: Unicode.Scalar?, drawable: (Unicode.Scalar) -> Drawable
    ) {
        if character.isNewline {
            append("\n")
            return
        }
        var kept: [Unicode.Scalar] = []
        var state = Drawable.yes
        for scalar in character.unicodeScalars {
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
                if missing.first == nil { missing.first = scalar }
                if state != .no { state = found }
            }
        }
        switch state {
        case .yes: for scalar in kept { append(scalar) }
        case .no, .colorOnly:
            missing.count += 1
            if state == .colorOnly { missing.colorOnly += 1 }
            if let replacement { append(replacement) }
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard takesRoom() else { return }
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

    /// The part from a byte on, as one paragraph: line breaks become spaces.
    func paragraph(from start: Int) -> PreparedText {
        var rest = PreparedText()
        rest.bytes = bytes[start...].map { $0 == 0x0A ? 0x20 : $0 }
        rest.segments = segments.filter { $0.end > start }.map {
            Segment(start: max(0, $0.start - start), end: $0.end - start, span: $0.span)
        }
        return rest
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
