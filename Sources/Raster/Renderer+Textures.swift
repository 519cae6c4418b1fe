import CRasterKernels
import Drawing

extension Renderer {
    /// The longest side of a texture; Cairo's images end there.
    static let longestSide = 32767
    /// The most memory of a texture.
    static let mostBytes = 256 << 20
    /// An instruction on the canvas with more pixels than this is cut at what its parent shows of it.
    private static let largestWholeNode = 8192.0

    /// The rasterised content of a layer with its filters and mask, or nil when it has no pixels.
    func texture(of layer: Layer) throws(RasterError) -> Texture? {
        try texture(of: layer.content, scale: layer.scale, effects: layer.effects, mask: layer.mask)
    }

    private func texture(
        of content: LayerContent, scale: RasterScale, effects: [Effect], mask: Mask?
    ) throws(RasterError) -> Texture? {
        let key = TextureKey.content(content: content.digest, scale: scale, effects: effects, mask: mask)
        if let known = cache.texture(for: key) {
            counts.hits += 1
            return known
        }
        counts.draws += 1
        let texture = try makeTexture(of: content, scale: scale, effects: effects, mask: mask)
        cache.insert(texture, for: key)
        return texture
    }

    private func makeTexture(
        of content: LayerContent, scale: RasterScale, effects: [Effect], mask: Mask?
    ) throws(RasterError) -> Texture? {
        let factor = scale.factor
        let drawn = content.bounds.rect.scaled(by: factor).wholePixels
        let spread = effects.reduce(0) { $0 + $1.support }
        let bounds =
            content.bounds.rect.isEmpty
            ? .zero : content.bounds.rect.insetBy(-spread).scaled(by: factor).wholePixels
        guard !drawn.isEmpty, !content.nodes.isEmpty else { return nil }
        let texture = try newTexture(bounds.union(drawn))
        let cut = PixelRect(
            x: drawn.x - texture.bounds.x, y: drawn.y - texture.bounds.y, width: drawn.width, height: drawn.height)
        try paint(content.nodes, on: plane(of: texture, factor: factor, cut: cut), into: texture)
        for effect in effects {
            switch effect {
            case .blur(let sigma): blur(texture, sigma: Fixed.pixels(sigma) * factor)
            }
        }
        if let mask { try multiply(texture, by: mask, scale: scale) }
        texture.seal(kernels)
        return texture.drawn.isEmpty ? nil : texture
    }

    private func multiply(_ texture: Texture, by mask: Mask, scale: RasterScale) throws(RasterError) {
        let cutter = try self.texture(of: mask.content, scale: scale, effects: [], mask: nil)
        let area = cutter.map { $0.bounds.intersection(texture.bounds) } ?? .zero
        let kind: Int32 =
            switch mask.kind {
            case .alpha: 0
            case .luminance: 1
            case .invertedAlpha: 2
            }
        for y in 0..<texture.bounds.height {
            let row = texture.row(y)
            let planeY = y + texture.bounds.y
            if let cutter, planeY >= area.y, planeY < area.maxY {
                let (left, right) = (area.x - texture.bounds.x, area.maxX - texture.bounds.x)
                if kind != 2 {
                    row.update(repeating: 0, count: left)
                    (row + right).update(repeating: 0, count: texture.bounds.width - right)
                }
                let mask = cutter.row(planeY - cutter.bounds.y) + (area.x - cutter.bounds.x)
                kernels.pointee.mask(row + left, mask, Int32(area.width), kind)
            } else if kind != 2 {
                row.update(repeating: 0, count: texture.bounds.width)
            }
        }
    }

    /// The raster pixels of an instruction that lies on the canvas itself, in its content's pixels.
    func textureArea(of node: Node, on plane: Plane) -> PixelRect? {
        guard let bounds = node.touchedBounds, !bounds.isEmpty else { return nil }
        let area = bounds.enclosing
        if bounds.width <= Self.largestWholeNode && bounds.height <= Self.largestWholeNode { return area }
        let cut = PixelRect(
            x: plane.cut.x - Int(plane.dx), y: plane.cut.y - Int(plane.dy), width: plane.cut.width,
            height: plane.cut.height
        ).intersection(area)
        return cut.isEmpty ? nil : cut
    }

    /// An instruction on the canvas, drawn for itself at one to one.
    func texture(of node: Node, area: PixelRect) throws(RasterError) -> Texture? {
        let key = TextureKey.node(node, cut: area)
        if let known = cache.texture(for: key) {
            counts.hits += 1
            return known
        }
        counts.draws += 1
        var texture: Texture?
        if case .accumulate(let accumulate) = node {
            texture = try makeMean(of: accumulate, factor: 1, area: area)
        } else {
            let made = try newTexture(area)
            try paint(
                [node],
                on: plane(of: made, factor: 1, cut: PixelRect(x: 0, y: 0, width: area.width, height: area.height)),
                into: made)
            made.seal(kernels)
            texture = made.drawn.isEmpty ? nil : made
        }
        cache.insert(texture, for: key)
        return texture
    }

    /// The weighted mean of drawings over `area`, raster pixels of their common plane.
    func makeMean(of node: Accumulate, factor: Double, area: PixelRect) throws(RasterError) -> Texture? {
        let mean = try newTexture(area)
        let count = area.width * area.height * 4
        try scratch.withBytes(count * 4) { bytes throws(RasterError) in
            let sums = bytes.bindMemory(to: UInt32.self, capacity: count)
            sums.initialize(repeating: 0, count: count)
            for sample in node.samples where sample.weight != 0 {
                let drawing = try newTexture(area)
                let bounds = sample.content.bounds.rect.scaled(by: factor).wholePixels.intersection(area)
                let cut = PixelRect(
                    x: bounds.x - area.x, y: bounds.y - area.y, width: bounds.width, height: bounds.height)
                try paint(sample.content.nodes, on: plane(of: drawing, factor: factor, cut: cut), into: drawing)
                for y in 0..<area.height {
                    kernels.pointee.accumulate(
                        sums + y * area.width * 4, drawing.row(y), Int32(area.width), UInt32(bitPattern: sample.weight))
                }
            }
            for y in 0..<area.height {
                kernels.pointee.mean(mean.row(y), sums + y * area.width * 4, Int32(area.width))
            }
        }
        mean.seal(kernels)
        return mean.drawn.isEmpty ? nil : mean
    }

    /// A transparent texture.
    func newTexture(_ bounds: PixelRect) throws(RasterError) -> Texture {
        guard bounds.width <= Self.longestSide, bounds.height <= Self.longestSide,
            bounds.width * bounds.height * 4 <= Self.mostBytes
        else {
            throw RasterError(
                .textureTooLarge, "a drawing of \(bounds.width)x\(bounds.height) raster pixels is too large",
                hint:
                    "keep every layer below \(Self.longestSide) pixels a side and 64 million pixels; split long lists",
                layer: place)
        }
        return Texture(bounds: bounds, pool: pool)
    }

    private func plane(of texture: Texture, factor: Double, cut: PixelRect) -> Plane {
        Plane(
            factor: factor, dx: -Double(texture.bounds.x), dy: -Double(texture.bounds.y), cut: cut,
            width: texture.bounds.width, height: texture.bounds.height)
    }
}
