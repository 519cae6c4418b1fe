/// A space between Chinese and what is not, as careful setters have it (盘古之白).
package enum PanguSpacing {
    /// The texts of a paragraph's spans with spaces where Chinese meets Latin letters or figures, across spans as well.
    ///
    /// The space is the font's own, which in Chinese fonts is about a quarter of an em, and where a line may break as it could without.
    package static func spaced(_ texts: [String]) -> [String] {
        var last: Unicode.Scalar?
        return texts.map { text in
            var result = String.UnicodeScalarView()
            for scalar in text.unicodeScalars {
                if let last,
                    isChinese(last) && isLatin(scalar, isFirst: true)
                        || isLatin(last, isFirst: false) && isChinese(scalar)
                {
                    result.append(" ")
                }
                result.append(scalar)
                last = scalar
            }
            return String(result)
        }
    }

    /// Ideographs, kana and hangul; their punctuation has room of its own.
    static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x2FDF, 0x3040...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// Letters and figures; ¥, $, + and # before them, % and + behind.
    private static func isLatin(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z": true
        case "¥", "$", "#", "@": isFirst
        case "%": !isFirst
        case "+": true
        default: (0xC0...0x24F).contains(scalar.value)
        }
    }
}
