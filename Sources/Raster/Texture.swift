import CRasterKernels
import Drawing

/// A rasterised content: premultiplied BGRA over `bounds`, rows `stride` bytes apart.
// Safe: one thread draws it and seals it; after that it is only read.
final class Texture: @unchecked Sendable {
    /// The area in raster pixels of its own plane.
    let bounds: PixelRect
    /// Bytes from row to row; a multiple of 64.
    let stride: Int
    /// The rectangle, in the coordinates of `bounds`, outside which nothing is drawn.
    private(set) var drawn: PixelRect
    /// True when every pixel of `drawn` is opaque.
    private(set) var isOpaque = false

    private let block: TexturePool.Block
    private let pool: TexturePool

    /// Allocates a transparent texture; `bounds` must not be empty.
    init(bounds: PixelRect, pool: TexturePool) {
        self.bounds = bounds
        self.pool = pool
        drawn = bounds
        stride = (bounds.width * 4 + 63) & ~63
        // Kernels may read up to sixteen texels beyond the last row.
        block = pool.take(stride * bounds.height + 64)
        block.bytes.initializeMemory(as: UInt8.self, repeating: 0, count: stride * bounds.height)
    }

    deinit { pool.giveBack(block) }

    /// What the texture costs, in bytes.
    var byteCount: Int { block.count }

    /// The first byte of a row, counted from the top of `bounds`.
    func row(_ y: Int) -> UnsafeMutablePointer<UInt32> {
        (block.bytes + y * stride).assumingMemoryBound(to: UInt32.self)
    }

    /// All of it for a kernel.
    var surface: fp_surface {
        fp_surface(
            bytes: block.bytes.assumingMemoryBound(to: UInt8.self), stride: stride, width: Int32(bounds.width),
            height: Int32(bounds.height))
    }

    /// A part of it for a kernel; `part` must lie inside `bounds`.
    func surface(of part: PixelRect) -> fp_surface {
        let start = block.bytes + (part.y - bounds.y) * stride + (part.x - bounds.x) * 4
        return fp_surface(
            bytes: start.assumingMemoryBound(to: UInt8.self), stride: stride, width: Int32(part.width),
            height: Int32(part.height))
    }

    /// Finds out which rows and columns are drawn, and whether all of that is opaque. Call it when the pixels are final.
    func seal(_ kernels: UnsafePointer<fp_kernels>) {
        var (top, bottom) = (0, bounds.height)
        let width = Int32(bounds.width)
        func isEmpty(_ y: Int) -> Bool {
            var (all, any): (UInt32, UInt32) = (0, 0)
            kernels.pointee.extremes(row(y), width, &all, &any)
            return any == 0
        }
        while top < bottom, isEmpty(top) { top += 1 }
        while bottom > top, isEmpty(bottom - 1) { bottom -= 1 }
        var (left, right) = (bounds.width, 0)
        for y in top..<bottom {
            let line = row(y)
            var x = 0
            while x < left, line[x] == 0 { x += 1 }
            left = min(left, x)
            x = bounds.width
            while x > max(right, left), line[x - 1] == 0 { x -= 1 }
            right = max(right, x)
        }
        drawn =
            right > left
            ? PixelRect(x: bounds.x + left, y: bounds.y + top, width: right - left, height: bottom - top) : .zero
        var alphas: UInt32 = 0xff00_0000
        for y in top..<bottom where !drawn.isEmpty {
            var (all, any): (UInt32, UInt32) = (0, 0)
            kernels.pointee.extremes(row(y) + left, Int32(drawn.width), &all, &any)
            alphas &= all
            if alphas != 0xff00_0000 { break }
        }
        isOpaque = !drawn.isEmpty && alphas == 0xff00_0000
    }
}
