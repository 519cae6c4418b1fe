import Drawing
import Glibc
import Media
import Testing

/// Segments that were encoded apart are one stream.
@Suite struct JointTests {
    private let scene = TestScene(160, 120)

    @Test func everyFrameAroundTheJointsIsTheOneDrawn() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/a.mp4"
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 60, segments: TestScene.plan(60, every: 15), profile: .douyin)
        let yuv = "\(folder.path)/a.yuv"
        let output = try MP4Output(
            description, to: path, options: OutputOptions(dumpYUV: yuv, verifiesFully: true))
        var products: [EncodedSegment] = []
        for segment in description.segments.reversed() { products.append(try scene.encode(output, segment)) }
        let headers = Set(products.map(\.parameterSets))
        #expect(headers.count == 1, "one pair of headers for all")
        for product in products.reversed() { try output.append(product) }
        try output.finish()
        #expect(folder.names == ["a.mp4", "a.yuv"])

        let reader = try VideoReader(path: path)
        #expect(reader.info.frameCount == 60)
        #expect(reader.info.duration == 2)
        #expect(reader.info.hasSound)
        for index in 0..<60 {
            let delta = difference(try reader.frame(at: index), scene.buffer(index))
            #expect(delta.mean < 3, "frame \(index)")
        }
        // Any order: each jump lands on its frame.
        for index in [59, 0, 15, 14, 44, 45, 46, 1, 30, 29, 59, 58] {
            let delta = difference(try reader.frame(at: index), scene.buffer(index))
            #expect(delta.mean < 3, "frame \(index)")
        }
        #expect(throws: MediaError.self) { _ = try reader.frame(at: 60) }

        // The dump holds the exact frames, whichever segment wrote first.
        let dump = TemporaryFolder.bytes(yuv)
        let size = 160 * 120 * 3 / 2
        try #require(dump.count == 60 * size)
        for index in [0, 14, 15, 59] {
            let picture = YUVPicture(size: scene.size)
            picture.update(from: scene.buffer(index), damage: .none)
            let isSame = picture.packed() == Array(dump[index * size..<(index + 1) * size])
            #expect(isSame, "frame \(index)")
        }
    }

    @Test func segmentsOfOneFrameJoinToo() throws {
        let folder = TemporaryFolder()
        let plan = [0..<1, 1..<2, 2..<9, 9..<10].enumerated().map { Segment(index: $0, frames: $1) }
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 10, segments: plan, profile: .douyin)
        try scene.render(
            MP4Output(description, to: "\(folder.path)/a.mp4", options: OutputOptions(verifiesFully: true)), description
        )
        let reader = try VideoReader(path: "\(folder.path)/a.mp4")
        for index in 0..<10 { #expect(difference(try reader.frame(at: index), scene.buffer(index)).mean < 3) }
    }

    @Test func aSegmentOfAnotherPlanIsRefused() throws {
        let folder = TemporaryFolder()
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 20, segments: TestScene.plan(20, every: 10), profile: .douyin)
        let output = try MP4Output(description, to: "\(folder.path)/a.mp4")
        let second = try scene.encode(output, description.segments[1])
        #expect(throws: MediaError.self) { try output.append(second) }
        output.cancel()
        #expect(folder.names.isEmpty)
    }

    @Test func aDamagedFileIsFoundOut() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/a.mp4"
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: 30, segments: TestScene.plan(30, every: 15), profile: .douyin)
        try scene.render(MP4Output(description, to: path), description)
        let expectations = FileExpectations(description)
        try expectations.verify(path: path, fully: true)
        let good = TemporaryFolder.bytes(path)

        // Other promises than the file keeps.
        for other in [
            try OutputDescription(
                size: scene.size, rate: .thirty, frameCount: 31, segments: [Segment(index: 0, frames: 0..<31)],
                profile: .douyin),
            try OutputDescription(size: scene.size, rate: .thirty, frameCount: 30, profile: .douyin),
            try OutputDescription(
                size: PixelSize(width: 162, height: 120), rate: .thirty, frameCount: 30, segments: description.segments,
                profile: .douyin),
            try OutputDescription(
                size: scene.size, rate: FrameRate(25), frameCount: 30, segments: description.segments, profile: .douyin),
        ] {
            #expect(throws: MediaError.self) { try FileExpectations(other).verify(path: path) }
        }
        // An edit list where there was none: the sound's, renamed the other way round, is missing.
        var bad = good
        if let at = find("edts", in: good) { bad.replaceSubrange(at..<at + 4, with: Array("free".utf8)) }
        store(bad, at: path)
        #expect(throws: MediaError.self) { try expectations.verify(path: path) }
        // Cut off.
        store(Array(good.dropLast(2000)), at: path)
        #expect(throws: MediaError.self) { try expectations.verify(path: path) }
        // A hole in the pictures: seen when everything is decoded.
        bad = good
        for at in good.count * 6 / 10..<good.count * 6 / 10 + 600 where at < bad.count { bad[at] = 0xa5 }
        store(bad, at: path)
        #expect(throws: MediaError.self) { try expectations.verify(path: path, fully: true) }
    }

    private func find(_ text: String, in bytes: [UInt8]) -> Int? {
        let wanted = Array(text.utf8)
        return bytes.indices.dropLast(4).first { Array(bytes[$0..<$0 + 4]) == wanted }
    }
}

/// Joints must not show: around them the picture is as good as one encoder's over the whole.
@Suite struct JointQualityTests {
    private let scene = TestScene(320, 240)
    private static let count = 60

    private func qualities(every length: Int) throws -> [Double] {
        let description = try OutputDescription(
            size: scene.size, rate: .thirty, frameCount: Self.count,
            segments: TestScene.plan(Self.count, every: length), profile: .douyin)
        let output = try MP4Output(description, to: "/dev/null")
        defer { output.cancel() }
        return try description.segments.flatMap { segment in
            let product = try scene.encode(output, segment)
            return try SegmentVerifier(product, floor: 0).qualities { index in
                let picture = YUVPicture(size: scene.size)
                picture.update(from: scene.buffer(segment.frames.lowerBound + index), damage: .none)
                return picture
            }
        }
    }

    @Test func fourFramesAroundEachJointLoseNothing() throws {
        let whole = try qualities(every: Self.count)
        let cut = try qualities(every: 15)
        try #require(whole.count == Self.count && cut.count == Self.count)
        for joint in stride(from: 15, to: Self.count, by: 15) {
            let around = joint - 2..<joint + 2
            let (one, many) = (whole[around].reduce(0, +) / 4, cut[around].reduce(0, +) / 4)
            #expect(many >= one - 0.5, "joint \(joint): \(many) dB instead of \(one)")
        }
    }
}
