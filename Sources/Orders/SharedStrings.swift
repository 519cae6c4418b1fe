/// The texts of a workbook's cells, by number: one table of bytes in blocks, four bytes a text beside it.
///
/// Ciphertext is dropped here already: no column shows it, and of a million orders it would be a third of the table.
struct SharedStrings: ~Copyable {
    static let byteLimit = 768 << 20
    /// No column takes a longer text; what is cut off is only ever a remark.
    static let textLimit = 4096
    private static let blockSize = 1 << 20

    private var blocks: [UnsafeMutablePointer<UInt8>] = []
    private var used = SharedStrings.blockSize
    /// Where each text begins: its block's number and the place in it; its length stands before it.
    private var places = ChunkedArray<UInt32>()

    init() {}

    deinit {
        for block in blocks { block.deallocate() }
    }

    var count: Int { places.count }

    /// A text; nil when the table has none of that number.
    @inline(__always)
    subscript(number: Int) -> UnsafeBufferPointer<UInt8>? {
        guard number >= 0, number < places.count else { return nil }
        let place = Int(places[number])
        let start = blocks[place >> 20] + (place & (SharedStrings.blockSize - 1))
        return UnsafeBufferPointer(start: start + 2, count: Int(start[0]) | Int(start[1]) << 8)
    }

    /// Appends a text; false when the table is full.
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = NameMask.isCiphertext(text) ? 0 : text.count
        if used + count + 2 > SharedStrings.blockSize {
            guard (blocks.count + 1) * SharedStrings.blockSize <= SharedStrings.byteLimit else { return false }
            blocks.append(.allocate(capacity: SharedStrings.blockSize))
            used = 0
        }
        let start = blocks[blocks.count - 1] + used
        start[0] = UInt8(truncatingIfNeeded: count)
        start[1] = UInt8(truncatingIfNeeded: count >> 8)
        for index in 0..<count { start[index + 2] = text[index] }
        places.append(UInt32(truncatingIfNeeded: (blocks.count - 1) << 20 | used))
        used += count + 2
        return places.count < Int(UInt32.max)
    }

    /// Reads `xl/sharedStrings.xml`.
    static func read(_ source: consuming ByteSource, room: Int = 1 << 17) throws(OrdersError) -> SharedStrings {
        var strings = SharedStrings()
        var scanner = XMLScanner(source, room: room)
        var text = CellTextBuilder()
        while true {
            switch try scanner.next() {
            case .finish: return strings
            case .start where scanner.isNamed("si"):
                text.removeAll()
                try text.appendRuns(from: &scanner)
                let isKept = text.withText(limit: SharedStrings.textLimit) { strings.append($0) }
                guard isKept else {
                    throw OrdersError(
                        kind: .badData, what: "holds more text than \(SharedStrings.byteLimit >> 20) MiB",
                        remedy: "save it as “CSV UTF-8”")
                }
            case .start, .end, .text: break
            }
        }
    }
}

/// Collects the text of a shared or inline string: the `<t>` of itself and of its runs, not those of phonetic guides.
struct CellTextBuilder {
    private var bytes: ContiguousArray<UInt8> = []
    private var hasEscapes = false

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        hasEscapes = false
    }

    mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
        // What is past the limit of any string is a remark at best.
        guard bytes.count + piece.count <= 1 << 20 else { return }
        if piece.contains(UInt8(ascii: "_")) { hasEscapes = true }
        bytes.append(contentsOf: piece)
    }

    /// Reads on to the end of the element that has just opened.
    mutating func appendRuns(from scanner: inout XMLScanner) throws(OrdersError) {
        let outside = scanner.depth - 1
        var isText = false
        while true {
            switch try scanner.next() {
            case .start:
                if scanner.isNamed("rPh") {
                    try scanner.skipElement()
                } else {
                    isText = scanner.isNamed("t")
                }
            case .text: if isText { append(try scanner.text()) }
            case .end:
                isText = false
                if scanner.depth == outside { return }
            case .finish: return
            }
        }
    }

    /// Lends the text, cut to a limit between characters.
    mutating func withText<Value>(limit: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        if hasEscapes { unescape() }
        if bytes.count > limit {
            var end = limit
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            bytes.removeLast(bytes.count - end)
        }
        return bytes.withUnsafeBufferPointer(body)
    }

    /// Resolves `_x000D_`, the way in which workbooks write characters that XML cannot hold.
    private mutating func unescape() {
        var result: ContiguousArray<UInt8> = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "_"), index + 6 < bytes.count, bytes[index + 1] == UInt8(ascii: "x"),
                bytes[index + 6] == UInt8(ascii: "_"),
                let value = UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16),
                bytes[index + 2] != UInt8(ascii: "+"), value > 0, let scalar = Unicode.Scalar(value)
            {
                result.append(contentsOf: String(Character(scalar)).utf8)
                index += 7
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        bytes = result
        hasEscapes = false
    }
}
