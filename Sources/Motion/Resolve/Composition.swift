public import Drawing
internal import Orders

/// A template resolved against a feed and parameters: what every moment shows, with nothing left to look up.
///
/// A value: several threads may ask copies of it for frames while its owner appends.
public struct Composition: Sendable {
    /// A scene and its frames.
    public struct Scene: Hashable, Sendable {
        /// Its name.
        public let id: String
        /// Its frames in the whole video.
        public let frames: Range<Int>
        /// Frames after its start in which the scene before is still seen.
        public let fade: Int
    }

    /// The canvas in output pixels.
    public let size: PixelSize
    /// Frames per second.
    public let rate: FrameRate
    /// The number of frames.
    public let frameCount: Int
    /// The name of the layout.
    public let layout: String
    /// What the numbers are about; the figures are those of the last frame.
    public internal(set) var facts: FeedFacts

    package let camera: Camera
    var feed: Feed
    package internal(set) var tracks: [MeasureTrack]
    var rows: FeedRows?
    /// What is left to ship of the order that the film tells of; nil when it tells of none.
    var told: ToldRows?
    package let clock: FeedClock
    package internal(set) var resolvedScenes: [ResolvedScene]
    let overlays: [PlacedElement]
    let namedMarkers: [NamedMarker]
    let inputs: SceneInputs
    let isAppendable: Bool

    /// The scenes in order: where the segment plan cuts.
    public var scenes: [Scene] {
        resolvedScenes.map { scene in
            var fade = 0
            if case .fade(let length) = scene.transition { fade = (length.ticks + 63) / FrameTime.ticksPerFrame }
            return Scene(id: scene.id, frames: scene.frames, fade: scene.frames.lowerBound == 0 ? 0 : fade)
        }
    }

    /// What a frame shows.
    public func displayList(atFrame frame: Int) -> DisplayList { displayList(at: FrameTime(frame: frame)) }

    /// What a moment shows: before the first frame what the first shows, after the last what the last shows.
    ///
    /// Pure: no clock, no chance, no file. Any moment in any order, from any number of threads.
    public func displayList(at time: FrameTime) -> DisplayList {
        let last = FrameTime(frame: max(0, frameCount - 1)) + FrameTime(ticks: FrameTime.ticksPerFrame - 1)
        let time = min(max(time, .zero), last)
        let index = resolvedScenes.lastIndex { $0.start <= time } ?? 0
        let local = time - resolvedScenes[index].start
        var nodes: [Node] = []
        nodes.reserveCapacity(32)
        draw(resolvedScenes[index], at: local, into: &nodes)
        if case .fade(let length) = resolvedScenes[index].transition, index > 0, local < length {
            let before = resolvedScenes[index - 1]
            var old: [Node] = []
            // The scene before stands still at its last frame: it has nothing to say beyond its end.
            draw(before, at: before.duration - FrameTime(frame: 1), into: &old)
            nodes = Self.mixed(old, nodes, fraction: Self.fraction(local, of: length), size: size)
        }
        if !overlays.isEmpty {
            let frame = FrameOfReference(
                time: SceneTime(absolute: time, local: time, rate: rate),
                base: LocalView(camera: camera, model: .identity), model: .identity, tracks: tracks, clock: clock)
            frame.draw(overlays, isFlat: true, into: &nodes)
        }
        return DisplayList(size: size, nodes: nodes)
    }

    private func draw(_ scene: ResolvedScene, at local: FrameTime, into nodes: inout [Node]) {
        scene.draw(
            at: local, canvas: size, camera: camera, rate: rate, tracks: tracks, clock: clock, into: &nodes)
    }

    /// Something of the new scene is seen in the first frame of a fade, and nothing of the old one after its last.
    private static func fraction(_ local: FrameTime, of length: FrameTime) -> Double {
        Double(local.ticks + FrameTime.ticksPerFrame) / Double(length.ticks + FrameTime.ticksPerFrame)
    }

    /// The mean of two drawings: right for transparent ones too, which two opacities one over the other are not.
    private static func mixed(_ old: [Node], _ new: [Node], fraction: Double, size: PixelSize) -> [Node] {
        let weight = Int32((max(0, min(1, fraction)) * 65536).rounded())
        let bounds = size.bounds.rect
        return [
            .accumulate(
                Accumulate(samples: [
                    Accumulate.Sample(content: LayerContent(bounds: bounds, nodes: old), weight: 65536 - weight),
                    Accumulate.Sample(content: LayerContent(bounds: bounds, nodes: new), weight: weight),
                ]))
        ]
    }
}
