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
            let folded = list.folded(word).scalars
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
        var (scalars, shown) = folded(text)
        for exemption in exemptions {
            while let index = exemption.first(in: scalars) {
                // A mark in its place keeps what stands around it apart.
                scalars.replaceSubrange(index..<index + exemption.length, with: ["\u{0}"])
                shown.replaceSubrange(index..<index + exemption.length, with: ["\u{0}"])
            }
        }
        var found: [(range: Range<Int>, kind: Kind)] = []
        for entry in entries {
            var start = 0
            while let index = entry.pattern.first(in: scalars, from: start) {
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
                let finding = Finding(word: String(String.UnicodeScalarView(shown[item.range])), kind: kind)
                if !isCovered, !findings.contains(where: { $0.word == finding.word }) { findings.append(finding) }
            }
        }
        return findings
    }

    /// The characters that the search looks at, and how the text has each of them.
    private func folded(_ text: String) -> (scalars: [Unicode.Scalar], shown: [Unicode.Scalar]) {
        var (scalars, shown): ([Unicode.Scalar], [Unicode.Scalar]) = ([], [])
        for original in text.unicodeScalars {
            var scalar = original
            if (0xFF01...0xFF5E).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xFEE0) {
                scalar = half
            }
            if scalar == "№" { scalar = "n" }
            scalar = folds[scalar] ?? scalar
            guard scalar == "%" || Self.isSearched(scalar) else { continue }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                scalars.append(lower)
                shown.append(original)
            }
            if original == "№" {
                scalars.append("o")
                shown.append(original)
            }
        }
        return (scalars, shown)
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
