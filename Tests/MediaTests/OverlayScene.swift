import Drawing
import Media

/// What overlays are made of: a panel with round, soft edges and a half-transparent shadow that goes to and fro over nothing.
struct OverlayScene {
    let size: PixelSize

    /// Straight colour and alpha, each from 0 to 1.
    private func pixel(_ x: Int, _ y: Int, _ index: Int) -> (color: (Double, Double, Double), alpha: Double) {
        let (width, height) = (Double(size.width), Double(size.height))
        // Distance from the edge of a rounded rectangle, positive outside.
        func distance(_ dx: Double, _ dy: Double) -> Double {
            let (halfX, halfY, radius) = (width * 0.3, height * 0.25, 10.0)
            let center = width / 2 + 2.25 * Double(index % 12) - 12
            let px = abs(Double(x) + 0.5 - center - dx) - halfX + radius
            let py = abs(Double(y) + 0.5 - height / 2 - dy) - halfY + radius
            return (max(px, 0) * max(px, 0) + max(py, 0) * max(py, 0)).squareRoot() + min(max(px, py), 0) - radius
        }
        let panel = min(max(0.5 - distance(0, 0), 0), 1)
        let shadow = 0.5 * min(max((8 - distance(2, 4)) / 12, 0), 1)
        let alpha = panel + shadow * (1 - panel)
        let stripe = (x / 6 + y / 6) % 4 == 0
        let color = stripe ? (0.2, 0.3, 0.9) : (0.95, 0.75, 0.3)
        let share = alpha > 0 ? panel / alpha : 0
        return ((color.0 * share, color.1 * share, color.2 * share), alpha)
    }

    func buffer(_ index: Int) -> PixelBuffer {
        let buffer = PixelBuffer(size: size)
        buffer.withMutableBytes { bytes in
            for y in 0..<size.height {
                for x in 0..<size.width {
                    let (color, alpha) = pixel(x, y, index)
                    let at = y * buffer.stride + 4 * x
                    let channels = [color.2, color.1, color.0]
                    for (place, value) in channels.enumerated() {
                        bytes[at + place] = UInt8((value * alpha * 255).rounded())
                    }
                    bytes[at + 3] = UInt8((alpha * 255).rounded())
                }
            }
        }
        return buffer
    }

    func frame(_ index: Int) -> Frame {
        Frame(
            index: index, pixels: buffer(index), damage: Damage(size.bounds),
            digest: Digest(words: (0, 0, 0, UInt64(index))))
    }
}
