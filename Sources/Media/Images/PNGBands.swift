import CMediaKernels
import Drawing

/// The PNG file of a picture that follows a film: 8-bit RGBA, straight alpha, sRGB, in bands of rows of which only those are
/// compressed again that show something else.
///
/// The bytes of a file are a function of its pixels: a band refers to nothing but its own rows and the 32 KiB before them.
final class PNGBands {
    private static let rows = 32
    /// What a band may refer to lies in the one before.
    private static let leastBytes = 65536

    private let size: PixelSize
    private let pitch: Int
    private let bandRows: Int
    private let compressor: OpaquePointer
    private let scratch: UnsafeMutablePointer<UInt8>
    private let head: [UInt8]
    private let tail: [UInt8]
    /// The chunk of every band, and the Adler-32 of what it holds; empty before the first picture.
    private var chunks: [[UInt8]]
    private var sums: [UInt32]

    /// - Throws: `MediaError` with exit 71 when there is no memory.
    init(size: PixelSize) throws(MediaError) {
        self.size = size
        pitch = 4 * size.width + 1
        bandRows = max(Self.rows, (Self.leastBytes + pitch - 1) / pitch)
        guard let made = fanpai_png_make(Int32(size.width)) else { throw FFmpegLibrary.outOfMemory }
        compressor = made
        scratch = .allocate(capacity: fanpai_png_bound(made, Int32(min(bandRows, size.height))))
        let bands = (size.height + bandRows - 1) / bandRows
        chunks = Array(repeating: [], count: bands)
        sums = Array(repeating: 1, count: bands)
        head = Self.head(size)
        tail = PNGChunk.bytes("IEND", [])
    }

    deinit {
        fanpai_png_free(compressor)
        scratch.deallocate()
    }

    /// The file of the picture after some of its rows changed.
    ///
    /// - Parameters:
    ///   - pixels: straight RGBA, as the picture is now.
    ///   - rects: where it may differ from the last call's; all of it the first time.
    func file(
        _ pixels: UnsafePointer<UInt8>, stride: Int, changed rects: [PixelRect]
    ) throws(MediaError) -> [UInt8] {
        var marks = chunks.map(\.isEmpty)
        for rect in rects where !rect.isEmpty {
            // The band below looks back at the rows of this one.
            let last = min(marks.count - 1, (rect.maxY - 1) / bandRows + 1)
            for band in rect.y / bandRows...last { marks[band] = true }
        }
        for band in marks.indices where marks[band] {
            let first = band * bandRows
            let rows = min(bandRows, size.height - first)
            let count = fanpai_png_band(
                compressor, pixels, stride, Int32(first), Int32(rows), band == marks.count - 1 ? 1 : 0, scratch,
                &sums[band])
            guard count > 0 else { throw FFmpegLibrary.outOfMemory }
            chunks[band] = Array(UnsafeBufferPointer(start: scratch, count: count))
        }
        var sum: UInt32 = 1
        for band in sums.indices {
            let rows = min(bandRows, size.height - band * bandRows)
            sum = fanpai_png_adler(sum, sums[band], rows * pitch)
        }
        var file = head
        file.reserveCapacity(head.count + chunks.reduce(0) { $0 + $1.count } + 16 + tail.count)
        for chunk in chunks { file += chunk }
        file += PNGChunk.bytes("IDAT", PNGChunk.big(Int(sum)))
        return file + tail
    }

    /// Signature, size, and that colours are sRGB, in its own words and, for programs that do not know them, as primaries and gamma.
    private static func head(_ size: PixelSize) -> [UInt8] {
        let chromaticities = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]
        return PNGChunk.signature + PNGChunk.header(size) + PNGChunk.bytes("sRGB", [1])
            + PNGChunk.bytes("gAMA", PNGChunk.big(45455))
            + PNGChunk.bytes("cHRM", chromaticities.flatMap { PNGChunk.big($0) })
    }
}
