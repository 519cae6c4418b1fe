import Drawing
import Motion
import Testing

@Suite struct CameraTests {
    private let camera = Camera(center: Point(x: 540, y: 960), distance: 2400)

    private func random(_ generator: inout SeededGenerator) -> Matrix4 {
        var angle: Double { Double.random(in: -1.2...1.2, using: &generator) }
        return .translation(
            x: .random(in: 100...900, using: &generator), y: .random(in: 100...1800, using: &generator),
            z: .random(in: -400...400, using: &generator))
            * .rotationZ(angle) * .rotationY(angle) * .rotationX(angle) * .translation(x: -50, y: -80)
    }

    @Test func theCanvasPlaneIsDrawnAsItIs() {
        let flat = Matrix4.translation(x: 30, y: 40) * .rotationZ(0.3) * .scale(x: 2, y: 3)
        let matrix = camera.project(flat)
        #expect(matrix.isAffine)
        let image = matrix.apply(Point(x: 10, y: 20))
        let space = flat.apply(SIMD3(10, 20, 0))
        #expect(abs((image?.x ?? 0) - space.x) < 1e-9 && abs((image?.y ?? 0) - space.y) < 1e-9)
        #expect(camera.project(.translation(x: 5, y: 6)) == .translation(x: 5, y: 6))
    }

    @Test func projectsPointsThroughTheEye() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let model = random(&generator)
            let point = Point(x: .random(in: 0...100, using: &generator), y: .random(in: 0...160, using: &generator))
            let space = model.apply(SIMD3(point.x, point.y, 0))
            let factor = camera.distance / (camera.distance - space.z)
            let image = camera.project(model).apply(point)
            #expect(abs((image?.x ?? .infinity) - (540 + (space.x - 540) * factor)) < 1e-6)
            #expect(abs((image?.y ?? .infinity) - (960 + (space.y - 960) * factor)) < 1e-6)
        }
    }

    @Test func partsLandWhereTheOneCameraSeesThem() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let (model, part) = (random(&generator), Matrix4.translation(x: 20, y: 30) * .rotationX(0.7))
            let view = LocalView(camera: camera, model: model)
            let point = Point(x: .random(in: 0...40, using: &generator), y: .random(in: 0...40, using: &generator))
            let direct = camera.project(model * part).apply(point)
            let through = view.project(part).apply(point).flatMap(view.placement.apply)
            #expect(abs((direct?.x ?? 1e9) - (through?.x ?? -1e9)) < 1e-6)
            #expect(abs((direct?.y ?? 1e9) - (through?.y ?? -1e9)) < 1e-6)
        }
    }

    @Test func knowsFrontFromBack() {
        let center = Matrix4.translation(x: 540, y: 960)
        #expect(camera.facesFront(center))
        #expect(camera.facesFront(center * .rotationX(1.4)))
        #expect(!camera.facesFront(center * .rotationX(1.7)))
        #expect(!camera.facesFront(center * .rotationY(.pi)))
        // The eye sees the left side of what stands to its right.
        let right = Matrix4.translation(x: 1040, y: 960)
        #expect(camera.facesFront(right * .rotationY(1.7)) != camera.facesFront(right * .rotationY(-1.7)))
    }

    @Test func tippingTheUpperEdgeAwayMakesItNarrower() {
        let model = Matrix4.translation(x: 540, y: 960) * .rotationX(0.8) * .translation(x: -100, y: -100)
        let corners = camera.project(model).corners(of: Rect(x: 0, y: 0, width: 200, height: 200)) ?? []
        #expect(corners.count == 4)
        #expect(corners[1].x - corners[0].x < corners[2].x - corners[3].x)
    }
}
