/// How a film is to be rendered; none of it changes what a frame shows.
public struct RenderOptions: Sendable {
    /// The way out by name; nil goes by the extension of the destination.
    public var profile: String?
    /// The frames to render, in the film's count; nil is all.
    public var frames: Range<Int>?
    /// The most worker threads; the bytes of the output are the same for any number.
    public var workers = processorCount()
    /// Whether every frame of the finished file is decoded and compared, not just the first and last of every segment.
    public var verifiesFully = false
    /// A file for the exact frames that the encoder gets, as planar YUV 4:2:0.
    public var yuvPath: String?
    /// Where encoded segments are kept from job to job; nil is nowhere. Used by profiles that are made of segments, unless `yuvPath` is
    /// given, which wants every frame.
    public var cache: SegmentStore?
    /// Signs the manifest of a file or folder; nil leaves it unsigned.
    public var signingKey: SigningKey?
    /// Stops the job from any thread.
    public var cancellation = Cancellation()
    /// Called a few times a second, on the thread that waits for the job.
    public var onProgress: (@Sendable (RenderProgress) -> Void)?

    /// Makes the defaults.
    public init() {}
}
