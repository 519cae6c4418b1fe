package import Drawing

/// A moment of the video, seen from the scene that is on.
package struct SceneTime: Hashable, Sendable {
    /// The moment in the whole video; measures are asked for by it.
    package let absolute: FrameTime
    /// The moment in the scene.
    package let local: FrameTime
    /// The moment in the times of the element that is drawn: since the scene began, or since the marker from which its times count.
    package let own: FrameTime
    /// Frames per second.
    package let rate: FrameRate

    package init(absolute: FrameTime, local: FrameTime, rate: FrameRate) {
        (self.absolute, self.local, self.own, self.rate) = (absolute, local, local, rate)
    }

    private init(_ time: SceneTime, own: FrameTime) {
        (absolute, local, self.own, rate) = (time.absolute, time.local, own, time.rate)
    }

    /// The same moment in the times of an element.
    package func counted(as own: FrameTime) -> SceneTime { own == self.own ? self : SceneTime(self, own: own) }

    /// Seconds in the times of the element.
    package var seconds: Double { own.seconds(at: rate) }
}
