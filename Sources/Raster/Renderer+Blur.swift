import CRasterKernels
import Drawing

extension Renderer {
    /// From this standard deviation on, three box filters stand in for the Gaussian (off by under 1 % of the peak).
    private static let boxesFrom = 6.0

    /// Blurs a texture in place with 16 bits a channel; `sigma` in raster pixels.
    func blur(_ texture: Texture, sigma: Double) {
        guard sigma > 0.05 else { return }
        let (width, height) = (texture.bounds.width, texture.bounds.height)
        let plane = width * height * 4
        let radius = Int((3 * sigma).rounded(.up))
        let line = 8 * width + 8 * radius
        scratch.withBytes(plane * 4 + line * 4 + 64) { bytes in
            let first = bytes.bindMemory(to: UInt16.self, capacity: plane)
            let second = (bytes + plane * 2).bindMemory(to: UInt16.self, capacity: plane)
            let rest = bytes + ((plane * 4 + 63) & ~63)
            for y in 0..<height { kernels.pointee.widen(first + y * width * 4, texture.row(y), Int32(width)) }
            if sigma < Self.boxesFrom {
                let floats = rest.bindMemory(to: Float.self, capacity: line)
                let weights = Self.gaussian(sigma, radius)
                kernels.pointee.kernel_rows(
                    first, second, Int32(width), Int32(height), Int32(radius), weights, floats)
                kernels.pointee.kernel_columns(
                    second, first, Int32(width), Int32(height), Int32(radius), weights, floats)
            } else {
                let sums = rest.bindMemory(to: Int32.self, capacity: width * 4)
                // Three boxes of 2 r + 1 + 2 e samples with the variance of the Gaussian (Gwosdek et al. 2011).
                let variance = sigma * sigma / 3
                let boxRadius = ((12 * variance + 1).squareRoot() / 2 - 0.5).rounded(.down)
                let full = (2 * boxRadius + 1) * (boxRadius * (boxRadius + 1) - 3 * variance)
                let edge = full / (6 * (variance - (boxRadius + 1) * (boxRadius + 1)))
                var (from, to) = (first, second)
                for pass in 0..<6 {
                    if pass % 2 == 0 {
                        kernels.pointee.box_rows(
                            from, to, Int32(width), Int32(height), Int32(boxRadius), Float(edge))
                    } else {
                        kernels.pointee.box_columns(
                            from, to, Int32(width), Int32(height), Int32(boxRadius), Float(edge), sums)
                    }
                    swap(&from, &to)
                }
            }
            for y in 0..<height {
                kernels.pointee.narrow(
                    texture.row(y), first + y * width * 4, Int32(width), Int32(texture.bounds.x),
                    Int32(texture.bounds.y + y))
            }
        }
    }

    /// The middle weight and those to one side; together they make 1.
    private static func gaussian(_ sigma: Double, _ radius: Int) -> [Float] {
        let raw = (0...radius).map { PortableMath.exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = raw.dropFirst().reduce(raw[0]) { $0 + 2 * $1 }
        return raw.map { Float($0 / sum) }
    }
}
