/// How reading a text file ended.
enum TextOutcome {
    case read
    /// The bytes are not well-formed UTF-8: worth another pass with another encoding.
    case notUTF8(row: Int)
}

/// Splits delimited text into rows and hands them on; it knows quotes, delimiters and line ends, and nothing of orders.
func readDelimitedText(_ stream: consuming TextStream, into rows: inout OrderRows) throws(OrdersError) -> TextOutcome {
    var buffer = RowBuffer(stream)
    _ = try buffer.fill()
    var scanner = CSVScanner(delimiter: delimiter(in: buffer.bytes, isFinal: buffer.isFinal, rows: rows))
    var line = 1
    while true {
        let bytes = buffer.bytes
        if bytes.isEmpty {
            if buffer.isFinal { return .read }
            _ = try buffer.fill()
            continue
        }
        switch scanner.scan(bytes, isFinal: buffer.isFinal) {
        case .row(let length, let lines):
            let row = UnsafeMutableBufferPointer(rebasing: bytes[0..<length])
            switch UTF8Check.fault(in: UnsafeBufferPointer(row)) {
            case .malformed: return .notUTF8(row: line)
            case .binary: throw fileError("is not a text file", "name a CSV export or an order log")
            case nil: break
            }
            scanner.unescape(row)
            try rows.take(CellRow(bytes: UnsafeBufferPointer(row), spans: scanner.spans, number: line))
            line += lines
            buffer.consume(length)
        case .needsMore:
            guard try buffer.fill() else {
                throw fileError(
                    "row \(line) is longer than \(RowBuffer.rowLimit >> 20) MiB",
                    "check that it is a CSV and that a quote in that row is closed")
            }
        case .unterminatedQuote:
            throw fileError(
                "is cut off: a quote opened in row \(line) is never closed", "download or export the file again")
        case .textAfterQuote(let length):
            // The next line may be sound again: report this one and go on behind it.
            let skipped = bytes[length...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
            rows.reject(row: line, shape: "text after a closing quote", hint: "quotes inside a cell are doubled")
            line += 1
            buffer.consume(skipped)
        case .tooManyCells:
            throw fileError(
                "row \(line) has more than \(CSVScanner.cellLimit) columns", "check that it is an order export")
        }
    }
}

/// The separator that makes a header of one of the first rows, else the one that the fullest line has most of.
private func delimiter(
    in bytes: UnsafeMutableBufferPointer<UInt8>, isFinal: Bool, rows: borrowing OrderRows
) -> UInt8 {
    var best = (delimiter: UInt8(ascii: ","), count: 0)
    for candidate in [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")] {
        var scanner = CSVScanner(delimiter: candidate)
        var rest = bytes
        for number in 1...OrderRows.headerRowLimit {
            guard !rest.isEmpty, case .row(let length, _) = scanner.scan(rest, isFinal: isFinal) else { break }
            let row = UnsafeBufferPointer(rebasing: rest[0..<length])
            if rows.isHeader(CellRow(bytes: row, spans: scanner.spans, number: number)) { return candidate }
            rest = UnsafeMutableBufferPointer(rebasing: rest[length...])
        }
        // Titles hold commas too: only a file without a known header is told by counting.
        var count = 0
        var most = 0
        for byte in bytes.prefix(1 << 16) {
            if byte == candidate { count += 1 }
            if byte == 10 || byte == 13 { count = 0 }
            most = max(most, count)
        }
        if most > best.count { best = (candidate, most) }
    }
    return best.delimiter
}

func fileError(_ what: String, _ remedy: String) -> OrdersError {
    OrdersError(kind: .badData, what: what, remedy: remedy)
}
