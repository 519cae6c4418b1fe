import Drawing
import Glibc
import Media

/// A gradient with a square that moves: every frame differs from the others and says which it is.
struct TestScene {
    let size: PixelSize
    /// A gradient of alpha too, and a transparent rim.
    let isTransparent: Bool

    init(_ width: Int, _ height: Int, transparent: Bool = false) {
        size = PixelSize(width: width, height: height)
        isTransparent = transparent
    }

    func square(_ index: Int) -> PixelRect {
        let side = max(4, min(size.width, size.height) / 4)
        return PixelRect(
            x: (index * 7) % (size.width - side), y: (index * 5) % (size.height - side), width: side, height: side)
    }

    func color(_ x: Int, _ y: Int, _ index: Int) -> (UInt8, UInt8, UInt8, UInt8) {
        let square = square(index)
        let inside = x >= square.x && x < square.maxX && y >= square.y && y < square.maxY
        let alpha = isTransparent ? (x < 4 ? 0 : 255 * y / max(1, size.height - 1)) : 255
        let (b, g, r) =
            inside
            ? (40 + index * 13 % 200, 220, 250 - index * 11 % 200)
            : (200 * x / size.width, 200 * y / size.height, 90)
        return (
            UInt8((b * alpha + 127) / 255), UInt8((g * alpha + 127) / 255), UInt8((r * alpha + 127) / 255), UInt8(alpha)
        )
    }

    func draw(_ index: Int, into buffer: PixelBuffer) {
        let stride = buffer.stride
        buffer.withMutableBytes { bytes in
            for y in 0..<size.height {
                for x in 0..<size.width {
                    let c = color(x, y, index)
                    let at = y * stride + x * 4
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = c
                }
            }
        }
    }

    func buffer(_ index: Int) -> PixelBuffer {
        let buffer = PixelBuffer(size: size)
        draw(index, into: buffer)
        return buffer
    }

    /// A frame whose damage is since the one before it, or everything.
    func frame(_ index: Int, first: Bool) -> Frame {
        var damage = Damage(first ? size.bounds : square(index))
        if !first { damage.add(square(index - 1)) }
        return Frame(
            index: index, pixels: buffer(index), damage: damage, digest: Digest(words: (0, 0, 0, UInt64(index))))
    }

    /// Cuts `count` frames into runs of `length`.
    static func plan(_ count: Int, every length: Int) -> [Segment] {
        Swift.stride(from: 0, to: count, by: length).enumerated().map {
            Segment(index: $0, frames: $1..<min(count, $1 + length))
        }
    }

    /// Renders a whole output, one segment after the other.
    func render(_ output: some FrameOutput, _ description: OutputDescription) throws {
        for segment in description.segments { try output.append(encode(output, segment)) }
        try output.finish()
    }

    func encode<Output: FrameOutput>(_ output: Output, _ segment: Segment) throws -> Output.Factory.Sink.Product {
        let sink = try output.factory.makeSink(for: segment)
        for index in segment.frames { try sink.write(frame(index, first: index == segment.frames.lowerBound)) }
        return try sink.finish()
    }
}

/// A folder that is removed with everything in it.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/fanpai-media-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return "/nonexistent" }
            return String(cString: base)
        }
    }

    deinit { Self.remove(path) }

    static func remove(_ path: String) {
        for name in names(path) {
            let inner = "\(path)/\(name)"
            if unlink(inner) != 0 { remove(inner) }
        }
        rmdir(path)
    }

    /// Sorted names inside, hidden ones too.
    static func names(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    var names: [String] { Self.names(path) }

    static func bytes(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
        }
    }
}
