import Drawing
import Media
import Testing

/// What is encoded as for Douyin, within other limits or with other pictures.
@Suite struct PlatformTests {
    private func describe(
        _ profile: Profile, _ width: Int, _ height: Int, rate: FrameRate = .thirty, count: Int,
        every length: Int = 60
    ) throws -> OutputDescription {
        try OutputDescription(
            size: PixelSize(width: width, height: height), rate: rate, frameCount: count,
            segments: TestScene.plan(count, every: length), profile: profile)
    }

    private static let refused: [(name: String, width: Int, height: Int, rate: Int, count: Int, hint: String)] = [
        ("douyin-60", 1080, 1920, 30, 60, "50 to 60"), ("douyin-60", 1080, 1920, 60, 54001, "--duration"),
        ("qianchuan", 1080, 1920, 30, 119, "--duration"), ("qianchuan", 1080, 1920, 30, 9001, "--duration"),
        ("qianchuan", 1080, 1080, 30, 150, "9:16 or 16:9"), ("qianchuan", 540, 960, 30, 150, "720"),
        ("shorts", 1080, 1920, 30, 5401, "--duration"), ("shorts", 1920, 1080, 30, 90, "9:16 or 1:1"),
        ("wechat-channels", 1080, 1920, 30, 89, "--duration"),
        ("xiaohongshu", 1080, 1440, 30, 27001, "--duration"),
        ("matte", 2160, 1080, 30, 30, "4096"), ("matte-stacked", 1080, 2160, 30, 30, "4096"),
        ("greenscreen", 1081, 1080, 30, 30, "1082x1080"),
    ]

    @Test(arguments: refused) func limitsAreKnownBefore(
        _ row: (name: String, width: Int, height: Int, rate: Int, count: Int, hint: String)
    ) throws {
        let error = #expect(throws: MediaError.self) {
            _ = try describe(.named(row.name), row.width, row.height, rate: FrameRate(row.rate), count: row.count)
        }
        #expect(error?.code == .limits && error?.exit == .usage)
        #expect(error?.hint.contains(row.hint) == true, "\(error?.description ?? "")")
    }

    @Test func whatIsJustInsideIsTaken() throws {
        for (name, width, height, rate, count) in [
            ("douyin-60", 1080, 1920, 60, 54000), ("qianchuan", 720, 1280, 30, 120), ("qianchuan", 1280, 720, 30, 9000),
            ("shorts", 1080, 1920, 60, 10800), ("wechat-channels", 1080, 1260, 30, 90),
            ("xiaohongshu", 1080, 1440, 30, 27000), ("matte", 2048, 4096, 30, 1), ("matte-stacked", 4096, 2048, 30, 1),
        ] {
            let description = try describe(.named(name), width, height, rate: FrameRate(rate), count: count)
            #expect(description.advice.isEmpty, "\(name)")
        }
        #expect(try describe(.xiaohongshu, 1080, 1080, count: 30).advice.contains { $0.contains("3:4 or 9:16") })
    }

    /// A picture that rests has a few bytes a frame, which advertisers' consoles refuse.
    @Test func aFilmOfFewBitsIsFilledUp() throws {
        let folder = TemporaryFolder()
        let description = try describe(.qianchuan, 720, 1280, count: 120, every: 50)
        let output = try MP4Output(
            description, to: "\(folder.path)/a.mp4", options: OutputOptions(verifiesFully: true))
        let pixels = PixelBuffer(size: description.size)
        for segment in description.segments {
            let sink = try output.factory.makeSink(for: segment)
            for index in segment.frames {
                let damage = index == segment.frames.lowerBound ? Damage(pixels.size.bounds) : .none
                try sink.write(
                    Frame(index: index, pixels: pixels, damage: damage, digest: Digest(words: (0, 0, 0, 0))))
            }
            let product = try sink.finish()
            // Evenly: no picture brings much more than its share.
            let most = product.samples.map(\.size).max() ?? 0
            #expect(most < 2 * 516_000 / 8 / 30 + 2000)
            try output.append(product)
        }
        try output.finish()
        let bytes = TemporaryFolder.bytes("\(folder.path)/a.mp4").count
        #expect(bytes * 8 >= 516_000 * 4 && bytes * 8 < 540_000 * 4)
        let reader = try VideoReader(path: "\(folder.path)/a.mp4")
        #expect(reader.info.frameCount == 120)
        #expect(try difference(reader.frame(at: 119), Self.over(pixels, (0, 0, 0))).largest <= 1)
    }

    @Test func aFileThatGrowsTooLargeIsNotLeft() throws {
        let folder = TemporaryFolder()
        let scene = TestScene(96, 64)
        for limit in [2000, 5000] {
            let description = try describe(Profile.xiaohongshu.limited(toBytes: limit), 96, 64, count: 20, every: 8)
            let output = try MP4Output(description, to: "\(folder.path)/a.mp4")
            let error = #expect(throws: MediaError.self) { try scene.render(output, description) }
            output.cancel()
            #expect(error?.code == .limits && error?.exit == .usage && error?.hint.contains("smaller size") == true)
            #expect(folder.names.isEmpty)
        }
    }

    @Test(arguments: ["greenscreen", "blackscreen"]) func overlaysLieOverTheKey(_ name: String) throws {
        let scene = TestScene(96, 64, transparent: true)
        let frames = try film(.named(name), scene)
        for (index, frame) in frames.enumerated() {
            let drawn = Self.over(scene.buffer(index), name == "greenscreen" ? (0, 255, 0) : (0, 0, 0))
            #expect(difference(frame, drawn).mean < 4, "frame \(index)")
            // The key itself must be even, or a keyer leaves spots.
            let key = frame[1, 40]
            #expect(Int(key.red) <= 3 && Int(key.blue) <= 3, "\(key)")
            #expect(name == "greenscreen" ? key.green >= 252 : key.green <= 3, "\(key)")
        }
    }

    /// Fill times matte plus what is left of the ground is what an overlay with alpha would show.
    @Test(arguments: [false, true]) func fillAndMatteCompose(_ isStacked: Bool) throws {
        let scene = TestScene(96, 64, transparent: true)
        for (index, frame) in try film(isStacked ? .matteStacked : .matte, scene).enumerated() {
            #expect(frame.size == PixelSize(width: isStacked ? 96 : 192, height: isStacked ? 128 : 64))
            for ground in [(0, 0, 0), (255, 255, 255), (0, 255, 0)] {
                let composed = PixelBuffer(size: scene.size)
                let (right, down) = isStacked ? (0, 64) : (96, 0)
                composed.withMutableBytes { bytes in
                    for y in 0..<64 {
                        for x in 0..<96 {
                            let (fill, alpha) = (frame[x, y], Int(frame[x + right, y + down].green))
                            let at = y * composed.stride + 4 * x
                            let channels = [
                                (Int(fill.blue), ground.2), (Int(fill.green), ground.1), (Int(fill.red), ground.0),
                            ]
                            for (channel, value) in channels.enumerated() {
                                bytes[at + channel] = UInt8(
                                    (value.0 * alpha + value.1 * (255 - alpha) + 127) / 255)
                            }
                            bytes[at + 3] = 255
                        }
                    }
                }
                #expect(difference(composed, Self.over(scene.buffer(index), ground)).mean < 4, "frame \(index)")
            }
        }
    }

    private func film(_ profile: Profile, _ scene: TestScene) throws -> [PixelBuffer] {
        let folder = TemporaryFolder()
        let description = try describe(profile, scene.size.width, scene.size.height, count: 18, every: 8)
        let output = try MP4Output(description, to: "\(folder.path)/a.mp4", options: OutputOptions(verifiesFully: true))
        try scene.render(output, description)
        let reader = try VideoReader(path: "\(folder.path)/a.mp4")
        return try (0..<reader.info.frameCount).map { try reader.frame(at: $0) }
    }

    /// Premultiplied pixels over red, green and blue.
    private static func over(_ pixels: PixelBuffer, _ ground: (Int, Int, Int)) -> PixelBuffer {
        let result = PixelBuffer(size: pixels.size)
        result.withMutableBytes { bytes in
            for y in 0..<pixels.size.height {
                for x in 0..<pixels.size.width {
                    let pixel = pixels[x, y]
                    let clear = 255 - Int(pixel.alpha), at = y * result.stride + 4 * x
                    bytes[at] = UInt8(Int(pixel.blue) + (ground.2 * clear + 127) / 255)
                    bytes[at + 1] = UInt8(Int(pixel.green) + (ground.1 * clear + 127) / 255)
                    bytes[at + 2] = UInt8(Int(pixel.red) + (ground.0 * clear + 127) / 255)
                    bytes[at + 3] = 255
                }
            }
        }
        return result
    }

    /// Colour is carried on for eight pixels and no farther; what is seen keeps its own.
    @Test func edgesAreCarriedOn() {
        let pixels = PixelBuffer(size: PixelSize(width: 40, height: 40))
        pixels.withMutableBytes { bytes in
            for y in 18..<22 {
                for x in 18..<22 {
                    let at = y * pixels.stride + 4 * x
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (10, 60, 100, 128)
                }
            }
        }
        let bled = BledPicture(size: pixels.size)
        _ = bled.update(from: pixels, damage: .none)
        func pixel(_ x: Int, _ y: Int) -> [UInt8] {
            bled.pixels.withBytes { bytes in (0..<4).map { bytes[y * bled.pixels.stride + 4 * x + $0] } }
        }
        #expect(pixel(19, 19) == [20, 120, 199, 128])
        for (x, y) in [(10, 18), (29, 21), (18, 10), (21, 29), (10, 10), (29, 29)] {
            #expect(pixel(x, y) == [20, 120, 199, 0], "\(x) \(y)")
        }
        for (x, y) in [(9, 18), (30, 18), (18, 9), (18, 30), (0, 0), (9, 9)] {
            #expect(pixel(x, y) == [0, 0, 0, 0], "\(x) \(y)")
        }
    }

    /// A picture that follows damage equals one that is made at once.
    @Test(arguments: 0..<6) func bledPicturesFollowDamage(_ seed: Int) {
        let sizes = [(16, 16), (91, 37), (1, 1), (60, 50), (128, 64), (47, 100)]
        var film = RandomFilm(sizes[seed].0, sizes[seed].1, seed: 300 + UInt64(seed))
        let following = BledPicture(size: film.size)
        film.run(8) { frame in
            _ = following.update(from: frame.pixels, damage: frame.damage)
            let whole = BledPicture(size: frame.pixels.size)
            _ = whole.update(from: frame.pixels, damage: .none)
            #expect(following.pixels.digest == whole.pixels.digest, "frame \(frame.index)")
        }
    }
}
