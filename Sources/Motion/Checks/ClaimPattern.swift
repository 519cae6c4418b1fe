/// A word to look for, with choices: `最[高低]`, `全(网|国)首发`, `第[一1]^[0-9]`.
struct ClaimPattern: Hashable, Sendable {
    /// For each place the characters that may stand there.
    private let places: [Set<Unicode.Scalar>]
    private let notFollowedBy: Set<Unicode.Scalar>

    /// One word, as it stands.
    init(word: [Unicode.Scalar]) {
        places = word.map { [$0] }
        notFollowedBy = []
    }

    private init(places: [Set<Unicode.Scalar>], notFollowedBy: Set<Unicode.Scalar>) {
        (self.places, self.notFollowedBy) = (places, notFollowedBy)
    }

    /// Every word that a pattern stands for; nil when it is not well-formed.
    static func expand(_ text: String) -> [ClaimPattern]? {
        var (body, last) = (text[...], Set<Unicode.Scalar>())
        if let caret = text.firstRange(of: "^[") {
            guard text.hasSuffix("]") else { return nil }
            last = Set(text[caret.upperBound...].dropLast().unicodeScalars)
            body = text[..<caret.lowerBound]
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
        return words.map { ClaimPattern(places: $0, notFollowedBy: last) }
    }

    /// Characters of a match.
    var length: Int { places.count }

    /// Where it is found first at or after `start`.
    func first(in text: [Unicode.Scalar], from start: Int = 0) -> Int? {
        guard text.count - start >= places.count else { return nil }
        return (start...(text.count - places.count)).first { index in
            for (offset, place) in places.enumerated() where !place.contains(text[index + offset]) { return false }
            let next = index + places.count
            return next == text.count || !notFollowedBy.contains(text[next])
        }
    }
}
