import Drawing
import Glibc
import Media
import Testing

@Suite struct StreamTests {
    private let scene = TestScene(48, 32, transparent: true)

    private func description(_ count: Int, fps: Int = 100, scene: TestScene? = nil) throws -> OutputDescription {
        try OutputDescription(
            size: (scene ?? self.scene).size, rate: FrameRate(fps), frameCount: count, profile: .obsStream)
    }

    private func start(
        _ description: OutputDescription, _ options: OutputOptions = OutputOptions()
    ) throws -> (NUTStreamOutput, NUTStreamSink, Int) {
        let output = try NUTStreamOutput(description, to: "tcp://127.0.0.1:0?listen", options: options)
        return (output, try output.factory.makeSink(for: description.segments[0]), try #require(output.port))
    }

    @Test func framesAreNeverEarly() throws {
        let (output, sink, port) = try start(description(12, fps: 50))
        let client = try #require(StreamClient(port: port))
        let begin = ContinuousClock.now
        for index in 0..<12 {
            try sink.write(scene.frame(index, first: index == 0))
            #expect(begin.duration(to: .now) >= .milliseconds(20 * index))
        }
        try output.append(sink.finish())
        #expect(begin.duration(to: .now) >= .milliseconds(240), "the last frame has its time")
        #expect(output.report == StreamReport(sent: 12, skipped: 0, unwatched: 0, connections: 1))
        #expect(client.readAll().count > 12 * 48 * 32 * 4)
    }

    @Test func aClientMayLeaveAndComeBack() throws {
        let (output, sink, port) = try start(description(40))
        var first = StreamClient(port: port)
        for index in 0..<10 { try sink.write(scene.frame(index, first: index == 0)) }
        withExtendedLifetime(first) {}
        first = nil
        for index in 10..<20 { try sink.write(scene.frame(index, first: false)) }
        let second = try #require(StreamClient(port: port))
        for index in 20..<40 { try sink.write(scene.frame(index, first: false)) }
        try output.append(sink.finish())
        #expect(output.report.connections == 2)
        #expect(output.report.sent + output.report.unwatched == 40)
        #expect(output.report.unwatched >= 8)
        // What the second one got is a stream of its own that starts at the frame of its time.
        let folder = TemporaryFolder()
        store(second.readAll(), at: "\(folder.path)/a.nut")
        let reader = try VideoReader(path: "\(folder.path)/a.nut")
        #expect((19...20).contains(reader.info.frameCount))
        #expect(reader.info.size == scene.size)
        #expect(difference(try reader.frame(at: reader.info.frameCount - 1), scene.buffer(39)).largest == 0)
        #expect(difference(try reader.frame(at: 0), scene.buffer(40 - reader.info.frameCount)).largest == 0)
    }

    @Test func lateFramesAreSentOrSkippedAsAsked() throws {
        for lateness in [Lateness.send, .skip] {
            let (output, sink, port) = try start(description(30), OutputOptions(lateness: lateness))
            let client = try #require(StreamClient(port: port))
            for index in 0..<30 {
                if index == 10 { usleep(100_000) }
                try sink.write(scene.frame(index, first: index == 0))
            }
            try output.append(sink.finish())
            if lateness == .send {
                #expect(output.report.sent == 30)
            } else {
                #expect(output.report.skipped >= 5)
                #expect(output.report.sent + output.report.skipped == 30)
            }
            withExtendedLifetime(client) {}
        }
    }

    @Test func cancelEndsAWaitForAClient() throws {
        let end = ContinuousClock.now + .milliseconds(150)
        let (_, sink, _) = try start(description(5), OutputOptions(isCancelled: { ContinuousClock.now > end }))
        let error = #expect(throws: MediaError.self) { try sink.write(scene.frame(0, first: true)) }
        #expect(error?.code == .cancelled)
        #expect(error?.exit == .cancelled)
        #expect(ContinuousClock.now < end + .seconds(1))
        sink.cancel()
    }

    @Test func cancelEndsABlockedSend() throws {
        let large = TestScene(1024, 512)
        let end = ContinuousClock.now + .milliseconds(700)
        let (_, sink, port) = try start(
            description(200, scene: large), OutputOptions(isCancelled: { ContinuousClock.now > end }))
        let client = try #require(StreamClient(port: port))
        let buffer = large.buffer(0)
        let error = #expect(throws: MediaError.self) {
            for index in 0..<200 {
                let frame = Frame(
                    index: index, pixels: buffer, damage: index == 0 ? Damage(large.size.bounds) : .none,
                    digest: Digest(words: (0, 0, 0, 0)))
                try sink.write(frame)
            }
        }
        #expect(error?.code == .cancelled)
        #expect(ContinuousClock.now < end + .seconds(1))
        sink.cancel()
        withExtendedLifetime(client) {}
    }

    @Test func aPipeGetsTheSameStream() throws {
        let folder = TemporaryFolder()
        let description = try description(6)
        let descriptor = open("\(folder.path)/a.nut", O_WRONLY | O_CREAT, 0o644)
        defer { close(descriptor) }
        let output = NUTStreamOutput(description, descriptor: descriptor)
        try scene.render(output, description)
        let reader = try VideoReader(path: "\(folder.path)/a.nut")
        #expect(reader.info.frameCount == 6)
        #expect(difference(try reader.frame(at: 5), scene.buffer(5)).largest == 0)
    }

    @Test func aReaderThatLeavesAPipeEndsTheJob() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let description = try description(50)
        let output = NUTStreamOutput(description, descriptor: ends[1])
        let sink = try output.factory.makeSink(for: description.segments[0])
        try sink.write(scene.frame(0, first: true))
        close(ends[0])
        let error = #expect(throws: MediaError.self) {
            for index in 1..<50 { try sink.write(scene.frame(index, first: false)) }
        }
        #expect(error?.exit == .transfer)
        sink.cancel()
        close(ends[1])
    }

    @Test func aTakenPortIs73() throws {
        let (output, _, port) = try start(description(1))
        let error = #expect(throws: MediaError.self) {
            _ = try NUTStreamOutput(description(1), to: "tcp://127.0.0.1:\(port)?listen")
        }
        #expect(error?.exit == .cannotCreate)
        withExtendedLifetime(output) {}
    }

    @Test(arguments: [
        "tcp://127.0.0.1:9000", "tcp://0.0.0.0:9000?listen", "tcp://192.168.1.2:1?listen", "tcp://127.0.0.1?listen",
        "tcp://127.0.0.1:99999?listen", "tcp://:1?listen", "udp://127.0.0.1:1", "tcp://example:1?listen", "",
    ])
    func badAddressesAreUsageErrors(_ text: String) {
        let error = #expect(throws: MediaError.self) { _ = try StreamAddress(parsing: text) }
        #expect(error?.exit == .usage)
    }

    @Test func goodAddresses() throws {
        #expect(try StreamAddress(parsing: "-") == .standardOutput)
        #expect(try StreamAddress(parsing: "tcp://127.0.0.1:9000?listen") == .listen(host: "127.0.0.1", port: 9000))
        #expect(try StreamAddress(parsing: "tcp://localhost:9?listen=1") == .listen(host: "127.0.0.1", port: 9))
        #expect(
            try StreamAddress(parsing: "tcp://0.0.0.0:9?listen", allowsRemote: true)
                == .listen(host: "0.0.0.0", port: 9))
    }
}
