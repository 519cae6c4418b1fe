/// A growing list in chunks of 256: copies share all full chunks, so that an append to a list that a drawing thread holds copies one.
package struct ChunkList<Element: Sendable>: Sendable {
    private static var shift: Int { 8 }
    private static var mask: Int { 255 }

    private var chunks: [ContiguousArray<Element>] = []
    package private(set) var count = 0

    package init() {}

    package subscript(index: Int) -> Element {
        get { chunks[index >> Self.shift][index & Self.mask] }
        set { chunks[index >> Self.shift][index & Self.mask] = newValue }
    }

    package var last: Element? { count == 0 ? nil : self[count - 1] }

    package mutating func append(_ element: Element) {
        if count & Self.mask == 0 {
            var chunk = ContiguousArray<Element>()
            chunk.reserveCapacity(Self.mask + 1)
            chunks.append(chunk)
        }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    /// Takes the last element away; the list must have one.
    package mutating func removeLast() {
        count -= 1
        chunks[chunks.count - 1].removeLast()
        if count & Self.mask == 0 { chunks.removeLast() }
    }

    /// The number of elements at the front for which `isBefore` holds; it must hold for none behind one for which it does not.
    package func partition(_ isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
