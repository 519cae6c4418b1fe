/// Finds the name that a mistyped one was probably meant to be.
package enum Suggestion {
    /// `did you mean "color"?`, or the list of what is possible when nothing is near.
    package static func hint(for word: String, among names: [String]) -> String {
        guard !names.isEmpty else { return "" }
        if let nearest = nearest(to: word, among: names) { return "did you mean \"\(nearest)\"?" }
        let shown = names.prefix(24).joined(separator: ", ")
        return "write one of \(shown)" + (names.count > 24 ? ", …" : "")
    }

    /// The name at the smallest edit distance, when that is at most a third of the word (at least 1, at most 3).
    package static func nearest(to word: String, among names: [String]) -> String? {
        let letters = Array(word.lowercased().unicodeScalars.prefix(40))
        let limit = max(1, min(3, letters.count / 3))
        var best: (distance: Int, name: String)?
        for name in names {
            let distance = distance(letters, Array(name.lowercased().unicodeScalars.prefix(40)))
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, name) }
        }
        return best?.name
    }

    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
