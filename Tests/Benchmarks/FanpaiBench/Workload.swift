import Drawing
import Fanpai
import Media
import Motion
import Orders
import Synchronization
import Typesetting

/// A template with the sample that all of them are measured on.
struct Workload {
    let name: String
    let home: Home
    let orders: String

    static let period = "2026-11-11..2026-11-11"

    init(_ name: String, home: Home) {
        (self.name, self.home) = (name, home)
        orders = home.templates + "/../Samples/douyin-1111.csv"
    }

    /// The arguments of the command line program that make the same film.
    var arguments: [String] { [name, "--orders", orders, "--period", Self.period] }

    func template() throws -> Template {
        let file = try home.folder(ofTemplate: name) + "/template.yaml"
        return try Template(decoding: TextFile.bytes(file), file: file)
    }

    func decodeOrders() throws -> DecodedOrders {
        try OrderDecoder(options: OrderDecodingOptions(key: .demo)).decode(path: orders)
    }

    /// What the command line hands to resolve.
    func resolveOptions(_ template: Template) throws -> ResolveOptions {
        var options = ResolveOptions()
        options.parameters = template.defaults
        options.period = try Period(Self.period)
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
        folder = try workload.home.folder(ofTemplate: workload.name)
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
