public import Media

/// How far a job is.
public struct RenderProgress: Hashable, Sendable {
    /// Frames that were drawn and encoded.
    public let framesDone: Int
    /// Frames in all.
    public let framesTotal: Int
    /// Seconds since the job began.
    public let seconds: Double

    /// Makes a progress.
    public init(framesDone: Int, framesTotal: Int, seconds: Double) {
        (self.framesDone, self.framesTotal, self.seconds) = (framesDone, framesTotal, seconds)
    }

    /// Frames per second so far; 0 before the first.
    public var framesPerSecond: Double { seconds > 0 ? Double(framesDone) / seconds : 0 }
    /// Seconds until the end at the speed so far; nil before the first frame.
    public var secondsLeft: Double? {
        framesDone > 0 ? seconds / Double(framesDone) * Double(framesTotal - framesDone) : nil
    }
}

/// Where the time of a job went, summed over its workers.
public struct PhaseTimes: Hashable, Sendable {
    /// Nanoseconds in which display lists were made.
    public var evaluate: UInt64 = 0
    /// Nanoseconds in which they were compared with the frame before.
    public var compare: UInt64 = 0
    /// Nanoseconds in which they were drawn.
    public var rasterise: UInt64 = 0
    /// Nanoseconds in which frames were converted and encoded.
    public var encode: UInt64 = 0
    /// Nanoseconds in which the cache was asked, and segments were read and kept.
    public var cache: UInt64 = 0
    /// Nanoseconds in which segments were joined and written.
    public var join: UInt64 = 0
    /// Nanoseconds from the start of the job until its first frame was drawn, and where frames are drawn in bands converted.
    public var firstFrame: UInt64 = 0

    /// Nothing yet.
    public init() {}

    mutating func add(_ other: PhaseTimes) {
        evaluate += other.evaluate
        compare += other.compare
        rasterise += other.rasterise
        encode += other.encode
        cache += other.cache
        if firstFrame == 0 || other.firstFrame != 0 && other.firstFrame < firstFrame { firstFrame = other.firstFrame }
    }
}

/// What a finished job tells.
public struct RenderReport: Hashable, Sendable {
    /// Frames in the output.
    public let frameCount: Int
    /// Segments it was cut into.
    public let segmentCount: Int
    /// Seconds from start to end.
    public let seconds: Double
    /// Where the time went.
    public let phases: PhaseTimes
    /// SHA-256 over the digests of all display lists in order: equal films have equal ones.
    public let digest: String
    /// What the cache did; nil when there was none, or nothing in the output that could be kept.
    public let cache: CacheUse?
    /// How far a transparent output is from what was drawn, over black, white and green; nil when nothing was measured.
    public var alpha: AlphaFigures?
}
