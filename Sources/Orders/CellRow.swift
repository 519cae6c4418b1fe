/// Where a cell lies in the bytes of its row.
struct CellSpan: BitwiseCopyable {
    var start: UInt32
    var length: UInt32
}

/// One row of any kind of table, lent by its reader for the length of a call; cells are UTF-8 without quotes or markup.
///
/// What a format stores otherwise is written out: numbers in plain digits, times as they are shown or as Excel's serial numbers.
/// Readers keep one buffer for bytes and spans and fill it anew for each row: a cell costs no allocation.
struct CellRow {
    /// What the spans point into.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The cells, left to right; a cell that is not there is empty.
    let spans: UnsafeBufferPointer<CellSpan>
    /// The row's number as the user's program shows it, counted from 1 with the header.
    let number: Int

    var count: Int { spans.count }

    /// The cleaned cell of a column; empty for -1 and columns that the row does not have.
    subscript(column: Int) -> CellText {
        guard column >= 0, column < spans.count else {
            return CellText(cleaning: UnsafeBufferPointer(start: nil, count: 0))
        }
        let span = spans[column]
        return CellText(
            cleaning: UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.start + span.length)]))
    }

    /// Whether no cell holds anything but white space.
    var isBlank: Bool {
        for span in spans {
            for byte in bytes[Int(span.start)..<Int(span.start + span.length)] where byte > 0x20 { return false }
        }
        return true
    }

    /// Whether all cells from a column on are empty.
    func isEmpty(from first: Int) -> Bool {
        for column in first..<max(first, count) where !self[column].isEmpty { return false }
        return true
    }
}

/// Bytes and spans of one row, for readers whose cells do not lie in one piece of text.
struct CellRowBuffer {
    private var bytes: ContiguousArray<UInt8> = []
    private var spans: ContiguousArray<CellSpan> = []

    /// Cells so far.
    var count: Int { spans.count }

    /// Forgets the row and keeps its room.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
    }

    /// Appends one cell.
    mutating func append(_ cell: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: cell)
        spans.append(
            CellSpan(
                start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: bytes.count - start)))
    }

    /// Lends the row.
    func withRow<Value>(
        number: Int, _ body: (CellRow) throws(OrdersError) -> Value
    ) throws(OrdersError) -> Value {
        let outcome: Result<Value, OrdersError> = bytes.withUnsafeBufferPointer { bytes in
            spans.withUnsafeBufferPointer { spans in
                do throws(OrdersError) {
                    return .success(try body(CellRow(bytes: bytes, spans: spans, number: number)))
                } catch {
                    return .failure(error)
                }
            }
        }
        return try outcome.get()
    }
}
