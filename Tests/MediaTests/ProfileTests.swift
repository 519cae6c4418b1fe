import Drawing
import Media
import Testing

@Suite struct ProfileTests {
    private func describe(
        _ width: Int, _ height: Int, rate: FrameRate = .thirty, count: Int = 30, segments: [Segment]? = nil,
        _ profile: Profile = .douyin
    ) throws -> OutputDescription {
        try OutputDescription(
            size: PixelSize(width: width, height: height), rate: rate, frameCount: count, segments: segments,
            profile: profile)
    }

    @Test func rowsAreComplete() {
        #expect(Set(Profile.all.map(\.name)).count == Profile.all.count)
        #expect(Set(Profile.all.flatMap(\.extensions)).count == Profile.all.flatMap(\.extensions).count)
        for profile in Profile.all {
            #expect(!profile.titleChinese.isEmpty && !profile.titleEnglish.isEmpty && !profile.purpose.isEmpty)
            #expect(MediaCapabilities.missing(for: profile).isEmpty, "\(profile.name)")
        }
        #expect(MediaCapability(.encoder, "no-such-encoder").isAvailable == false)
        #expect(!MediaCapabilities.version.isEmpty)
    }

    @Test func namesAndExtensions() throws {
        #expect(try Profile.named("douyin").container == "mp4")
        #expect(Profile.default(forExtension: ".MP4")?.name == "douyin")
        #expect(Profile.default(forExtension: "avi") == nil)
        #expect(try Profile.default(forDestination: "-").name == "obs-stream")
        #expect(try Profile.default(forDestination: "tcp://127.0.0.1:1?listen").name == "obs-stream")
        #expect(try Profile.default(forDestination: "out/frames/").name == "png-sequence")
        #expect(try Profile.default(forDestination: "a.b/x.mp4").name == "douyin")
        for bad in ["x", "x.docx", "a.mp4/x", ""] {
            let error = #expect(throws: MediaError.self) { _ = try Profile.default(forDestination: bad) }
            #expect(error?.exit == .usage)
        }
        let error = #expect(throws: MediaError.self) { _ = try Profile.named("douyn") }
        #expect(error?.hint.contains("douyin") == true)
    }

    @Test func oddSizesNameTheEvenOne() {
        let error = #expect(throws: MediaError.self) { _ = try describe(1081, 1919) }
        #expect(error?.exit == .usage)
        #expect(error?.hint == "use 1082x1920")
        #expect(throws: Never.self) { _ = try describe(1081, 1919, .pngSequence) }
    }

    @Test func limitsAreUsageErrors() {
        for attempt in [
            { _ = try describe(8, 8) }, { _ = try describe(8000, 100) },
            { _ = try describe(64, 64, rate: FrameRate(240)) },
            { _ = try describe(64, 64, rate: FrameRate(1, 2)) }, { _ = try describe(64, 64, count: 0) },
            { _ = try describe(64, 64, count: 27001) }, { _ = try describe(64, 64, count: Int.max) },
        ] as [() throws -> Void] {
            let error = #expect(throws: MediaError.self) { try attempt() }
            #expect(error?.exit == .usage)
        }
        #expect(throws: Never.self) { _ = try describe(64, 64, count: 27000) }
    }

    @Test func plansMustCoverAllFrames() {
        for plan in [
            [], [Segment(index: 0, frames: 0..<29)], [Segment(index: 0, frames: 1..<30)],
            [Segment(index: 0, frames: 0..<10), Segment(index: 1, frames: 11..<30)],
            [Segment(index: 1, frames: 0..<30)],
            [Segment(index: 0, frames: 0..<30), Segment(index: 1, frames: 30..<30)],
        ] {
            #expect(throws: MediaError.self) { _ = try describe(64, 64, segments: plan) }
        }
        #expect(throws: MediaError.self) {
            _ = try describe(64, 64, segments: TestScene.plan(30, every: 10), .obsStream)
        }
    }

    @Test func adviceIsNoError() throws {
        #expect(try describe(1080, 1920).advice.isEmpty)
        #expect(try describe(64, 64, rate: FrameRate(10)).advice.count == 2)
    }

    @Test func sequenceNames() throws {
        let scene = TestScene(8, 8)
        for (name, expected) in [
            ("f", "f/f-000002.png"), ("f/", "f/f-000002.png"), ("a.png", "a-000002.png"), ("x-%03d.png", "x-002.png"),
        ] {
            let folder = TemporaryFolder()
            let description = try describe(8, 8, count: 3, .pngSequence)
            try scene.render(PNGSequenceOutput(description, to: "\(folder.path)/\(name)"), description)
            #expect(!TemporaryFolder.bytes("\(folder.path)/\(expected)").isEmpty, "\(name)")
        }
        for bad in ["x-%d-%d.png", "%s.png", "x%6d.png", "", "/", "a%0d.png"] {
            let error = #expect(throws: MediaError.self) {
                _ = try PNGSequenceOutput(describe(8, 8, count: 3, .pngSequence), to: bad)
            }
            #expect(error?.exit == .usage, "\(bad)")
        }
    }

    @Test func aCallbackGetsFramesInOrder() throws {
        let scene = TestScene(8, 8)
        let seen = Seen()
        let output = CallbackOutput { seen.indexes.append($0.index) }
        try scene.render(output, describe(8, 8, count: 5, .pngSequence))
        #expect(seen.indexes == [0, 1, 2, 3, 4])
    }
}

private final class Seen: @unchecked Sendable {
    // Safe: the test runs on one thread.
    var indexes: [Int] = []
}
