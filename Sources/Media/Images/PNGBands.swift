import CMediaKernels
import Drawing

/// The PNG file of a picture that follows a film: 8-bit RGBA, straight alpha, sRGB, in bands of rows of which only those are
/// compressed again that show something else.
///
/// The bytes of a file are a function of its pixels: a band refers to nothing but its own rows and the 32 KiB before them.
final class PNGBands {
    private static let rows = 32
    /// Narrow pictures have higher bands, so that the codes at the head of one are worth their bytes.
    private static let leastBytes = 65536

    private let size: PixelSize
    private let bandRows: Int
    private let compressor: OpaquePointer
    private let scratch: UnsafeMutablePointer<UInt8>
    private let head: [UInt8]
    private let tail: [UInt8]
    /// The data of every band, and its sums; empty before the first picture.
    private var data: [[UInt8]]
    private var sums: [fanpai_png_sums]

    /// - Throws: `MediaError` with exit 71 when there is no memory.
    init(size: PixelSize) throws(MediaError) {
        self.size = size
        let pitch = 4 * size.width + 1
        bandRows = max(Self.rows, (Self.leastBytes + pitch - 1) / pitch)
        guard let made = fanpai_png_make(Int32(size.width), Int32(size.height)) else {
            throw FFmpegLibrary.outOfMemory
        }
        compressor = made
        scratch = .allocate(capacity: fanpai_png_bound(made, Int32(min(bandRows, size.height))))
        let bands = (size.height + bandRows - 1) / bandRows
        data = Array(repeating: [], count: bands)
        sums = Array(repeating: fanpai_png_sums(), count: bands)
        head = Self.head(size)
        tail = PNGChunk.bytes("IEND", [])
    }

    deinit {
        fanpai_png_free(compressor)
        scratch.deallocate()
    }

    /// The file of the picture after some of it changed.
    ///
    /// - Parameters:
    ///   - pixels: straight RGBA, as the picture is now.
    ///   - rects: where it may differ from the last call's; all of it the first time.
    func file(
        _ pixels: UnsafePointer<UInt8>, stride: Int, changed rects: [PixelRect]
    ) throws(MediaError) -> [UInt8] {
        try compress(pixels, stride: stride, changed: rects)
        var file = head
        file.reserveCapacity(head.count + data.reduce(0) { $0 + $1.count } + 16 + tail.count)
        appendData(to: &file)
        return file + tail
    }

    /// Compresses the bands again that show something else.
    private func compress(
        _ pixels: UnsafePointer<UInt8>, stride: Int, changed rects: [PixelRect]
    ) throws(MediaError) {
        for rect in rects {
            fanpai_png_take(
                compressor, pixels, stride, Int32(rect.x), Int32(rect.maxX), Int32(rect.y), Int32(rect.maxY))
        }
        for band in data.indices {
            let first = Int32(band * bandRows)
            let rows = min(Int32(bandRows), Int32(size.height) - first)
            guard data[band].isEmpty || fanpai_png_is_stale(compressor, first, rows) != 0 else { continue }
            let count = fanpai_png_band(compressor, first, rows, scratch, &sums[band])
            guard count > 0 else { throw FFmpegLibrary.outOfMemory }
            data[band] = Array(UnsafeBufferPointer(start: scratch, count: count))
        }
        fanpai_png_settle(compressor)
    }

    /// Appends the data as one chunk; its sum is made of those of the bands.
    private func appendData(to file: inout [UInt8]) {
        let type = Array("IDAT".utf8)
        var sum = fanpai_png_start(type, type.count)
        let place = file.count
        file += [0, 0, 0, 0] + type
        for (bytes, one) in zip(data, sums) {
            file += bytes
            withUnsafePointer(to: one) { fanpai_png_add(&sum, $0) }
        }
        let end = PNGChunk.big(Int(sum.adler))
        var last = fanpai_png_start(end, end.count)
        fanpai_png_add(&sum, &last)
        file += end + PNGChunk.big(Int(sum.crc))
        file.replaceSubrange(place..<place + 4, with: PNGChunk.big(sum.size - 4))
    }

    /// Signature, size, and that colours are sRGB, in its own words and, for programs that do not know them, as primaries and gamma.
    private static func head(_ size: PixelSize) -> [UInt8] {
        let chromaticities = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]
        return PNGChunk.signature + PNGChunk.header(size) + PNGChunk.bytes("sRGB", [1])
            + PNGChunk.bytes("gAMA", PNGChunk.big(45455))
            + PNGChunk.bytes("cHRM", chromaticities.flatMap { PNGChunk.big($0) })
    }
}
