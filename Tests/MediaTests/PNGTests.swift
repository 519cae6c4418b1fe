import Drawing
import Media
import Testing

/// PNG files in bands: what they hold, and that only pixels decide about their bytes.
@Suite struct PNGTests {
    private static let sizes = [(1, 1), (7, 5), (700, 97), (3, 16384), (9000, 40), (640, 33)]

    /// A picture that was encoded after others, by its damage, is the same file as one that is encoded alone.
    @Test(arguments: 0..<6) func bytesFollowFromPixelsAlone(_ number: Int) throws {
        let (width, height) = Self.sizes[number]
        var film = RandomFilm(width, height, seed: 300 + UInt64(number))
        let following = try PNGEncoder(size: film.size)
        let (first, again) = (Damage(film.size.bounds), PixelBuffer(size: film.size))
        try film.run(6) { frame in
            let file = try following.encode(frame.pixels, damage: frame.damage)
            #expect(
                try file == PNGEncoder(size: frame.pixels.size).encode(frame.pixels, damage: first), "\(frame.index)")
            // What is seen is exact; clear pixels may have a colour.
            #expect(try ImageDecoder.decode(file).digest == frame.pixels.digest)
        }
        // An encoder that comes back to an earlier picture makes its file again.
        let clear = try following.encode(again, damage: first)
        #expect(try clear == PNGEncoder(size: film.size).encode(again, damage: first))
    }

    /// A picture that belongs to no film leaves nothing of it in the film's next one, nor the other way round.
    @Test func picturesInBetweenLeaveNoTrace() throws {
        var film = RandomFilm(700, 97, seed: 77)
        let (encoder, other) = (try PNGEncoder(size: film.size), PixelBuffer(size: film.size))
        var noise = Noise(5)
        noise.fill(other, film.size.bounds)
        try film.run(5) { frame in
            let file = try encoder.encode(frame.pixels, damage: frame.damage)
            let alone = try PNGEncoder(size: frame.pixels.size)
            #expect(try file == alone.encode(frame.pixels, damage: Damage(frame.pixels.size.bounds)), "\(frame.index)")
            #expect(try encoder.encode(other) == PNGEncoder.encode(other))
        }
    }

    /// Signature, order and sums of the chunks, by code that shares nothing with the encoder.
    @Test(arguments: 0..<6) func filesAreSound(_ number: Int) throws {
        let (width, height) = Self.sizes[number]
        let pixels = PixelBuffer(size: PixelSize(width: width, height: height))
        var noise = Noise(40 + UInt64(number))
        if number % 2 == 0 { noise.fill(pixels, pixels.size.bounds) }
        let file = try PNGEncoder.encode(pixels)
        #expect(file.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
        var (types, data): ([String], [UInt8]) = ([], [])
        var at = 8
        while at + 12 <= file.count {
            let count = Self.number(file[at..<at + 4])
            let end = at + 8 + count
            try #require(end + 4 <= file.count)
            types.append(String(decoding: file[at + 4..<at + 8], as: UTF8.self))
            if types.last == "IDAT" { data += file[at + 8..<end] }
            #expect(Self.crc(file[at + 4..<end]) == Self.number(file[end..<end + 4]), "\(types.last ?? "")")
            at = end + 4
        }
        #expect(at == file.count && types.first == "IHDR" && types.last == "IEND")
        #expect(types.filter { $0 != "IDAT" } == ["IHDR", "sRGB", "gAMA", "cHRM", "IEND"])
        // zlib's own header and sum: rows of filter 0 and straight pixels.
        #expect(data[0] == 0x78 && (Int(data[0]) << 8 | Int(data[1])) % 31 == 0)
        var rows: [UInt8] = []
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width {
                let pixel = pixels[x, y]
                func straight(_ value: UInt8) -> UInt8 {
                    pixel.alpha == 0
                        ? 0 : UInt8((2 * Int(value) * 255 + Int(pixel.alpha)) / (2 * Int(pixel.alpha)))
                }
                rows += [straight(pixel.red), straight(pixel.green), straight(pixel.blue), pixel.alpha]
            }
        }
        #expect(Self.adler(rows) == Self.number(data.suffix(4)))
        #expect(try ImageDecoder.decode(file).digest == pixels.digest)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func crc(_ bytes: ArraySlice<UInt8>) -> Int {
        var value: UInt32 = 0xffff_ffff
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
        }
        return Int(~value)
    }

    private static func adler(_ bytes: [UInt8]) -> Int {
        var (a, b) = (1, 0)
        for byte in bytes {
            a = (a + Int(byte)) % 65521
            b = (b + a) % 65521
        }
        return b << 16 | a
    }
}
