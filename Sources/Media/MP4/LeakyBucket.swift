package import Drawing

/// Runs pictures through a leaky bucket: it fills with what is encoded and leaks at the rate of the cap.
///
/// Levels count bits times frames a second, so that they are exact at every frame rate.
package struct LeakyBucket {
    private let capacity: Int
    private let leak: Int
    private let scale: Int
    /// How full it is.
    private(set) var level = 0

    /// An empty bucket.
    package init(_ cap: RateCap, rate: FrameRate) {
        scale = rate.numerator
        capacity = cap.bufferBits * rate.numerator
        leak = cap.bitsPerSecond * rate.denominator
    }

    /// Takes a picture of so many bytes, and then leaks for as long as a frame lasts.
    ///
    /// - Returns: false when the bucket overflows.
    package mutating func add(bytes: Int) -> Bool {
        level += bytes * 8 * scale
        defer { level = max(0, level - leak) }
        return level <= capacity
    }

    /// Whether a segment keeps to the cap whatever is before and behind it.
    ///
    /// A segment finds the bucket half full at most and must leave it so. Then segments can be encoded, kept and encoded again
    /// one by one, and what they are joined to never matters.
    package func admits(_ samples: [EncodedSegment.Sample]) -> Bool {
        var bucket = self
        bucket.level = capacity / 2
        return samples.allSatisfy { bucket.add(bytes: $0.size) } && bucket.level <= capacity / 2
    }
}
