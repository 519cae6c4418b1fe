import Drawing
import Fanpai
import Glibc
import Synchronization
import Testing

/// A folder of one test.
final class Folder: Sendable {
    let path: String
    init() throws {
        var template = Array("/tmp/fanpai-render-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) } }
        try #require(made.flatMap { $0 } != nil)
        path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
    deinit { Self.remove(path) }
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
    var contents: [String] { PlainFiles.names(path) }
    private static func remove(_ path: String) {
        for name in PlainFiles.names(path) { remove(path + "/" + name) }
        if rmdir(path) != 0 { unlink(path) }
    }
}

@Suite(.serialized) struct RenderTests {
    static let size = PixelSize(width: 160, height: 96)

    /// A square that moves over a coloured ground.
    static func source(frameCount: Int = 150, size: PixelSize = size) -> FrameSource {
        FrameSource(size: size, rate: .thirty, frameCount: frameCount, scenes: [0, 80]) { frame in
            DisplayList(
                size: size,
                nodes: [
                    .path(PathNode(path: .rect(size.bounds.rect), paint: .solid(Color(red: 30, green: 60, blue: 90)))),
                    .path(
                        PathNode(
                            path: .rect(Rect(x: Double(frame % 100), y: 20, width: 40, height: 40)),
                            paint: .solid(.white))),
                ])
        }
    }

    @Test func sameBytesForAnyNumberOfWorkers() throws {
        let folder = try Folder()
        var files: [[UInt8]] = []
        var digests: Set<String> = []
        for workers in [1, 2, 4] {
            var options = RenderOptions()
            options.workers = workers
            let path = folder("\(workers).mp4")
            digests.insert(try Self.source().render(to: path, options).digest)
            files.append(Array(PlainFiles.bytes(path)))
        }
        #expect(files[0].count > 1000)
        #expect(files[0] == files[1] && files[1] == files[2])
        #expect(digests.count == 1)
        #expect(folder.contents == ["1.mp4", "2.mp4", "4.mp4"])
    }

    @Test func picturesAndCallbackShowTheSameFrames() throws {
        let folder = try Folder()
        let source = Self.source(frameCount: 12)
        try source.render(to: folder("frames/"))
        #expect(PlainFiles.names(folder("frames")).count == 12)
        let digests = Mutex<[Digest]>([])
        try source.render(each: { frame in digests.withLock { $0.append(frame.pixels.digest) } })
        #expect(try source.digests().frames == digests.withLock { $0 })
    }

    @Test func digestsDoNotDependOnOrderOrWorkers() throws {
        let source = Self.source()
        var options = RenderOptions()
        options.workers = 1
        let reference = try source.digests(options)
        #expect(reference.frames.count == 150)
        for workers in [2, 4] {
            options.workers = workers
            #expect(try source.digests(options) == reference)
            #expect(try source.digests(options, order: .shuffled) == reference)
        }
        options.frames = 40..<70
        let part = try source.digests(options)
        #expect(part.firstFrame == 40)
        #expect(part.frames == Array(reference.frames[40..<70]))
    }

    @Test func aCancelledJobLeavesNothing() throws {
        let folder = try Folder()
        var options = RenderOptions()
        let cancellation = options.cancellation
        options.onProgress = { if $0.framesDone > 10 { cancellation.cancel() } }
        #expect(throws: FanpaiError.cancelled) {
            try Self.source(frameCount: 20_000).render(to: folder("x.mp4"), options)
        }
        #expect(folder.contents.isEmpty)
    }

    @Test func aFailingFrameLeavesNothing() throws {
        let folder = try Folder()
        let good = Self.source()
        let source = FrameSource(size: good.size, rate: good.rate, frameCount: 150) { frame in
            if frame == 100 { throw FanpaiError(.data, "no such frame", remedy: "none") }
            return try good.list(frame)
        }
        #expect(throws: FanpaiError(.data, "no such frame", remedy: "none")) { try source.render(to: folder("x.mp4")) }
        #expect(folder.contents.isEmpty)
    }

    @Test(arguments: [
        ("nowhere/x.mp4", FanpaiError.Code.cannotCreate), ("x.docx", .usage), ("noextension", .usage),
    ])
    func destinationsThatCannotBeAreErrors(name: String, code: FanpaiError.Code) throws {
        let folder = try Folder()
        do {
            try Self.source().render(to: folder(name))
            Issue.record("rendered to \(name)")
        } catch {
            #expect(error.code == code)
            #expect(!error.remedy.isEmpty)
        }
        #expect(folder.contents.isEmpty)
    }

    @Test func oddSizesNameTheEvenOne() throws {
        let folder = try Folder()
        do {
            try Self.source(size: PixelSize(width: 161, height: 97)).render(to: folder("x.mp4"))
            Issue.record("rendered an odd size")
        } catch {
            #expect(error.code == .usage)
            #expect(error.description.contains("162x98"))
        }
    }

    @Test func framesOutsideOfTheFilmAreAnError() throws {
        var options = RenderOptions()
        options.frames = 100..<151
        #expect(throws: FanpaiError.self) { try Self.source().digests(options) }
    }

    /// All threads of the cooperative pool are blocked, and a job still runs, reports and can be cancelled in time.
    @Test(.timeLimit(.minutes(1))) func jobsDoNotNeedTheCooperativePool() async throws {
        let release = Cancellation()
        for _ in 0..<processorCount() {
            Task.detached {
                while !release.isCancelled { usleep(1000) }
            }
        }
        // From here on no task can make progress, this one included, until the watcher lets go.
        var options = RenderOptions()
        let cancellation = options.cancellation
        let reports = Mutex(0)
        options.onProgress = { _ in reports.withLock { $0 += 1 } }
        let seconds = Mutex(9.0)
        let source = Self.source(frameCount: 1_000_000)
        let done = Cancellation()
        let worker = [options]
        try startThread {
            usleep(200_000)
            var start = timespec()
            clock_gettime(CLOCK_MONOTONIC, &start)
            cancellation.cancel()
            while !done.isCancelled { usleep(500) }
            var end = timespec()
            clock_gettime(CLOCK_MONOTONIC, &end)
            seconds.withLock { $0 = Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9 }
            release.cancel()
        }
        try startThread {
            do {
                try source.render(worker[0], each: { _ in })
            } catch {
                done.cancel()
            }
        }
        while !release.isCancelled { try await Task.sleep(nanoseconds: 5_000_000) }
        #expect(seconds.withLock { $0 } < 1)
        #expect(reports.withLock { $0 } > 0)
    }

    @Test func cancellingATaskCancelsItsJob() async throws {
        let folder = try Folder()
        let path = folder("x.mp4")
        let task = Task { try await Self.source(frameCount: 20_000).render(to: path) }
        try await Task.sleep(nanoseconds: 100_000_000)
        task.cancel()
        let result = await task.result
        #expect(throws: FanpaiError.cancelled) { try result.get() }
        #expect(folder.contents.isEmpty)
    }
}

/// Runs a closure on a thread outside of the cooperative pool.
func startThread(_ body: @escaping @Sendable () -> Void) throws {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    try #require(status == 0)
    pthread_detach(thread)
}
