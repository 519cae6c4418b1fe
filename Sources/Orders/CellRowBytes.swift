internal import Glibc

/// One row of a sheet while it is put together: cells at their columns, bytes in one buffer that is used again for each row.
struct CellRowBytes: ~Copyable {
    static let byteLimit = 1 << 22

    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 14
    private var count = 0
    private let spans: UnsafeMutablePointer<CellSpan>
    /// Columns up to the last that has a cell.
    private(set) var width = 0
    private var cellStart = 0
    /// Whether a row has grown past the limit: the rest of it was dropped.
    private(set) var isTooLong = false

    init() {
        bytes = .allocate(capacity: capacity)
        spans = .allocate(capacity: CSVScanner.cellLimit)
    }

    deinit {
        bytes.deallocate()
        spans.deallocate()
    }

    mutating func removeAll() {
        count = 0
        width = 0
        isTooLong = false
    }

    /// Begins the cell of a column right of all that are there; those between are empty.
    mutating func beginCell(column: Int) {
        precondition(column >= width && column < CSVScanner.cellLimit)
        pad(to: column)
        cellStart = count
    }

    mutating func endCell() {
        spans[width] = CellSpan(
            start: UInt32(truncatingIfNeeded: cellStart), length: UInt32(truncatingIfNeeded: count - cellStart))
        width += 1
    }

    /// Appends empty cells up to a width.
    mutating func pad(to target: Int) {
        while width < target {
            spans[width] = CellSpan(start: 0, length: 0)
            width += 1
        }
    }

    mutating func append(_ byte: UInt8) {
        guard reserve(1) else { return }
        bytes[count] = byte
        count += 1
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress, reserve(text.count) else { return }
        memcpy(bytes + count, base, text.count)
        count += text.count
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a number in decimal, with zeros in front.
    mutating func append(padded value: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    private mutating func reserve(_ more: Int) -> Bool {
        guard count + more > capacity else { return true }
        guard count + more <= CellRowBytes.byteLimit else {
            isTooLong = true
            return false
        }
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        memcpy(larger, bytes, count)
        bytes.deallocate()
        bytes = larger
        return true
    }

    /// The row; valid until the next change.
    func row(number: Int) -> CellRow {
        CellRow(
            bytes: UnsafeBufferPointer(start: bytes, count: count),
            spans: UnsafeBufferPointer(start: spans, count: width), number: number)
    }
}
