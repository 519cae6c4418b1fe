internal import Synchronization
internal import Typesetting

/// Counts the characters of feed texts that no font has: each text is set once and remembered.
package final class GlyphCensus: Sendable {
    private static let capacity = 4096

    private let typesetter: SharedTypesetter
    private let style: TextStyle
    private let known = Mutex<[String: Int]>([:])

    package init(typesetter: SharedTypesetter) {
        self.typesetter = typesetter
        style = TextStyle(family: typesetter.library.families.first ?? "", size: 16)
    }

    /// The characters of an order's texts that become 〓.
    package func missing(in line: OrderLine) -> Int { missing(in: line.face.product) + missing(in: line.face.name) }

    private func missing(in text: String) -> Int {
        if text.utf8.isEmpty { return 0 }
        if let count = known.withLock({ $0[text] }) { return count }
        var options = ParagraphOptions(missing: .replace)
        // Emoji are drawn.
        options.drawsPictures = true
        let count = (try? typesetter.layout(RichText(text, style: style), options: options))?.missing.count ?? 0
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[text] = count
        }
        return count
    }
}
