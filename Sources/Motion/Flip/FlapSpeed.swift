/// How fast the leaves of a board fall. All times are seconds of scene time.
package struct FlapSpeed: Hashable, Sendable {
    /// What a leaf takes from its release at rest until it lands.
    package let fall: Double
    /// What a leaf takes at the board's top speed.
    package let top: Double
    /// How long the catch holds a leaf that starts from rest, while it lifts a little: anticipation.
    package let hold: Double
    /// How far the held leaf lifts, in half turns.
    package let lift: Double

    /// What each further leaf of a run takes of the time of the one before it.
    package static let ramp = 0.66
    /// Landing speed by release speed of a leaf that follows another at once.
    package static let surge = 3.0
    /// Seconds over which the rate of changes is averaged.
    package static let window = 0.25

    /// Makes a speed; values that no board could have are cut to ones that it could.
    package init(fall: Double = 0.3, top: Double = 0.085, hold: Double = 0.06, lift: Double = 0.028) {
        self.fall = max(0.05, min(5, fall.isNaN ? 0.3 : fall))
        self.top = max(0.03, min(self.fall, top.isNaN ? 0.085 : top))
        self.hold = max(0, min(1, hold.isNaN ? 0 : hold))
        self.lift = max(0, min(0.2, lift.isNaN ? 0 : lift))
    }

    /// The board of the templates.
    package static let standard = FlapSpeed()

    /// What a leaf of a drum takes that runs too fast to be read.
    package var blurred: Double { top * 0.72 }
    /// Changes a second above which a drum cannot be read any more.
    package var enterRate: Double { 0.9 / top }
    /// Changes a second below which a blurred drum shows glyphs again.
    package var leaveRate: Double { 0.45 / top }

    /// What the leaf number `level` of a run takes; the first is 0.
    package func period(level: Int) -> Double {
        var period = fall
        for _ in 0..<min(level, 16) where period > top { period *= Self.ramp }
        return max(top, period)
    }
}
