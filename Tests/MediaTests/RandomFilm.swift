import Drawing

/// Pictures with every kind of alpha, and runs of frames that change a few rectangles of them.
struct RandomFilm {
    let size: PixelSize
    var generator: SplitMix

    /// Whether there are only opaque plain colours, and clear.
    let isPlain: Bool

    init(_ width: Int, _ height: Int, seed: UInt64, isPlain: Bool = false) {
        self.isPlain = isPlain
        size = PixelSize(width: width, height: height)
        generator = SplitMix(state: seed)
    }

    /// Paints a rectangle: clear, opaque, a soft shade, noise or a thin line of text-like strokes.
    mutating func paint(_ rect: PixelRect, on buffer: PixelBuffer) {
        let kind = generator.next() % (isPlain ? 2 : 5)
        let color = (0..<3).map { _ in Int(generator.next() % 256) }
        let stride = buffer.stride
        buffer.withMutableBytes { bytes in
            for y in rect.y..<rect.maxY {
                for x in rect.x..<rect.maxX {
                    let alpha: Int =
                        switch kind {
                        case 0: 0
                        case 1: 255
                        case 2: 255 * (x - rect.x) / max(1, rect.width)
                        case 3: Int(generator.next() % 256)
                        default: (x + y) % 9 < 2 ? 255 : 0
                        }
                    let at = y * stride + 4 * x
                    for channel in 0..<3 { bytes[at + channel] = UInt8((color[channel] * alpha + 127) / 255) }
                    bytes[at + 3] = UInt8(alpha)
                }
            }
        }
    }

    mutating func rect() -> PixelRect {
        let x = Int(generator.next() % UInt64(size.width)), y = Int(generator.next() % UInt64(size.height))
        return PixelRect(
            x: x, y: y, width: min(size.width - x, 1 + Int(generator.next() % 90)),
            height: min(size.height - y, 1 + Int(generator.next() % 40)))
    }

    /// Frames that are drawn into one buffer, with what they damage.
    mutating func run(_ count: Int, _ body: (Frame) throws -> Void) rethrows {
        let buffer = PixelBuffer(size: size)
        for index in 0..<count {
            var damage = Damage.none
            for _ in 0..<(index % 3 == 2 ? 0 : 3) {
                let part = rect()
                paint(part, on: buffer)
                damage.add(part)
            }
            if index == 0 { damage = Damage(size.bounds) }
            try body(
                Frame(index: index, pixels: buffer, damage: damage, digest: Digest(words: (0, 0, 0, UInt64(index)))))
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
