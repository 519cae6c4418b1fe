/// A picture in memory: premultiplied BGRA, 8 bits a channel, rows `stride` bytes apart, first row on top.
///
/// Blue is the first byte of a pixel. The memory starts at a multiple of 64 bytes and every row does too.
public final class PixelBuffer: @unchecked Sendable {
    // Safe: the memory belongs to this object alone and its address and size never change; whoever writes must be the only
    // one who holds it at that time, which renderers ensure by owning their buffers and lending them for one call.

    /// Pixels across and down.
    public let size: PixelSize
    /// Bytes from one row to the next; a multiple of 64, at least 4 times the width.
    public let stride: Int
    /// Frames since this buffer was last drawn whole or repaired; nil when its pixels mean nothing yet.
    public var age: Int?

    private let memory: UnsafeMutableRawPointer

    /// Allocates a transparent picture.
    public init(size: PixelSize) {
        self.size = size
        stride = (size.width * 4 + 63) & ~63
        memory = .allocate(byteCount: stride * size.height, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: stride * size.height)
    }

    deinit { memory.deallocate() }

    /// Bytes in all rows.
    public var byteCount: Int { stride * size.height }

    /// Lends the bytes for reading.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: memory, count: byteCount))
    }

    /// Lends the bytes for writing.
    public func withMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeMutableRawBufferPointer(start: memory, count: byteCount))
    }

    /// The SHA-256 of the visible bytes (width x 4 of every row).
    public var digest: Digest {
        var builder = DigestBuilder()
        withBytes { bytes in
            for row in 0..<size.height {
                let start = row * stride
                builder.update(UnsafeRawBufferPointer(rebasing: bytes[start..<start + size.width * 4]))
            }
        }
        return builder.finish()
    }

    /// The colour at a pixel; slow, for tests and tools.
    public subscript(x: Int, y: Int) -> PremultipliedColor {
        precondition(x >= 0 && y >= 0 && x < size.width && y < size.height)
        return withBytes { bytes in
            let at = y * stride + x * 4
            return PremultipliedColor(red: bytes[at + 2], green: bytes[at + 1], blue: bytes[at], alpha: bytes[at + 3])
        }
    }
}
