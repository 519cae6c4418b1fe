/// A growing array in chunks of 1024: an append never moves what is already there, and copies share all full chunks.
///
/// `Array` doubles by copying, which at a million orders is a stall of milliseconds in the middle of a live show; here the worst
/// append allocates one chunk. A copy that is then appended to copies one chunk and the list of chunks.
struct ChunkedArray<Element: BitwiseCopyable & Sendable>: Sendable {
    private static var shift: Int { 10 }
    private static var chunkSize: Int { 1 << shift }
    private static var mask: Int { chunkSize - 1 }

    private var chunks: [ContiguousArray<Element>] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var last: Element? { count == 0 ? nil : self[count - 1] }

    subscript(index: Int) -> Element {
        chunks[index >> Self.shift][index & Self.mask]
    }

    mutating func append(_ element: Element) {
        if count & Self.mask == 0 {
            var chunk = ContiguousArray<Element>()
            chunk.reserveCapacity(Self.chunkSize)
            chunks.append(chunk)
        }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    mutating func replace(at index: Int, with element: Element) {
        chunks[index >> Self.shift][index & Self.mask] = element
    }

    mutating func removeLast() {
        chunks[chunks.count - 1].removeLast()
        if chunks[chunks.count - 1].isEmpty { chunks.removeLast() }
        count -= 1
    }
}

extension ChunkedArray: Equatable where Element: Equatable {}
