import CRasterKernels
import Drawing

/// A gradient in the numbers of its kernel.
struct GradientTable {
    private var form: fp_gradient
    private let positions: [Float]
    private let colors: [Float]

    /// The gradient on a raster plane with `factor` pixels to a content pixel.
    init(_ gradient: Gradient, factor: Double) {
        positions = gradient.stops.map { Float($0.position) / 65535 }
        colors = gradient.stops.flatMap { stop -> [Float] in
            let alpha = Float(stop.color.alpha)
            return [stop.color.blue, stop.color.green, stop.color.red].map { Float($0) * alpha / 255 } + [alpha]
        }
        form = fp_gradient()
        form.count = Int32(positions.count)
        switch gradient.geometry {
        case .linear(let x0, let y0, let x1, let y1):
            let (startX, startY) = (Fixed.pixels(x0) * factor, Fixed.pixels(y0) * factor)
            let (dx, dy) = (Fixed.pixels(x1) * factor - startX, Fixed.pixels(y1) * factor - startY)
            let square = dx * dx + dy * dy
            // Without a direction all is the end.
            guard square > 0 else {
                form.ac = 1
                return
            }
            (form.ax, form.ay) = (Float(dx / square), Float(dy / square))
            form.ac = Float(-(startX * dx + startY * dy) / square)
        case .radial(let x, let y, let radiusX, let radiusY):
            form.radial = 1
            let (rx, ry) = (
                Fixed.pixels(max(1, radiusX)) * factor, Fixed.pixels(max(1, radiusY)) * factor
            )
            (form.ax, form.ay) = (Float(1 / rx), Float(1 / ry))
            (form.ac, form.bc) = (Float(-Fixed.pixels(x) * factor / rx), Float(-Fixed.pixels(y) * factor / ry))
        }
    }

    /// Lends the kernel's form.
    func withKernelForm(_ body: (UnsafePointer<fp_gradient>) -> Void) {
        positions.withUnsafeBufferPointer { positions in
            colors.withUnsafeBufferPointer { colors in
                var form = form
                form.positions = positions.baseAddress
                form.colors = colors.baseAddress
                body(&form)
            }
        }
    }
}
