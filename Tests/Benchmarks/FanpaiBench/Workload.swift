import Drawing
import Fanpai
import Media
import Motion
import Orders
import Synchronization
import Typesetting

/// A film that is measured: a template with data, parameters, rate and length.
struct Workload {
    /// What the figures are called by.
    let name: String
    /// The template by name, or the path of its folder.
    let place: String
    let home: Home
    let orders: String
    let period: String?
    /// Parameters that are not the template's own, as `name=value`.
    var settings: [String] = []
    var framesPerSecond = 30
    /// Seconds; nil is the template's own length.
    var seconds: Int?

    /// A template with the sample that all of them are measured on.
    init(_ name: String, home: Home) {
        (self.name, place, self.home) = (name, name, home)
        orders = home.templates + "/../Samples/douyin-1111.csv"
        period = "2026-11-11..2026-11-11"
    }

    /// A template of the benchmark's own, with orders and a period of its own.
    init(_ name: String, scene: String, home: Home, settings: [String] = [], framesPerSecond: Int = 30) {
        let folder = home.templates + "/../Tests/Benchmarks/Templates/" + scene
        (self.name, place, self.home) = (name, folder, home)
        (orders, period) = (folder + "/orders.jsonl", nil)
        (self.settings, self.framesPerSecond) = (settings, framesPerSecond)
    }

    /// The same film under another name.
    func called(_ name: String) -> Workload {
        var other = Workload(name, place: place, home: home, orders: orders, period: period)
        (other.settings, other.framesPerSecond, other.seconds) = (settings, framesPerSecond, seconds)
        return other
    }

    private init(_ name: String, place: String, home: Home, orders: String, period: String?) {
        (self.name, self.place, self.home) = (name, place, home)
        (self.orders, self.period) = (orders, period)
    }

    /// The arguments of the command line program that make the same film.
    var arguments: [String] {
        [place, "--orders", orders] + (period.map { ["--period", $0] } ?? [])
            + settings.flatMap { ["--set", $0] } + (framesPerSecond == 30 ? [] : ["--fps", "\(framesPerSecond)"])
            + (seconds.map { ["--duration", "\($0)s"] } ?? [])
    }

    func template() throws -> Template {
        let file = try home.folder(ofTemplate: place) + "/template.yaml"
        return try Template(decoding: TextFile.bytes(file), file: file)
    }

    func decodeOrders() throws -> DecodedOrders {
        try OrderDecoder(options: OrderDecodingOptions(key: .demo)).decode(path: orders)
    }

    /// What the command line hands to resolve.
    func resolveOptions(_ template: Template) throws -> ResolveOptions {
        var options = ResolveOptions()
        options.parameters = try template.values(assignments: settings)
        options.period = try period.map { try Period($0) }
        options.rate = FrameRate(framesPerSecond, 1)
        options.duration = seconds.map(Double.init)
        return options
    }
}

/// Files and fonts, read anew by every instance as a new process would.
final class Files: World, ImageSource {
    private let folder: String
    private let home: Home
    private let pictures = Mutex<[Digest: PixelBuffer]>([:])

    init(_ workload: Workload) throws {
        home = workload.home
        folder = try workload.home.folder(ofTemplate: workload.place)
    }

    func image(at path: String) throws -> ImageFacts {
        let pixels = try ImageDecoder.decode(path: path.hasPrefix("/") ? path : folder + "/" + path)
        let digest = pixels.digest
        pictures.withLock { $0[digest] = pixels }
        return ImageFacts(digest: digest, size: pixels.size)
    }

    func fonts(adding files: [String]) throws -> FontLibrary {
        let library = try FontLibrary(directories: [home.fonts], systemFonts: false)
        return files.isEmpty ? library : try library.adding(files: files.map { folder + "/" + $0 })
    }

    func pixels(of image: Digest) throws -> PixelBuffer {
        guard let pixels = pictures.withLock({ $0[image] }) else { return try NoImages().pixels(of: image) }
        return pixels
    }

    func pixels(of video: Digest, frame: Int) throws -> PixelBuffer { try NoImages().pixels(of: video, frame: frame) }
}
