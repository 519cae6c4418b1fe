import CRasterKernels
public import Drawing

/// Draws display lists into pixel buffers. One for each worker thread.
///
/// ```swift
/// let renderer = Renderer(images: NoImages())
/// try renderer.render(list, into: buffer, damage: Damage(list.size.bounds))
/// ```
///
/// A pixel depends on the display list alone: not on the damage, on frames drawn before, or on what the cache holds.
/// A layer's content is cut at the raster pixels that its bounds touch. A texture may be 32,767 pixels long and take
/// 256 MiB; a content that needs more is an error, and the template should split it (long lists into rows).
public final class Renderer {
    let images: any ImageSource
    let kernels: UnsafePointer<fp_kernels>
    let pool: TexturePool
    let cache: TextureCache
    let scratch = Scratch()
    /// The layer that is being drawn, for errors.
    var place: LayerID?

    private var operations: [Operation] = []

    /// Makes a renderer that keeps up to `cacheBudget` bytes of rasterised contents between frames.
    public init(images: any ImageSource, cacheBudget: Int = 96 << 20) {
        self.images = images
        kernels = fp_kernels_best()
        pool = TexturePool(limit: max(8 << 20, cacheBudget / 2))
        cache = TextureCache(budget: cacheBudget)
    }

    /// Makes a renderer with the kernels of a kind of processor (`baseline` or `avx2`); nil when this one lacks them.
    package init?(images: any ImageSource, cacheBudget: Int = 96 << 20, processor: String) {
        guard let kernels = fp_kernels_named(processor) else { return nil }
        self.images = images
        self.kernels = kernels
        pool = TexturePool(limit: max(8 << 20, cacheBudget / 2))
        cache = TextureCache(budget: cacheBudget)
    }

    /// The kind of processor that the kernels are for.
    package var processor: String { String(cString: kernels.pointee.name) }

    /// Draws `list` into `buffer` (premultiplied BGRA), touching only `damage`; `Damage(list.size.bounds)` draws all.
    ///
    /// - Parameters:
    ///   - list: what to draw; it has the buffer's size.
    ///   - buffer: outside `damage` its pixels stay, inside they become those of the list, whatever they were.
    ///   - damage: rectangles of the canvas; what lies beyond it is ignored.
    /// - Throws: `RasterError`; the buffer's damaged pixels then mean nothing.
    public func render(_ list: DisplayList, into buffer: PixelBuffer, damage: Damage) throws(RasterError) {
        precondition(buffer.size == list.size, "the buffer has the size of the list")
        let canvas = list.size.bounds
        let rects = damage.clipped(to: canvas).rects
        guard !rects.isEmpty else { return }
        operations.removeAll(keepingCapacity: true)
        defer { operations.removeAll(keepingCapacity: true) }
        place = nil
        let plane = Plane(factor: 1, dx: 0, dy: 0, cut: canvas, width: canvas.width, height: canvas.height)
        try collect(list.nodes, on: plane, touching: rects)
        buffer.withMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var surface = fp_surface(
                bytes: base.assumingMemoryBound(to: UInt8.self), stride: buffer.stride, width: Int32(canvas.width),
                height: Int32(canvas.height))
            for rect in rects { draw(rect, &surface) }
        }
    }

    private func draw(_ rect: PixelRect, _ surface: inout fp_surface) {
        // What an opaque picture hides altogether need not be drawn.
        let first = operations.lastIndex { $0.replaces && $0.bounds.contains(rect) }
        if first == nil {
            for y in rect.y..<rect.maxY {
                let row = UnsafeMutableRawPointer(surface.bytes) + y * surface.stride + rect.x * 4
                row.initializeMemory(as: UInt8.self, repeating: 0, count: rect.width * 4)
            }
        }
        withUnsafePointer(to: scratch.rows) { rows in
            for index in (first ?? 0)..<operations.count where operations[index].bounds.intersects(rect) {
                kernels.pointee.draw(&operations[index].layer, &surface, fp_rect(rect), rows)
            }
        }
    }

    /// Collects what to draw, from the lowest to the topmost, leaving out what touches none of `rects`.
    private func collect(_ nodes: [Node], on plane: Plane, touching rects: [PixelRect]) throws(RasterError) {
        for node in nodes {
            switch node {
            case .layer(let layer):
                if layer.opacity == 0 { continue }
                let outer = place
                place = layer.id
                defer { place = outer }
                if layer.isFlat {
                    let inner = flattened(layer, on: plane)
                    if rects.contains(where: { $0.intersects(inner.cut) }) {
                        try collect(layer.content.nodes, on: inner, touching: rects)
                    }
                } else if isTouched(layer, on: plane, rects), let texture = try texture(of: layer),
                    let operation = Operation(texture: texture, of: layer, on: plane)
                {
                    operations.append(operation)
                }
            default:
                guard let area = textureArea(of: node, on: plane) else { continue }
                let target = PixelRect(
                    x: area.x + Int(plane.dx), y: area.y + Int(plane.dy), width: area.width, height: area.height
                ).intersection(plane.cut)
                guard rects.contains(where: { $0.intersects(target) }) else { continue }
                guard let texture = try texture(of: node, area: area) else { continue }
                if let operation = Operation(
                    texture: texture, x: texture.bounds.x + Int(plane.dx), y: texture.bounds.y + Int(plane.dy),
                    cut: plane.cut)
                {
                    operations.append(operation)
                }
            }
        }
    }

    func flattened(_ layer: Layer, on plane: Plane) -> Plane {
        var inner = plane.moved(x: layer.matrix.m13, y: layer.matrix.m23, cutTo: layer.content.bounds.rect)
        if let clip = layer.clip { inner.cut = inner.cut.intersection(plane.place(clip.rect.rect).wholePixels) }
        return inner
    }

    private func isTouched(_ layer: Layer, on plane: Plane, _ rects: [PixelRect]) -> Bool {
        guard let bounds = layer.touchedBounds else { return true }
        let area = plane.place(bounds).enclosing.intersection(plane.cut)
        return rects.contains { $0.intersects(area) }
    }
}
