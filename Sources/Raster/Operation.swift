import CRasterKernels
import Drawing

/// A texture at its place, ready for the kernel.
struct Operation {
    /// Keeps the pixels alive, whatever the cache does.
    let texture: Texture
    /// What the kernel is told.
    var layer: fp_layer
    /// The target's pixels that can be touched.
    var bounds: PixelRect
    /// True when all of `bounds` is replaced, whatever was there.
    var replaces: Bool

    private init(texture: Texture, surface: fp_surface) {
        self.texture = texture
        layer = fp_layer()
        layer.texture = surface
        (layer.opacity, layer.multiply) = (255, 255)
        layer.opaque = texture.isOpaque ? 1 : 0
        bounds = .zero
        replaces = false
    }

    /// A texture at a whole-pixel place.
    init?(texture: Texture, x: Int, y: Int, cut: PixelRect) {
        self.init(texture: texture, surface: texture.surface(of: texture.drawn))
        let drawn = texture.drawn
        let place = PixelRect(
            x: drawn.x - texture.bounds.x + x, y: drawn.y - texture.bounds.y + y, width: drawn.width,
            height: drawn.height)
        bounds = place.intersection(cut)
        guard !bounds.isEmpty else { return nil }
        layer.kind = Int32(FP_WHOLE)
        (layer.x, layer.y) = (Int32(place.x), Int32(place.y))
        replaces = texture.isOpaque
        layer.bounds = fp_rect(bounds)
    }

    /// A layer's texture, placed by the layer's matrix on a plane; nil when nothing of it is inside.
    init?(texture: Texture, of source: Layer, on plane: Plane) {
        guard !texture.drawn.isEmpty else { return nil }
        let place = Placement(source, bounds: texture.bounds, on: plane)
        switch place.kind {
        case .moved(let x, let y, let fractionX, let fractionY):
            if fractionX == 0 && fractionY == 0 {
                self.init(texture: texture, x: x, y: y, cut: plane.cut)
            } else {
                let drawn = texture.drawn
                let (left, top) = (drawn.x - texture.bounds.x + x, drawn.y - texture.bounds.y + y)
                let area = PixelRect(
                    x: left, y: top, width: drawn.width + (fractionX > 0 ? 1 : 0),
                    height: drawn.height + (fractionY > 0 ? 1 : 0))
                self.init(texture: texture, surface: texture.surface(of: drawn))
                bounds = area.intersection(plane.cut)
                layer.kind = Int32(FP_SHIFT)
                (layer.x, layer.y) = (Int32(left), Int32(top))
                (layer.fraction_x, layer.fraction_y) = (Int32(fractionX), Int32(fractionY))
            }
        case .warped(let matrix):
            self.init(texture: texture, surface: texture.surface)
            var entries = (
                matrix.m11, matrix.m12, matrix.m13, matrix.m21, matrix.m22, matrix.m23, matrix.m31, matrix.m32,
                matrix.m33
            )
            let isVisible = withUnsafeMutablePointer(to: &layer) { layer in
                withUnsafeBytes(of: &entries) {
                    fp_place(
                        layer, $0.assumingMemoryBound(to: Double.self).baseAddress, Int32(plane.width),
                        Int32(plane.height))
                }
            }
            guard isVisible else { return nil }
            bounds = PixelRect(layer.bounds).intersection(plane.cut)
        }
        finish(source, plane)
        guard !bounds.isEmpty else { return nil }
    }

    private mutating func finish(_ source: Layer, _ plane: Plane) {
        layer.opacity = source.opacity
        layer.multiply = source.light.multiply
        layer.add = source.light.add
        layer.blend = source.blend.rawValue
        if source.opacity != 255 || source.blend != .normal { replaces = false }
        if let clip = source.clip {
            let rect = plane.place(clip.rect.rect)
            bounds = bounds.intersection(rect.enclosing)
            let radius = min(Fixed.pixels(clip.radius) * plane.factor, rect.width / 2, rect.height / 2)
            let isWhole = radius == 0 && rect.isWhole
            if !isWhole {
                layer.clipped = 1
                (layer.clip_x0, layer.clip_y0) = (Float(rect.x), Float(rect.y))
                (layer.clip_x1, layer.clip_y1) = (Float(rect.maxX), Float(rect.maxY))
                layer.clip_radius = Float(radius)
                replaces = false
            }
        }
        layer.bounds = fp_rect(bounds)
    }
}

extension fp_rect {
    init(_ rect: PixelRect) {
        self.init(x0: Int32(rect.x), y0: Int32(rect.y), x1: Int32(rect.maxX), y1: Int32(rect.maxY))
    }
}

extension PixelRect {
    init(_ rect: fp_rect) {
        self.init(
            x: Int(rect.x0), y: Int(rect.y0), width: Int(rect.x1 - rect.x0), height: Int(rect.y1 - rect.y0))
    }
}
