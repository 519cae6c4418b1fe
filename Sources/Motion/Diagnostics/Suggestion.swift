/// Finds the name that a mistyped one was probably meant to be.
package enum Suggestion {
    /// `did you mean "color"?`, or the list of what is possible when nothing is near; never empty.
    package static func hint(for word: String, among names: [String]) -> String {
        guard !names.isEmpty else { return "the template declares none: declare it, or remove the name" }
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
        // Optimal string alignment: two letters in the wrong order are one mistake.
        var before = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var row = [i + 1]
            for (j, right) in b.enumerated() {
                var next = min(last[j + 1] + 1, row[j] + 1, last[j] + (left == right ? 0 : 1))
                if i > 0, j > 0, left == b[j - 1], a[i - 1] == right { next = min(next, before[j - 1] + 1) }
                row.append(next)
            }
            (before, last) = (last, row)
        }
        return last[b.count]
    }
}
