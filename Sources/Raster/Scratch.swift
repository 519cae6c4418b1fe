import CRasterKernels

/// Memory that is used within one call and kept for the next.
final class Scratch {
    /// The widest target that `rows` can serve.
    static let widest = 32768
    /// Buffers with more bytes are not kept.
    private static let mostKept = 8 << 20
    /// Rows for the drawing kernel.
    let rows: fp_scratch

    private var pool: [UnsafeMutableRawBufferPointer] = []

    init() {
        let count = Self.widest + 64
        let pixels = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        let cover = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
        let sums = UnsafeMutablePointer<Float>.allocate(capacity: count)
        sums.initialize(repeating: 0, count: count)
        cover.initialize(repeating: 0, count: count)
        pixels.initialize(repeating: 0, count: count)
        // Two texels of four channels for a pixel; written before they are read.
        rows = fp_scratch(pixels: pixels, cover: cover, sums: sums, texels: .allocate(capacity: 8 * count))
    }

    deinit {
        rows.pixels.deallocate()
        rows.cover.deallocate()
        rows.sums.deallocate()
        rows.texels.deallocate()
        for buffer in pool { buffer.deallocate() }
    }

    /// Lends `count` bytes with any content, aligned to 64; may be nested.
    func withBytes<Result, Failure: Error>(
        _ count: Int, _ body: (UnsafeMutableRawPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var buffer = pool.popLast() ?? UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 64)
        if buffer.count < count {
            buffer.deallocate()
            buffer = .allocate(byteCount: count + count / 4, alignment: 64)
        }
        // What a mean over all of the canvas takes is seldom needed, and as large as a hundred textures.
        defer { if buffer.count > Self.mostKept { buffer.deallocate() } else { pool.append(buffer) } }
        // Safe: a buffer holds more than 0 bytes, so that it has an address.
        guard let base = buffer.baseAddress else { preconditionFailure("a buffer has an address") }
        return try body(base)
    }
}
