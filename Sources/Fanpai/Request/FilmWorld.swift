internal import Drawing
import Media
import Motion
import Synchronization
import Typesetting

/// The files and fonts of a film: what resolve may look at, and where rasterisers get pictures from afterwards.
final class FilmWorld: World, ImageSource {
    private let folder: String
    private let home: Home
    private let brand: BrandFile?
    private let loaded: LoadedFiles
    private let pictures = Mutex<[Digest: PixelBuffer]>([:])
    private let paths = Mutex<[String]>([])

    /// Makes a world for the template in `folder`.
    init(folder: String, home: Home, brand: BrandFile? = nil, loaded: LoadedFiles = LoadedFiles()) {
        (self.folder, self.home, self.brand, self.loaded) = (folder, home, brand, loaded)
    }

    /// The pictures that were asked for, in order.
    var files: [String] { paths.withLock { $0 } }

    func image(at path: String) throws -> ImageFacts {
        let inside = folder + "/" + path
        let file = !path.hasPrefix("/") && FileAccess.kind(of: inside) == .file ? inside : path
        paths.withLock { if !$0.contains(file) { $0.append(file) } }
        let pixels = try loaded.picture(file)
        let digest = pixels.digest
        pictures.withLock { $0[digest] = pixels }
        return ImageFacts(digest: digest, size: pixels.size)
    }

    func image(png: [UInt8]) throws -> ImageFacts {
        let pixels = try ImageDecoder.decode(png, name: "the emoji")
        let digest = pixels.digest
        pictures.withLock { $0[digest] = pixels }
        return ImageFacts(digest: digest, size: pixels.size)
    }

    func fonts(adding files: [String]) throws -> FontLibrary {
        var library = try loaded.fonts(home)
        if !files.isEmpty { library = try library.adding(files: files.map { folder + "/" + $0 }) }
        return try brand?.fonts(before: library) ?? library
    }

    func pixels(of image: Digest) throws -> PixelBuffer {
        guard let pixels = pictures.withLock({ $0[image] }) else { return try NoImages().pixels(of: image) }
        return pixels
    }

    func pixels(of video: Digest, frame: Int) throws -> PixelBuffer { try NoImages().pixels(of: video, frame: frame) }
}
