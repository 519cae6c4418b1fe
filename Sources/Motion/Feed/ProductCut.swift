package import Typesetting

/// Cuts a product's title to what fits, so that all around it stays: the bracket behind it, the price, the time.
package enum ProductCut {
    /// The layout with as much of the title as fits; `layout` sets the text with another title in it.
    package static func fitted(_ title: String, layout: (String) -> TextLayout?) -> TextLayout? {
        guard let whole = layout(title) else { return nil }
        if whole.isWhole { return whole }
        let letters = Array(title)
        var best: TextLayout?
        var (low, high) = (0, letters.count)
        while low < high {
            let middle = (low + high) / 2
            if let tried = layout(cut(letters, to: middle)), tried.isWhole {
                best = tried
                low = middle + 1
            } else {
                high = middle
            }
        }
        // Nothing helps where the rest alone is too long.
        return best ?? whole
    }

    /// The first letters and "…"; a bracket 【 that they open is closed.
    package static func cut(_ letters: [Character], to count: Int) -> String {
        var kept = letters.prefix(count)
        while kept.last == " " || kept.last == "【" { kept.removeLast() }
        let isOpen = kept.lastIndex(of: "【").map { open in !kept[open...].contains("】") } ?? false
        return String(kept) + "…" + (isOpen ? "】" : "")
    }
}

extension TextLayout {
    /// True when all of the text is there, in its box.
    var isWhole: Bool { !isTruncated && !overflows }
}
