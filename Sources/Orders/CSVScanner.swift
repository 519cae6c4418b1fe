internal import Glibc

/// Splits one row of delimited text (RFC 4180, with `\n`, `\r\n` or `\r` between rows) into cells, without copying any.
struct CSVScanner: ~Copyable {
    /// Where a cell lies in its row, without quotes.
    struct Cell {
        var start: UInt32
        var length: UInt32
        /// Whether `""` stands for a quote in it.
        var hasEscapes: Bool
    }

    enum Outcome {
        /// A row of `length` bytes with its line end, holding `lines` line breaks.
        case row(length: Int, lines: Int)
        /// The row may go on behind what there is.
        case needsMore
        /// The text ends inside quotes.
        case unterminatedQuote
        /// Text follows a closing quote.
        case textAfterQuote(length: Int)
        case tooManyCells
    }

    static let cellLimit = 1024

    let delimiter: UInt8
    private let storage: UnsafeMutablePointer<Cell>
    /// Cells of the row scanned last.
    private(set) var count = 0

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        storage = UnsafeMutablePointer.allocate(capacity: CSVScanner.cellLimit)
        storage.initialize(repeating: Cell(start: 0, length: 0, hasEscapes: false), count: CSVScanner.cellLimit)
    }

    deinit {
        storage.deallocate()
    }

    subscript(index: Int) -> Cell {
        precondition(index >= 0 && index < count)
        return storage[index]
    }

    /// Scans the row that begins at the first of `bytes`, which are not empty and at most `RowBuffer.rowLimit`.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) -> Outcome {
        guard let base = bytes.baseAddress else { return .needsMore }
        let end = bytes.count
        let delimiter = delimiter
        // One comparison passes over most bytes: every separator lies at or below this.
        let highest = max(delimiter, 13)
        var index = 0
        var cells = 0
        var lines = 0
        count = 0
        while true {
            guard cells < CSVScanner.cellLimit else { return .tooManyCells }
            if index < end, base[index] == UInt8(ascii: "\"") {
                index += 1
                let start = index
                var hasEscapes = false
                while true {
                    guard let found = memchr(base + index, 0x22, end - index) else {
                        return isFinal ? .unterminatedQuote : .needsMore
                    }
                    let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                    while index < quote {
                        if base[index] == 10 { lines += 1 }
                        index += 1
                    }
                    if quote + 1 == end, !isFinal { return .needsMore }
                    guard quote + 1 < end, base[quote + 1] == 0x22 else { break }
                    hasEscapes = true
                    index = quote + 2
                }
                storage[cells] = Cell(
                    start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: index - start),
                    hasEscapes: hasEscapes)
                index += 1
                while index < end, base[index] == 0x20 { index += 1 }
                if index < end, base[index] != delimiter, base[index] != 10, base[index] != 13 {
                    return .textAfterQuote(length: index)
                }
            } else {
                let start = index
                while index < end {
                    let byte = base[index]
                    if byte <= highest, byte == delimiter || byte == 10 || byte == 13 { break }
                    index += 1
                }
                storage[cells] = Cell(
                    start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: index - start),
                    hasEscapes: false)
            }
            cells += 1
            if index == end {
                guard isFinal else { return .needsMore }
                count = cells
                return .row(length: end, lines: lines)
            }
            let separator = base[index]
            index += 1
            if separator == delimiter { continue }
            if separator == 13 {
                if index == end, !isFinal { return .needsMore }
                if index < end, base[index] == 10 { index += 1 }
            }
            count = cells
            return .row(length: index, lines: lines + 1)
        }
    }
}
