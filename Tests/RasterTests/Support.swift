import Drawing
import Raster

/// A repeatable source of numbers (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Pictures by digest, made by the test.
struct FakeImages: ImageSource {
    var pictures: [Digest: PixelBuffer] = [:]

    func pixels(of image: Digest) throws -> PixelBuffer {
        guard let picture = pictures[image] else { return try NoImages().pixels(of: image) }
        return picture
    }

    func pixels(of video: Digest, frame: Int) throws -> PixelBuffer {
        guard let picture = pictures[video] else { return try NoImages().pixels(of: video, frame: frame) }
        return picture
    }
}

/// A list drawn whole by a new renderer.
func drawn(_ list: DisplayList, images: any ImageSource = NoImages()) throws -> PixelBuffer {
    let buffer = PixelBuffer(size: list.size)
    try Renderer(images: images).render(list, into: buffer, damage: Damage(list.size.bounds))
    return buffer
}

func drawn(_ width: Int, _ height: Int, _ nodes: [Node]) throws -> PixelBuffer {
    try drawn(DisplayList(size: PixelSize(width: width, height: height), nodes: nodes))
}

extension Node {
    static func fill(_ path: Path, _ color: Color) -> Node { .path(PathNode(path: path, paint: .solid(color))) }

    static func fill(_ rect: Rect, _ color: Color) -> Node { .fill(.rect(rect), color) }
}

extension Rect {
    init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        self.init(x: x, y: y, width: width, height: height)
    }
}

/// The four channels of a pixel, blue first.
func channels(_ buffer: PixelBuffer, _ x: Int, _ y: Int) -> [Int] {
    let color = buffer[x, y]
    return [Int(color.blue), Int(color.green), Int(color.red), Int(color.alpha)]
}

/// The first pixel in which two pictures differ by more than `tolerance`, with both values; nil when there is none.
func difference(_ a: PixelBuffer, _ b: PixelBuffer, tolerance: Int = 0) -> String? {
    guard a.size == b.size else { return "sizes \(a.size) and \(b.size)" }
    for y in 0..<a.size.height {
        for x in 0..<a.size.width {
            let (p, q) = (channels(a, x, y), channels(b, x, y))
            if zip(p, q).contains(where: { abs($0 - $1) > tolerance }) { return "(\(x), \(y)): \(p) and \(q)" }
        }
    }
    return nil
}

/// True when all visible bytes are equal.
func areEqual(_ a: PixelBuffer, _ b: PixelBuffer) -> Bool {
    guard a.size == b.size else { return false }
    return a.withBytes { a in b.withBytes { b in a.elementsEqual(b) } }
}

/// A board's card as its texture would be: a dark gradient with round corners, a light digit and lines as fine as type.
func card(width: Double = 140, height: Double = 220) -> LayerContent {
    let face = Gradient.linear(
        from: .zero, to: Point(x: 0, y: height),
        stops: [.init(0, Color(red: 60, green: 62, blue: 70)), .init(1, Color(red: 24, green: 25, blue: 30))])
    var nodes: [Node] = [
        .path(PathNode(path: .roundedRect(Rect(0, 0, width, height), radius: 16), paint: .gradient(face))),
        .path(
            PathNode(
                path: .ellipse(in: Rect(width * 0.25, height * 0.2, width * 0.5, height * 0.6)),
                style: .stroke(Stroke(width: 22)), paint: .solid(Color(red: 250, green: 245, blue: 235)))),
    ]
    for line in 0..<4 {
        nodes.append(
            .fill(
                Rect(width * 0.2, height * 0.9 + Double(line) * 4, width * 0.6, 1.5),
                Color(red: 255, green: 200, blue: 40)))
    }
    return LayerContent(bounds: Rect(0, 0, width, height), nodes: nodes)
}

/// A rotation about the axis through `center`, vertical or horizontal, seen from `distance` pixels away.
func turn(degrees: Double, vertical: Bool, center: Point, to place: Point, distance: Double = 1200) -> Matrix3 {
    let (sine, cosine) = PortableMath.sinCos(degrees * .pi / 180)
    let rotation =
        vertical
        ? Matrix3(m11: cosine, m12: 0, m13: 0, m21: 0, m22: 1, m23: 0, m31: sine / distance, m32: 0, m33: 1)
        : Matrix3(m11: 1, m12: 0, m13: 0, m21: 0, m22: cosine, m23: 0, m31: 0, m32: sine / distance, m33: 1)
    return Matrix3.translation(x: place.x, y: place.y) * rotation
        * Matrix3.translation(x: -center.x, y: -center.y)
}
