import CRasterKernels
import Drawing

extension Renderer {
    /// Draws a picture scaled into `target` (pixels of the content): mean over areas where it shrinks, Catmull-Rom where it grows.
    func draw(_ picture: PixelBuffer, target: Rect, on plane: Plane, into texture: Texture) {
        let rect = plane.place(target)
        let area = rect.enclosing.intersection(plane.cut)
        if area.isEmpty { return }
        let across = ResamplingAxis(source: picture.size.width, start: rect.x, length: rect.width, area.x..<area.maxX)
        let down = ResamplingAxis(source: picture.size.height, start: rect.y, length: rect.height, area.y..<area.maxY)
        let count = picture.size.width * 4
        picture.withBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            var source = fp_surface(
                bytes: UnsafeMutablePointer(mutating: base), stride: picture.stride, width: Int32(picture.size.width),
                height: Int32(picture.size.height))
            let part = PixelRect(
                x: area.x + texture.bounds.x, y: area.y + texture.bounds.y, width: area.width, height: area.height)
            var surface = texture.surface(of: part)
            scratch.withBytes(count * 4) { line in
                across.withKernelForm { across in
                    down.withKernelForm { down in
                        kernels.pointee.resample(
                            &source, &surface, across, down, line.bindMemory(to: Float.self, capacity: count))
                    }
                }
            }
        }
    }
}

/// Which samples of one side of a picture make each output pixel.
struct ResamplingAxis {
    private let taps: Int
    private var first: [Int32] = []
    private var weights: [Float] = []
    private var cover: [Float] = []

    /// The outputs `range` of a picture of `source` samples that lies over `length` pixels from `start` on.
    init(source: Int, start: Double, length: Double, _ range: Range<Int>) {
        let ratio = Double(source) / length
        let isShrunk = ratio > 1
        taps = min(source, isShrunk ? Int(ratio.rounded(.up)) + 1 : 4)
        weights.reserveCapacity(range.count * taps)
        for pixel in range {
            let (low, high) = (max(start, Double(pixel)), min(start + length, Double(pixel + 1)))
            cover.append(Float(max(0, high - low)))
            let center = ((low + high) / 2 - start) * ratio
            var samples: [(Int, Double)] = []
            if isShrunk {
                let from = max(0, min(Double(source) - 1, center - ratio / 2))
                let to = max(from + 1e-9, min(Double(source), center + ratio / 2))
                var index = Int(from)
                while index < source, Double(index) < to {
                    samples.append((index, min(to, Double(index + 1)) - max(from, Double(index))))
                    index += 1
                }
            } else {
                let base = (center - 0.5).rounded(.down)
                let t = center - 0.5 - base
                for (offset, weight) in Self.catmullRom(t).enumerated() {
                    samples.append((max(0, min(source - 1, Int(base) - 1 + offset)), weight))
                }
            }
            let begin = max(0, min(source - taps, samples.first?.0 ?? 0))
            var row = [Double](repeating: 0, count: taps)
            for (index, weight) in samples { row[max(0, min(taps - 1, index - begin))] += weight }
            let sum = row.reduce(0, +)
            first.append(Int32(begin))
            weights.append(contentsOf: row.map { Float($0 / sum) })
        }
    }

    private static func catmullRom(_ t: Double) -> [Double] {
        [
            ((-t + 2) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((-3 * t + 4) * t + 1) * t / 2,
            (t - 1) * t * t / 2,
        ]
    }

    /// Lends the kernel's form.
    func withKernelForm(_ body: (UnsafePointer<fp_axis>) -> Void) {
        first.withUnsafeBufferPointer { first in
            weights.withUnsafeBufferPointer { weights in
                cover.withUnsafeBufferPointer { cover in
                    var form = fp_axis(
                        taps: Int32(taps), first: first.baseAddress, weights: weights.baseAddress,
                        cover: cover.baseAddress)
                    body(&form)
                }
            }
        }
    }
}
