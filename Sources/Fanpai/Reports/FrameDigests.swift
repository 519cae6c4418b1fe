public import Drawing

/// The order in which `fanpai digest` draws frames.
public enum DigestOrder: String, Hashable, Sendable, CaseIterable {
    /// From the first to the last.
    case forward
    /// In a fixed order that jumps about.
    case shuffled
}

/// The SHA-256 of every frame's pixels, for `fanpai digest`.
public struct FrameDigests: Hashable, Sendable {
    /// The number of the first frame.
    public let firstFrame: Int
    /// The digests in the order of frames.
    public let frames: [Digest]

    /// The SHA-256 of all digests, one after the other.
    public var total: Digest {
        var builder = DigestBuilder()
        for digest in frames {
            let words = digest.words
            let bytes = [words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian]
            bytes.withUnsafeBytes { builder.update($0) }
        }
        return builder.finish()
    }

    /// One line a frame, and the total.
    public var text: String {
        var text = ""
        text.reserveCapacity(frames.count * 72)
        for (index, digest) in frames.enumerated() { text += "\(firstFrame + index) \(digest)\n" }
        return text + "total \(total)\n"
    }

    /// The digests for programs.
    public var json: OrderedJSON {
        .object([
            "firstFrame": .integer(Int64(firstFrame)), "frames": .array(frames.map { .text($0.description) }),
            "total": .text(total.description),
        ])
    }
}

extension FrameSource {
    /// The digests of the pixels of all frames that the options ask for, drawn in any order by any number of workers.
    public func digests(
        _ options: RenderOptions = RenderOptions(), order: DigestOrder = .forward
    ) throws(FanpaiError) -> FrameDigests {
        let plan = try self.plan(options, isSegmentable: true)
        let output = DigestOutput()
        switch order {
        case .forward:
            _ = try run(plan, options, to: output)
            return FrameDigests(firstFrame: plan.frames.lowerBound, frames: output.digests)
        case .shuffled:
            // The same number of steps through all frames, in a stride that has no common divisor with their count.
            let count = plan.frames.count
            var stride = count * 5 / 8 | 1
            while Self.haveCommonDivisor(stride, count) { stride += 2 }
            let step = stride
            let original = list
            let first = plan.frames.lowerBound
            let shuffled = FrameSource(size: size, rate: rate, frameCount: count, images: images) { frame in
                try original(first + frame * step % count)
            }
            let segments = SegmentPlan.segments(frameCount: count, rate: rate)
            _ = try shuffled.run((0..<count, segments), options, to: output)
            var frames = output.digests
            for (position, digest) in output.digests.enumerated() { frames[position * step % count] = digest }
            return FrameDigests(firstFrame: first, frames: frames)
        }
    }

    private static func haveCommonDivisor(_ a: Int, _ b: Int) -> Bool {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a > 1
    }
}
