import Drawing
import Testing

@Suite struct GeometryTests {
    @Test(arguments: ["1080", "0x10", "10x", "x", "1080x1920x3", "-5x5", "99999x10", "1e3x10"])
    func badSizesAreErrors(_ text: String) {
        #expect(throws: DrawingError.self) { try PixelSize(parsing: text) }
    }

    @Test func inverseUndoesAProjection() throws {
        let matrix = Matrix3(
            m11: 1.2, m12: 0.3, m13: 40, m21: -0.1, m22: 0.9, m23: -7, m31: 0.0004, m32: -0.0002, m33: 1)
        let inverse = try #require(matrix.inverse)
        for point in [Point(x: 3, y: 900), Point(x: 700, y: 20)] {
            let there = try #require(matrix.apply(point))
            let back = try #require(inverse.apply(there))
            #expect(abs(back.x - point.x) < 1e-9 && abs(back.y - point.y) < 1e-9)
        }
    }

    @Test func quantisedMatricesAreFixedPoints() {
        let matrix = Matrix3(
            m11: 2.000_000_1, m12: 0, m13: 1.007, m21: 0, m22: 2, m23: 0, m31: 1e-7, m32: 0, m33: 2)
        #expect(matrix.quantised == matrix.quantised.quantised)
        #expect(matrix.quantised.m33 == 1)
        #expect(matrix.quantised.m13 == 0.5)
    }

    @Test func extremeLengthsDoNotTrap() {
        for value in [Double.infinity, -.infinity, .nan, 1e300, -1e300] {
            var path = Path()
            path.move(to: Point(x: value, y: value))
            #expect(abs(path.bounds.x) <= 16_777_216)
            _ = Rect(x: value, y: 0, width: 10, height: 10).enclosing
        }
    }

    @Test func aPointBehindTheEyeHasNoImage() {
        let matrix = Matrix3(m11: 1, m12: 0, m13: 0, m21: 0, m22: 1, m23: 0, m31: -0.01, m32: 0, m33: 1)
        #expect(matrix.apply(Point(x: 100, y: 0)) == nil)
        #expect(matrix.bounds(of: Rect(x: 0, y: 0, width: 200, height: 10)) == nil)
    }

    @Test func scalesFormALadder() {
        for step in Int8(-16)..<16 {
            #expect(RasterScale(step: step).factor < RasterScale(step: step + 1).factor)
        }
        #expect(RasterScale(covering: 1) == .one)
        #expect(RasterScale(covering: 1.06).step == 1)
        #expect(RasterScale(step: 8).factor == 4)
        #expect(RasterScale(step: -4).factor == 0.5)
    }

    @Test func coloursParse() {
        #expect(Color(hex: "#fff") == .white)
        #expect(Color(hex: "#01020304") == Color(red: 1, green: 2, blue: 3, alpha: 4))
        for bad in ["fff", "#ff", "#ggg", "", "#12345", "#１２３"] { #expect(Color(hex: bad) == nil) }
        #expect(Color(hex: "#0a0b0c")?.hex == "#0a0b0c")
        #expect(Color(red: 255, green: 1, blue: 0, alpha: 128).premultiplied.red == 128)
    }
}
