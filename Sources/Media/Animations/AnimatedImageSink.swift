import CMediaKernels
public import Drawing

/// What a sink made of an animated image.
public struct AnimatedImage: Sendable {
    /// Parts, one behind the other.
    let bytes: [UInt8]
    /// How many.
    let parts: Int
    /// What is before and behind them.
    let head: [UInt8]
    let tail: [UInt8]
    /// How far the decoded pictures are from the drawn ones.
    let errors: CompositeErrors
}

/// Writes only what changes, for as long as it is shown; a frame that shows the same as the one before makes it longer.
public final class AnimatedImageSink: FrameSink {
    private let segment: Segment
    private let size: PixelSize
    private let format: any AnimatedImageFormat
    private let timing: AnimationTiming
    private var bytes: [UInt8] = []
    private var parts = 0
    private var errors = CompositeErrors()
    private var written = 0

    /// What is shown, from which frame on; written when it is known how long.
    private var held: (pixels: PixelBuffer, rect: PixelRect, first: Int)?
    private var before: PixelBuffer?
    private var cleared = PixelRect.zero

    init(
        _ segment: Segment, of description: OutputDescription, _ kind: any AnimatedImageFormat.Type
    ) throws(MediaError) {
        (self.segment, size) = (segment, description.size)
        format = try kind.init(description)
        timing = AnimationTiming(unitsPerSecond: kind.unitsPerSecond(description), rate: description.rate)
    }

    /// Takes a frame.
    ///
    /// - Throws: `MediaError` when it is not the next frame, or the encoder fails.
    public func write(_ frame: Frame) throws {
        guard frame.index == segment.frames.lowerBound + written, frame.index < segment.frames.upperBound,
            frame.pixels.size == size
        else { throw MediaError.internal(.codec, "frame \(frame.index) is not the next one") }
        defer { written += 1 }
        guard let held else {
            self.held = (frame.pixels.copy(), size.bounds, 0)
            return
        }
        let area = frame.damage.clipped(to: size.bounds).bounds
        guard !area.isEmpty else { return }
        let (changed, gone) = Self.changes(frame.pixels, held.pixels, area)
        // A picture that is shown for less than a unit would have no length, and players invent one.
        guard !changed.isEmpty, timing.length(held.first..<written) > 0 else { return }
        let kind = type(of: format)
        let clears = kind.onlyAdds && !gone.isEmpty
        var next = changed
        if clears {
            next = held.rect.union(gone).union(changed)
            try put(held.pixels, held.rect.union(gone), held.first..<written, clearsAfter: true)
        } else {
            try put(held.pixels, held.rect, held.first..<written, clearsAfter: false)
        }
        before = held.pixels
        let (x, y) = (next.x / kind.grid * kind.grid, next.y / kind.grid * kind.grid)
        self.held = (
            frame.pixels.copy(), PixelRect(x: x, y: y, width: next.maxX - x, height: next.maxY - y), written
        )
    }

    private func put(_ pixels: PixelBuffer, _ rect: PixelRect, _ frames: Range<Int>, clearsAfter: Bool) throws {
        let part = AnimatedPart(
            now: pixels, before: before, rect: rect, cleared: cleared, clearsAfter: clearsAfter,
            length: timing.length(frames), index: parts)
        let made = try format.write(part)
        bytes.append(contentsOf: made)
        parts += 1
        cleared = clearsAfter ? rect : .zero
        try format.compare(made, part, &errors)
    }

    /// Where two pictures differ, and where what was seen is not seen any more.
    private static func changes(
        _ now: PixelBuffer, _ before: PixelBuffer, _ area: PixelRect
    ) -> (changed: PixelRect, gone: PixelRect) {
        var (changed, gone) = ([Int32](repeating: 0, count: 4), [Int32](repeating: 0, count: 4))
        now.withBytes { a in
            before.withBytes { b in
                guard let a = a.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    let b = b.baseAddress?.assumingMemoryBound(to: UInt8.self)
                else { return }
                fanpai_changes(
                    a, b, now.stride, Int32(area.x), Int32(area.maxX), Int32(area.y), Int32(area.maxY), &changed, &gone)
            }
        }
        func rect(_ edges: [Int32]) -> PixelRect {
            PixelRect(
                x: Int(edges[0]), y: Int(edges[2]), width: Int(edges[1] - edges[0]), height: Int(edges[3] - edges[2]))
        }
        return (rect(changed), rect(gone))
    }

    /// Ends the image.
    ///
    /// - Throws: `MediaError` with exit 70 when frames are missing, or the encoder fails.
    public func finish() throws -> AnimatedImage {
        guard written == segment.frames.count, let held else {
            throw MediaError.internal(.codec, "segment \(segment.index) ended after \(written) frames")
        }
        try put(held.pixels, held.rect, held.first..<written, clearsAfter: false)
        self.held = nil
        let (head, tail) = format.frame(parts: parts, bytes: bytes.count)
        return AnimatedImage(bytes: bytes, parts: parts, head: head, tail: tail, errors: errors)
    }

    /// Frees what was encoded.
    public func cancel() {
        bytes = []
        held = nil
        before = nil
    }
}

extension PixelBuffer {
    /// A picture of its own with the same pixels.
    fileprivate func copy() -> PixelBuffer {
        let other = PixelBuffer(size: size)
        other.withMutableBytes { target in withBytes { target.copyMemory(from: $0) } }
        return other
    }
}

/// Makes the sink of an animated image.
public struct AnimatedImageFactory: FrameSinkFactory {
    let description: OutputDescription
    let kind: any (AnimatedImageFormat & SendableMetatype).Type

    /// Starts the image.
    ///
    /// - Throws: `MediaError` with exit 69 when an encoder or decoder is missing.
    public func makeSink(for segment: Segment) throws -> AnimatedImageSink {
        try AnimatedImageSink(segment, of: description, kind)
    }
}
