/// The characters of a text as a reader counts them, and its words.
struct LetterCount {
    /// For each byte the number of its character.
    private var letters: [Int] = []
    /// For each character the number of its word: Latin letters and figures up to a space, a Chinese character alone.
    private(set) var words: [Int] = []

    init(_ bytes: [UInt8]) {
        letters.reserveCapacity(bytes.count)
        var word = -1
        var isOpen = false
        for (number, character) in String(decoding: bytes, as: UTF8.self).enumerated() {
            letters.append(contentsOf: repeatElement(number, count: character.utf8.count))
            let first = character.unicodeScalars.first?.value ?? 0
            // From the CJK radicals on every character stands for itself.
            let isAlone = first >= 0x2E80
            if character.isWhitespace {
                isOpen = false
            } else {
                if isAlone || !isOpen { word += 1 }
                isOpen = !isAlone
            }
            words.append(max(0, word))
        }
    }

    /// The number of the character that a byte is in; the last one behind the end.
    func number(at byte: Int) -> Int {
        letters.isEmpty ? 0 : letters[max(0, min(letters.count - 1, byte))]
    }
}
