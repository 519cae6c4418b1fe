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
    /// What has been drawn since it was made, and what was there already.
    package internal(set) var counts = RasterCounts()
    /// The layer that is being drawn, for errors.
    var place: LayerID?

    /// Of the canvas in one band; half of a usual second-level cache is left for textures.
    private static let bandBytes = 192 << 10
    private var operations: [Operation] = []
    /// The blocks of a frame that is drawn in bands, with their margins.
    private var areas: [PixelRect] = []
    private let backdrop: Backdrop
    /// The largest canvas, in bytes, that may have a backdrop.
    private let mostBackdrop: Int

    /// Bytes that the backdrop takes from the budget of the textures.
    private var reserved = 0

    /// Makes a renderer that keeps up to `cacheBudget` bytes of rasterised contents between frames.
    public convenience init(images: any ImageSource, cacheBudget: Int = 96 << 20) {
        self.init(images: images, textures: TextureStore(budget: cacheBudget))
    }

    /// Makes one of several renderers that draw frames of one film, and share what they rasterise.
    public convenience init(images: any ImageSource, textures: TextureStore) {
        self.init(images: images, textures: textures, kernels: fp_kernels_best(), patience: 4)
    }

    /// Makes a renderer with the kernels of a kind of processor (`baseline` or `avx2`); nil when this one lacks them.
    ///
    /// - Parameter patience: frames for which the lowest instructions must stand still before they are kept as one picture.
    package convenience init?(
        images: any ImageSource, cacheBudget: Int = 96 << 20, processor: String, patience: Int = 4
    ) {
        guard let kernels = fp_kernels_named(processor) else { return nil }
        self.init(
            images: images, textures: TextureStore(budget: cacheBudget), kernels: kernels, patience: patience)
    }

    private init(
        images: any ImageSource, textures: TextureStore, kernels: UnsafePointer<fp_kernels>, patience: Int
    ) {
        (self.images, self.kernels) = (images, kernels)
        (pool, cache) = (textures.pool, textures.cache)
        backdrop = Backdrop(patience: patience)
        mostBackdrop = textures.budget / 2
    }

    deinit { cache.reserve(-reserved) }

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
        let rects = damage.clipped(to: list.size.bounds).rects
        guard !rects.isEmpty else { return }
        defer { operations.removeAll(keepingCapacity: true) }
        let ground = try collect(list, touching: rects)
        draw(rects, into: buffer, ground)
    }

    /// Draws the blocks that `damage` reaches (see `PixelBand`) into memory that stays in the processor's cache, and hands them out band
    /// by band: no picture of the frame is written and read again. The pixels are those that the other way of drawing gives.
    package func render(
        _ list: DisplayList, damage: Damage, inBands take: (PixelBand) -> Void
    ) throws(RasterError) {
        let size = list.size
        areas.removeAll(keepingCapacity: true)
        for rect in damage.clipped(to: size.bounds).rects {
            let blocks = PixelBand.blocks(around: rect, in: size)
            let left = max(0, blocks.x - PixelBand.margin)
            areas.append(PixelRect(x: left, y: blocks.y, width: blocks.maxX - left, height: blocks.height))
        }
        guard !areas.isEmpty else { return }
        defer { operations.removeAll(keepingCapacity: true) }
        let ground = try collect(list, touching: areas)
        for area in areas { drawBands(area, of: size, ground, take) }
    }

    /// What lies below the operations.
    private enum Ground {
        case transparent
        /// What the buffer shows already.
        case present
        /// What another buffer of the same size shows.
        case copied(PixelBuffer)
    }

    /// Collects what a frame shows inside `rects` above the ground that is returned.
    private func collect(_ list: DisplayList, touching rects: [PixelRect]) throws(RasterError) -> Ground {
        operations.removeAll(keepingCapacity: true)
        place = nil
        let canvas = list.size.bounds
        let plane = Plane(factor: 1, dx: 0, dy: 0, cut: canvas, width: canvas.width, height: canvas.height)
        let kept = try keepBackdrop(of: list, on: plane)
        try collect(list.nodes[kept...], on: plane, touching: rects)
        guard kept > 0, let pixels = backdrop.pixels else { return .transparent }
        return .copied(pixels)
    }

    /// Brings the backdrop up to date; returns how many of the list's lowest instructions it shows.
    private func keepBackdrop(of list: DisplayList, on plane: Plane) throws(RasterError) -> Int {
        guard list.size.width * list.size.height * 4 <= mostBackdrop else { return 0 }
        let wanted = backdrop.wanted(for: list)
        let held = backdrop.nodes.count
        guard wanted > held else { return held }
        let pixels = backdrop.start(list.size)
        cache.reserve(pixels.byteCount - reserved)
        reserved = pixels.byteCount
        try collect(list.nodes[held..<wanted], on: plane, touching: [plane.cut])
        draw([plane.cut], into: pixels, held > 0 ? .present : .transparent)
        operations.removeAll(keepingCapacity: true)
        backdrop.keep(list.nodes[..<wanted])
        return wanted
    }

    private func draw(_ rects: [PixelRect], into buffer: PixelBuffer, _ ground: Ground) {
        buffer.withMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var surface = fp_surface(
                bytes: base.assumingMemoryBound(to: UInt8.self), stride: buffer.stride,
                width: Int32(buffer.size.width), height: Int32(buffer.size.height))
            for rect in rects { drawInBands(rect, &surface, ground) }
        }
    }

    /// In bands that stay in the processor's cache while one layer after the other is laid on them.
    private func drawInBands(_ rect: PixelRect, _ surface: inout fp_surface, _ ground: Ground) {
        let rows = operations.count > 1 ? max(16, Self.bandBytes / (4 * rect.width)) : rect.height
        var y = rect.y
        while y < rect.maxY {
            let height = min(rows, rect.maxY - y)
            draw(PixelRect(x: rect.x, y: y, width: rect.width, height: height), &surface, ground)
            y += height
        }
    }

    /// Draws blocks and the margin on their left.
    private func drawBands(_ drawn: PixelRect, of size: PixelSize, _ ground: Ground, _ take: (PixelBand) -> Void) {
        let left = drawn.x == 0 ? 0 : drawn.x + PixelBand.margin
        let end = (drawn.maxX + PixelBand.blockWidth - 1) & -PixelBand.blockWidth
        let stride = ((end - drawn.x) * 4 + 63) & ~63
        let rows = min(drawn.height, max(16, Self.bandBytes / stride) & -PixelBand.blockHeight)
        scratch.withBytes(stride * rows) { memory in
            for y in Swift.stride(from: drawn.y, to: drawn.maxY, by: rows) {
                let height = min(rows, drawn.maxY - y)
                let origin = memory.assumingMemoryBound(to: UInt8.self) - (y * stride + drawn.x * 4)
                var surface = fp_surface(
                    bytes: origin, stride: stride, width: Int32(size.width), height: Int32(size.height))
                draw(PixelRect(x: drawn.x, y: y, width: drawn.width, height: height), &surface, ground)
                take(
                    PixelBand(
                        rect: PixelRect(x: left, y: y, width: drawn.maxX - left, height: height), origin: origin,
                        stride: stride))
            }
        }
    }

    private func draw(_ rect: PixelRect, _ surface: inout fp_surface, _ ground: Ground) {
        // What an opaque picture hides altogether need not be drawn.
        let first = operations.lastIndex { $0.replaces && $0.bounds.contains(rect) }
        if first == nil { prepare(rect, surface, ground) }
        withUnsafePointer(to: scratch.rows) { rows in
            for index in (first ?? 0)..<operations.count where operations[index].bounds.intersects(rect) {
                kernels.pointee.draw(&operations[index].layer, &surface, fp_rect(rect), rows)
            }
        }
    }

    private func prepare(_ rect: PixelRect, _ surface: fp_surface, _ ground: Ground) {
        let start = UnsafeMutableRawPointer(surface.bytes) + rect.y * surface.stride + rect.x * 4
        switch ground {
        case .present: return
        case .transparent:
            for y in 0..<rect.height {
                (start + y * surface.stride).initializeMemory(as: UInt8.self, repeating: 0, count: rect.width * 4)
            }
        case .copied(let picture):
            picture.withBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                let first = base + rect.y * picture.stride + rect.x * 4
                for y in 0..<rect.height {
                    (start + y * surface.stride).copyMemory(from: first + y * picture.stride, byteCount: rect.width * 4)
                }
            }
        }
    }

    /// Collects what to draw, from the lowest to the topmost, leaving out what touches none of `rects`.
    private func collect(_ nodes: ArraySlice<Node>, on plane: Plane, touching rects: [PixelRect]) throws(RasterError) {
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
                        try collect(layer.content.nodes[...], on: inner, touching: rects)
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
