import Drawing
import Glibc
import Media
import Testing

/// Our ProRes against a reader that forgives nothing, and what that reader finds in others'.
@Suite struct ProResStrictTests {
    private static let sizes = [(16, 16), (221, 37), (1, 1), (130, 50), (256, 64), (47, 200)]

    /// Random pictures: alpha of every kind, or none below 255.
    static func picture(_ width: Int, _ height: Int, seed: UInt64, isOpaque: Bool) -> PixelBuffer {
        var state = seed
        func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let buffer = PixelBuffer(size: PixelSize(width: width, height: height))
        let kinds = (0..<64).map { _ in next() % 6 }
        buffer.withMutableBytes { bytes in
            for y in 0..<height {
                for x in 0..<width {
                    let kind = kinds[(x / 24 + 5 * (y / 12)) % 64]
                    let alpha: Int =
                        if isOpaque { 255 } else {
                            switch kind {
                            case 0: 0
                            case 1, 2: 255
                            case 3: (5 * x + 3 * y) % 256
                            case 4: next() % 256
                            default: (x + y) % 7 < 2 ? 255 : 0
                            }
                        }
                    let at = y * buffer.stride + 4 * x
                    for channel in 0..<3 {
                        let value =
                            kind < 3 ? 40 * (kind + channel) : (kind == 4 ? next() % 256 : (x * 3 + y * channel) % 256)
                        bytes[at + channel] = UInt8((value * alpha + 127) / 255)
                    }
                    bytes[at + 3] = UInt8(alpha)
                }
            }
        }
        return buffer
    }

    private static func encode(_ buffer: PixelBuffer, quantiser: Int) throws -> ProResFrame {
        let frame = Frame(
            index: 0, pixels: buffer, damage: Damage(buffer.size.bounds), digest: Digest(words: (0, 0, 0, 0)))
        return ProResFrame(try ProResEncoder(size: buffer.size, quantiser: quantiser).encode(frame))
    }

    /// The worked example of the facts, byte by byte: the reader reads what others have decoded.
    @Test func theReaderReadsTheWorkedExample() throws {
        let text = """
            0000003C 69637066 00140001 61706C30 00100010 C000010101020000 40000000200001 30 0016
            4002 0003 0003 0003 0213E3 0EA230 0B5E30 C000807F80
            """
        let digits = text.filter { $0.isHexDigit }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { at in
            UInt8(digits.dropFirst(at).prefix(2), radix: 16) ?? 0
        }
        let frame = ProResFrame(bytes)
        #expect(frame.findings.isEmpty, "\(frame.findings)")
        let slice = try #require(frame.slices.first)
        for (plane, value) in [-1048, 452, -348].enumerated() {
            #expect((0..<4).map { slice.planes[plane][64 * $0] } == [value, value, value, value])
            #expect(slice.planes[plane].count { $0 != 0 } == 4)
        }
        #expect(slice.alpha == [Int](repeating: 0x8000, count: 256))
        // Coefficients of the worked case: +3 at scan 1 of block 2, -1 at scan 5 of block 0.
        let plane = ProResPlane.read([0x82, 0x36, 0x40, 0xDC], blocks: 4)
        #expect(plane.faults.isEmpty)
        #expect(plane.coefficients[64 * 2 + 1] == 3 && plane.coefficients[3] == -1)
        #expect(plane.coefficients.count { $0 != 0 } == 2)
    }

    /// A reader that finds nothing is none: each spoiled byte of the header has its finding.
    @Test func theReaderFindsWhatIsWrong() throws {
        let buffer = Self.picture(130, 50, seed: 3, isOpaque: false)
        let frame = Frame(
            index: 0, pixels: buffer, damage: Damage(buffer.size.bounds), digest: Digest(words: (0, 0, 0, 0)))
        let good = try ProResEncoder(size: buffer.size, quantiser: 2).encode(frame)
        let spoiled: [(at: Int, value: UInt8, kind: ProResFrame.Finding.Kind)] = [
            (3, good[3] ^ 1, .size), (9, 84, .size), (10, 1, .reserved), (11, 0, .version), (11, 2, .version),
            (20, 0x40, .chroma), (20, 0xC4, .picture), (20, 0xC1, .reserved), (22, 3, .color), (23, 99, .color),
            (25, 0x42, .reserved), (25, 3, .alpha), (27, 7, .reserved), (40, 1, .matrix), (100, 64, .matrix),
            (156, 0x38, .picture), (160, good[160] &- 1, .table), (162, 1, .picture), (163, 0x31, .reserved),
            (165, good[165] ^ 1, .slice),
        ]
        for (at, value, kind) in spoiled {
            var bytes = good
            bytes[at] = value
            let found = ProResFrame(bytes).findings
            #expect(found.contains { $0.kind == kind }, "byte \(at): \(found.prefix(3))")
        }
        #expect(ProResFrame(good + [1]).findings.contains { $0.kind == .size })
        for length in stride(from: 0, to: good.count, by: 11) {
            #expect(!ProResFrame(Array(good[..<length])).findings.isEmpty)
        }
        // Alpha: 255 samples of 65535, then 0, as FFmpeg 5.1, as FFmpeg 7 and as the format have it.
        let kinds = [[0x80, 0, 0, 0x7F, 0, 0], [0x80, 0, 0, 0x7F, 0, 0x40], [0x80, 0, 0, 0x7F, 0x40, 0, 0x60]].map {
            ProResAlpha.read($0[...], count: 256, bits: 16)
        }
        #expect(kinds.allSatisfy { $0.samples == [Int](repeating: 65535, count: 255) + [0] })
        #expect(kinds.map { $0.faults.map(\.0) } == [[.alphaWrap, .alphaRun], [.alphaWrap], []])
    }

    /// Everything is in its place, and alpha is what was drawn.
    @Test(arguments: 0..<12) func ourFramesPass(_ seed: Int) throws {
        let (width, height) = Self.sizes[seed % 6]
        let buffer = Self.picture(width, height, seed: UInt64(seed), isOpaque: false)
        let frame = try Self.encode(buffer, quantiser: [1, 2, 4, 129][seed % 4])
        #expect(frame.findings.isEmpty, "\(frame.findings.prefix(3))")
        #expect(frame.version == 1 && frame.chroma == 3 && frame.colors == [1, 1, 1] && frame.alphaBits == 16)
        #expect(frame.width == width && frame.height == height)
        #expect(frame.slices.reduce(0) { $0 + $1.count } == (width + 15) / 16 * ((height + 15) / 16))
        buffer.withBytes { bytes in
            for slice in frame.slices {
                for y in 0..<min(16, height - 16 * slice.y) {
                    for x in 0..<min(16 * slice.count, width - 16 * slice.x) {
                        let drawn = Int(bytes[(16 * slice.y + y) * buffer.stride + 4 * (16 * slice.x + x) + 3])
                        let isEqual = slice.alpha[16 * slice.count * y + x] == 257 * drawn
                        if !isEqual { Issue.record("alpha at \(16 * slice.x + x), \(16 * slice.y + y)") }
                    }
                }
            }
        }
    }

    /// The coefficients are those of the picture: colour conversion, transform and quantiser anew, in double precision.
    @Test(arguments: 0..<8) func coefficientsAreThoseOfThePicture(_ seed: Int) throws {
        let (width, height) = Self.sizes[seed % 6]
        let quantiser = [2, 1, 4, 140][seed % 4]
        let scale = Double(quantiser <= 128 ? quantiser : 128 + 4 * (quantiser - 128))
        let buffer = Self.picture(width, height, seed: 100 + UInt64(seed), isOpaque: true)
        let frame = try Self.encode(buffer, quantiser: quantiser)
        #expect(frame.findings.isEmpty)
        var (compared, nonZero) = (0, 0)
        for slice in frame.slices {
            #expect(slice.quantiser == quantiser)
            for plane in 0..<3 {
                for block in 0..<4 * slice.count {
                    // Luma: left to right, then down. Chroma of 4:4:4: down, then right.
                    let (quarter, across) = (block % 4, plane == 0)
                    let x = 16 * (slice.x + block / 4) + 8 * (across ? quarter % 2 : quarter / 2)
                    let y = 16 * slice.y + 8 * (across ? quarter / 2 : quarter % 2)
                    let samples = Self.samples(buffer, plane, x, y)
                    let exact = Self.transform(samples)
                    for index in 0..<64 {
                        let quotient = exact[index] / (Double(frame.matrices[min(plane, 1)][index]) * scale)
                        let written = slice.planes[plane][64 * block + index]
                        // Single precision may turn what is a half to three decimals.
                        let isRounded = abs(quotient - Double(written)) <= 0.5 + 2e-3
                        if !isRounded {
                            Issue.record(
                                "slice \(slice.x),\(slice.y) plane \(plane) block \(block) \(index): \(written) for \(quotient)"
                            )
                            return
                        }
                        compared += 1
                        if written != 0 { nonZero += 1 }
                    }
                }
            }
        }
        #expect(compared == 3 * 64 * 4 * frame.slices.reduce(0) { $0 + $1.count } && nonZero > compared / 200)
    }

    /// Samples of a block about 2048, at 12 bits; what lies outside repeats the last column and row.
    private static func samples(_ buffer: PixelBuffer, _ plane: Int, _ x: Int, _ y: Int) -> [Double] {
        buffer.withBytes { bytes in
            (0..<64).map { index in
                let (column, row) = (
                    min(x + index % 8, buffer.size.width - 1), min(y + index / 8, buffer.size.height - 1)
                )
                let at = row * buffer.stride + 4 * column
                let (b, g, r) = (Double(bytes[at]) / 255, Double(bytes[at + 1]) / 255, Double(bytes[at + 2]) / 255)
                let luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
                switch plane {
                case 0: return 256 + 3504 * luma - 2048
                case 1: return 3584 * (b - luma) / 1.8556
                default: return 3584 * (r - luma) / 1.5748
                }
            }
        }
    }

    /// The orthonormal transform of 8 x 8 samples, row v, column u.
    private static func transform(_ samples: [Double]) -> [Double] {
        func basis(_ u: Int, _ x: Int) -> Double {
            (u == 0 ? 0.5.squareRoot() : 1) / 2 * cos(Double(2 * x + 1) * Double(u) * .pi / 16)
        }
        var rows = [Double](repeating: 0, count: 64)
        var result = rows
        for y in 0..<8 { for u in 0..<8 { for x in 0..<8 { rows[8 * y + u] += basis(u, x) * samples[8 * y + x] } } }
        for v in 0..<8 { for u in 0..<8 { for y in 0..<8 { result[8 * v + u] += basis(v, y) * rows[8 * y + u] } } }
        return result
    }
}
