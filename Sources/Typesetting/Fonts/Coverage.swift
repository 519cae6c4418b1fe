/// A set of characters as bits, in pages of 256: a look-up is two loads.
struct Coverage: Sendable {
    /// The place of each page in `words`, four words a page; 0 is the empty page.
    private var pages = [UInt16](repeating: 0, count: 0x1100)
    private var words = [UInt64](repeating: 0, count: 4)

    /// Adds a range of characters up to U+10FFFF; nothing when it ends before it starts.
    mutating func insert(_ first: UInt32, through last: UInt32) {
        guard first <= last, last <= 0x10FFFF else { return }
        var character = first
        while character <= last {
            let page = Int(character >> 8)
            if pages[page] == 0 {
                pages[page] = UInt16(words.count / 4)
                words.append(contentsOf: [0, 0, 0, 0])
            }
            let word = 4 * Int(pages[page]) + Int(character >> 6 & 3)
            let end = min(last, character | 63)
            let low = UInt64.max << UInt64(character & 63)
            let high = UInt64.max >> UInt64(63 - end & 63)
            words[word] |= low & high
            character = end + 1
        }
    }

    /// True when the character is in the set.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        return words[4 * Int(pages[Int(value >> 8)]) + Int(value >> 6 & 3)] >> UInt64(value & 63) & 1 == 1
    }
}
