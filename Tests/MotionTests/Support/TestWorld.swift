import Drawing
import Glibc
import Motion
import Orders
import Typesetting

/// Files, fonts and pictures for tests: the bundled fonts, and pictures that exist by name only.
struct TestWorld: World {
    struct NoSuchFile: Error {}

    /// The bundled fonts, opened once.
    static let library = Result { try FontLibrary(directories: [Checkout.path + "/Fonts"]) }

    func image(at path: String) throws -> ImageFacts {
        guard path.hasSuffix(".png") else { throw NoSuchFile() }
        return ImageFacts(digest: Digest.sha256(of: Array(path.utf8)), size: PixelSize(width: 400, height: 300))
    }

    func fonts(adding files: [String]) throws -> FontLibrary {
        guard files.isEmpty else { throw NoSuchFile() }
        return try Self.library.get()
    }
}

/// Where the package lies.
enum Checkout {
    static let path: String = {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(4)
        return "/" + parts.joined(separator: "/")
    }()
}

/// A generator with a seed: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Order data made up for tests.
enum TestFeed {
    static let start = Instant(unixSeconds: 1_794_326_400)

    static func id(_ number: Int) -> OrderID { ProjectKey.demo.pseudonym(of: "99000000\(number)") }

    /// Orders spread over a day, some of them refunded later; no event carries a frame.
    static func day(orders: Int, seed: UInt64 = 1) -> [OrderEvent] {
        var random = SeededGenerator(seed: seed)
        var events: [OrderEvent] = []
        for number in 0..<orders {
            let at = start.adding(microseconds: Int64.random(in: 0..<80_000_000_000, using: &random))
            let amount = Int64.random(in: 100...99_900, using: &random)
            events.append(OrderEvent(.paid, order: id(number), at: at, amount: amount, quantity: 1))
            if Int.random(in: 0..<10, using: &random) == 0 {
                let later = at.adding(microseconds: Int64.random(in: 1...4_000_000_000, using: &random))
                events.append(OrderEvent(.refunded, order: id(number), at: later))
            }
        }
        return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Orders of a session of `frames` frames, visible at rising frames.
    static func session(orders: Int, frames: Int, seed: UInt64 = 2) -> [OrderEvent] {
        var random = SeededGenerator(seed: seed)
        var seen = (0..<orders).map { _ in Int.random(in: 0..<frames, using: &random) }
        seen.sort()
        var events: [OrderEvent] = []
        for (number, frame) in seen.enumerated() {
            let at = start.adding(microseconds: Int64(frame) * 33_333)
            events.append(
                OrderEvent(
                    .paid, order: id(number), at: at, seen: frame,
                    amount: Int64.random(in: 100...99_900, using: &random)))
            if number > 4, Int.random(in: 0..<6, using: &random) == 0 {
                events.append(
                    OrderEvent(.refunded, order: id(Int.random(in: 0..<number, using: &random)), at: at, seen: frame))
            }
        }
        return events
    }

    static func feed(_ events: some Sequence<OrderEvent>, session: Session? = nil) -> Feed {
        var feed = Feed()
        feed.session = session
        for event in events { feed.append(event) }
        return feed
    }
}

/// Templates for tests.
enum TestTemplate {
    static func decode(_ text: String) throws -> Template {
        try Template(decoding: Array(text.utf8), file: "test.yaml")
    }

    /// The errors and warnings of a text that may not be used.
    static func problems(_ text: String) -> [Diagnostic] {
        do {
            return try decode(text).warnings
        } catch {
            return (error as? MotionError)?.diagnostics ?? []
        }
    }

    /// A template with one scene of elements, 1000 x 1000.
    static func scene(_ elements: String, header: String = "", duration: String = "2s") -> String {
        """
        fanpai: 1
        layouts: {main: {size: [1000, 1000]}}
        \(header)
        scenes:
          - id: main
            duration: \(duration)
            elements:
        \(elements.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
        """
    }

    static func bytes(of path: String) throws -> [UInt8] {
        guard let file = fopen(Checkout.path + "/" + path, "rb") else { throw TestWorld.NoSuchFile() }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    static func threeBeats() throws -> Template {
        try Template(decoding: bytes(of: "Templates/three-beats/template.yaml"), file: "three-beats/template.yaml")
    }
}
