import Drawing
import Glibc
import Media
import Testing

/// What every way out must do.
@Suite struct SinkTests {
    @Test(arguments: Way.all) func everyFrameReadsBack(_ way: Way) throws {
        let scene = TestScene(96, 64, transparent: way.profile.alpha != .none)
        let folder = TemporaryFolder()
        _ = try way.render(scene, 21, in: folder)
        let frames = try way.read(folder)
        try #require(frames.count == 21)
        for (index, frame) in frames.enumerated() {
            let delta = difference(frame, scene.buffer(index))
            if way.profile.codec == "vp9" {
                // Colours of halves of pixels, and of what is almost clear, are not kept.
                #expect(delta.mean < 4, "frame \(index): \(delta)")
            } else if way.profile.codec == "prores" {
                #expect(delta.largest <= 4 && delta.mean < 1, "frame \(index)")
            } else if way.profile.alpha == .straight {
                #expect(delta.largest == 0, "frame \(index)")
            } else {
                #expect(delta.mean < 4, "frame \(index)")
                // The picture of any other moment is further away: none is lost, doubled or late.
                for other in [index - 1, index + 1] where other >= 0 {
                    #expect(difference(frame, scene.buffer(other)).mean > delta.mean, "frame \(index)")
                }
            }
        }
    }

    @Test(arguments: Way.all) func equalInputsMakeEqualBytes(_ way: Way) throws {
        let scene = TestScene(64, 48, transparent: way.profile.alpha != .none)
        let (first, second) = (TemporaryFolder(), TemporaryFolder())
        let bytes = try way.render(scene, 17, in: first)
        #expect(!bytes.isEmpty)
        // Memory that a library forgot to fill shows up only now and then.
        for round in 0..<6 {
            let isSame = try way.render(scene, 17, in: second, reversed: round % 2 == 0) == bytes
            #expect(isSame, "round \(round)")
        }
    }

    @Test(arguments: Way.all) func singleFrame(_ way: Way) throws {
        let scene = TestScene(32, 32, transparent: way.profile.alpha != .none)
        let folder = TemporaryFolder()
        _ = try way.render(scene, 1, in: folder)
        #expect(try way.read(folder).count == 1)
    }

    @Test(arguments: Way.all) func cancelLeavesNothing(_ way: Way) throws {
        let scene = TestScene(64, 48)
        let description = try way.description(scene, 20)
        for stage in 0..<4 {
            let folder = TemporaryFolder()
            try cancel(description.makeOutput(to: way.destination(folder)), scene, description, stage)
            #expect(folder.names.isEmpty, "stage \(stage)")
        }
        // An output that is simply let go of leaves nothing either.
        let folder = TemporaryFolder()
        _ = try description.makeOutput(to: way.destination(folder))
        #expect(folder.names.isEmpty)
    }

    private func cancel<Output: FrameOutput>(
        _ output: Output, _ scene: TestScene, _ description: OutputDescription, _ stage: Int
    ) throws {
        let client = (output as? NUTStreamOutput)?.port.flatMap { StreamClient(port: $0) }
        if stage > 0 {
            let sink = try output.factory.makeSink(for: description.segments[0])
            let frames = description.segments[0].frames
            for index in frames.prefix(stage == 1 ? 3 : frames.count) {
                try sink.write(scene.frame(index, first: index == 0))
            }
            if stage == 3 { try output.append(sink.finish()) } else { sink.cancel() }
        }
        output.cancel()
        withExtendedLifetime(client) {}
    }

    @Test(arguments: Way.all) func framesOutOfOrderAreRefused(_ way: Way) throws {
        let scene = TestScene(64, 48)
        let description = try way.description(scene, 20)
        let folder = TemporaryFolder()
        func run<Output: FrameOutput>(_ output: Output) throws {
            let client = (output as? NUTStreamOutput)?.port.flatMap { StreamClient(port: $0) }
            let sink = try output.factory.makeSink(for: description.segments[0])
            #expect(throws: MediaError.self) { try sink.write(scene.frame(1, first: true)) }
            try sink.write(scene.frame(0, first: true))
            #expect(throws: MediaError.self) { try sink.write(scene.frame(2, first: false)) }
            #expect(throws: MediaError.self) { _ = try sink.finish() }
            sink.cancel()
            #expect(throws: (any Error).self) {
                if description.profile.segmentable { try output.finish() } else { throw MediaErrorProbe() }
            }
            output.cancel()
            withExtendedLifetime(client) {}
        }
        try run(description.makeOutput(to: way.destination(folder)))
        #expect(folder.names.isEmpty)
    }

    @Test(arguments: Way.all.filter { $0.profile.container != "nut" }) func missingFolderIs73(_ way: Way) throws {
        let description = try way.description(TestScene(64, 48), 8)
        for place in ["/nonexistent-folder/x/a.\(way.profile.container)", "/proc/a.\(way.profile.container)"] {
            let error = #expect(throws: MediaError.self) { _ = try description.makeOutput(to: place) }
            #expect(error?.exit == .cannotCreate)
            #expect(error?.description.contains("folder") == true)
        }
    }

    @Test func existingFileIsReplacedOnlyWhenWhole() throws {
        let folder = TemporaryFolder()
        let way = try Way(profile: .named("douyin"))
        store([1, 2, 3], at: "\(folder.path)/a.mp4")
        let scene = TestScene(32, 32)
        let description = try way.description(scene, 8)
        let output = try MP4Output(description, to: "\(folder.path)/a.mp4")
        try output.append(scene.encode(output, description.segments[0]))
        #expect(TemporaryFolder.bytes("\(folder.path)/a.mp4") == [1, 2, 3])
        try output.finish()
        #expect(TemporaryFolder.bytes("\(folder.path)/a.mp4").count > 1000)
        #expect(folder.names == ["a.mp4"])
    }

    @Test func fullDiskIs74() throws {
        let scene = TestScene(64, 48)
        let description = try Way(profile: .douyin).description(scene, 8)
        let output = try MP4Output(description, to: "/dev/full")
        let product = try scene.encode(output, description.segments[0])
        let error = #expect(throws: MediaError.self) { try output.append(product) }
        #expect(error?.exit == .transfer)
        #expect(error?.hint.contains("space") == true)
        output.cancel()
        var status = stat()
        #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test(.enabled(if: TinyDisk.isPossible), arguments: Way.all.filter { $0.profile.container != "nut" })
    func fullFileSystemLeavesNothing(_ way: Way) throws {
        let scene = TestScene(128, 128)
        let folder = TemporaryFolder()
        let disk = try #require(TinyDisk(at: folder.path))
        defer { disk.unmount() }
        let description = try way.description(scene, 80)
        func run<Output: FrameOutput>(_ output: Output) -> MediaError? {
            let error = #expect(throws: MediaError.self) {
                for segment in description.segments { try output.append(scene.encode(output, segment)) }
                try output.finish()
            }
            output.cancel()
            return error
        }
        #expect(try run(description.makeOutput(to: way.destination(folder)))?.exit == .transfer)
        #expect(folder.names.isEmpty)
    }
}

private struct MediaErrorProbe: Error {}

/// A file system of one page, mounted where the tests may do that.
struct TinyDisk {
    let path: String

    static let isPossible: Bool = {
        let folder = TemporaryFolder()
        guard let disk = TinyDisk(at: folder.path) else { return false }
        disk.unmount()
        return true
    }()

    init?(at path: String) {
        guard mount("tmpfs", path, "tmpfs", 0, "size=4k,nr_inodes=64") == 0 else { return nil }
        self.path = path
    }

    func unmount() { umount2(path, 2) }
}
