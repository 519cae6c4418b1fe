import Drawing
import Media
import Testing

/// Packets of QuickTime Animation, read by code that shares nothing with the encoder.
@Suite struct AnimationTests {
    private static let sizes = [(16, 16), (221, 37), (1, 1), (130, 50), (256, 64), (700, 20)]

    /// Every packet leads from what the ones before it showed to its own frame, exactly, and takes hardly more than the shortest
    /// lines that there are.
    @Test(arguments: 0..<12) func packetsLeadToTheirFrames(_ seed: Int) throws {
        let (width, height) = Self.sizes[seed % Self.sizes.count]
        var film = RandomFilm(width, height, seed: 2000 + UInt64(seed), isPlain: seed % 3 == 2)
        let encoder = AnimationEncoder(size: film.size)
        var shown = [UInt32](repeating: 0, count: width * height)
        var (bytes, shortest) = (0, 0)
        try film.run(9) { frame in
            let picture = StraightPicture(size: frame.pixels.size, order: .argb)
            picture.update(from: frame.pixels, damage: Damage(frame.pixels.size.bounds))
            let now = (0..<width * height).map { index in
                UnsafeRawPointer(picture.bytes).loadUnaligned(
                    fromByteOffset: index / width * picture.stride + index % width * 4, as: UInt32.self)
            }
            let packet = try encoder.encode(frame)
            let before = shown
            let lines = try Self.read(packet, into: &shown, width: width, isWhole: frame.index == 0)
            #expect(shown == now, "frame \(frame.index)")
            if frame.damage.isEmpty { #expect(packet.count == 15) }
            for row in lines {
                let range = row * width..<(row + 1) * width
                shortest += Self.shortest(now[range], frame.index == 0 ? nil : before[range])
            }
            bytes += packet.count - (frame.index == 0 ? 7 : 15)
        }
        #expect(Double(bytes) <= Double(shortest) * 1.01 + 4, "\(bytes) bytes where \(shortest) do")
    }

    /// A line may differ in its first and its last pixel, in all or in none, and longer than any operation goes.
    @Test func linesHaveAllLengths() throws {
        for width in [1, 2, 63, 64, 65, 127, 128, 129, 254, 255, 256, 257, 640] {
            let size = PixelSize(width: width, height: 3)
            let (buffer, encoder) = (PixelBuffer(size: size), AnimationEncoder(size: size))
            var shown = [UInt32](repeating: 0, count: 3 * width)
            for index in 0..<6 {
                let changed = [Array(0..<width), [0], [width - 1], [0, width - 1], [], Array(0..<width)][index]
                buffer.withMutableBytes { bytes in
                    for x in changed {
                        let at = buffer.stride + 4 * x
                        // Noise, or one colour.
                        let value = UInt8(truncatingIfNeeded: index == 0 ? x * 37 + x / 7 : 90 + index)
                        (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (value, 0, value, 255)
                    }
                }
                let frame = Frame(
                    index: index, pixels: buffer, damage: Damage(size.bounds),
                    digest: Digest(words: (0, 0, 0, UInt64(index))))
                _ = try Self.read(encoder.encode(frame), into: &shown, width: width, isWhole: index == 0)
                for x in 0..<width {
                    let pixel = buffer[x, 1]
                    let wanted = [255, pixel.red, pixel.green, pixel.blue]
                    #expect(withUnsafeBytes(of: shown[width + x]) { Array($0) } == wanted, "\(x) of \(width)")
                }
            }
        }
    }

    /// Applies a packet (QuickTime File Format, Animation) and returns the lines that it tells of.
    private static func read(
        _ packet: [UInt8], into shown: inout [UInt32], width: Int, isWhole: Bool
    ) throws -> Range<Int> {
        func number(_ at: Int, _ count: Int) -> Int { packet[at..<at + count].reduce(0) { $0 << 8 | Int($1) } }
        try #require(packet.count >= 7 && number(0, 4) == packet.count && packet.last == 0)
        try #require(number(4, 2) == (isWhole ? 0 : 8))
        let lines = isWhole ? 0..<shown.count / width : number(6, 2)..<number(6, 2) + number(10, 2)
        var at = isWhole ? 6 : 14
        for row in lines {
            var x = Int(packet[at]) - 1
            at += 1
            while packet[at] != 0xff {
                let code = Int(Int8(bitPattern: packet[at]))
                at += 1
                if code == 0 {
                    x += Int(packet[at]) - 1
                    at += 1
                    continue
                }
                for index in 0..<abs(code) {
                    try #require(x < width)
                    let from = at + (code > 0 ? 4 * index : 0)
                    shown[row * width + x] = packet.withUnsafeBytes {
                        $0.loadUnaligned(fromByteOffset: from, as: UInt32.self)
                    }
                    x += 1
                }
                at += 4 * max(1, code)
            }
            at += 1
        }
        try #require(at == packet.count - 1)
        return lines
    }

    /// Bytes of the shortest line: for every place the cheapest rest, found from the end.
    private static func shortest(_ now: ArraySlice<UInt32>, _ before: ArraySlice<UInt32>?) -> Int {
        let (now, before) = (Array(now), before.map { Array($0) })
        var rest = [Int](repeating: 1, count: now.count + 1)
        var (same, equal) = (0, 0)
        for start in now.indices.reversed() {
            same = before.map { $0[start] == now[start] } == true ? same + 1 : 0
            equal = start + 1 < now.count && now[start] == now[start + 1] ? equal + 1 : 1
            // A line that stays the same from here on ends.
            if same == now.count - start { continue }
            var best = Int.max
            for count in 1...min(127, now.count - start) { best = min(best, 1 + 4 * count + rest[start + count]) }
            for count in 2..<max(3, min(128, equal) + 1) where equal > 1 { best = min(best, 5 + rest[start + count]) }
            for count in 1..<min(254, same) + 1 { best = min(best, 2 + rest[start + count]) }
            rest[start] = best
        }
        // The first skip is a byte shorter, and is there even if nothing is skipped.
        let kept = before.map { before in now.indices.prefix { before[$0] == now[$0] }.count } ?? 0
        return (0...min(254, kept)).reduce(Int.max) { min($0, 1 + rest[$1]) }
    }
}
