import Drawing
import Media
import Testing

/// Numbers that look random and are the same in every run.
struct Noise {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func fill(_ buffer: PixelBuffer, _ rect: PixelRect, opaque: Bool = false) {
        let stride = buffer.stride
        buffer.withMutableBytes { bytes in
            for y in rect.y..<rect.maxY {
                for x in rect.x..<rect.maxX {
                    let alpha = opaque ? 255 : [0, 255, next(256), 1 + next(4)][next(4)]
                    for channel in 0..<3 { bytes[y * stride + x * 4 + channel] = UInt8(next(alpha + 1)) }
                    bytes[y * stride + x * 4 + 3] = UInt8(alpha)
                }
            }
        }
    }
}

@Suite struct YUVTests {
    /// The definition in real numbers: BT.709 limited of the filtered colours, without dither.
    private func exact(_ buffer: PixelBuffer) -> (y: [Double], u: [Double], v: [Double]) {
        let (width, height) = (buffer.size.width, buffer.size.height)
        func rgb(_ x: Int, _ y: Int) -> (Double, Double, Double) {
            let color = buffer[max(0, x), y]
            return (Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
        }
        func luma(_ c: (Double, Double, Double)) -> Double { 0.2126 * c.0 + 0.7152 * c.1 + 0.0722 * c.2 }
        var (ys, us, vs): ([Double], [Double], [Double]) = ([], [], [])
        for y in 0..<height { for x in 0..<width { ys.append(16 + 219 * luma(rgb(x, y))) } }
        for y in stride(from: 0, to: height, by: 2) {
            for x in stride(from: 0, to: width, by: 2) {
                var sum = (0.0, 0.0, 0.0)
                for (dx, weight) in [(-1, 0.125), (0, 0.25), (1, 0.125)] {
                    for dy in 0..<2 {
                        let c = rgb(x + dx, y + dy)
                        sum = (sum.0 + weight * c.0, sum.1 + weight * c.1, sum.2 + weight * c.2)
                    }
                }
                us.append(128 + 224 * (sum.2 - luma(sum)) / 1.8556)
                vs.append(128 + 224 * (sum.0 - luma(sum)) / 1.5748)
            }
        }
        return (ys, us, vs)
    }

    @Test(
        arguments: CPULevel.allCases,
        [PixelSize(width: 62, height: 34), PixelSize(width: 2, height: 2), PixelSize(width: 64, height: 16)])
    func withinOneCodeOfTheDefinition(_ level: CPULevel, _ size: PixelSize) {
        let buffer = PixelBuffer(size: size)
        var noise = Noise(7)
        noise.fill(buffer, size.bounds)
        let picture = YUVPicture(size: size)
        picture.update(from: buffer, damage: .none, level: level)
        let packed = picture.packed()
        let exact = exact(buffer)
        var sum = 0.0
        for (code, value) in zip(packed, exact.y + exact.u + exact.v) {
            #expect(abs(Double(code) - value) < 1.01)
            sum += Double(code) - value
        }
        if size.width > 2 { #expect(abs(sum / Double(packed.count)) < 0.03, "no bias") }
    }

    @Test(arguments: CPULevel.allCases) func greysAndPrimariesAreExact(_ level: CPULevel) {
        let size = PixelSize(width: 32, height: 32)
        for grey in 0...255 {
            let picture = YUVPicture(size: size)
            picture.update(from: flat(size, UInt8(grey), UInt8(grey), UInt8(grey)), damage: .none, level: level)
            let packed = picture.packed()
            let luma = 16 + 219 * Double(grey) / 255
            let mean = packed[..<1024].reduce(0.0) { $0 + Double($1) } / 1024
            #expect(abs(mean - luma) < 0.02, "grey \(grey) keeps its level")
            #expect(packed[1024...].allSatisfy { $0 == 128 })
            if grey == 0 { #expect(packed[..<1024].allSatisfy { $0 == 16 }) }
            if grey == 255 { #expect(packed[..<1024].allSatisfy { $0 == 235 }) }
        }
    }

    private func flat(_ size: PixelSize, _ red: UInt8, _ green: UInt8, _ blue: UInt8) -> PixelBuffer {
        let buffer = PixelBuffer(size: size)
        buffer.withMutableBytes { bytes in
            for at in Swift.stride(from: 0, to: bytes.count, by: 4) {
                (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (blue, green, red, 255)
            }
        }
        return buffer
    }

    @Test func allLevelsMakeTheSameBytes() {
        var noise = Noise(3)
        for width in [2, 14, 16, 18, 30, 32, 34, 66, 130, 1080] {
            let size = PixelSize(width: width, height: 6)
            let buffer = PixelBuffer(size: size)
            noise.fill(buffer, size.bounds)
            let packed = CPULevel.allCases.map { level in
                let picture = YUVPicture(size: size)
                picture.update(from: buffer, damage: .none, level: level)
                return picture.packed()
            }
            #expect(packed[0] == packed[1], "width \(width)")
        }
    }

    @Test func bandsEqualFullConversion() {
        var noise = Noise(12)
        for round in 0..<40 {
            let size = PixelSize(width: 2 + 2 * noise.next(70), height: 2 + 2 * noise.next(40))
            let level = CPULevel.allCases[round % 2]
            let buffer = PixelBuffer(size: size)
            noise.fill(buffer, size.bounds, opaque: true)
            let followed = YUVPicture(size: size)
            var damage = Damage(size.bounds)
            for _ in 0..<5 {
                for rect in damage.rects {
                    Self.withBand(of: buffer, PixelBand.blocks(around: rect, in: size)) {
                        followed.update(from: $0, level: level)
                    }
                }
                let whole = YUVPicture(size: size)
                whole.update(from: buffer, damage: .none, level: level)
                #expect(followed.packed() == whole.packed(), "round \(round)")
                let (x, y) = (noise.next(size.width), noise.next(size.height))
                damage = Damage(
                    PixelRect(
                        x: x, y: y, width: 1 + noise.next(size.width - x), height: 1 + noise.next(size.height - y)))
                noise.fill(buffer, damage.bounds, opaque: true)
            }
        }
    }

    /// A copy of a part of a picture and of the column left of it; everything else in its memory is something else.
    private static func withBand(of buffer: PixelBuffer, _ rect: PixelRect, _ body: (PixelBand) -> Void) {
        let left = max(0, rect.x - PixelBand.margin)
        let stride = (((rect.maxX + 15) & -16) - left + 15) / 16 * 64
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: stride * rect.height, alignment: 64)
        defer { memory.deallocate() }
        for index in memory.indices { memory[index] = UInt8(truncatingIfNeeded: index &* 37) }
        guard let base = memory.bindMemory(to: UInt8.self).baseAddress else { return }
        buffer.withBytes { bytes in
            for row in 0..<rect.height {
                for x in max(0, rect.x - 1)..<rect.maxX {
                    for c in 0..<4 {
                        base[row * stride + (x - left) * 4 + c] = bytes[(rect.y + row) * buffer.stride + x * 4 + c]
                    }
                }
            }
        }
        body(PixelBand(rect: rect, origin: base - (rect.y * stride + left * 4), stride: stride))
    }

    @Test func damageEqualsFullConversion() {
        var noise = Noise(11)
        for round in 0..<60 {
            let size = PixelSize(width: 2 + 2 * noise.next(70), height: 2 + 2 * noise.next(40))
            let buffer = PixelBuffer(size: size)
            noise.fill(buffer, size.bounds, opaque: true)
            let level = CPULevel.allCases[round % 2]
            let followed = YUVPicture(size: size)
            followed.update(from: buffer, damage: .none, level: level)
            for _ in 0..<5 {
                var damage = Damage.none
                for _ in 0...noise.next(3) {
                    let (x, y) = (noise.next(size.width), noise.next(size.height))
                    let rect = PixelRect(
                        x: x, y: y, width: 1 + noise.next(size.width - x), height: 1 + noise.next(size.height - y))
                    noise.fill(buffer, rect, opaque: true)
                    damage.add(rect)
                }
                followed.update(from: buffer, damage: damage, level: level)
                let whole = YUVPicture(size: size)
                whole.update(from: buffer, damage: .none, level: level)
                #expect(followed.packed() == whole.packed())
            }
        }
    }
}

@Suite struct AlphaTests {
    @Test(arguments: CPULevel.allCases) func unpremultiplyIsRoundedExactly(_ level: CPULevel) {
        // Every colour and alpha, colours above alpha too (they count as alpha): column a, row c.
        let size = PixelSize(width: 256, height: 256)
        let buffer = PixelBuffer(size: size)
        let stride = buffer.stride
        buffer.withMutableBytes { bytes in
            for c in 0..<256 {
                for a in 0..<256 {
                    for channel in 0..<3 { bytes[c * stride + a * 4 + channel] = UInt8((c + channel * 85) & 255) }
                    bytes[c * stride + a * 4 + 3] = UInt8(a)
                }
            }
        }
        for swapped in [false, true] {
            var straight = [UInt8](repeating: 9, count: 256 * 1024)
            straight.withUnsafeMutableBufferPointer { target in
                if let base = target.baseAddress {
                    PixelKernels.unpremultiply(buffer, into: base, stride: 1024, swapped: swapped, level: level)
                }
            }
            var wrong = 0
            for c in 0..<256 {
                for a in 0..<256 {
                    for channel in 0..<3 {
                        let value = min(a, (c + channel * 85) & 255)
                        let expected =
                            a == 255 ? (c + channel * 85) & 255 : a == 0 ? 0 : (value * 255 * 2 + a) / (2 * a)
                        if Int(straight[c * 1024 + a * 4 + (swapped ? 2 - channel : channel)]) != expected {
                            wrong += 1
                        }
                    }
                    if Int(straight[c * 1024 + a * 4 + 3]) != a { wrong += 1 }
                }
            }
            #expect(wrong == 0)
        }
    }

    @Test func roundTripIsExact() throws {
        let size = PixelSize(width: 301, height: 77)
        let buffer = PixelBuffer(size: size)
        var noise = Noise(5)
        noise.fill(buffer, size.bounds)
        let back = try ImageDecoder.decode(PNGEncoder.encode(buffer))
        #expect(difference(buffer, back).largest == 0)
    }
}
