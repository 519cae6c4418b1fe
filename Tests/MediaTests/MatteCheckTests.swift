import Drawing
import Media
import Testing

/// Fill and matte are taken apart again and compared with what was drawn: what is right passes, and nothing else does.
@Suite struct MatteCheckTests {
    private static let scene = OverlayScene(size: PixelSize(width: 112, height: 88))
    private static let count = 9
    private static let frames = (0..<count + 3).map { scene.frame($0) }

    private func describe(_ profile: Profile, _ size: PixelSize = scene.size) throws -> OutputDescription {
        try OutputDescription(
            size: size, rate: .thirty, frameCount: Self.count, segments: TestScene.plan(Self.count, every: Self.count),
            profile: profile)
    }

    /// Encodes pictures of fill and matte that were changed, as any film of their size.
    private func encode(
        _ profile: Profile, _ change: (PixelBuffer, Int) -> Void
    ) throws -> EncodedSegment {
        let description = try describe(profile)
        let composer = FrameComposer(profile.composition, size: Self.scene.size)
        let output = try MP4Output(
            describe(Profile.douyin.setting("qp", "18"), description.codedSize), to: "/dev/null")
        let sink = try output.factory.makeSink(for: description.segments[0])
        for index in 0..<Self.count {
            let composed = composer.compose(Self.frames[index]).pixels
            // The composer goes on with its own picture.
            let pixels = PixelBuffer(size: composed.size)
            composed.withBytes { source in pixels.withMutableBytes { $0.copyMemory(from: source) } }
            change(pixels, index)
            try sink.write(
                Frame(
                    index: index, pixels: pixels, damage: Damage(pixels.size.bounds),
                    digest: Digest(words: (1, 0, 0, UInt64(index)))))
        }
        return try sink.finish()
    }

    /// What the check says of an encoded segment; nil when it is content.
    private func fault(
        _ profile: Profile, _ segment: EncodedSegment, bytes: [UInt8]? = nil,
        drawn: (Int) -> Int = { $0 }
    ) throws -> MediaError? {
        let description = try describe(profile)
        let check = try MatteCheck(description.segments[0], of: description, headers: segment.parameterSets)
        for index in 0..<Self.count {
            let frame = Self.frames[drawn(index)]
            check.append(
                Frame(index: index, pixels: frame.pixels, damage: frame.damage, digest: frame.digest))
        }
        do throws(MediaError) {
            try check.take(bytes ?? segment.bytes, segment.samples)
            try profile.check(check.finish())
            return nil
        } catch {
            return error
        }
    }

    enum Spoil: String, CaseIterable {
        case exchanged, inverted, allOpaque, allClear, premultiplied, premultipliedInOneFrame, matteOfFullRange,
            matteOfNarrowRange, fillOfFullRange, redAndBlueExchanged, matteBesideItself, blackInOneFrame
    }

    /// Changes one half of a picture, pixel by pixel: straight colours (blue first) and alpha give both.
    private static func spoil(
        _ pixels: PixelBuffer, _ stacked: Bool, _ body: ((Int, Int, Int), Int) -> ((Int, Int, Int), Int)
    ) {
        let (size, stride) = (scene.size, pixels.stride)
        let away = stacked ? size.height * stride : 4 * size.width
        pixels.withMutableBytes { bytes in
            for y in 0..<size.height {
                for x in 0..<size.width {
                    let at = y * stride + 4 * x
                    let (fill, grey) = body(
                        (Int(bytes[at]), Int(bytes[at + 1]), Int(bytes[at + 2])), Int(bytes[at + away]))
                    (bytes[at], bytes[at + 1], bytes[at + 2]) = (UInt8(fill.0), UInt8(fill.1), UInt8(fill.2))
                    for channel in 0..<3 { bytes[at + away + channel] = UInt8(grey) }
                }
            }
        }
    }

    private static func change(_ spoil: Spoil, _ pixels: PixelBuffer, _ stacked: Bool, _ index: Int) {
        func widened(_ value: Int) -> Int { min(max((value - 16) * 255 / 219, 0), 255) }
        func times(_ color: (Int, Int, Int), _ alpha: Int) -> (Int, Int, Int) {
            (color.0 * alpha / 255, color.1 * alpha / 255, color.2 * alpha / 255)
        }
        switch spoil {
        case .exchanged: Self.spoil(pixels, stacked) { (($1, $1, $1), $0.1) }
        case .inverted: Self.spoil(pixels, stacked) { ($0, 255 - $1) }
        case .allOpaque: Self.spoil(pixels, stacked) { fill, _ in (fill, 255) }
        case .allClear: Self.spoil(pixels, stacked) { fill, _ in (fill, 0) }
        case .premultiplied: Self.spoil(pixels, stacked) { (times($0, $1), $1) }
        case .premultipliedInOneFrame where index == 5: Self.spoil(pixels, stacked) { (times(times($0, $1), $1), $1) }
        case .matteOfFullRange: Self.spoil(pixels, stacked) { ($0, widened($1)) }
        case .matteOfNarrowRange: Self.spoil(pixels, stacked) { ($0, 16 + $1 * 219 / 255) }
        case .fillOfFullRange:
            Self.spoil(pixels, stacked) { ((widened($0.0), widened($0.1), widened($0.2)), $1) }
        case .redAndBlueExchanged: Self.spoil(pixels, stacked) { (($0.2, $0.1, $0.0), $1) }
        case .matteBesideItself:
            var row: [Int] = [0, 0, 0]
            Self.spoil(pixels, stacked) { fill, alpha in
                row.append(alpha)
                return (fill, row.removeFirst())
            }
        case .blackInOneFrame where index == 6: Self.spoil(pixels, stacked) { _, alpha in ((0, 0, 0), alpha) }
        default: break
        }
    }

    @Test(arguments: [false, true]) func whatWasDrawnPasses(_ stacked: Bool) throws {
        let profile: Profile = stacked ? .matteStacked : .matte
        let segment = try encode(profile) { _, _ in }
        #expect(try fault(profile, segment) == nil)
        // Another film of the same size does not.
        #expect(try fault(profile, segment, drawn: { $0 + 3 })?.code == .verification)
        #expect(try fault(profile, segment, drawn: { _ in 0 })?.code == .verification)
    }

    @Test(arguments: Spoil.allCases) func nothingElsePasses(_ spoil: Spoil) throws {
        // One after the other, so that both are seen.
        let stacked = (Spoil.allCases.firstIndex(of: spoil) ?? 0) % 2 == 0
        let profile: Profile = stacked ? .matteStacked : .matte
        let segment = try encode(profile) { Self.change(spoil, $0, stacked, $1) }
        let error = try #require(try fault(profile, segment), "\(spoil)")
        #expect(error.code == .verification && error.exit == .internal, "\(error)")
        if spoil == .blackInOneFrame { #expect(error.message.contains("frame 6: over"), "\(error)") }
    }

    @Test func spoiledBytesAreNoticed() throws {
        let segment = try encode(.matte) { _, _ in }
        // A picture in the middle whose slice data is gone.
        for number in [0, 4] {
            let start = segment.samples[..<number].reduce(0) { $0 + $1.size }
            var bytes = segment.bytes
            for place in start + segment.samples[number].size / 2..<start + segment.samples[number].size {
                bytes[place] = 0
            }
            let error = try #require(try fault(.matte, segment, bytes: bytes))
            #expect(error.code == .verification && error.exit == .internal, "\(error)")
        }
        #expect(try fault(.matte, segment, bytes: segment.bytes.dropLast(7))?.code == .verification)
    }

    /// What is compared where something changed are the errors of the whole picture.
    @Test func figuresDoNotDependOnDamage() throws {
        let description = try describe(.matte)
        func figures(_ whole: Bool) throws -> AlphaFigures {
            let folder = TemporaryFolder()
            let output = try MP4Output(description, to: "\(folder.path)/a.mp4")
            let scene = TestScene(112, 88, transparent: true)
            let sink = try output.factory.makeSink(for: description.segments[0])
            for index in 0..<Self.count { try sink.write(scene.frame(index, first: whole || index == 0)) }
            try output.append(sink.finish())
            try output.finish()
            return try #require(output.alphaFigures)
        }
        let (parts, whole) = (try figures(false), try figures(true))
        #expect(parts.worstAlpha == whole.worstAlpha && parts.worstAlpha > 0)
        for (part, other) in zip(parts.grounds, whole.grounds) {
            #expect(part.worst == other.worst && part.psnr > 30 && part.softPSNR ?? 0 > 36, "\(parts)")
        }
    }

    /// Segments that come from a cache bring their figures with them.
    @Test func keptSegmentsKeepTheirFigures() throws {
        let description = try describe(.matte)
        let scene = TestScene(112, 88, transparent: true)
        func figures(_ pass: (EncodedSegment) throws -> EncodedSegment) throws -> AlphaFigures {
            let folder = TemporaryFolder()
            let output = try MP4Output(description, to: "\(folder.path)/a.mp4")
            try output.append(pass(scene.encode(output, description.segments[0])))
            try output.finish()
            return try #require(output.alphaFigures)
        }
        let made = try figures { $0 }
        let kept = try figures { segment in
            let read = try #require(EncodedSegment(stored: segment.stored[...], segment: segment.segment))
            #expect(read.stored == segment.stored)
            return read
        }
        #expect(made == kept && made.worstAlpha > 0)
    }

    /// The instruction sets count alike: the figures are part of a manifest that must not tell machines apart.
    @Test func everyProcessorCountsAlike() throws {
        let segment = try encode(.matte) { _, _ in }
        let description = try describe(.matte)
        let figures = try CPULevel.allCases.filter { $0.rawValue <= CPULevel.current.rawValue }.map { level in
            let check = try MatteCheck(
                description.segments[0], of: description, headers: segment.parameterSets, level: level)
            for index in 0..<Self.count { check.append(Self.frames[index]) }
            try check.take(segment.bytes, segment.samples)
            return try check.finish()
        }
        #expect(figures.allSatisfy { $0 == figures[0] } && figures[0].worstAlpha > 0)
    }
}
