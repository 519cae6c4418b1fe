/// A character that the search looks at.
struct ClaimLetter: Hashable, Sendable {
    /// What stands between it and the one before.
    enum Gap: Hashable, Sendable { case none, some, clause }

    /// What it is compared as.
    let scalar: Unicode.Scalar
    /// How the text has it; nil when it belongs to the one before, as the "o" of "№" does.
    var shown: Unicode.Scalar?
    var gap = Gap.none

    /// What stands in the place of harmless words and keeps apart what stands around them.
    static let mark = ClaimLetter(scalar: "\u{0}", shown: nil, gap: .clause)

    /// Letters and digits that make words without blanks only when they touch.
    fileprivate var isLatin: Bool { scalar.properties.isAlphabetic && scalar.value < 0x250 || isDigit }
    fileprivate var isDigit: Bool { ("0"..."9").contains(scalar) }
}

/// A word to look for, with choices: `最[高低]`, `全(网|国)首发`, `[模独]^特供`, `第[一1]^[0-9]`. Latin ones match whole words only.
struct ClaimPattern: Hashable, Sendable {
    /// For each place the characters that may stand there.
    private let places: [Set<Unicode.Scalar>]
    private let notAfter: Set<Unicode.Scalar>
    private let notBefore: Set<Unicode.Scalar>

    /// One word, as it stands.
    init(word: [Unicode.Scalar]) {
        self.init(places: word.map { [$0] }, notAfter: [], notBefore: [])
    }

    private init(places: [Set<Unicode.Scalar>], notAfter: Set<Unicode.Scalar>, notBefore: Set<Unicode.Scalar>) {
        (self.places, self.notAfter, self.notBefore) = (places, notAfter, notBefore)
    }

    /// Every word that a pattern stands for; nil when it is not well-formed.
    static func expand(_ text: String) -> [ClaimPattern]? {
        var (body, first, last) = (text[...], Set<Unicode.Scalar>(), Set<Unicode.Scalar>())
        if body.hasPrefix("["), let end = body.firstIndex(of: "]"), body[end...].hasPrefix("]^") {
            first = Set(body[..<end].dropFirst().unicodeScalars)
            body = body[end...].dropFirst(2)
        }
        if let caret = body.firstRange(of: "^[") {
            guard body.hasSuffix("]") else { return nil }
            last = Set(body[caret.upperBound...].dropLast().unicodeScalars)
            body = body[..<caret.lowerBound]
        }
        var words: [[Set<Unicode.Scalar>]] = [[]]
        var rest = body.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "[":
                guard let end = rest.firstIndex(of: "]"), end != rest.startIndex else { return nil }
                let choice = Set(rest[..<end])
                words = words.map { $0 + [choice] }
                rest = rest[rest.index(after: end)...]
            case "(":
                guard let end = rest.firstIndex(of: ")") else { return nil }
                let choices = rest[..<end].split(separator: "|", omittingEmptySubsequences: false)
                guard !choices.contains(where: \.isEmpty) else { return nil }
                words = words.flatMap { word in choices.map { choice in word + choice.map { [$0] } } }
                rest = rest[rest.index(after: end)...]
            case "]", ")", "|", "^": return nil
            default: words = words.map { $0 + [[scalar]] }
            }
        }
        guard words.allSatisfy({ !$0.isEmpty }) else { return nil }
        return words.map { ClaimPattern(places: $0, notAfter: first, notBefore: last) }
    }

    /// Characters of a match.
    var length: Int { places.count }

    /// Where it is found first at or after `start`.
    func first(in text: [ClaimLetter], from start: Int = 0) -> Int? {
        guard text.count - start >= places.count else { return nil }
        return (start...(text.count - places.count)).first { index in
            for (offset, place) in places.enumerated() where !place.contains(text[index + offset].scalar) {
                return false
            }
            let next = index + places.count
            if index > 0, Self.isSpoiled(text[index - 1], text[index], by: notAfter, isAfter: false) { return false }
            return next == text.count || !Self.isSpoiled(text[next - 1], text[next], by: notBefore, isAfter: true)
        }
    }

    /// Whether of two neighbours the one that is not in the match makes it harmless.
    private static func isSpoiled(
        _ left: ClaimLetter, _ right: ClaimLetter, by others: Set<Unicode.Scalar>, isAfter: Bool
    ) -> Bool {
        if right.gap == .none, left.isLatin, right.isLatin { return true }
        let other = isAfter ? right : left
        // A digit after a blank starts another number; a clause ends what words can say of each other.
        guard right.gap != .clause, right.gap == .none || !other.isDigit else { return false }
        return others.contains(other.scalar)
    }
}
