import Drawing
import Media
import Testing

@Suite struct AlphaMovieTests {
    private static let sizes = [(16, 16), (221, 37), (1, 1), (130, 50), (256, 64), (47, 200)]

    @Test func slicesCoverEveryMacroblockOnce() {
        #expect(ProResSlices(PixelSize(width: 221, height: 37)).all.prefix(3).map(\.count) == [8, 4, 2])
        #expect(ProResSlices(PixelSize(width: 1920, height: 1080)).all.count == 1020)
        #expect(ProResSlices(PixelSize(width: 720, height: 16)).all.map(\.count) == [8, 8, 8, 8, 8, 4, 1])
        for (width, height) in Self.sizes {
            let slices = ProResSlices(PixelSize(width: width, height: height))
            var seen: [Int: Int] = [:]
            for slice in slices.all {
                for x in slice.x..<slice.x + slice.count { seen[slice.y * 1000 + x, default: 0] += 1 }
            }
            #expect(seen.values.allSatisfy { $0 == 1 })
            #expect(seen.count == (width + 15) / 16 * ((height + 15) / 16))
        }
    }

    /// Slices that are copied from the frame before are those that a whole frame would have.
    @Test(arguments: 0..<12) func damagedProResEqualsWhole(_ seed: Int) throws {
        let (width, height) = Self.sizes[seed % Self.sizes.count]
        var film = RandomFilm(width, height, seed: UInt64(seed))
        let following = ProResEncoder(size: film.size, quantiser: 1 + seed % 4)
        try film.run(9) { frame in
            let whole = try ProResEncoder(size: frame.pixels.size, quantiser: 1 + seed % 4).encode(frame)
            let damaged = try following.encode(frame)
            #expect(damaged == whole, "frame \(frame.index) of \(width)x\(height)")
        }
    }

    @Test(arguments: 0..<6) func everyProcessorMakesTheSameProRes(_ seed: Int) throws {
        let (width, height) = Self.sizes[seed]
        var film = RandomFilm(width, height, seed: 77 + UInt64(seed))
        try film.run(3) { frame in
            let results = try CPULevel.allCases.filter { $0.rawValue <= CPULevel.current.rawValue }.map {
                try ProResEncoder(size: frame.pixels.size, quantiser: 2, level: $0).encode(frame)
            }
            #expect(results.allSatisfy { $0 == results[0] })
        }
    }

    /// The sink decodes with FFmpeg and compares: alpha exactly, colours over black, white and green.
    @Test(arguments: ["prores4444", "qtrle", "png-mov", "ffv1"], 0..<6) func alphaSurvives(_ name: String, _ seed: Int)
        throws
    {
        // FFV1 cannot cut a single pixel into slices, and says so before.
        let (width, height) = name == "ffv1" && Self.sizes[seed] == (1, 1) ? (16, 17) : Self.sizes[seed]
        var film = RandomFilm(width, height, seed: 500 + UInt64(seed))
        let description = try OutputDescription(
            size: film.size, rate: .thirty, frameCount: 9, segments: TestScene.plan(9, every: 4),
            profile: .named(name))
        let folder = TemporaryFolder()
        let figures: AlphaFigures
        let file = "\(folder.path)/a.\(description.profile.container)"
        switch try description.makeOutput(to: file, options: OutputOptions(verifiesFully: true)) {
        case let output as QuickTimeOutput: figures = try write(&film, description, output)
        case let output as MatroskaOutput: figures = try write(&film, description, output)
        default: throw MediaError(.profile, "no film", hint: "", exit: .internal)
        }
        #expect(figures.worstAlpha == 0)
        #expect(figures.grounds.map(\.name) == ["black", "white", "green"])
        #expect(figures.grounds.allSatisfy { $0.worst <= (name == "prores4444" ? 8 : 1) })
    }

    private func write<Output: FrameOutput & AlphaMeasuring>(
        _ film: inout RandomFilm, _ description: OutputDescription, _ output: Output
    ) throws -> AlphaFigures {
        var sink: Output.Factory.Sink?
        try film.run(description.frameCount) { frame in
            let segment = try #require(description.segments.first { $0.frames.contains(frame.index) })
            let isFirst = frame.index == segment.frames.lowerBound
            if isFirst { sink = try output.factory.makeSink(for: segment) }
            try sink?.write(
                Frame(
                    index: frame.index, pixels: frame.pixels,
                    damage: isFirst ? Damage(frame.pixels.size.bounds) : frame.damage, digest: frame.digest))
            if frame.index == segment.frames.upperBound - 1 { try output.append(#require(sink).finish()) }
        }
        try output.finish()
        return try #require(output.alphaFigures)
    }

    /// Clear pixels beside seen ones carry their colour; those far away are 0.
    @Test func clearPixelsContinueTheEdge() {
        let pixels = PixelBuffer(size: PixelSize(width: 24, height: 16))
        pixels.withMutableBytes { bytes in
            for y in 6..<10 {
                for x in 10..<14 {
                    let at = y * pixels.stride + 4 * x
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (10, 60, 100, 128)
                }
            }
        }
        let straight = StraightPicture(size: pixels.size, order: .argb)
        straight.update(from: pixels, damage: Damage(pixels.size.bounds))
        func pixel(_ x: Int, _ y: Int) -> [UInt8] { (0..<4).map { straight.bytes[y * straight.stride + 4 * x + $0] } }
        #expect(pixel(11, 7) == [128, 199, 120, 20])
        #expect(pixel(9, 5) == [0, 199, 120, 20])
        #expect(pixel(14, 8) == [0, 199, 120, 20])
        #expect(pixel(8, 5) == [0, 0, 0, 0])
        #expect(pixel(0, 0) == [0, 0, 0, 0])
    }

    /// Pictures of a sequence carry colours into clear pixels, and say how exact they are.
    @Test func picturesOfASequenceContinueTheEdge() throws {
        let size = PixelSize(width: 24, height: 16)
        let pixels = PixelBuffer(size: size)
        pixels.withMutableBytes { bytes in
            for y in 6..<10 {
                for x in 10..<14 {
                    let at = y * pixels.stride + 4 * x
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (10, 60, 100, 128)
                }
            }
        }
        let following = try PNGEncoder(size: size).encode(pixels, damage: Damage(size.bounds))
        // The same picture, but for what is clear.
        #expect(try following != PNGEncoder.encode(pixels))
        #expect(try ImageDecoder.decode(following).digest == pixels.digest)
        let scene = TestScene(32, 24, transparent: true)
        let folder = TemporaryFolder()
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 6, segments: TestScene.plan(6, every: 3), profile: .pngSequence
        )
        let output = try PNGSequenceOutput(description, to: "\(folder.path)/f/")
        try scene.render(output, description)
        let figures = try #require(output.alphaFigures)
        #expect(figures.worstAlpha == 0 && figures.grounds.allSatisfy { $0.worst <= 1 && $0.worst > 0 })
    }

    /// A picture that follows damage equals one that is made at once.
    @Test(arguments: 0..<6) func straightPicturesFollowDamage(_ seed: Int) {
        let (width, height) = Self.sizes[seed]
        var film = RandomFilm(width, height, seed: 900 + UInt64(seed))
        let following = StraightPicture(size: film.size, order: .rgba)
        film.run(8) { frame in
            following.update(from: frame.pixels, damage: frame.damage)
            let whole = StraightPicture(size: frame.pixels.size, order: .rgba)
            whole.update(from: frame.pixels, damage: Damage(frame.pixels.size.bounds))
            let isEqual = (0..<height * whole.stride).allSatisfy { following.bytes[$0] == whole.bytes[$0] }
            #expect(isEqual, "frame \(frame.index)")
        }
    }

    /// Lines of Animation with long stretches that stay, repeat and differ: skips, runs and copies have limits.
    @Test func longStretchesOfAnimation() throws {
        let size = PixelSize(width: 1000, height: 3)
        let buffer = PixelBuffer(size: size)
        func set(_ x: Int, _ y: Int, _ value: UInt8) {
            buffer.withMutableBytes { bytes in
                let at = y * buffer.stride + 4 * x
                (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (value, value, value, 255)
            }
        }
        let description = try OutputDescription(size: size, rate: .thirty, frameCount: 3, profile: .qtrle)
        let folder = TemporaryFolder()
        let output = try #require(try description.makeOutput(to: "\(folder.path)/a.mov") as? QuickTimeOutput)
        let sink = try output.factory.makeSink(for: description.segments[0])
        for index in 0..<3 {
            for x in 0..<1000 {
                set(x, 0, index == 1 && x == 700 ? 9 : 200)
                set(x, 1, UInt8(truncatingIfNeeded: x * 7 + (index == 2 && x > 300 ? 1 : 0)))
                set(x, 2, x < 500 ? UInt8(index) : 77)
            }
            try sink.write(
                Frame(
                    index: index, pixels: buffer, damage: Damage(size.bounds),
                    digest: Digest(words: (0, 0, 0, UInt64(index)))))
        }
        try output.append(sink.finish())
        try output.finish()
        #expect(output.alphaFigures?.grounds.allSatisfy { $0.worst == 0 } == true)
    }
}

/// Films with alpha in other containers than QuickTime.
@Suite struct MatroskaTests {
    /// The sink decodes with libvpx and compares; a soft film stays well inside of what the profile promises.
    @Test func alphaOfVP9Survives() throws {
        let scene = TestScene(160, 96, transparent: true)
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 18, segments: TestScene.plan(18, every: 8), profile: .vp9Alpha)
        let folder = TemporaryFolder()
        let output = try #require(
            try description.makeOutput(to: "\(folder.path)/a.webm", options: OutputOptions(verifiesFully: true))
                as? MatroskaOutput)
        try scene.render(output, description)
        let figures = try #require(output.alphaFigures)
        #expect(figures.worstAlpha > 0 && figures.worstAlpha <= 16, "\(figures)")
        #expect(figures.grounds.allSatisfy { $0.psnr > 36 && $0.psnr.isFinite }, "\(figures)")
        let reader = try VideoReader(path: "\(folder.path)/a.webm")
        #expect(reader.info.frameCount == 18 && reader.info.rate == .thirty)
        // Alpha is there for readers, too.
        #expect(try reader.frame(at: 9)[80, 48].alpha < 140)
    }

    /// Noise in both colour and alpha is more than VP9 can keep: the profile's promise is broken, and that is an error.
    @Test func alphaThatDoesNotSurviveIsAnError() throws {
        let size = PixelSize(width: 64, height: 64)
        let buffer = PixelBuffer(size: size)
        var generator = SplitMix(state: 5)
        buffer.withMutableBytes { bytes in
            for y in 0..<64 {
                for x in 0..<64 {
                    let alpha = generator.next() % 2 == 0 ? 255 : 0, at = y * buffer.stride + 4 * x
                    for channel in 0..<3 { bytes[at + channel] = alpha == 0 ? 0 : UInt8(generator.next() % 256) }
                    bytes[at + 3] = UInt8(alpha)
                }
            }
        }
        let folder = TemporaryFolder()
        let description = try OutputDescription(size: size, rate: .thirty, frameCount: 1, profile: .vp9Alpha)
        let output = try #require(try description.makeOutput(to: "\(folder.path)/a.webm") as? MatroskaOutput)
        let sink = try output.factory.makeSink(for: description.segments[0])
        try sink.write(
            Frame(index: 0, pixels: buffer, damage: Damage(size.bounds), digest: Digest(words: (0, 0, 0, 0))))
        try output.append(sink.finish())
        let error = #expect(throws: MediaError.self) { try output.finish() }
        #expect(error?.code == .verification)
        output.cancel()
        #expect(folder.names.isEmpty)
    }
}
