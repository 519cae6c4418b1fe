import CBenchmarkKernels
import Drawing
import Fanpai
import Media
import Motion
import Orders
import Raster

/// The phases of one film on one thread, as a worker goes through them.
struct PhaseBenchmark {
    /// What frames become after they are drawn.
    enum Conversion {
        /// yuv420p, for films.
        case yuv
        /// Straight alpha, for overlays.
        case straight
    }

    let workload: Workload
    /// How often the whole film is drawn; all runs count.
    let runs: Int
    /// Segments that start before this frame are encoded as well.
    let encodedFrames: Int
    var conversion = Conversion.yuv
    /// The last frame, for the comparison of converters.
    private(set) var picture: PixelBuffer?

    init(_ workload: Workload, runs: Int, encodedFrames: Int, conversion: Conversion = .yuv) {
        (self.workload, self.runs, self.encodedFrames) = (workload, runs, encodedFrames)
        self.conversion = conversion
    }

    /// Import and resolve in all; evaluate, compare, rasterise, convert, digest and encode a frame; join and verify in all.
    mutating func run() throws -> [Figure] {
        var once = Meter()
        var frames = Meter()
        var tightness = Tightness()
        for run in 0..<runs {
            let world = try Files(workload)
            once.start()
            let template = try workload.template()
            let orders = try workload.decodeOrders()
            once.mark("import")
            let composition = try Composition.resolve(
                template, feed: orders.feed, world: world, options: workload.resolveOptions(template))
            once.mark("resolve")
            try draw(composition, world, &frames)
            if run == 0 { try tightness.measure(composition, world) }
        }
        let converted = frames.milliseconds("convert")
        var drawing = Meter.Phase(name: "rasterise+convert")
        drawing.milliseconds = zip(frames.milliseconds("rasterise"), converted).map { $0 + $1 }
        var all = Meter.Phase(name: "evaluate...convert")
        all.milliseconds = drawing.milliseconds.indices.map {
            drawing.milliseconds[$0] + frames.milliseconds("evaluate")[$0] + frames.milliseconds("compare")[$0]
        }
        all.allocations = frames.allocations("evaluate").indices.map { index in
            ["evaluate", "compare", "rasterise", "convert"].reduce(0) { $0 + frames.allocations($1)[index] }
        }
        // The sink converts by itself: its time without that of the same conversion is the encoder's.
        var encoding = Meter.Phase(name: "encode")
        encoding.milliseconds = zip(frames.milliseconds("sink"), frames.milliseconds("convert for the sink")).map {
            max(0, $0 - $1)
        }
        encoding.allocations = frames.allocations("sink")
        // Without a count of its own: the two phases have theirs.
        let sum = drawing.figures(workload.name).filter { !$0.name.hasSuffix("allocations") }
        let hidden = ["sink", "convert for the sink", "verify"]
        let phases = once.phases + frames.phases.filter { !hidden.contains($0.name) }
        var figures = (phases + [encoding, all]).flatMap { $0.figures(workload.name) } + sum
        figures += tightness.figures(workload.name)
        let verifying = frames.milliseconds("verify").reduce(0, +)
        if verifying > 0 {
            let encoded = encoding.milliseconds.count
            let job = encoding.milliseconds.reduce(0, +) + all.milliseconds.prefix(encoded).reduce(0, +)
            figures.append(
                Figure(template: workload.name, name: "verification share", value: verifying / job * 100, unit: "%"))
        }
        return figures
    }

    private mutating func draw(_ composition: Composition, _ world: Files, _ meter: inout Meter) throws {
        let segments = Self.plan(composition)
        let output = try OutputDescription(
            size: composition.size, rate: composition.rate, frameCount: composition.frameCount, segments: segments,
            metadata: [], profile: Profile.named("douyin")
        ).makeOutput(to: Workplace.folder + "/job.mp4")
        defer { output.cancel() }
        let buffer = PixelBuffer(size: composition.size)
        picture = buffer
        try draw(composition, segments, Renderer(images: world), buffer, output, &meter)
    }

    static func plan(_ composition: Composition) -> [Segment] {
        let scenes = composition.scenes
        return SegmentPlan.segments(
            frameCount: composition.frameCount, rate: composition.rate, scenes: scenes.map(\.frames.lowerBound),
            cuts: scenes.filter { $0.fade > 0 }.map { $0.frames.lowerBound + $0.fade })
    }

    private func draw<Output: FrameOutput>(
        _ composition: Composition, _ segments: [Segment], _ renderer: Renderer, _ buffer: PixelBuffer,
        _ output: Output, _ meter: inout Meter
    ) throws {
        let picture = YUVPicture(size: composition.size), copy = YUVPicture(size: composition.size)
        let straight = conversion == .straight ? StraightPicture(size: composition.size, order: .rgba) : nil
        // What the sink is given is drawn by somebody else, for a renderer learns from every list.
        let other = try Renderer(images: Files(workload))
        var shown: DisplayList?
        var first: YUVPicture?
        for segment in segments {
            let sink =
                segment.frames.lowerBound < encodedFrames ? try output.factory.makeSink(for: segment) : nil
            for index in segment.frames {
                meter.start()
                let list = composition.displayList(atFrame: index)
                meter.mark("evaluate")
                let isFirst = index == segment.frames.lowerBound
                // Films that are drawn in bands begin each segment with all of a frame.
                let before = isFirst && straight == nil ? nil : shown
                let damage = before.map { list.damage(since: $0) } ?? Damage(list.size.bounds)
                meter.mark("compare")
                let digest = list.digest
                meter.mark("digest")
                if let straight {
                    if !damage.isEmpty { try renderer.render(list, into: buffer, damage: damage) }
                    meter.mark("rasterise")
                    straight.update(from: buffer, damage: damage)
                    meter.mark("convert")
                } else {
                    var converting: UInt64 = 0
                    try renderer.render(list, damage: damage) { band in
                        let start = fanpai_bench_thread_nanoseconds()
                        picture.update(from: band)
                        converting += fanpai_bench_thread_nanoseconds() - start
                    }
                    meter.mark("rasterise", without: converting, of: "convert")
                }
                shown = list
                guard let sink else { continue }
                // The sink is given whole pictures, so that its time has nothing of drawing.
                try other.render(list, into: buffer, damage: damage)
                meter.start()
                copy.update(from: buffer, damage: damage)
                meter.mark("convert for the sink")
                if isFirst { first = copy.copy() }
                let frame = Frame(index: index, pixels: buffer, damage: damage, digest: digest)
                meter.start()
                try sink.write(frame)
                meter.mark("sink")
            }
            guard let sink else { continue }
            meter.start()
            let product = try sink.finish()
            meter.extend("sink")
            // What the sink did at its end, once more and for itself.
            if let encoded = product as? EncodedSegment, let first {
                try SegmentVerifier(encoded, floor: 0).verify(first: first, last: copy)
                meter.mark("verify")
            }
            try output.append(product)
            meter.mark("join")
        }
        if let shown, straight == nil { try renderer.render(shown, into: buffer, damage: Damage(shown.size.bounds)) }
    }
}
