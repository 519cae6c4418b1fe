import CRasterKernels
import Drawing

extension Renderer {
    /// Draws instructions into a texture, over what is there.
    func paint(_ nodes: [Node], on plane: Plane, into texture: Texture) throws(RasterError) {
        if plane.cut.isEmpty { return }
        for node in nodes {
            switch node {
            case .path(let node): try fill(node, on: plane, into: texture)
            case .glyphs(let node): try fill(node, on: plane, into: texture)
            case .image(let node):
                let pixels: PixelBuffer
                do { pixels = try images.pixels(of: node.image) } catch { throw missing("image", node.image, error) }
                draw(pixels, target: node.target.rect, on: plane, into: texture)
            case .video(let node):
                let pixels: PixelBuffer
                do {
                    pixels = try images.pixels(of: node.source, frame: node.index)
                } catch {
                    throw missing("frame \(node.index) of video", node.source, error)
                }
                draw(pixels, target: node.target.rect, on: plane, into: texture)
            case .layer(let layer): try paint(layer, on: plane, into: texture)
            case .accumulate(let accumulate):
                let union = accumulate.samples.reduce(Rect.zero) { $0.union($1.content.bounds.rect) }
                let area = plane.place(union).wholePixels.intersection(plane.cut)
                if area.isEmpty { continue }
                // On the plane of the content, so that its dither and its whole pixels are those of the content.
                let (dx, dy) = (Int(plane.dx), Int(plane.dy))
                let local = PixelRect(x: area.x - dx, y: area.y - dy, width: area.width, height: area.height)
                guard let mean = try makeMean(of: accumulate, factor: plane.factor, area: local) else { continue }
                if let operation = Operation(texture: mean, x: area.x, y: area.y, cut: plane.cut) {
                    execute(operation, into: texture)
                }
            }
        }
    }

    private func paint(_ layer: Layer, on plane: Plane, into texture: Texture) throws(RasterError) {
        if layer.opacity == 0 { return }
        let outer = place
        place = layer.id
        defer { place = outer }
        if plane.factor == 1, layer.isFlat {
            return try paint(layer.content.nodes, on: flattened(layer, on: plane), into: texture)
        }
        guard let source = try self.texture(of: layer),
            let operation = Operation(texture: source, of: layer, on: plane)
        else { return }
        execute(operation, into: texture)
    }

    private func execute(_ operation: Operation, into texture: Texture) {
        var layer = operation.layer
        var surface = texture.surface
        withUnsafePointer(to: scratch.rows) { rows in
            kernels.pointee.draw(&layer, &surface, operation.layer.bounds, rows)
        }
    }

    private func missing(_ what: String, _ digest: Digest, _ cause: any Error) -> RasterError {
        RasterError(
            .imageMissing, "\(what) \(String(digest.description.prefix(12))) cannot be had",
            hint: "check that the file is still there and can be decoded", layer: place, cause: cause)
    }
}
