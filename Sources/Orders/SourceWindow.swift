internal import Glibc

/// The part of a source that a scanner holds in memory: it moves on with what was scanned, and grows for a token that is longer than it.
enum SourceWindow {
    /// How asking for more ended.
    enum Outcome {
        /// So many bytes came behind what was there; 0 at the end of the source.
        case read(Int)
        /// The window holds one token and may not grow beyond `limit`.
        case full
    }

    /// Moves what begins at `index` to the front, or doubles the window where it is full, and reads behind it.
    ///
    /// `index` is 0 and `used` the number of bytes held afterwards; `consumed` grows by what was let go.
    static func refill(
        _ storage: inout UnsafeMutablePointer<UInt8>, capacity: inout Int, index: inout Int, used: inout Int,
        consumed: inout Int, from source: inout ByteSource, limit: Int
    ) throws(OrdersError) -> Outcome {
        let kept = used - index
        if index > 0 {
            memmove(storage, storage + index, kept)
        } else if kept == capacity {
            guard capacity < limit else { return .full }
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            memcpy(larger, storage, kept)
            storage.deallocate()
            storage = larger
            capacity *= 2
        }
        consumed += index
        index = 0
        used = kept
        let count = try source.read(
            into: UnsafeMutableRawBufferPointer(start: storage + kept, count: capacity - kept))
        used += count
        return .read(count)
    }
}
