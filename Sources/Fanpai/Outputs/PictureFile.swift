import Drawing
import Glibc
import Media

/// Single pictures as PNG files.
enum PictureFile {
    /// Writes a picture with straight alpha; `-` is standard output.
    ///
    /// - Throws: `FanpaiError`; nothing is left behind then.
    static func write(_ pixels: PixelBuffer, to path: String) throws(FanpaiError) {
        do {
            let bytes = try PNGEncoder(size: pixels.size).encode(pixels)
            try FileAccess.write(bytes, to: path)
        } catch {
            throw FanpaiError(error)
        }
    }
}
