internal import Drawing

/// A scene of a composition.
package struct ResolvedScene: Sendable {
    /// Its name.
    package let id: String
    /// Its frames in the whole video.
    package let frames: Range<Int>
    /// How it follows the one before.
    package let transition: SceneSpecification.Transition
    /// What lies below everything.
    let background: PaintSpecification?
    /// True when all elements lie in the canvas.
    let isFlat: Bool
    /// The elements, from the lowest to the topmost.
    package internal(set) var elements: [PlacedElement]

    /// Its length.
    var duration: FrameTime { FrameTime(frame: frames.count) }
    /// The moment at which it begins.
    var start: FrameTime { FrameTime(frame: frames.lowerBound) }

    /// What is seen of it at a moment since it began.
    func draw(
        at local: FrameTime, canvas: PixelSize, camera: Camera, rate: FrameRate, tracks: [MeasureTrack],
        clock: FeedClock, into nodes: inout [Node]
    ) {
        if let background {
            let rect = canvas.bounds.rect
            nodes.append(.path(PathNode(path: .rect(rect), paint: background.paint(at: local, in: rect))))
        }
        let frame = FrameOfReference(
            time: time(local, rate: rate), base: LocalView(camera: camera, model: .identity), model: .identity,
            tracks: tracks, clock: clock)
        frame.draw(elements, isFlat: isFlat, into: &nodes)
    }
}
