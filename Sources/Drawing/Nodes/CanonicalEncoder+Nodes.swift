extension CanonicalEncoder {
    mutating func add(_ nodes: [Node]) {
        add(nodes.count)
        for node in nodes { add(node) }
    }

    mutating func add(_ rect: FixedRect) {
        add(rect.x)
        add(rect.y)
        add(rect.width)
        add(rect.height)
    }

    /// Adds one instruction after its tag.
    public mutating func add(_ node: Node) {
        switch node {
        case .path(let node):
            add(UInt8(1))
            add(node.path)
            add(node.style)
            add(node.paint)
        case .glyphs(let node):
            add(UInt8(2))
            add(node.run)
            add(node.style)
            add(node.paint)
        case .image(let node):
            add(UInt8(3))
            add(node.image)
            add(node.target)
        case .video(let node):
            add(UInt8(4))
            add(node.source)
            add(node.index)
            add(node.target)
        case .layer(let layer):
            add(UInt8(5))
            add(layer)
        case .accumulate(let node):
            add(UInt8(6))
            add(node.samples.count)
            for sample in node.samples {
                add(sample.content.digest)
                add(sample.weight)
            }
        }
    }

    private mutating func add(_ layer: Layer) {
        add(layer.content.digest)
        add(UInt8(bitPattern: layer.scale.step))
        add(layer.matrix)
        add(layer.opacity)
        add(layer.blend.rawValue)
        add(layer.light.multiply)
        add(layer.light.add)
        add(layer.effects.count)
        for effect in layer.effects {
            switch effect {
            case .blur(let sigma):
                add(UInt8(1))
                add(sigma)
            }
        }
        add(UInt8(layer.mask == nil ? 0 : 1))
        if let mask = layer.mask {
            add(mask.kind.rawValue)
            add(mask.content.digest)
        }
        add(UInt8(layer.clip == nil ? 0 : 1))
        if let clip = layer.clip {
            add(clip.rect)
            add(clip.radius)
        }
    }

    private mutating func add(_ matrix: Matrix3) {
        add(matrix.m11)
        add(matrix.m12)
        add(matrix.m13)
        add(matrix.m21)
        add(matrix.m22)
        add(matrix.m23)
        add(matrix.m31)
        add(matrix.m32)
        add(matrix.m33)
    }

    private mutating func add(_ path: Path) {
        add(path.verbs.map(\.rawValue))
        add(path.coordinates)
    }

    private mutating func add(_ run: GlyphRun) {
        add(run.font)
        add(run.size)
        add(run.glyphs.count)
        for glyph in run.glyphs {
            add(Int32(bitPattern: glyph.id))
            add(glyph.x)
            add(glyph.y)
        }
    }

    private mutating func add(_ style: DrawStyle) {
        switch style {
        case .fill: add(UInt8(1))
        case .fillEvenOdd: add(UInt8(2))
        case .stroke(let stroke):
            add(UInt8(3))
            add(stroke.width)
            add(stroke.join.rawValue)
            add(stroke.cap.rawValue)
        }
    }

    private mutating func add(_ paint: Paint) {
        switch paint {
        case .solid(let color):
            add(UInt8(1))
            add(Int32(bitPattern: color.rgba))
        case .gradient(let gradient):
            switch gradient.geometry {
            case .linear(let x0, let y0, let x1, let y1):
                add(UInt8(2))
                for value in [x0, y0, x1, y1] { add(value) }
            case .radial(let x, let y, let radiusX, let radiusY):
                add(UInt8(3))
                for value in [x, y, radiusX, radiusY] { add(value) }
            }
            add(gradient.stops.count)
            for stop in gradient.stops {
                add(Int32(stop.position))
                add(Int32(bitPattern: stop.color.rgba))
            }
        }
    }
}
