public import Drawing

/// What can be rendered: a canvas, a length, and a pure function from a frame's number to what it shows.
///
/// A resolved template is one; a program of your own is another:
///
///     let source = FrameSource(size: size, rate: .thirty, frameCount: 90) { frame in
///         DisplayList(size: size, nodes: nodes(at: frame))
///     }
public struct FrameSource: Sendable {
    /// The canvas in pixels.
    public let size: PixelSize
    /// Frames per second.
    public let rate: FrameRate
    /// Frames in all.
    public let frameCount: Int
    /// The first frame of every scene.
    public let scenes: [Int]
    /// Further frames at which something begins or ends that should not share a segment with what was before.
    public let cuts: [Int]
    /// Where pictures come from.
    public let images: any ImageSource
    /// What frame `n` shows; must not depend on which frames were asked for before, and may be called from many threads.
    public let list: @Sendable (Int) throws -> DisplayList
    /// Digests of all that the frames of some ranges depend on, where they can be had without evaluating any.
    var inputDigests: @Sendable ([Range<Int>]) -> [Digest]? = { _ in nil }

    /// Makes a source.
    public init(
        size: PixelSize, rate: FrameRate, frameCount: Int, scenes: [Int] = [], cuts: [Int] = [],
        images: any ImageSource = NoImages(), list: @escaping @Sendable (Int) throws -> DisplayList
    ) {
        self.size = size
        self.rate = rate
        self.frameCount = frameCount
        self.scenes = scenes
        self.cuts = cuts
        self.images = images
        self.list = list
    }
}
