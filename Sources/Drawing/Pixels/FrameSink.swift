/// A drawn frame on its way out. The buffer is lent: whoever keeps pixels copies them.
public struct Frame: Sendable {
    /// The frame's number in the whole output, from 0.
    public let index: Int
    /// Its pixels, premultiplied BGRA.
    public let pixels: PixelBuffer
    /// Where it differs from the frame that the same sink was given before; everything for its first frame.
    public let damage: Damage
    /// The digest of its display list.
    public let digest: Digest

    /// Makes a frame.
    public init(index: Int, pixels: PixelBuffer, damage: Damage, digest: Digest) {
        (self.index, self.pixels, self.damage, self.digest) = (index, pixels, damage, digest)
    }
}

/// A run of frames that is encoded on its own: the unit of parallelism.
public struct Segment: Hashable, Sendable {
    /// Its number in the plan, from 0.
    public let index: Int
    /// The frames, by their number in the whole output.
    public let frames: Range<Int>

    /// Makes a segment.
    public init(index: Int, frames: Range<Int>) { (self.index, self.frames) = (index, frames) }
}

/// What takes the frames of one segment, in order, on one thread.
///
/// Life cycle: `write` for every frame, and all over again as often as `needsFramesAgain` says so; then exactly one of `finish` and
/// `cancel`; nothing after that.
public protocol FrameSink: AnyObject {
    /// What a finished segment leaves for the output.
    associatedtype Product: Sendable

    /// Takes a frame.
    ///
    /// - Throws: when it cannot be encoded or written; `cancel` must follow.
    func write(_ frame: Frame) throws

    /// Whether all frames of the segment are to be written once more, from the first; asked after the last.
    ///
    /// - Throws: when what is pending cannot be encoded; `cancel` must follow.
    func needsFramesAgain() throws -> Bool

    /// Ends the segment; every frame written is in the product.
    ///
    /// - Throws: when what is pending cannot be encoded or written; `cancel` must follow.
    func finish() throws -> Product

    /// Gives the segment up and releases all it holds.
    func cancel()
}

extension FrameSink {
    /// False: most sinks are content with what they got.
    public func needsFramesAgain() throws -> Bool { false }
}

/// Makes sinks for segments; may be asked from several threads at once.
public protocol FrameSinkFactory: Sendable {
    /// The kind of sink.
    associatedtype Sink: FrameSink

    /// Starts a segment.
    ///
    /// - Throws: when the encoder cannot be opened.
    func makeSink(for segment: Segment) throws -> Sink
}

/// A whole output: joins the products of segments in order. Used from one thread at a time.
///
/// Life cycle: `append` for every segment in order, then exactly one of `finish` and `cancel`. A file appears under its
/// final name only in `finish`; `cancel` leaves nothing.
public protocol FrameOutput: AnyObject {
    /// What makes its sinks.
    associatedtype Factory: FrameSinkFactory

    /// What makes the sinks for its segments.
    var factory: Factory { get }

    /// Adds the next segment.
    ///
    /// - Throws: when it cannot be written; `cancel` must follow.
    func append(_ product: Factory.Sink.Product) throws

    /// Completes the output and puts it under its final name.
    ///
    /// - Throws: when it cannot be written; `cancel` must follow.
    func finish() throws

    /// Gives the output up and removes whatever of it was written.
    func cancel()
}
