import CBenchmarkKernels
import Drawing
import Fanpai
import Media
import Motion
import Orders
import Raster

/// The encoders of transparent films, frame by frame beside libavcodec's of the same format: processor time of one thread, and bytes.
///
/// Ours take premultiplied pixels and divide by alpha themselves; libavcodec's get straight pixels in their own format, and the
/// time of that conversion is not theirs.
struct OverlayBenchmark {
    /// A film, and what of its frames counts as changed.
    struct Film {
        let name: String
        let workload: Workload
        let frames: Range<Int>
        /// Whether every frame counts as changed everywhere.
        let isWhole: Bool
    }

    /// One of our encoders, and libavcodec's with the pixel format that it takes.
    private struct Pair {
        let profile: String
        let reference: String
        let format: String
    }

    private static let small = "live-counter as overlay", whole = "all of a frame changed"
    private static let proRes = Pair(profile: "prores4444", reference: "prores_ks", format: "yuva444p10le")
    private static let pairs = [
        proRes, Pair(profile: "qtrle", reference: "qtrle", format: "argb"),
        Pair(profile: "png-mov", reference: "png", format: "rgba"),
    ]

    let film: Film
    let isQuick: Bool

    static func films(home: Home) -> [Film] {
        [
            Film(name: small, workload: Workload("live-counter", home: home), frames: 90..<180, isWhole: false),
            Film(
                name: whole,
                workload: Workload(whole, scene: "reference", home: home, settings: ["backdrop=false"]),
                frames: 90..<110, isWhole: true),
        ]
    }

    static let reaches: [Reach] =
        [
            Reach(template: small, name: "prores4444 / prores_ks", most: 0.1, title: "ProRes of little change"),
            Reach(template: whole, name: "prores4444 / prores_ks", most: 1 / 3, title: "ProRes of full change"),
        ]
        + ["qtrle", "png"].flatMap { name in
            let profile = name == "png" ? "png-mov" : name
            return [
                Reach(
                    template: small, name: "\(profile) / \(name)", most: 0.2, title: "\(profile) beside libavcodec's"),
                Reach(
                    template: small, name: "\(profile) bytes / \(name)'s", most: 1,
                    title: "\(profile) bytes beside libavcodec's"),
            ]
        }

    func run() throws -> [Figure] {
        let workload = film.workload
        let world = try Files(workload)
        let template = try workload.template()
        let composition = try Composition.resolve(
            template, feed: try workload.decodeOrders().feed, world: world,
            options: workload.resolveOptions(template))
        let frames = film.frames.prefix(isQuick ? 15 : film.frames.count)
        var figures: [Figure] = []
        for pair in film.isWhole ? [Self.proRes] : Self.pairs {
            figures += try measure(pair, composition, Renderer(images: world), Array(frames))
        }
        return figures
    }

    private func measure(
        _ pair: Pair, _ composition: Composition, _ renderer: Renderer, _ frames: [Int]
    ) throws -> [Figure] {
        let size = composition.size
        let description = try OutputDescription(
            size: size, rate: composition.rate, frameCount: frames.count, profile: Profile.named(pair.profile))
        guard let ours = try MovieFrameEncoding(description),
            let theirs = fanpai_bench_encoder_make(
                pair.reference, pair.format, Int32(size.width), Int32(size.height))
        else { throw Child.Failure(description: "no encoder \(pair.reference)") }
        defer { fanpai_bench_encoder_free(theirs) }
        let pixels = PixelBuffer(size: size)
        let straight = StraightPicture(size: size, order: .rgba)
        var shown: DisplayList?
        var (mine, reference) = (0.0, 0.0)
        var (bytes, referenceBytes, damaged) = (0, 0, 0)
        for (number, index) in frames.enumerated() {
            let list = composition.displayList(atFrame: index)
            let damage = shown.map { list.damage(since: $0) } ?? Damage(size.bounds)
            if !damage.isEmpty { try renderer.render(list, into: pixels, damage: damage) }
            shown = list
            straight.update(from: pixels, damage: damage)
            let told = film.isWhole ? Damage(size.bounds) : damage
            let frame = Frame(index: number, pixels: pixels, damage: told, digest: list.digest)
            guard fanpai_bench_encoder_take(theirs, straight.bytes, Int32(straight.stride)) == 0 else {
                throw Child.Failure(description: "libswscale has no \(pair.format)")
            }
            var start = fanpai_bench_thread_nanoseconds()
            let made = fanpai_bench_encoder_run(theirs)
            let between = fanpai_bench_thread_nanoseconds()
            guard made >= 0 else { throw Child.Failure(description: "\(pair.reference) failed") }
            let own = try ours.encode(frame)
            let end = fanpai_bench_thread_nanoseconds()
            // The first frame is whole in any case.
            guard number > 0 else { continue }
            reference += Double(between - start) / 1e6
            start = between
            mine += Double(end - start) / 1e6
            bytes += own
            referenceBytes += Int(made)
            damaged += told.area
        }
        let count = Double(max(1, frames.count - 1))
        func figure(_ name: String, _ value: Double, _ unit: String) -> Figure {
            Figure(template: film.name, name: name, value: value, unit: unit)
        }
        return [
            figure("\(pair.profile) a frame", mine / count, "ms"),
            figure("libavcodec's \(pair.reference) a frame", reference / count, "ms"),
            figure("\(pair.profile) / \(pair.reference)", mine / reference, "times"),
            figure(
                "\(pair.profile) bytes / \(pair.reference)'s", Double(bytes) / Double(referenceBytes), "times"),
            figure(
                "\(pair.profile) damaged pixels", Double(damaged) / count / Double(size.width * size.height) * 100, "%"),
        ]
    }
}
