import Drawing

/// A causal estimate of how fast a digit changes: what came in before an instant, forgotten exponentially.
///
/// What arrives at the same instant counts as one change of at most three places, and the memory is bounded, so that one
/// burst does not blur a drum and a long one does not keep it blurred.
package struct FlapRate: Hashable, Sendable {
    private static let mostAtOnce = 3.0
    private let most: Double
    private var base = 0.0
    private var amount = 0.0
    private var time = 0.0

    /// Makes an estimate with nothing in it.
    package init(speed: FlapSpeed) { most = 1.5 * speed.enterRate * FlapSpeed.window }

    /// Notes that the digit went on by `places` at `seconds`, not before what was noted last.
    package mutating func add(_ places: Double, at seconds: Double) {
        if seconds > time {
            base = total(at: seconds)
            (amount, time) = (0, seconds)
        }
        amount += places
    }

    /// Places a second, as known at `seconds`.
    package func rate(at seconds: Double) -> Double { total(at: seconds) / FlapSpeed.window }

    private func total(at seconds: Double) -> Double {
        let now = min(most, base + min(amount, Self.mostAtOnce))
        guard now > 1e-9 else { return 0 }
        return now * PortableMath.exp(-max(0, seconds - time) / FlapSpeed.window)
    }
}
