internal import Glibc

/// A window over a text stream that always begins at the row being read and grows only for a row that does not fit.
struct RowBuffer: ~Copyable {
    /// The longest row, quoted line breaks included.
    static let rowLimit = 1 << 22

    private var stream: TextStream
    private var storage: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    /// Whether the stream has nothing more than what `bytes` shows.
    private(set) var isFinal = false

    init(_ stream: consuming TextStream) {
        self.stream = stream
        storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 19, alignment: 16)
    }

    deinit {
        storage.deallocate()
    }

    /// What is buffered from the current row on. Valid until the next mutation.
    var bytes: UnsafeMutableBufferPointer<UInt8> {
        UnsafeMutableRawBufferPointer(rebasing: storage[start..<end]).assumingMemoryBound(to: UInt8.self)
    }

    mutating func consume(_ count: Int) {
        start += count
    }

    /// Reads more behind what is buffered; false when the current row is already as long as rows may be.
    mutating func fill() throws(OrdersError) -> Bool {
        let kept = end - start
        if start > 0, let base = storage.baseAddress {
            memmove(base, base + start, kept)
        } else if kept == storage.count {
            guard storage.count < RowBuffer.rowLimit else { return false }
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: storage.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[0..<kept]))
            storage.deallocate()
            storage = larger
        }
        start = 0
        end = kept
        let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: storage[kept...]))
        end += count
        isFinal = count == 0
        return true
    }
}
