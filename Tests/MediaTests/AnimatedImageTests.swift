import Drawing
import Media
import Testing

@Suite struct AnimatedImageTests {
    private func render(
        _ film: inout RandomFilm, _ name: String, _ count: Int, rate: FrameRate = .thirty, in folder: TemporaryFolder
    ) throws -> AnimatedImageOutput {
        let description = try OutputDescription(
            size: film.size, rate: rate, frameCount: count, profile: .named(name))
        let output = try #require(
            try description.makeOutput(to: "\(folder.path)/a.\(name)") as? AnimatedImageOutput)
        let sink = try output.factory.makeSink(for: description.segments[0])
        try film.run(count) { try sink.write($0) }
        try output.append(sink.finish())
        try output.finish()
        return output
    }

    /// What is decoded is the whole canvas after every part: what was to go is gone, what was to stay is there.
    @Test(arguments: ["apng", "webp", "gif"], 0..<5) func picturesDecodeToWhatWasDrawn(_ name: String, _ seed: Int)
        throws
    {
        let sizes = [(16, 16), (121, 37), (60, 50), (128, 64), (47, 100)]
        let folder = TemporaryFolder()
        var film = RandomFilm(sizes[seed].0, sizes[seed].1, seed: 40 + UInt64(seed), isPlain: name == "gif")
        let figures = try #require(try render(&film, name, 24, in: folder).alphaFigures)
        #expect(figures.worstAlpha == 0)
        // Few plain colours are exact even in a GIF.
        #expect(figures.grounds.allSatisfy { $0.worst <= (name == "gif" ? 0 : 1) }, "\(figures)")
        #expect(folder.names == ["a.\(name)"])
    }

    /// Many colours are cut to 255, and stay near.
    @Test func aGIFOfManyColoursStaysNear() throws {
        let scene = TestScene(160, 120)
        let folder = TemporaryFolder()
        let description = try OutputDescription(size: scene.size, rate: FrameRate(25), frameCount: 10, profile: .gif)
        let output = try #require(try description.makeOutput(to: "\(folder.path)/a.gif") as? AnimatedImageOutput)
        try scene.render(output, description)
        let figures = try #require(output.alphaFigures)
        #expect(figures.worstAlpha == 0)
        #expect(figures.grounds.allSatisfy { $0.worst <= 32 && $0.psnr > 34 }, "\(figures)")
        let reader = try VideoReader(path: "\(folder.path)/a.gif")
        #expect(reader.info.frameCount == 10 && reader.info.rate == FrameRate(25))
    }

    /// Noise has more colours than any picture that is drawn, and is no reason for an error.
    @Test func aGIFOfNoiseStaysWithinItsBounds() throws {
        let size = PixelSize(width: 200, height: 150)
        let pixels = PixelBuffer(size: size)
        var generator = SplitMix(state: 5)
        pixels.withMutableBytes { bytes in
            for i in stride(from: 0, to: bytes.count, by: 4) {
                for c in 0..<3 { bytes[i + c] = UInt8(generator.next() % 256) }
                bytes[i + 3] = 255
            }
        }
        let folder = TemporaryFolder()
        let description = try OutputDescription(size: size, rate: FrameRate(25), frameCount: 1, profile: .gif)
        let output = try #require(try description.makeOutput(to: "\(folder.path)/a.gif") as? AnimatedImageOutput)
        let sink = try output.factory.makeSink(for: description.segments[0])
        let digest = Digest(words: (0, 0, 0, 0))
        try sink.write(Frame(index: 0, pixels: pixels, damage: Damage(size.bounds), digest: digest))
        try output.append(sink.finish())
        try output.finish()
        let figures = try #require(output.alphaFigures)
        #expect(figures.worstAlpha == 0 && figures.grounds.allSatisfy { $0.worst > 8 }, "\(figures)")
    }

    /// One bit is enough: whatever a reader would show otherwise is refused, and so is a picture of something else.
    @Test func aBrokenGIFIsRefused() throws {
        let scene = TestScene(40, 30, transparent: true)
        let description = try OutputDescription(size: scene.size, rate: FrameRate(25), frameCount: 1, profile: .gif)
        func part(_ pixels: PixelBuffer) -> AnimatedPart {
            AnimatedPart(
                now: pixels, before: nil, rect: scene.size.bounds, cleared: .zero, clearsAfter: false, length: 4,
                index: 0)
        }
        func fault(drawn index: Int = 0, _ spoil: (inout [UInt8]) -> Void) throws -> MediaError? {
            let format = try GIFFormat(description)
            var bytes = try format.write(part(scene.buffer(0)))
            spoil(&bytes)
            do {
                try format.verify(bytes, part(scene.buffer(index)))
                return nil
            } catch { return error as? MediaError }
        }
        #expect(try fault { _ in } == nil)
        // The graphic control takes 8 bytes, the descriptor 10, the palette 3 a colour, the first of which nobody sees.
        let faults: [(String, (inout [UInt8]) -> Void)] = [
            ("a colour", { $0[8 + 10 + 3] ^= 1 }), ("nothing is clear", { $0[3] &= ~1 }),
            ("another colour is clear", { $0[6] = 1 }), ("a column to the right", { $0[8 + 1] = 1 }),
            ("a row less", { $0[8 + 7] -= 1 }), ("data", { $0[$0.count - 300] ^= 0x10 }),
            ("the end is missing", { $0.removeLast(40) }),
        ]
        for (name, spoil) in faults { #expect(try fault(spoil)?.code == .verification, "\(name)") }
        #expect(try fault(drawn: 3) { _ in }?.code == .verification)
    }

    @Test func halfTransparencyGoesToOneSide() throws {
        var film = RandomFilm(64, 48, seed: 3)
        let folder = TemporaryFolder()
        let figures = try #require(try render(&film, "gif", 12, in: folder).alphaFigures)
        #expect(figures.worstAlpha > 100 && figures.worstAlpha <= 127)
    }

    /// However long a film is, no picture is more than half a unit off.
    @Test func endsNeverDrift() {
        for (rate, units) in [
            (FrameRate(30), 100), (FrameRate(30000, 1001), 100), (FrameRate(50), 100), (FrameRate(7), 100),
            (FrameRate(60), 1000), (FrameRate(24000, 1001), 1000), (FrameRate(25), 100),
        ] {
            let timing = AnimationTiming(unitsPerSecond: units, rate: rate)
            var total = 0
            for frame in 0..<5000 {
                let length = timing.length(frame..<frame + 1)
                // Players take less than two hundredths for ten.
                #expect(length >= (units == 100 ? 2 : 1))
                total += length
                let exact = Double((frame + 1) * rate.denominator * units) / Double(rate.numerator)
                #expect(abs(Double(total) - exact) <= 0.5)
            }
        }
    }

    /// The lengths in a WebP, read from its bytes.
    @Test func whatRestsIsOnePictureThatLasts() throws {
        let folder = TemporaryFolder()
        var film = RandomFilm(40, 30, seed: 8)
        _ = try render(&film, "webp", 10, in: folder)
        let bytes = TemporaryFolder.bytes("\(folder.path)/a.webp")
        func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        var (position, lengths) = (12, [Int]())
        while position < bytes.count {
            if bytes[position..<position + 4].elementsEqual("ANMF".utf8) { lengths.append(number(position + 20, 3)) }
            position += 8 + number(position + 4, 4) + number(position + 4, 4) % 2
        }
        // Every third frame of the film equals the one before.
        #expect(lengths.count == 7 && lengths.reduce(0, +) == 333, "\(lengths)")
    }

    @Test(arguments: ["apng", "webp", "gif"]) func cancelLeavesNothing(_ name: String) throws {
        let folder = TemporaryFolder()
        let description = try OutputDescription(
            size: PixelSize(width: 32, height: 32), rate: FrameRate(25), frameCount: 5, profile: .named(name))
        let output = try #require(try description.makeOutput(to: "\(folder.path)/a.\(name)") as? AnimatedImageOutput)
        let sink = try output.factory.makeSink(for: description.segments[0])
        #expect(throws: MediaError.self) { _ = try sink.finish() }
        sink.cancel()
        output.cancel()
        #expect(folder.names.isEmpty)
    }

    @Test func equalInputsMakeEqualBytes() throws {
        for name in ["apng", "webp", "gif"] {
            let files = try (0..<2).map { _ in
                let folder = TemporaryFolder()
                var film = RandomFilm(90, 60, seed: 12)
                _ = try render(&film, name, 10, in: folder)
                return TemporaryFolder.bytes("\(folder.path)/a.\(name)")
            }
            #expect(files[0] == files[1] && files[0].count > 500)
        }
    }
}

@Suite struct CoverTests {
    private func write(_ pixels: PixelBuffer, _ profile: Profile, to path: String, count: Int = 1) throws {
        let description = try OutputDescription(size: pixels.size, rate: .thirty, frameCount: count, profile: profile)
        let output = try #require(try description.makeOutput(to: path) as? CoverOutput)
        do {
            let sink = try output.factory.makeSink(for: description.segments[0])
            let damage = Damage(pixels.size.bounds)
            try sink.write(Frame(index: 0, pixels: pixels, damage: damage, digest: Digest(words: (0, 0, 0, 0))))
            try output.append(sink.finish())
            try output.finish()
        } catch {
            output.cancel()
            throw error
        }
    }

    @Test func aCoverIsOneOpaquePicture() throws {
        let folder = TemporaryFolder()
        let scene = TestScene(120, 160, transparent: true)
        for name in ["a.jpg", "a.png"] {
            try write(scene.buffer(3), .cover, to: "\(folder.path)/\(name)")
            let picture = try ImageDecoder.decode(path: "\(folder.path)/\(name)")
            #expect(picture[2, 80].alpha == 255 && picture[2, 80].red <= 4)
            #expect(picture[60, 159].alpha == 255)
        }
        #expect(folder.names == ["a.jpg", "a.png"])
        let error = #expect(throws: MediaError.self) {
            try write(scene.buffer(0), .cover, to: "\(folder.path)/b.jpg", count: 2)
        }
        #expect(error?.exit == .usage && error?.hint.contains("--frames") == true)
    }

    @Test func aCoverKeepsToItsBytes() throws {
        let folder = TemporaryFolder()
        var film = RandomFilm(200, 200, seed: 4)
        var pixels: PixelBuffer?
        film.run(12) { pixels = $0.pixels }
        let drawn = try #require(pixels)
        try write(drawn, .cover, to: "\(folder.path)/best.jpg")
        let best = TemporaryFolder.bytes("\(folder.path)/best.jpg").count
        try write(drawn, Profile.cover.limited(toBytes: best / 2), to: "\(folder.path)/half.jpg")
        #expect(TemporaryFolder.bytes("\(folder.path)/half.jpg").count <= best / 2)
        for (name, hint) in [("x.jpg", "smaller size"), ("x.png", ".jpg")] {
            let error = #expect(throws: MediaError.self) {
                try write(drawn, Profile.cover.limited(toBytes: 300), to: "\(folder.path)/\(name)")
            }
            #expect(error?.code == .limits && error?.exit == .usage && error?.hint.contains(hint) == true)
        }
        #expect(folder.names == ["best.jpg", "half.jpg"])
    }
}

@Suite struct HEVCTests {
    @Test func everyFrameReadsBack() throws {
        let scene = TestScene(128, 96)
        let folder = TemporaryFolder()
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 20, segments: TestScene.plan(20, every: 8), profile: .hevc)
        let output = try #require(
            try description.makeOutput(to: "\(folder.path)/a.mp4", options: OutputOptions(verifiesFully: true))
                as? QuickTimeOutput)
        try scene.render(output, description)
        #expect(output.alphaFigures == nil)
        let reader = try VideoReader(path: "\(folder.path)/a.mp4")
        #expect(reader.info.codec == "hevc" && reader.info.hasSound && reader.info.frameCount == 20)
        for index in 0..<20 {
            let delta = try difference(reader.frame(at: index), scene.buffer(index)).mean
            #expect(delta < 4, "frame \(index)")
            for other in [index - 1, index + 1] where other >= 0 {
                #expect(try difference(reader.frame(at: index), scene.buffer(other)).mean > delta, "frame \(index)")
            }
        }
    }
}
