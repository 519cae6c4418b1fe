import Drawing
import Glibc
import Media

/// What a segment becomes that can be kept in a `SegmentStore`.
protocol StorableSegment: Sendable {
    var stored: [UInt8] { get }
    init?(stored: ArraySlice<UInt8>, segment: Segment)
}

extension EncodedSegment: StorableSegment {}

/// A job's way to its cache: the keys of its segments.
///
/// A segment has two keys. The first is made of what its scene was resolved from and is known before any frame is; the second of
/// the display lists of its frames, for segments that show the same for other reasons.
struct SegmentStorage: Sendable {
    let store: SegmentStore
    /// Program, profile, size and rate.
    private let encoding: Digest
    /// What the frames of each segment depend on; nil when only evaluating them tells.
    private let inputs: [Digest]?

    /// - Parameter runs: the frames of each segment in the source's count.
    /// - Returns: nil when segments cannot be told by any key.
    init?(_ store: SegmentStore, source: FrameSource, runs: [Range<Int>], profile: Profile) {
        guard let identity = ProgramIdentity.digest else { return nil }
        self.store = store
        var encoder = CanonicalEncoder(tag: 0xE1)
        encoder.add(identity)
        encoder.add(profile.name)
        encoder.add(profile.pixelFormat)
        encoder.add(profile.encoder?.name ?? "")
        for option in profile.encoder?.options ?? [] {
            encoder.add(option.name)
            encoder.add(option.value)
        }
        encoder.add(source.size.width)
        encoder.add(source.size.height)
        encoder.add(source.rate.numerator)
        encoder.add(source.rate.denominator)
        encoding = encoder.finish()
        inputs = source.inputDigests(runs)
    }

    /// The first key of a segment.
    func key(ofInputs index: Int) -> Digest? {
        guard let inputs else { return nil }
        var encoder = CanonicalEncoder(tag: 0xE2)
        encoder.add(encoding)
        encoder.add(inputs[index])
        return encoder.finish()
    }

    /// The second key of a segment. The damage is part of it, for it follows from identities that digests leave out, and an encoder may go by it.
    func key(of frames: [PreparedFrame]) -> Digest {
        var encoder = CanonicalEncoder(tag: 0xE3)
        encoder.add(encoding)
        encoder.add(frames.count)
        for frame in frames {
            encoder.add(frame.list.digest)
            let rects = frame.damage?.rects ?? []
            encoder.add(rects.count)
            for rect in rects { for value in [rect.x, rect.y, rect.width, rect.height] { encoder.add(value) } }
        }
        return encoder.finish()
    }

    /// The segment of a key, and the digests of its frames, four words each; nil when it has to be made.
    func find<Product>(_ key: Digest, _ segment: Segment) -> (product: Product, digests: [UInt64], content: Digest)? {
        guard let type = Product.self as? any StorableSegment.Type,
            let (content, bytes) = store.folder.content(forKey: key)
        else { return nil }
        let size = segment.frames.count * 32
        guard bytes.count > size, let product = type.init(stored: bytes[size...], segment: segment) as? Product else {
            return nil
        }
        let digests = bytes.withUnsafeBytes { bytes in
            (0..<size / 8).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        }
        return (product, digests, content)
    }

    /// Keeps a segment under its keys; returns 0 or an error number of the system.
    func keep<Product>(_ made: SegmentResult<Product>, under keys: [Digest]) -> Int32 {
        guard let product = made.product as? any StorableSegment else { return 0 }
        return store.keep(made.digests.withUnsafeBytes { Array($0) } + product.stored, under: keys)
    }
}

/// What a cache did for a job.
public struct CacheUse: Hashable, Sendable {
    /// Segments that were there already, known by what they are made from.
    public var foundByInputs = 0
    /// Segments that were there already, known by what their frames show.
    public var foundByFrames = 0
    /// Segments that were made, and kept.
    public var made = 0
    /// Why segments could not be kept, in the system's words; the job is not touched by it.
    public var problem: String?

    /// Nothing yet.
    public init() {}

    /// Notes that keeping failed, unless the number is 0.
    mutating func note(_ error: Int32) {
        if error != 0, problem == nil { problem = String(cString: strerror(error)) }
    }

    mutating func add(_ other: CacheUse) {
        foundByInputs += other.foundByInputs
        foundByFrames += other.foundByFrames
        made += other.made
        problem = problem ?? other.problem
    }

    /// Segments that did not have to be made.
    public var found: Int { foundByInputs + foundByFrames }
}
