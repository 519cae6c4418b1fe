/// Rows of cells as lines of text, for terminals.
enum TextTable {
    /// Columns padded to the same width, two spaces apart; no space at the end of a line.
    static func aligned(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], width(of: cell))
            }
        }
        var text = ""
        for row in rows {
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - width(of: cell) + 2)
                }
            }
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    /// Columns of a terminal: Chinese characters and full-width forms take two.
    static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                sum + 2
            case 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF: sum + 2
            case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: sum
            default: sum + 1
            }
        }
    }

    /// The text in at most `width` columns: what is cut off is replaced by two dots, of which every font and terminal knows the width.
    static func fitted(_ text: String, width: Int) -> String {
        guard self.width(of: text) > width else { return text }
        var result = ""
        var used = 2
        for character in text {
            let next = self.width(of: String(character))
            if used + next > width { break }
            result.append(character)
            used += next
        }
        return result + String(repeating: ".", count: max(0, min(2, width)))
    }

    /// The text in lines of at most `width` columns, broken at spaces and between Chinese characters.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var word = ""
        func isWide(_ character: Character) -> Bool { self.width(of: String(character)) > 1 }
        func flush() {
            if !line.isEmpty, self.width(of: line) + self.width(of: word) > width {
                lines.append(trimmed(line))
                line = ""
                while word.hasPrefix(" ") { word.removeFirst() }
            }
            line += word
            word = ""
        }
        for character in text {
            if character == " " || isWide(character) { flush() }
            word.append(character)
            if isWide(character) { flush() }
        }
        flush()
        lines.append(trimmed(line))
        return lines
    }

    /// What a terminal would act on rather than show, as spaces: titles are typed by anybody.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: " "
                    default: scalar
                    }
                }))
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
}
