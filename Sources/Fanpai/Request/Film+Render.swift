public import Drawing
import Glibc
import Media
import Motion

/// A manifest's place beside its output, kept free until the output is there.
private final class ManifestFile {
    /// Far more than a manifest has without its orders, and what one of them takes.
    private static let room = (fixed: 1 << 18, perOrder: 12)
    private var file: TemporaryFile?

    init(_ path: String, orders: Int) throws(FanpaiError) {
        let file = try TemporaryFile(path)
        try file.reserve(Self.room.fixed + Self.room.perOrder * orders)
        self.file = consume file
    }

    func finish(_ bytes: [UInt8]) throws(FanpaiError) {
        guard let file = file.take() else { return }
        try file.write(bytes)
        try file.commit()
    }
}

/// What rendering a film left.
public struct RenderResult: Sendable {
    /// Counts, times and digest.
    public let report: RenderReport
    /// What the output was made of; it lies beside files and folders as `OUT.json`.
    public let manifest: OrderedJSON
    /// What the target does not like about the film, and what did not go well without touching it.
    public let warnings: [String]

    /// The manifest, and what the cache did for this run, which the manifest of equal films must not tell apart.
    public var json: OrderedJSON {
        guard case .object(let members) = manifest, let use = report.cache else { return manifest }
        let part = OrderedJSON.object([
            "segments": .integer(Int64(report.segmentCount)), "foundByInputs": .integer(Int64(use.foundByInputs)),
            "foundByFrames": .integer(Int64(use.foundByFrames)), "made": .integer(Int64(use.made)),
        ])
        return .object(members + [OrderedJSON.Member(key: "cache", value: part)])
    }
}

extension Film {
    /// Renders to a file, a folder of pictures or a stream, with a manifest beside a file or folder.
    ///
    /// See `FrameSource.render(to:_:)` for what holds for threads, cancelling and errors.
    @discardableResult
    public func render(
        to destination: String, _ options: RenderOptions = RenderOptions()
    ) throws(FanpaiError) -> RenderResult {
        let profile = try FrameSource.profile(for: destination, options)
        let options = source.suited(options, to: profile)
        var advice: [String] = []
        let path = Self.manifestPath(for: destination)
        try FileIdentity.check(
            outputs: [destination, path, options.yuvPath], inputs: origin.inputs + [options.signingKey?.path])
        if options.signingKey != nil, path == nil {
            throw FanpaiError(.usage, "--sign: a stream leaves no manifest to sign", remedy: "render to a file")
        }
        // Made first: hours of work must not end with a full disk, or with a name that is a folder's.
        let reserved: ManifestFile? =
            if let path { try ManifestFile(path, orders: composition.facts.payments) } else { nil }
        let report = try source.render(to: destination, options, metadata: metadata, advice: { advice = $0 })
        if profile.isStill, let frame = options.frames?.first {
            advice += CoverCrop.findings(composition, frame: frame).map(\.sentence)
        }
        do throws(FanpaiError) {
            var manifest = Manifest.document(
                self,
                Manifest.Output(
                    destination: destination, profile: profile.name, frames: options.frames ?? 0..<source.frameCount,
                    report: report, file: try OutputIdentity.find(destination, pictures: report.frameCount),
                    warnings: warnings + advice))
            if let key = options.signingKey { manifest = try ManifestSignature.sign(manifest, with: key) }
            try reserved?.finish(Array(manifest.document.utf8))
            if let problem = report.cache?.problem, let cache = options.cache {
                advice.append("\(cache.path): segments could not be kept for later renders (\(problem))")
            }
            return RenderResult(report: report, manifest: manifest, warnings: advice)
        } catch {
            // A video without the manifest that says where its numbers come from is not whole.
            if let path {
                unlink(path)
                unlink(destination)
            }
            throw error
        }
    }

    /// Renders like the blocking function, on threads of its own; cancelling the task cancels the job.
    @discardableResult
    public func render(
        to destination: String, _ options: RenderOptions = RenderOptions()
    ) async throws(FanpaiError) -> RenderResult {
        try await BlockingWork.run(cancellation: options.cancellation) { () throws(FanpaiError) in
            // Named, so that the blocking function is called and not this one again.
            let blocking: (String, RenderOptions) throws(FanpaiError) -> RenderResult = render(to:_:)
            return try blocking(destination, options)
        }
    }

    /// Renders and hands every frame to `body`, in order, on one thread; its pixels are lent for the call.
    @discardableResult
    public func render(
        _ options: RenderOptions = RenderOptions(), each body: @escaping @Sendable (Frame) throws -> Void
    ) throws(FanpaiError) -> RenderReport {
        try source.render(options, each: body)
    }

    /// The digests of the pixels of the frames that the options ask for.
    public func digests(
        _ options: RenderOptions = RenderOptions(), order: DigestOrder = .forward
    ) throws(FanpaiError) -> FrameDigests {
        try source.digests(options, order: order)
    }

    /// Writes one frame as PNG with straight alpha.
    ///
    /// - Parameter microseconds: the moment of the film; the frame that is on screen then.
    /// - Throws: `FanpaiError` with code `usage` when the film has ended by then.
    public func writeStill(at microseconds: Int64, to path: String) throws(FanpaiError) {
        let frame = try frame(at: microseconds)
        try FileIdentity.check(outputs: [path], inputs: origin.inputs)
        do {
            let list = try source.list(frame)
            let buffer = PixelBuffer(size: list.size)
            let painter = RasterPainter(images: source.images)
            try painter.paint(list, into: buffer, damage: Damage(list.size.bounds))
            try PictureFile.write(buffer, to: path)
        } catch {
            throw FanpaiError(error)
        }
    }

    /// A moment at which the picture is full, in microseconds: the middle of the (first) longest scene.
    var fullMoment: Int64 {
        var longest = 0..<source.frameCount
        for (ordinal, scene) in composition.scenes.enumerated() {
            // While a scene fades in, the one before it is seen, too.
            let first = scene.frames.lowerBound + scene.fade
            let frames = first..<max(first, scene.frames.upperBound)
            if ordinal == 0 || frames.count > longest.count { longest = frames }
        }
        let middle = min((longest.lowerBound + longest.upperBound) / 2, source.frameCount - 1)
        return FrameTime(frame: middle).microseconds(at: source.rate)
    }

    /// The frame that is on screen at a moment.
    ///
    /// - Throws: `FanpaiError` with code `usage` when the film has ended by then.
    func frame(at microseconds: Int64) throws(FanpaiError) -> Int {
        let frame = FrameTime(atOrAfterMicroseconds: microseconds + 1, rate: source.rate).ticks.advanced(by: -1) >> 6
        guard frame < source.frameCount else {
            let end = FrameTime(frame: source.frameCount).microseconds(at: source.rate)
            throw FanpaiError(
                .usage, "--at: the film is over by then",
                remedy: "it lasts \(end / 1_000_000).\(end / 100_000 % 10) s, \(source.frameCount) frames")
        }
        return frame
    }

    /// Where the manifest of an output lies; nil for streams and devices.
    static func manifestPath(for destination: String) -> String? {
        if destination == "-" || destination.hasPrefix("tcp://") { return nil }
        var path = destination
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return FileAccess.kind(of: path) == .other ? nil : path + ".json"
    }
}

extension ContactSheet {
    /// Writes the sheet of a film as PNG.
    public func write(_ film: Film, home: Home, to path: String) throws(FanpaiError) {
        try FileIdentity.check(outputs: [path], inputs: film.origin.inputs)
        try write(film.source, home: home, to: path)
    }
}
