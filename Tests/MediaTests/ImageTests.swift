import Drawing
import Glibc
import Media
import Testing

@Suite struct ImageTests {
    /// Made with other tools: 8x8, red on the left, blue on the right; baseline JPEG and lossless WebP.
    private static let webp: [UInt8] = [
        82, 73, 70, 70, 30, 0, 0, 0, 87, 69, 66, 80, 86, 80, 56, 76, 18, 0, 0, 0, 47, 7, 192, 1,
        0, 15, 16, 243, 191, 255, 243, 31, 14, 250, 16, 209, 255, 0,
    ]
    private static let jpeg: [UInt8] = [
        255, 216, 255, 219, 0, 67, 0, 8, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6,
        6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 8, 8, 8, 7, 7, 7, 6, 6, 7, 7, 8, 8, 8,
        8, 9, 9, 9, 8, 8, 8, 8, 9, 9, 10, 10, 10, 12, 12, 11, 11, 14, 14, 14, 17, 17, 20, 255,
        196, 0, 84, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 1, 1,
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 16, 0, 3, 1, 1, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 68, 195, 131, 17, 0, 3, 1, 1, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 70, 196, 133, 255, 192, 0, 17, 8, 0, 8, 0, 8, 3, 1,
        18, 0, 2, 18, 0, 3, 18, 0, 255, 218, 0, 12, 3, 1, 0, 2, 17, 3, 17, 0, 63, 0, 154, 53,
        71, 223, 48, 213, 31, 124, 202, 165, 150, 175, 143, 188, 44, 181, 124, 125, 229, 171, 13, 51, 213, 196, 24, 105,
        158, 174, 35, 255, 217,
    ]

    private func isRedAndBlue(_ picture: PixelBuffer) -> Bool {
        let (left, right) = (picture[1, 4], picture[6, 4])
        return left.red > 200 && left.blue < 60 && right.blue > 200 && right.red < 60 && left.alpha == 255
    }

    @Test func jpegAndWebPAreRead() throws {
        let size = PixelSize(width: 8, height: 8)
        for bytes in [Self.jpeg, Self.webp] {
            let picture = try ImageDecoder.decode(bytes)
            #expect(picture.size == size)
            #expect(isRedAndBlue(picture))
        }
    }

    @Test func cutOffAndDamagedPicturesAreErrors() throws {
        let size = PixelSize(width: 40, height: 30)
        let buffer = PixelBuffer(size: size)
        var noise = Noise(9)
        noise.fill(buffer, size.bounds)
        let png = try PNGEncoder.encode(buffer)
        for whole in [png, Self.jpeg, Self.webp] {
            for count in [0, 3, 11, 20, 40, whole.count / 2, whole.count - 2] where count < whole.count {
                let error = #expect(throws: MediaError.self) { _ = try ImageDecoder.decode(Array(whole.prefix(count))) }
                #expect(error?.exit == .data)
            }
        }
        var bad = png
        bad[png.count / 2] ^= 0x55
        #expect(throws: MediaError.self) { _ = try ImageDecoder.decode(bad) }
    }

    @Test func randomBytesNeverTrap() throws {
        var noise = Noise(21)
        let png = try PNGEncoder.encode(TestScene(16, 16).buffer(0))
        for whole in [png, Self.jpeg, Self.webp] {
            for _ in 0..<150 {
                var bytes = whole
                for _ in 0...noise.next(6) { bytes[noise.next(bytes.count)] = UInt8(noise.next(256)) }
                _ = try? ImageDecoder.decode(bytes)
            }
        }
    }

    @Test func giganticPicturesAreRefusedBeforeTheyAreDecoded() throws {
        var png = try PNGEncoder.encode(TestScene(16, 16).buffer(0))
        // 30000 x 30000 in the header, with its checksum.
        png.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
        png.replaceSubrange(29..<33, with: crc(Array(png[12..<29])))
        let error = #expect(throws: MediaError.self) { _ = try ImageDecoder.decode(png) }
        #expect(error?.exit == .data)
    }

    private func crc(_ bytes: [UInt8]) -> [UInt8] {
        var crc: UInt32 = 0xffff_ffff
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        crc = ~crc
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: crc >> UInt32($0)) }
    }

    @Test func filesThatAreNoPictures() {
        for (path, exit) in [
            ("/nonexistent.png", MediaError.Exit.missing), ("/tmp", .data), ("/dev/zero", .data),
            ("/proc/self/exe", .data),
        ] {
            let error = #expect(throws: MediaError.self) { _ = try ImageDecoder.decode(path: path) }
            #expect(error?.exit == exit, "\(path)")
        }
        for (path, exit) in [("/nonexistent.mp4", MediaError.Exit.missing), ("/etc/passwd", .data)] {
            let error = #expect(throws: MediaError.self) { _ = try VideoReader(path: path) }
            #expect(error?.exit == exit, "\(path)")
        }
    }

    @Test func picturesAreWrittenWhole() throws {
        let folder = TemporaryFolder()
        let picture = TestScene(33, 21, transparent: true).buffer(3)
        try PNGEncoder.write(picture, to: "\(folder.path)/still.png")
        #expect(folder.names == ["still.png"])
        #expect(difference(try ImageDecoder.decode(path: "\(folder.path)/still.png"), picture).largest == 0)
        let missing = #expect(throws: MediaError.self) {
            try PNGEncoder.write(picture, to: "\(folder.path)/no/still.png")
        }
        #expect(missing?.exit == .cannotCreate)
        let full = #expect(throws: MediaError.self) { try PNGEncoder.write(picture, to: "/dev/full") }
        #expect(full?.exit == .transfer)
    }
}
