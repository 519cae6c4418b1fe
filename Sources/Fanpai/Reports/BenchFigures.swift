import Drawing
import Glibc
import Media
import Motion

/// Where the time of a film goes on this machine, for `fanpai bench` and `make bench`.
///
/// One thread draws the whole film from the start, in order, as a worker does: in bands, and all of a segment's first frame.
/// Phases up to `convert` are in processor time of that thread; the first frame, encoding and the whole job are by the clock on
/// the wall.
public struct BenchFigures: Sendable {
    /// A phase, its time and what it allocated.
    struct Phase: Sendable {
        let name: String
        let milliseconds: Double
        /// Allocations; nil when nobody counts them.
        let allocations: Double?
        /// Whether the figures are for one frame, or for the whole film.
        let isPerFrame: Bool
    }

    private let name: String
    private let source: FrameSource
    private let phases: [Phase]
    private let firstFrameMilliseconds: Double
    private let wholeSeconds: Double
    private let workers: Int
    private let peakMebibytes: Double

    /// Measures a film.
    ///
    /// - Parameters:
    ///   - runs: how often; medians are kept.
    ///   - encodes: whether frames are converted and encoded too.
    ///   - allocations: how many allocations this process has made so far, if somebody counts them.
    public init(
        _ request: FilmRequest, home: Home, options: RenderOptions, runs: Int, encodes: Bool,
        allocations: @escaping @Sendable () -> Int? = { nil }
    ) throws(FanpaiError) {
        do {
            var samples: [[Phase]] = []
            var firsts: [Double] = []
            var film: Film?
            for _ in 0..<runs {
                let meter = Meter(allocations: allocations)
                let parts = try FilmParts(request, home: home)
                meter.mark("import", perFrame: nil)
                let composition = try Composition.resolve(
                    parts.template, feed: parts.feed, world: parts.world, options: parts.options)
                meter.mark("resolve", perFrame: nil)
                let made = try Film(request, home: home)
                film = made
                samples.append(
                    meter.phases
                        + (try Self.frames(made.source, composition, encodes: encodes, allocations, options, &firsts)))
            }
            guard let film else { throw FanpaiError(.usage, "no run, no figure", remedy: "measure at least once") }
            name = film.name
            source = film.source
            phases = Self.medians(samples)
            firstFrameMilliseconds = Self.median(firsts)
            workers = options.workers
            var whole: [Double] = []
            for _ in 0..<(encodes ? runs : 0) {
                let clock = Stopwatch()
                try film.source.render(to: "/dev/null", Self.toFile(options))
                whole.append(clock.seconds)
            }
            wholeSeconds = Self.median(whole)
            peakMebibytes = Double(Self.peakKibibytes) / 1024
        } catch {
            throw FanpaiError(error)
        }
    }

    private static func toFile(_ options: RenderOptions) -> RenderOptions {
        var options = options
        options.profile = "douyin"
        return options
    }

    /// Draws all frames and adds up each phase.
    private static func frames(
        _ source: FrameSource, _ composition: Composition, encodes: Bool, _ allocations: @escaping @Sendable () -> Int?,
        _ options: RenderOptions, _ firsts: inout [Double]
    ) throws -> [Phase] {
        let meter = Meter(allocations: allocations)
        let clock = Stopwatch()
        let painter = RasterPainter(images: source.images)
        let starts = Set(try source.plan(RenderOptions(), isSegmentable: true).segments.map(\.frames.lowerBound))
        let picture =
            encodes && source.size.width % 2 == 0 && source.size.height % 2 == 0 ? YUVPicture(size: source.size) : nil
        var shown: DisplayList?
        for frame in 0..<source.frameCount {
            try options.cancellation.check()
            meter.start()
            let list = try source.list(frame)
            meter.mark("evaluate", perFrame: source.frameCount)
            let before = starts.contains(frame) ? nil : shown
            let damage = before.map { list.damage(since: $0) } ?? Damage(list.size.bounds)
            meter.mark("compare", perFrame: source.frameCount)
            try painter.paint(list, damage: damage) { band in
                guard let picture else { return }
                meter.mark("rasterise", perFrame: source.frameCount)
                picture.update(from: band)
                meter.mark("convert", perFrame: source.frameCount)
            }
            meter.mark("rasterise", perFrame: source.frameCount)
            shown = list
            if frame == 0 { firsts.append(Double(clock.nanoseconds) / 1e6) }
        }
        guard encodes else { return meter.phases }
        // What the encoder costs is what a job on one thread costs beyond drawing and converting.
        var single = toFile(options)
        single.workers = 1
        single.onProgress = nil
        meter.start()
        let before = allocations()
        let report = try source.render(to: "/dev/null", single)
        let made = before.flatMap { before in allocations().map { Double($0 - before) / Double(source.frameCount) } }
        let converting = meter.phases.first { $0.name == "convert" }?.milliseconds ?? 0
        let encoding = Double(report.phases.encode) / 1e6 / Double(source.frameCount) - converting
        let drawn = meter.phases.reduce(0) { $0 + ($1.allocations ?? 0) }
        return meter.phases + [
            Phase(name: "encode", milliseconds: encoding, allocations: made.map { $0 - drawn }, isPerFrame: true)
        ]
    }

    private static func medians(_ samples: [[Phase]]) -> [Phase] {
        guard let first = samples.first else { return [] }
        return first.indices.map { index in
            let counts = samples.compactMap { $0[index].allocations }
            return Phase(
                name: first[index].name, milliseconds: median(samples.map { $0[index].milliseconds }),
                allocations: counts.isEmpty ? nil : median(counts), isPerFrame: first[index].isPerFrame)
        }
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    /// The most memory that this process has had resident.
    public static var peakKibibytes: Int {
        guard let bytes = try? FileAccess.read("/proc/self/status") else { return 0 }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else { return 0 }
        return Int(line.filter { $0.isNumber }) ?? 0
    }

    /// The figures for people.
    public var text: String {
        let counted = phases.contains { $0.allocations != nil }
        var rows = [["phase", "ms"] + (counted ? ["allocations"] : []) + [""]]
        for phase in phases {
            rows.append(
                [phase.name, Self.fixed(phase.milliseconds, digits: 3)]
                    + (counted ? [phase.allocations.map { Self.fixed($0, digits: 1) } ?? "-"] : [])
                    + [phase.isPerFrame ? "a frame" : "in all"])
        }
        var text =
            "\(name)  \(source.size), \(source.rate) fps, \(source.frameCount) frames\n" + TextTable.aligned(rows)
        text += "first frame drawn \(Self.fixed(firstFrameMilliseconds, digits: 1)) ms after resolve\n"
        if wholeSeconds > 0 {
            text += "whole job, \(workers) workers: \(Self.fixed(wholeSeconds, digits: 2)) s, "
            text += "\(Self.fixed(Double(source.frameCount) / wholeSeconds, digits: 1)) frames per second\n"
        }
        return text + "peak memory \(Self.fixed(peakMebibytes, digits: 0)) MiB\n"
    }

    /// The figures for programs.
    public var json: OrderedJSON {
        .object([
            "template": .text(name), "width": .integer(Int64(source.size.width)),
            "height": .integer(Int64(source.size.height)), "rate": .text(source.rate.description),
            "frames": .integer(Int64(source.frameCount)),
            "phases": .array(
                phases.map {
                    .object([
                        "name": .text($0.name), "milliseconds": .number($0.milliseconds),
                        "allocations": $0.allocations.map { .number($0) },
                        "per": .text($0.isPerFrame ? "frame" : "film"),
                    ])
                }),
            "firstFrameMilliseconds": .number(firstFrameMilliseconds),
            "wholeSeconds": wholeSeconds > 0 ? .number(wholeSeconds) : nil, "workers": .integer(Int64(workers)),
            "peakMebibytes": .number(peakMebibytes),
        ])
    }

    /// A number with so many decimals, without Foundation.
    static func fixed(_ value: Double, digits: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int64((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + "\(scaled)" }
        let fraction = "\(scaled % scale)"
        return sign + "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
    }
}

/// Adds up time and allocations by phase.
private final class Meter {
    private let allocations: @Sendable () -> Int?
    /// Work on this thread, so that a busy machine shows the same figures as an idle one.
    private let clock = Stopwatch(.thread)
    private var lastTime: UInt64 = 0
    private var lastCount: Int?
    private var sums: [(name: String, nanoseconds: UInt64, count: Int?, frames: Int?)] = []

    init(allocations: @escaping @Sendable () -> Int?) {
        self.allocations = allocations
        sums.reserveCapacity(8)
        start()
    }

    /// What comes now belongs to the next mark.
    func start() { (lastTime, lastCount) = (clock.nanoseconds, allocations()) }

    /// What came since the last mark belongs to a phase.
    func mark(_ name: String, perFrame frames: Int?) {
        let (time, count) = (clock.nanoseconds, allocations())
        let made = lastCount.flatMap { last in count.map { $0 - last } }
        if let index = sums.firstIndex(where: { $0.name == name }) {
            sums[index].nanoseconds += time - lastTime
            sums[index].count = sums[index].count.flatMap { sum in made.map { sum + $0 } }
        } else {
            sums.append((name, time - lastTime, made, frames))
        }
        start()
    }

    var phases: [BenchFigures.Phase] {
        sums.map { sum in
            let frames = Double(max(1, sum.frames ?? 1))
            return BenchFigures.Phase(
                name: sum.name, milliseconds: Double(sum.nanoseconds) / 1e6 / frames,
                allocations: sum.count.map { Double($0) / frames }, isPerFrame: sum.frames != nil)
        }
    }
}
