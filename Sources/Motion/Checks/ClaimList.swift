/// Words that advertising law or platforms forbid or question; data (`Claims.txt`), so that a user can correct it.
public struct ClaimList: Hashable, Sendable {
    /// What is said of a word.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Named in the law, or always fined.
        case error
        /// Needs a proof, a period or a base.
        case warning
        /// Another platform's name.
        case rival
    }

    /// A word that was found.
    public struct Finding: Hashable, Sendable {
        /// The word as the text has it, without what was left out of the search.
        public let word: String
        /// What is said of it.
        public let kind: Kind
        /// Whether it keeps pictures from being made.
        public var severity: Diagnostic.Severity { kind == .error ? .error : .warning }
        /// What to do about it.
        var hint: String {
            switch kind {
            case .error: "advertising law forbids it; say what the data shows"
            case .warning: "be ready to prove it, and show period or base"
            case .rival: "platforms take down what names another one"
            }
        }
    }

    private struct Entry: Hashable, Sendable {
        let kind: Kind
        let pattern: ClaimPattern
    }

    private var entries: [Entry] = []
    private var exemptions: [ClaimPattern] = []
    private var folds: [Unicode.Scalar: Unicode.Scalar] = [:]
    /// Lines that are no part of the language of lists, from 1.
    package private(set) var badLines: [Int] = []

    /// The built-in list.
    public static let standard = ClaimList(parsing: String(decoding: PackageResources.Claims_txt, as: UTF8.self))

    /// Reads a list in the language of `Claims.txt`; lines that are none of it are left out and noted.
    package init(parsing text: String) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ")
            guard let kind = words.first, !kind.hasPrefix("#") else { continue }
            for word in words.dropFirst() where !add(String(word), to: String(kind)) { badLines.append(number + 1) }
        }
    }

    /// The list with words that this project may use, such as a registered name.
    public func allowing(_ words: [String]) -> ClaimList {
        var list = self
        for word in words {
            let folded = list.folded(word).map(\.scalar)
            if !folded.isEmpty { list.exemptions.append(ClaimPattern(word: folded)) }
        }
        return list
    }

    private mutating func add(_ word: String, to kind: String) -> Bool {
        if kind == "fold" {
            let scalars = Array(word.unicodeScalars)
            guard scalars.count == 2, scalars[0] != scalars[1] else { return false }
            folds[scalars[0]] = scalars[1]
            return true
        }
        guard let patterns = ClaimPattern.expand(word) else { return false }
        if kind == "exempt" {
            exemptions += patterns
        } else if let kind = Kind(rawValue: kind) {
            entries += patterns.map { Entry(kind: kind, pattern: $0) }
        } else {
            return false
        }
        return true
    }

    /// What of the list a text has, errors first, each word once; of two that overlap the longer one.
    public func findings(in text: String) -> [Finding] {
        var letters = folded(text)
        for exemption in exemptions {
            while let index = exemption.first(in: letters) {
                letters.replaceSubrange(index..<index + exemption.length, with: [.mark])
            }
        }
        var found: [(range: Range<Int>, kind: Kind)] = []
        for entry in entries {
            var start = 0
            while let index = entry.pattern.first(in: letters, from: start) {
                found.append((index..<index + entry.pattern.length, entry.kind))
                start = index + 1
            }
        }
        var findings: [Finding] = []
        for kind in Kind.allCases {
            for item in found where item.kind == kind {
                let isCovered = found.contains {
                    $0.range.count > item.range.count && $0.range.lowerBound <= item.range.lowerBound
                        && $0.range.upperBound >= item.range.upperBound
                }
                let shown = String.UnicodeScalarView(letters[item.range].compactMap(\.shown))
                let finding = Finding(word: String(shown), kind: kind)
                if !isCovered, !findings.contains(where: { $0.word == finding.word }) { findings.append(finding) }
            }
        }
        return findings
    }

    /// The characters that the search looks at.
    private func folded(_ text: String) -> [ClaimLetter] {
        var letters: [ClaimLetter] = []
        var skipped: [Unicode.Scalar] = []
        for original in text.unicodeScalars {
            let plain = Self.plain(original).map { folds[$0] ?? $0 }
            guard plain.contains(where: { $0 == "%" || Self.isSearched($0) }) else {
                if !Self.isInvisible(original) { skipped.append(plain.first ?? original) }
                continue
            }
            var shown: Unicode.Scalar? = original
            for scalar in plain {
                for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                    var letter = ClaimLetter(scalar: lower, shown: shown)
                    if shown != nil { letter.gap = Self.gap(skipped, after: letters.last?.scalar, before: lower) }
                    letters.append(letter)
                    shown = nil
                }
            }
            skipped = []
        }
        return letters
    }

    /// What left-out characters part; a point in a number parts nothing.
    private static func gap(
        _ skipped: [Unicode.Scalar], after left: Unicode.Scalar?, before right: Unicode.Scalar
    ) -> ClaimLetter.Gap {
        let digits: ClosedRange<Unicode.Scalar> = "0"..."9"
        if skipped.isEmpty { return .none }
        if skipped == ["."] || skipped == [","], let left, digits.contains(left), digits.contains(right) {
            return .none
        }
        return skipped.contains(where: "，。！？；：、,!?;:\n".unicodeScalars.contains) ? .clause : .some
    }

    /// The plain characters that a compatibility character stands for: NFKC for letters and digits, and by their values the
    /// numbers that it keeps apart, such as ❶ and Ⅰ.
    private static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let (value, properties) = (scalar.value, scalar.properties)
        func letter(_ offset: UInt32) -> [Unicode.Scalar] { [Unicode.Scalar(UInt8(97 + offset % 26))] }
        switch value {
        case ..<0x80: return [scalar]
        case 0xFF01...0xFF5E: return Unicode.Scalar(value - 0xFEE0).map { [$0] } ?? [scalar]
        case 0x2116: return ["n", "o"]
        case 0x249C...0x24B5: return letter(value - 0x249C)
        case 0x24B6...0x24E9: return letter(value - 0x24B6)
        case 0x1D400...0x1D6A3: return letter(value - 0x1D400)
        case 0x1F110...0x1F129: return letter(value - 0x1F110)
        case 0x1F130...0x1F149: return letter(value - 0x1F130)
        case 0x1F150...0x1F169: return letter(value - 0x1F150)
        case 0x1F170...0x1F189: return letter(value - 0x1F170)
        default: break
        }
        switch properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber:
            guard let number = properties.numericValue, number >= 0, number < 1e6, number == number.rounded() else {
                return [scalar]
            }
            return Array(String(Int(number)).unicodeScalars)
        default: return [scalar]
        }
    }

    /// Joiners, selectors and accents: they part nothing.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Letters and digits; what stands between them is how people get round a search.
    private static func isSearched(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber:
            true
        default: false
        }
    }
}
