import CCairo
import CRasterKernels
import Drawing

extension Renderer {
    func fill(_ node: PathNode, on plane: Plane, into texture: Texture) throws(RasterError) {
        try fill(
            node.path.isEmpty ? nil : Node.path(node).touchedBounds, node.style, node.paint, on: plane, into: texture
        ) {
            Self.trace(node.path, x: 0, y: 0, $0, $1)
        }
    }

    func fill(_ node: GlyphsNode, on plane: Plane, into texture: Texture) throws(RasterError) {
        try fill(Node.glyphs(node).touchedBounds, node.style, node.paint, on: plane, into: texture) { context, frame in
            for (glyph, outline) in zip(node.run.glyphs, node.run.outlines) {
                Self.trace(outline, x: glyph.x, y: glyph.y, context, frame)
            }
        }
    }

    /// From 1/64 px of the content to pixels of a mask.
    struct Frame {
        let scale, dx, dy: Double
    }

    /// Cairo makes coverage of the outline, our kernels paint through it.
    private func fill(
        _ bounds: Rect?, _ style: DrawStyle, _ paint: Paint, on plane: Plane, into texture: Texture,
        trace: (OpaquePointer, Frame) -> Void
    ) throws(RasterError) {
        guard let bounds else { return }
        let area = plane.place(bounds).enclosing.intersection(plane.cut)
        if area.isEmpty { return }
        counts.fills += 1
        let stride = (area.width + 15) & ~15
        let isDrawn = scratch.withBytes(stride * area.height) { bytes in
            let mask = bytes.bindMemory(to: UInt8.self, capacity: stride * area.height)
            mask.initialize(repeating: 0, count: stride * area.height)
            guard let canvas = CairoCanvas(coverage: mask, width: area.width, height: area.height, stride: stride)
            else { return false }
            let frame = Frame(scale: plane.factor / 64, dx: plane.dx - Double(area.x), dy: plane.dy - Double(area.y))
            canvas.withContext { context in
                trace(context, frame)
                Self.cover(context, style, plane.factor)
            }
            guard canvas.finish() else { return false }
            switch paint {
            case .solid(let color):
                let word = color.premultiplied.word
                for y in 0..<area.height {
                    kernels.pointee.solid(
                        texture.row(y + area.y) + area.x, mask + y * stride, Int32(area.width), word)
                }
            case .gradient(let gradient):
                GradientTable(gradient, factor: plane.factor).withKernelForm { form in
                    // The pattern and the transition are placed by the pixels of the content's own raster plane.
                    let (x, y) = (area.x - Int(plane.dx), area.y - Int(plane.dy))
                    for row in 0..<area.height {
                        kernels.pointee.gradient(
                            texture.row(row + area.y) + area.x, mask + row * stride, Int32(area.width), Int32(x),
                            Int32(y + row), form)
                    }
                }
            }
            return true
        }
        if !isDrawn {
            throw RasterError(
                .drawing, "an outline of \(area.width)x\(area.height) pixels could not be filled",
                hint: "free memory, or make the outline smaller", layer: place)
        }
    }

    private static func cover(_ context: OpaquePointer, _ style: DrawStyle, _ factor: Double) {
        switch style {
        case .fill:
            cairo_set_fill_rule(context, CAIRO_FILL_RULE_WINDING)
            cairo_fill(context)
        case .fillEvenOdd:
            cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
            cairo_fill(context)
        case .stroke(let stroke):
            cairo_set_line_width(context, Fixed.pixels(stroke.width) * factor)
            cairo_set_miter_limit(context, 4)
            switch stroke.join {
            case .round: cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            case .miter: cairo_set_line_join(context, CAIRO_LINE_JOIN_MITER)
            case .bevel: cairo_set_line_join(context, CAIRO_LINE_JOIN_BEVEL)
            }
            switch stroke.cap {
            case .butt: cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
            case .round: cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
            }
            cairo_stroke(context)
        }
    }

    /// Adds an outline, moved by 1/64 px, to Cairo's path.
    private static func trace(_ path: Path, x: Int32, y: Int32, _ context: OpaquePointer, _ frame: Frame) {
        path.coordinates.withUnsafeBufferPointer { values in
            var at = 0
            var (lastX, lastY) = (0.0, 0.0)
            // Cairo counts in 24.8 bits; farther away than this is cut off.
            func take() -> (Double, Double) {
                let px = (Double(values[at]) + Double(x)) * frame.scale + frame.dx
                let py = (Double(values[at + 1]) + Double(y)) * frame.scale + frame.dy
                at += 2
                (lastX, lastY) = (max(-1e6, min(1e6, px)), max(-1e6, min(1e6, py)))
                return (lastX, lastY)
            }
            for verb in path.verbs {
                switch verb {
                case .move:
                    let p = take()
                    cairo_move_to(context, p.0, p.1)
                case .line:
                    let p = take()
                    cairo_line_to(context, p.0, p.1)
                case .quad:
                    let from = (lastX, lastY)
                    let control = take()
                    let to = take()
                    cairo_curve_to(
                        context, from.0 + (control.0 - from.0) * 2 / 3, from.1 + (control.1 - from.1) * 2 / 3,
                        to.0 + (control.0 - to.0) * 2 / 3, to.1 + (control.1 - to.1) * 2 / 3, to.0, to.1)
                case .cubic:
                    let (a, b, to) = (take(), take(), take())
                    cairo_curve_to(context, a.0, a.1, b.0, b.1, to.0, to.1)
                case .close: cairo_close_path(context)
                }
            }
        }
    }
}

extension PremultipliedColor {
    /// The pixel as a little-endian word.
    var word: UInt32 { UInt32(alpha) << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}
