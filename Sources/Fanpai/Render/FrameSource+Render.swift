public import Drawing
import Media

extension FrameSource {
    /// Renders to a file, a folder of pictures or a stream.
    ///
    /// A file appears under its name only when it is whole; a cancelled or failed job leaves nothing. Blocks the calling
    /// thread, which must not be one of Swift's cooperative pool; from tasks use the asynchronous function of the same name.
    ///
    /// - Parameter destination: a path, a path ending in `/`, `-`, or `tcp://127.0.0.1:PORT?listen`.
    /// - Throws: `FanpaiError`.
    @discardableResult
    public func render(
        to destination: String, _ options: RenderOptions = RenderOptions()
    ) throws(FanpaiError) -> RenderReport {
        try render(to: destination, options, metadata: [], advice: { _ in })
    }

    /// Renders and hands every frame to `body`, in order, on one thread; its pixels are lent for the call.
    ///
    /// Blocks the calling thread like `render(to:_:)`.
    ///
    /// - Throws: `FanpaiError`; what `body` throws ends the job, and is its cause.
    @discardableResult
    public func render(
        _ options: RenderOptions = RenderOptions(), each body: @escaping @Sendable (Frame) throws -> Void
    ) throws(FanpaiError) -> RenderReport {
        let plan = try self.plan(options, isSegmentable: false)
        return try run(plan, options, to: CallbackOutput(body))
    }

    /// Renders like the blocking function, on threads of its own; cancelling the task cancels the job.
    @discardableResult
    public func render(
        to destination: String, _ options: RenderOptions = RenderOptions()
    ) async throws(FanpaiError) -> RenderReport {
        try await BlockingWork.run(cancellation: options.cancellation) { () throws(FanpaiError) in
            try render(to: destination, options, metadata: [], advice: { _ in })
        }
    }

    /// Renders like the blocking function, on threads of its own; cancelling the task cancels the job.
    @discardableResult
    public func render(
        _ options: RenderOptions = RenderOptions(), each body: @escaping @Sendable (Frame) throws -> Void
    ) async throws(FanpaiError) -> RenderReport {
        try await BlockingWork.run(cancellation: options.cancellation) { () throws(FanpaiError) in
            let plan = try self.plan(options, isSegmentable: false)
            return try run(plan, options, to: CallbackOutput(body))
        }
    }

    /// Renders with texts for the file; `advice` hears what the target does not like.
    func render(
        to destination: String, _ options: RenderOptions, metadata: [MetadataEntry], advice: ([String]) -> Void
    ) throws(FanpaiError) -> RenderReport {
        do {
            let profile = try Self.profile(for: destination, options)
            let options = suited(options, to: profile)
            try FileIdentity.check(outputs: [destination, options.yuvPath], inputs: [])
            let plan = try self.plan(options, isSegmentable: profile.segmentable)
            let description = try OutputDescription(
                size: size, rate: rate, frameCount: plan.frames.count, segments: plan.segments, metadata: metadata,
                profile: profile)
            advice(description.advice)
            let cancellation = options.cancellation
            let output = try description.makeOutput(
                to: destination,
                options: OutputOptions(
                    dumpYUV: options.yuvPath, verifiesFully: options.verifiesFully,
                    isCancelled: { cancellation.isCancelled }))
            return try run(plan, options, to: output, profile: profile)
        } catch {
            throw FanpaiError(error)
        }
    }

    /// The profile that the options name or the destination picks.
    static func profile(for destination: String, _ options: RenderOptions) throws(FanpaiError) -> Profile {
        do {
            let profile =
                try options.profile.map { (name) throws(MediaError) in try Profile.named(name) }
                ?? Profile.default(forDestination: destination)
            try profile.check(destination: destination)
            let missing = MediaCapabilities.missing(for: profile)
            if !missing.isEmpty {
                throw FanpaiError(
                    .capability,
                    "the installed FFmpeg lacks \(missing.map(\.description).joined(separator: ", ")) for \(profile.name)",
                    remedy: "install FFmpeg's libraries from Debian, or choose another profile")
            }
            return profile
        } catch {
            throw FanpaiError(error)
        }
    }

    /// The options with the frame that a profile for single pictures takes when nobody names one: the last, in which films say
    /// what they have to say.
    func suited(_ options: RenderOptions, to profile: Profile) -> RenderOptions {
        guard profile.isStill, options.frames == nil, frameCount > 0 else { return options }
        var other = options
        other.frames = frameCount - 1..<frameCount
        return other
    }

    /// Which frames to render, and how they are cut.
    func plan(
        _ options: RenderOptions, isSegmentable: Bool
    ) throws(FanpaiError) -> (frames: Range<Int>, segments: [Segment]) {
        let frames = options.frames ?? 0..<frameCount
        guard frames.upperBound <= frameCount else {
            throw FanpaiError(
                .usage, "--frames: \(frames.lowerBound)..\(frames.upperBound) ends after the film",
                remedy: "the film has \(frameCount) frames: write for example 0..\(frameCount)")
        }
        let whole = SegmentPlan.segments(
            frameCount: frameCount, rate: rate, scenes: scenes, cuts: cuts, isSegmentable: isSegmentable)
        return (frames, SegmentPlan.clip(whole, to: frames))
    }

    /// Draws the frames of a plan and feeds them to an output.
    ///
    /// - Parameter profile: how the output encodes; nil when nothing of it can be kept.
    func run<Output: FrameOutput>(
        _ plan: (frames: Range<Int>, segments: [Segment]), _ options: RenderOptions, to output: Output,
        profile: Profile? = nil
    ) throws(FanpaiError) -> RenderReport {
        let first = plan.frames.lowerBound
        let isStorable = Output.Factory.Sink.Product.self is any StorableSegment.Type
        let textures = RasterPainter.textures()
        let pipeline = FramePipeline(
            source: self, firstFrame: first, segments: plan.segments, workers: options.workers,
            cancellation: options.cancellation, storage: storage(plan, options, isStorable ? profile : nil),
            onProgress: options.onProgress,
            makePainter: { RasterPainter(images: images, textures: textures) })
        do { return try pipeline.run(to: output) } catch { throw FanpaiError(error) }
    }

    private func storage(
        _ plan: (frames: Range<Int>, segments: [Segment]), _ options: RenderOptions, _ profile: Profile?
    ) -> SegmentStorage? {
        guard let cache = options.cache, let profile, profile.segmentable, options.yuvPath == nil else { return nil }
        let first = plan.frames.lowerBound
        return SegmentStorage(
            cache, source: self,
            runs: plan.segments.map { $0.frames.lowerBound + first..<$0.frames.upperBound + first }, profile: profile)
    }
}
