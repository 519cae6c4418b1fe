package import Drawing

/// When the pictures of an animated image end, in units of its format.
///
/// The end of every frame is rounded, not its length: however long the film is, no picture is more than half a unit early or late.
package struct AnimationTiming: Hashable, Sendable {
    /// Units in a second.
    package let unitsPerSecond: Int
    private let rate: FrameRate

    package init(unitsPerSecond: Int, rate: FrameRate) { (self.unitsPerSecond, self.rate) = (unitsPerSecond, rate) }

    /// The unit in which so many frames end, rounded.
    package func end(ofFrames count: Int) -> Int {
        (2 * count * rate.denominator * unitsPerSecond + rate.numerator) / (2 * rate.numerator)
    }

    /// Units for which frames are shown.
    package func length(_ frames: Range<Int>) -> Int {
        end(ofFrames: frames.upperBound) - end(ofFrames: frames.lowerBound)
    }
}
