extension DisplayList {
    /// The list as indented text, one instruction a line, for goldens and for reading: what is drawn where, with the
    /// source text of glyphs; the same list always gives the same text.
    public var dump: String {
        var lines = ["canvas \(size) \(digest)"]
        Dumper.add(nodes, depth: 1, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }
}

private enum Dumper {
    static func add(_ nodes: [Node], depth: Int, to lines: inout [String]) {
        let indent = String(repeating: "  ", count: depth)
        for node in nodes {
            switch node {
            case .path(let node):
                lines.append("\(indent)path \(text(node.path.bounds)) \(text(node.style)) \(text(node.paint))")
            case .glyphs(let node):
                lines.append(
                    "\(indent)glyphs \"\(node.run.text)\" size \(text(node.run.size)) \(text(node.run.bounds)) "
                        + "\(text(node.style)) \(text(node.paint))")
            case .image(let node): lines.append("\(indent)image \(short(node.image)) \(text(node.target.rect))")
            case .video(let node):
                lines.append("\(indent)video \(short(node.source)) frame \(node.index) \(text(node.target.rect))")
            case .layer(let layer):
                lines.append(indent + text(layer))
                add(layer.content.nodes, depth: depth + 1, to: &lines)
                if let mask = layer.mask {
                    lines.append("\(indent)  mask \(mask.kind)")
                    add(mask.content.nodes, depth: depth + 2, to: &lines)
                }
            case .accumulate(let node):
                lines.append("\(indent)accumulate \(node.samples.count)")
                for sample in node.samples {
                    lines.append("\(indent)  weight \(sample.weight)")
                    add(sample.content.nodes, depth: depth + 2, to: &lines)
                }
            }
        }
    }

    private static func text(_ layer: Layer) -> String {
        let m = layer.matrix
        var parts = ["layer \(layer.id) \(text(layer.content.bounds.rect))"]
        if m.isTranslation {
            parts.append("at \(text(m.m13)),\(text(m.m23))")
        } else {
            parts.append(
                "matrix "
                    + [m.m11, m.m12, m.m13, m.m21, m.m22, m.m23, m.m31, m.m32].map(text).joined(separator: " "))
        }
        if layer.scale != .one { parts.append("scale \(layer.scale.step)/4") }
        if layer.opacity != 255 { parts.append("opacity \(layer.opacity)") }
        if layer.blend != .normal { parts.append("blend \(layer.blend)") }
        if layer.light != .none { parts.append("light \(layer.light.multiply)+\(layer.light.add)") }
        for effect in layer.effects {
            switch effect {
            case .blur(let sigma): parts.append("blur \(text(sigma))")
            }
        }
        if let clip = layer.clip { parts.append("clip \(text(clip.rect.rect)) radius \(text(clip.radius))") }
        return parts.joined(separator: " ")
    }

    private static func text(_ style: DrawStyle) -> String {
        switch style {
        case .fill: "fill"
        case .fillEvenOdd: "fill-even-odd"
        case .stroke(let stroke): "stroke \(text(stroke.width))"
        }
    }

    private static func text(_ paint: Paint) -> String {
        switch paint {
        case .solid(let color): color.hex
        case .gradient(let gradient):
            switch gradient.geometry {
            case .linear: "linear(" + gradient.stops.map(\.color.hex).joined(separator: " ") + ")"
            case .radial: "radial(" + gradient.stops.map(\.color.hex).joined(separator: " ") + ")"
            }
        }
    }

    private static func text(_ rect: Rect) -> String {
        "[\(text(rect.x)) \(text(rect.y)) \(text(rect.width)) \(text(rect.height))]"
    }

    private static func text(_ steps: Int32) -> String { text(Fixed.pixels(steps)) }

    /// Up to six decimals, without trailing zeros: exact for 1/64 px.
    private static func text(_ value: Double) -> String {
        let scaled = (abs(value) * 1_000_000).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let whole = Int(scaled) / 1_000_000
        var fraction = String(Int(scaled) % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }

    private static func short(_ digest: Digest) -> Substring { digest.description.prefix(12) }
}
