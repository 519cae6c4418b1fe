import Drawing
import Fanpai
import Media
import Motion
import Orders
import Raster

/// The phases of one template on one thread, as a worker goes through them.
struct PhaseBenchmark {
    let workload: Workload
    let isQuick: Bool
    /// The last frame, for the comparison of converters.
    private(set) var picture: PixelBuffer?
    private(set) var frameCount = 0

    init(_ workload: Workload, isQuick: Bool) { (self.workload, self.isQuick) = (workload, isQuick) }

    /// Import and resolve in all; evaluate, damage, rasterise, convert, digest and encode a frame.
    mutating func run() throws -> [Figure] {
        var once = Meter()
        var frames = Meter()
        for _ in 0..<(isQuick ? 1 : 3) {
            let world = try Files(workload)
            once.start()
            let template = try workload.template()
            let orders = try workload.decodeOrders()
            once.mark("import")
            let composition = try Composition.resolve(
                template, feed: orders.feed, world: world, options: workload.resolveOptions(template))
            once.mark("resolve")
            try draw(composition, world, &frames)
        }
        let converted = frames.milliseconds("convert")
        var drawing = Meter.Phase(name: "rasterise+convert")
        drawing.milliseconds = zip(frames.milliseconds("rasterise"), converted).map { $0 + $1 }
        // The sink converts by itself: its time without that of the same conversion is the encoder's. Frames that are encoded
        // come first, so that the two lists run side by side.
        var encoding = Meter.Phase(name: "encode")
        encoding.milliseconds = zip(frames.milliseconds("sink"), converted).map { max(0, $0 - $1) }
        encoding.allocations = frames.allocations("sink")
        // Without a count of its own: the two phases have theirs.
        let sum = drawing.figures(workload.name).filter { !$0.name.hasSuffix("allocations") }
        let phases = once.phases + frames.phases.filter { $0.name != "sink" } + [encoding]
        return phases.flatMap { $0.figures(workload.name) } + sum
    }

    private mutating func draw(_ composition: Composition, _ world: Files, _ meter: inout Meter) throws {
        let scenes = composition.scenes
        let segments = SegmentPlan.segments(
            frameCount: composition.frameCount, rate: composition.rate, scenes: scenes.map(\.frames.lowerBound),
            cuts: scenes.filter { $0.fade > 0 }.map { $0.frames.lowerBound + $0.fade })
        let output = try OutputDescription(
            size: composition.size, rate: composition.rate, frameCount: composition.frameCount, segments: segments,
            metadata: [], profile: Profile.named("douyin")
        ).makeOutput(to: Workplace.folder + "/job.mp4")
        defer { output.cancel() }
        let buffer = PixelBuffer(size: composition.size)
        (picture, frameCount) = (buffer, composition.frameCount)
        try draw(composition, segments, Renderer(images: world), buffer, output, &meter)
    }

    private func draw<Output: FrameOutput>(
        _ composition: Composition, _ segments: [Segment], _ renderer: Renderer, _ buffer: PixelBuffer,
        _ output: Output, _ meter: inout Meter
    ) throws {
        let picture = YUVPicture(size: composition.size)
        var shown: DisplayList?
        for segment in segments {
            // The encoder takes most of the time, and its first seconds tell enough for a quick look.
            let isEncoded = !isQuick || segment.frames.lowerBound < 60
            let sink = isEncoded ? try output.factory.makeSink(for: segment) : nil
            for index in segment.frames {
                meter.start()
                let list = composition.displayList(atFrame: index)
                meter.mark("evaluate")
                let damage = shown.map { list.damage(since: $0) } ?? Damage(list.size.bounds)
                meter.mark("damage")
                let digest = list.digest
                meter.mark("digest")
                if !damage.isEmpty { try renderer.render(list, into: buffer, damage: damage) }
                meter.mark("rasterise")
                picture.update(from: buffer, damage: damage)
                meter.mark("convert")
                shown = list
                guard let sink else { continue }
                let isFirst = index == segment.frames.lowerBound
                let frame = Frame(
                    index: index, pixels: buffer, damage: isFirst ? Damage(list.size.bounds) : damage, digest: digest)
                meter.start()
                try sink.write(frame)
                meter.mark("sink")
            }
            if let sink {
                meter.start()
                _ = try sink.finish()
                meter.extend("sink")
            }
        }
    }
}
