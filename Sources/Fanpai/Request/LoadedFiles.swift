import Drawing
import Media
import Orders
import Synchronization
import Typesetting

/// What was read for a film and serves the next one of the same request as well, as long as the files stay as they were.
final class LoadedFiles: Sendable {
    private struct OrderData: Sendable {
        let paths: [String]
        let stamps: [[Int]]
        let key: String
        let orders: DecodedOrders
        let files: [OrderFile]
    }

    private struct Picture: Sendable {
        let stamp: [Int]
        let pixels: PixelBuffer
    }

    private let library = Mutex<(home: Home, fonts: FontLibrary)?>(nil)
    private let orderData = Mutex<OrderData?>(nil)
    private let pictures = Mutex<[String: Picture]>([:])

    /// The fonts of a home.
    func fonts(_ home: Home) throws(FanpaiError) -> FontLibrary {
        if let known = library.withLock({ $0 }), known.home == home { return known.fonts }
        let fonts = try home.fontLibrary()
        library.withLock { $0 = (home, fonts) }
        return fonts
    }

    /// The order data of a request; what it says of columns, zones and money is the same every time.
    func orders(
        _ request: FilmRequest, paths: [String], key: ProjectKey
    ) throws(FanpaiError) -> (orders: DecodedOrders, files: [OrderFile]) {
        let stamps = paths.map(FileAccess.stamp)
        if let known = orderData.withLock({ $0 }), known.paths == paths, known.stamps == stamps,
            known.key == key.fingerprint
        {
            return (known.orders, known.files)
        }
        // A million orders twice in memory are too many.
        orderData.withLock { $0 = nil }
        let (orders, files) = try OrderImport.decode(request, paths: paths, key: key)
        let data = OrderData(paths: paths, stamps: stamps, key: key.fingerprint, orders: orders, files: files)
        orderData.withLock { $0 = data }
        return (orders, files)
    }

    /// The picture in a file.
    func picture(_ path: String) throws(MediaError) -> PixelBuffer {
        let stamp = FileAccess.stamp(of: path)
        if let known = pictures.withLock({ $0[path] }), known.stamp == stamp { return known.pixels }
        let pixels = try ImageDecoder.decode(path: path)
        pictures.withLock { $0[path] = Picture(stamp: stamp, pixels: pixels) }
        return pixels
    }
}
