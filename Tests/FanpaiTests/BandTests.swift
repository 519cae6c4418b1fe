import Drawing
import Fanpai
import Media
import Motion
import Orders
import Raster
import Testing

/// Films that are drawn in bands, and the same by way of whole pictures.
@Suite struct BandTests {
    private struct Painter: FramePainter {
        let renderer = Renderer(images: NoImages())

        func paint(_ list: DisplayList, into buffer: PixelBuffer, damage: Damage) throws {
            try renderer.render(list, into: buffer, damage: damage)
        }

        func paint(_ list: DisplayList, damage: Damage, inBands take: (PixelBand) -> Void) throws {
            try renderer.render(list, damage: damage, inBands: take)
        }
    }

    /// Hides that the sinks of another output take bands.
    private final class PictureOutput<Base: FrameOutput>: FrameOutput {
        final class Sink: FrameSink {
            let base: Base.Factory.Sink
            init(_ base: Base.Factory.Sink) { self.base = base }
            func write(_ frame: Frame) throws { try base.write(frame) }
            func needsFramesAgain() throws -> Bool { try base.needsFramesAgain() }
            func finish() throws -> Base.Factory.Sink.Product { try base.finish() }
            func cancel() { base.cancel() }
        }
        struct Factory: FrameSinkFactory {
            let base: Base.Factory
            func makeSink(for segment: Segment) throws -> Sink { Sink(try base.makeSink(for: segment)) }
        }
        let base: Base
        init(_ base: Base) { self.base = base }
        var factory: Factory { Factory(base: base.factory) }
        func append(_ product: Base.Factory.Sink.Product) throws { try base.append(product) }
        func finish() throws { try base.finish() }
        func cancel() { base.cancel() }
    }

    /// Boxes that cross the edges of blocks, and for a while nothing that moves.
    private static func source(_ size: PixelSize) -> FrameSource {
        FrameSource(size: size, rate: .thirty, frameCount: 130, scenes: [0, 75]) { frame in
            let step = frame < 40 ? Double(frame) : frame < 90 ? 40 : Double(frame) * 1.25
            let shapes: [(Rect, Color)] = [
                (size.bounds.rect, Color(red: 30, green: 60, blue: 90)),
                (Rect(x: 9, y: 3, width: 31, height: 17), Color(red: 200, green: 160, blue: 20)),
                (Rect(x: step, y: 0.3 * step, width: 37.5, height: 21), .white),
                (Rect(x: Double(size.width) - step, y: 40, width: 15, height: 1), Color(red: 255, green: 0, blue: 0)),
            ]
            return DisplayList(
                size: size, nodes: shapes.map { .path(PathNode(path: .rect($0.0), paint: .solid($0.1))) })
        }
    }

    private static func film(
        _ source: FrameSource, _ profile: Profile, to path: String, workers: Int, inBands: Bool
    ) throws -> [UInt8] {
        let segments = SegmentPlan.segments(
            frameCount: source.frameCount, rate: source.rate, scenes: source.scenes,
            isSegmentable: profile.segmentable)
        let description = try OutputDescription(
            size: source.size, rate: source.rate, frameCount: source.frameCount, segments: segments, profile: profile)
        let pipeline = FramePipeline(source: source, segments: segments, workers: workers) { Painter() }
        func run<Output: FrameOutput>(_ output: Output) throws -> RenderReport {
            inBands ? try pipeline.run(to: output) : try pipeline.run(to: PictureOutput(output))
        }
        #expect(try run(try description.makeOutput(to: path)).frameCount == source.frameCount)
        return Array(PlainFiles.bytes(path))
    }

    @Test(
        arguments: ["douyin", "wechat-channels"],
        [PixelSize(width: 160, height: 96), PixelSize(width: 174, height: 110)])
    func filmsAreTheSame(profile name: String, size: PixelSize) throws {
        let profile = try Profile.named(name)
        let folder = try Folder()
        let source = Self.source(size)
        let whole = try Self.film(source, profile, to: folder("whole.mp4"), workers: 1, inBands: false)
        #expect(whole.count > 1000)
        for workers in [1, 3] {
            let bands = try Self.film(source, profile, to: folder("bands.mp4"), workers: workers, inBands: true)
            #expect(bands == whole, "\(workers) workers")
        }
    }
}
