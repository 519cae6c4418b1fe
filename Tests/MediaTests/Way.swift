import Drawing
import Media
import Testing

/// A profile under test: where it writes and how its result is read back.
struct Way: CustomTestStringConvertible, Sendable {
    let profile: Profile
    var testDescription: String { profile.name }

    /// Those that write every frame as it was drawn at any size; the others have tests of their own.
    static let all = Profile.all.filter {
        $0.composition == .asDrawn && ($0.codec != "h264" || $0.name == "douyin")
            && !["hevc", "mjpeg", "apng", "webp", "gif"].contains($0.codec)
    }.map { Way(profile: $0) }

    func description(_ scene: TestScene, _ count: Int) throws -> OutputDescription {
        try OutputDescription(
            size: scene.size, rate: FrameRate(min(100, profile.limits.framesPerSecond.upperBound)), frameCount: count,
            segments: profile.segmentable ? TestScene.plan(count, every: 8) : nil, profile: profile)
    }

    func destination(_ folder: TemporaryFolder) -> String {
        switch profile.container {
        case "png": "\(folder.path)/frames/"
        case "nut": "tcp://127.0.0.1:0?listen"
        default: "\(folder.path)/a.\(profile.container)"
        }
    }

    /// Renders with a client where one is needed, and gives all bytes of the result.
    func render(
        _ scene: TestScene, _ count: Int, in folder: TemporaryFolder, reversed: Bool = false
    ) throws -> [UInt8] {
        let description = try description(scene, count)
        return try render(description.makeOutput(to: destination(folder)), scene, description, folder, reversed)
    }

    private func render<Output: FrameOutput>(
        _ output: Output, _ scene: TestScene, _ description: OutputDescription, _ folder: TemporaryFolder,
        _ reversed: Bool
    ) throws -> [UInt8] {
        let client = (output as? NUTStreamOutput)?.port.flatMap { StreamClient(port: $0) }
        let order = reversed ? description.segments.reversed() : description.segments
        var products: [Int: Output.Factory.Sink.Product] = [:]
        for segment in order { products[segment.index] = try scene.encode(output, segment) }
        for segment in description.segments { try output.append(#require(products[segment.index])) }
        try output.finish()
        if let client { store(client.readAll(), at: "\(folder.path)/a.nut") }
        let names =
            profile.container == "png" ? TemporaryFolder.names("\(folder.path)/frames") : ["a.\(profile.container)"]
        let inner = profile.container == "png" ? "\(folder.path)/frames" : folder.path
        return names.flatMap { TemporaryFolder.bytes("\(inner)/\($0)") }
    }

    /// The frames of what `render` left.
    func read(_ folder: TemporaryFolder) throws -> [PixelBuffer] {
        if profile.container == "png" {
            return try TemporaryFolder.names("\(folder.path)/frames").map {
                try ImageDecoder.decode(path: "\(folder.path)/frames/\($0)")
            }
        }
        let reader = try VideoReader(path: "\(folder.path)/a.\(profile.container)")
        return try (0..<reader.info.frameCount).map { try reader.frame(at: $0) }
    }
}

/// The largest difference of a channel, and the mean.
func difference(_ a: PixelBuffer, _ b: PixelBuffer) -> (largest: Int, mean: Double) {
    guard a.size == b.size else { return (255, 255) }
    var largest = 0
    var sum = 0
    let width = a.size.width * 4
    a.withBytes { first in
        b.withBytes { second in
            for y in 0..<a.size.height {
                for x in 0..<width {
                    let delta = abs(Int(first[y * a.stride + x]) - Int(second[y * b.stride + x]))
                    largest = max(largest, delta)
                    sum += delta
                }
            }
        }
    }
    return (largest, Double(sum) / Double(width * a.size.height))
}
