package import Drawing

/// A moment of the video, seen from the scene that is on.
package struct SceneTime: Hashable, Sendable {
    /// The moment in the whole video; measures are asked for by it.
    package let absolute: FrameTime
    /// The moment in the scene; animations go by it.
    package let local: FrameTime
    /// Frames per second.
    package let rate: FrameRate

    package init(absolute: FrameTime, local: FrameTime, rate: FrameRate) {
        (self.absolute, self.local, self.rate) = (absolute, local, rate)
    }

    /// Seconds since the scene began.
    package var seconds: Double { local.seconds(at: rate) }
}
