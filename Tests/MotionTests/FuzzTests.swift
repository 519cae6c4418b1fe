import Drawing
import Motion
import Testing

@Suite struct FuzzTests {
    @Test func brokenTemplatesAreRefusedNotTrapped() throws {
        let good = try TestTemplate.bytes(of: "Templates/three-beats/template.yaml")
        var random = SeededGenerator(seed: 99)
        let pieces = [
            "- ", ": ", "{", "}", "[", "]", "\"", "$", "{sold|", "1e308", "-1", "nan", "\n", "99999999999999999999s",
            "0", "&a ", "*a", "keys", "\t", "#",
        ]
        for _ in 0..<600 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
                case 2:
                    let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
                    bytes.insert(contentsOf: Array(piece.utf8), at: place)
                default:
                    let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
                    bytes.replaceSubrange(place..<min(bytes.count, place + piece.utf8.count), with: Array(piece.utf8))
                }
                if bytes.isEmpty { break }
            }
            bytes.withUnsafeBytes { fuzzTemplate($0) }
        }
    }

    @Test func whatDecodesCanBeResolvedOrIsRefused() throws {
        let good = String(decoding: try TestTemplate.bytes(of: "Templates/three-beats/template.yaml"), as: UTF8.self)
        let changes = [
            ("148", "0.0001"), ("148", "1e9"), ("2s", "0f"), ("2s", "600s"), ("2.4s", "7.9s"),
            ("[1080, 1920]", "[16, 8192]"),
            ("[520, 520]", "[0, 0]"), ("value: -35", "value: -90"), ("value: -35", "value: 36000"), ("0.6}", "0.05}"),
            ("fontSize: 260", "fontSize: 2000"), ("fontSize: 46", "fontSize: 1"), ("duration: 4s", "duration: 1f"),
            ("amount: 0.08", "amount: 1000"), ("period: 2s", "period: 0.05s"),
        ]
        for (old, new) in changes {
            let text = good.replacing(old, with: new)
            #expect(text != good)
            guard let template = try? TestTemplate.decode(text) else { continue }
            var options = ResolveOptions()
            options.period = .day
            guard
                let composition = try? Composition.resolve(
                    template, feed: TestFeed.feed(TestFeed.day(orders: 20)), world: TestWorld(), options: options)
            else { continue }
            for frame in stride(from: 0, to: composition.frameCount, by: max(1, composition.frameCount / 40)) {
                _ = composition.displayList(atFrame: frame).digest
            }
        }
    }
}
