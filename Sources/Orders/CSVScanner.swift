internal import Glibc

/// Splits one row of delimited text (RFC 4180, with `\n`, `\r\n` or `\r` between rows) into cells, without copying any.
struct CSVScanner: ~Copyable {
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
    private let storage: UnsafeMutablePointer<CellSpan>
    private var count = 0
    /// Whether `""` stands for a quote in some cell.
    private var hasEscapes = false

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        storage = UnsafeMutablePointer.allocate(capacity: CSVScanner.cellLimit)
        storage.initialize(repeating: CellSpan(start: 0, length: 0), count: CSVScanner.cellLimit)
    }

    deinit {
        storage.deallocate()
    }

    /// The cells of the row scanned last, without their quotes; valid until the next scan.
    var spans: UnsafeBufferPointer<CellSpan> { UnsafeBufferPointer(start: storage, count: count) }

    /// Writes `"` for each `""` in the row scanned last, in place.
    mutating func unescape(_ row: UnsafeMutableBufferPointer<UInt8>) {
        guard hasEscapes else { return }
        for cell in 0..<count where storage[cell].start > 0 && row[Int(storage[cell].start) - 1] == 0x22 {
            let start = Int(storage[cell].start)
            var target = start
            var source = start
            let end = start + Int(storage[cell].length)
            while source < end {
                let byte = row[source]
                row[target] = byte
                target += 1
                // Inside quotes every quote is one of two.
                source += byte == 0x22 ? 2 : 1
            }
            storage[cell].length = UInt32(truncatingIfNeeded: target - start)
        }
    }

    /// Scans the row that begins at the first of `bytes`, which are not empty and at most `RowBuffer.rowLimit`.
    mutating func scan(_ bytes: UnsafeMutableBufferPointer<UInt8>, isFinal: Bool) -> Outcome {
        guard let base = bytes.baseAddress else { return .needsMore }
        let end = bytes.count
        let delimiter = delimiter
        // One comparison passes over most bytes: every separator lies at or below this.
        let highest = max(delimiter, 13)
        var index = 0
        var cells = 0
        var lines = 0
        count = 0
        hasEscapes = false
        while true {
            guard cells < CSVScanner.cellLimit else { return .tooManyCells }
            if index < end, base[index] == UInt8(ascii: "\"") {
                index += 1
                let start = index
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
                storage[cells] = CellSpan(
                    start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: index - start))
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
                storage[cells] = CellSpan(
                    start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: index - start))
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
