import Drawing
import Raster
import Testing

/// The warp against 64 point samples a pixel of the same texture, each texel being a small square.
@Suite("Projective warp") struct WarpTests {
    struct Reference {
        var values: [Double]
        var coverage: [Double]
        let width: Int
    }

    static func reference(_ texture: PixelBuffer, _ matrix: Matrix3, _ width: Int, _ height: Int) throws -> Reference {
        let inverse = try #require(matrix.inverse)
        var result = Reference(
            values: [Double](repeating: 0, count: width * height * 4),
            coverage: [Double](repeating: 0, count: width * height), width: width)
        texture.withBytes { bytes in
            for y in 0..<height {
                for x in 0..<width {
                    for sample in 0..<64 {
                        let px = Double(x) + (Double(sample & 7) + 0.5) / 8
                        let py = Double(y) + (Double(sample >> 3) + 0.5) / 8
                        let w = inverse.m31 * px + inverse.m32 * py + inverse.m33
                        let u = (inverse.m11 * px + inverse.m12 * py + inverse.m13) / w
                        let v = (inverse.m21 * px + inverse.m22 * py + inverse.m23) / w
                        guard u >= 0, v >= 0, u < Double(texture.size.width), v < Double(texture.size.height) else {
                            continue
                        }
                        let at = Int(v) * texture.stride + Int(u) * 4
                        for channel in 0..<4 {
                            result.values[(y * width + x) * 4 + channel] += Double(bytes[at + channel]) / 64
                        }
                        result.coverage[y * width + x] += 1.0 / 64
                    }
                }
            }
        }
        return result
    }

    static let solid = LayerContent(bounds: Rect(0, 0, 140, 220), nodes: [.fill(Rect(0, 0, 140, 220), .white)])

    static func warped(_ content: LayerContent, _ matrix: Matrix3) throws -> PixelBuffer {
        try drawn(320, 320, [.layer(Layer(id: LayerID("card"), content: content, matrix: matrix))])
    }

    static let poses: [(Double, Bool, Point)] = [0.0, 45, 80].flatMap { angle in
        [true, false].flatMap { vertical in
            [Point(x: 160, y: 160), Point(x: 160.375, y: 159.75)].map { (angle, vertical, $0) }
        }
    }

    @Test("PSNR is at least 38 dB at 0, 45 and 80 degrees", arguments: poses)
    func resemblesSupersampling(angle: Double, vertical: Bool, place: Point) throws {
        let matrix = turn(degrees: angle, vertical: vertical, center: Point(x: 70, y: 110), to: place).quantised
        let decibels = try Self.likeness(matrix)
        #expect(decibels >= 38, "\(angle) degrees, vertical \(vertical), \(place): \(decibels) dB")
    }

    @Test(
        "Flaps beside the eye are as good: what is below a pixel there is beside it as well",
        arguments: [45.0, 70, 80, 85])
    func resemblesBesideTheEye(angle: Double) throws {
        let decibels = try Self.likeness(
            turn(
                degrees: angle, vertical: false, center: Point(x: -330, y: 110), to: Point(x: -240, y: 160),
                distance: 1650
            ).quantised)
        #expect(decibels >= 36, "\(angle) degrees: \(decibels) dB")
    }

    /// The PSNR of the card in decibels against supersampling, where it covers.
    static func likeness(_ matrix: Matrix3) throws -> Double {
        let texture = try drawn(140, 220, card().nodes)
        let expected = try Self.reference(texture, matrix, 320, 320)
        let actual = try Self.warped(card(), matrix)
        var (sum, count) = (0.0, 0)
        for y in 0..<320 {
            for x in 0..<320 where expected.coverage[y * 320 + x] > 0 {
                for (channel, value) in channels(actual, x, y).enumerated() {
                    let error = Double(value) - expected.values[(y * 320 + x) * 4 + channel]
                    sum += error * error
                    count += 1
                }
            }
        }
        return 10 * Logarithm.ten(255 * 255 * Double(count) / max(sum, 1e-9))
    }

    @Test("What is opaque stays opaque, however far it is turned or scaled")
    func opaqueStaysOpaque() throws {
        let center = Point(x: 160, y: 160)
        let turned = stride(from: 0.0, to: 89.5, by: 4.5).map {
            turn(degrees: $0, vertical: false, center: Point(x: 70, y: 110), to: center).quantised
        }
        let scaled = [0.1, 0.5, 0.81, 1, 1.06, 1.3].map {
            Matrix3.translation(x: 40.3, y: 30.7) * Matrix3.scale(x: $0, y: $0)
        }
        for matrix in turned + scaled {
            let expected = try Self.reference(drawn(140, 220, Self.solid.nodes), matrix, 320, 320)
            let actual = try Self.warped(Self.solid, matrix)
            for y in 1..<319 {
                for x in 1..<319 where (-1...1).allSatisfy({ expected.coverage[(y + $0) * 320 + x] == 1 }) {
                    guard expected.coverage[y * 320 + x - 1] == 1, expected.coverage[y * 320 + x + 1] == 1 else {
                        continue
                    }
                    #expect(channels(actual, x, y) == [255, 255, 255, 255], "\(matrix) at \(x), \(y)")
                }
            }
        }
    }

    @Test("Edges are within 24 of supersampling, and nothing is beyond them", arguments: poses)
    func edges(angle: Double, vertical: Bool, place: Point) throws {
        let matrix = turn(degrees: angle, vertical: vertical, center: Point(x: 70, y: 110), to: place).quantised
        let texture = try drawn(140, 220, Self.solid.nodes)
        let expected = try Self.reference(texture, matrix, 320, 320)
        let actual = try Self.warped(Self.solid, matrix)
        var worst = 0.0
        var outside = 0
        for y in 1..<319 {
            for x in 1..<319 {
                let (value, wanted) = (Double(actual[x, y].alpha), expected.values[(y * 320 + x) * 4 + 3])
                worst = max(worst, abs(value - wanted))
                if value == 0 || wanted > 0 { continue }
                let isNear = (-1...1).contains { dy in
                    (-1...1).contains { dx in expected.coverage[(y + dy) * 320 + x + dx] > 0 }
                }
                if !isNear { outside += 1 }
            }
        }
        #expect(worst <= 24)
        #expect(outside == 0)
    }

    @Test("An eighth of a pixel changes no edge pixel by more than 48", arguments: [0.0, 20, 45, 70, 80, 88])
    func movesSmoothly(angle: Double) throws {
        for (dx, dy) in [(0.125, 0.0), (0, 0.125), (0.125, 0.125)] {
            for vertical in [true, false] {
                var before: PixelBuffer?
                for step in 0..<9 {
                    let place = Point(x: 160 + dx * Double(step), y: 160 + dy * Double(step))
                    let now = try Self.warped(
                        Self.solid,
                        turn(degrees: angle, vertical: vertical, center: Point(x: 70, y: 110), to: place))
                    if let before {
                        let limit = dx > 0 && dy > 0 ? 70 : 48
                        #expect(difference(before, now, tolerance: limit) == nil)
                    }
                    before = now
                }
            }
        }
    }

    @Test("A rotated corner covers what it should") func corners() throws {
        for degrees in stride(from: 0.0, to: 90, by: 7) {
            let (sine, cosine) = PortableMath.sinCos(degrees * .pi / 180)
            let matrix = Matrix3(
                m11: cosine, m12: -sine, m13: 120.3, m21: sine, m22: cosine, m23: 60.7, m31: 0, m32: 0, m33: 1
            ).quantised
            let expected = try Self.reference(try drawn(140, 220, Self.solid.nodes), matrix, 320, 320)
            let actual = try Self.warped(Self.solid, matrix)
            var worst = 0.0
            for y in 0..<320 {
                for x in 0..<320 {
                    worst = max(worst, abs(Double(actual[x, y].alpha) - 255 * expected.coverage[y * 320 + x]))
                }
            }
            #expect(worst <= 24, "\(degrees) degrees")
        }
    }

    @Test("Light is not lost: the sum over a warped card is its area") func areaIsKept() throws {
        for angle in stride(from: 0.0, through: 89, by: 8.9) {
            let matrix = turn(
                degrees: angle, vertical: false, center: Point(x: 70, y: 110), to: Point(x: 160.2, y: 160.6)
            )
            .quantised
            let actual = try Self.warped(Self.solid, matrix)
            var sum = 0
            for y in 0..<320 { for x in 0..<320 { sum += Int(actual[x, y].alpha) } }
            let corners = try #require(matrix.corners(of: Rect(0, 0, 140, 220)))
            var area = 0.0
            for index in 0..<4 {
                let (a, b) = (corners[index], corners[(index + 1) % 4])
                area += (a.x * b.y - b.x * a.y) / 2
            }
            #expect(abs(Double(sum) / 255 - abs(area)) < 0.2 + abs(area) * 0.001, "\(angle): \(sum / 255) for \(area)")
        }
    }

    @Test("A card that reaches behind the eye is cut, not wrapped") func behindTheEye() throws {
        let matrix = turn(
            degrees: 80, vertical: true, center: Point(x: 70, y: 110), to: Point(x: 160, y: 160), distance: 40)
        let picture = try Self.warped(card(), matrix)
        var covered = 0
        for y in 0..<320 { for x in 0..<320 where picture[x, y].alpha > 0 { covered += 1 } }
        #expect(covered > 100)
        let away = Matrix3(m11: 1, m12: 0, m13: 0, m21: 0, m22: 1, m23: 0, m31: 0, m32: -1, m33: -1)
        #expect(try Self.warped(card(), away).withBytes { $0.allSatisfy { $0 == 0 } })
        let flat = Matrix3(m11: 0, m12: 0, m13: 50, m21: 0, m22: 1, m23: 0, m31: 0, m32: 0, m33: 1)
        #expect(try Self.warped(card(), flat).withBytes { $0.allSatisfy { $0 == 0 } })
    }
}

enum Logarithm {
    static func ten(_ value: Double) -> Double { PortableMath.log(value) / PortableMath.log(10) }
}
