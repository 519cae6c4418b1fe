internal import Drawing

/// A damped spring that pulls towards 0, solved in closed form: where it is and how fast it moves at any time, without steps.
///
/// x'' = -2 ζ ω x' - ω² x, with the natural frequency ω in radians a second and the damping ratio ζ (below 1 it swings, at 1 it is
/// as fast as it can be without swinging, above 1 it creeps).
package struct Spring: Hashable, Sendable {
    /// ω, radians a second; positive.
    package let frequency: Double
    /// ζ; not negative.
    package let dampingRatio: Double

    package init(frequency: Double, dampingRatio: Double) {
        self.frequency = max(1e-6, frequency)
        self.dampingRatio = max(0, dampingRatio)
    }

    /// A spring of unit mass by its constants.
    package init(stiffness: Double, damping: Double) {
        let frequency = max(1e-12, stiffness).squareRoot()
        self.init(frequency: frequency, dampingRatio: damping / (2 * frequency))
    }

    /// Position and velocity after `time` seconds, from a position and a velocity at 0; before 0 as at 0.
    package func state(
        after time: Double, position: Double, velocity: Double = 0
    ) -> (position: Double, velocity: Double) {
        guard time > 0 else { return (position, velocity) }
        let (w, z) = (frequency, dampingRatio)
        // Around ζ = 1 the general forms divide by almost nothing.
        if abs(z - 1) < 1e-4 {
            let decay = PortableMath.exp(-w * time)
            let slope = velocity + w * position
            return ((position + slope * time) * decay, (slope - w * (position + slope * time)) * decay)
        }
        if z < 1 {
            let swing = w * (1 - z * z).squareRoot()
            let decay = PortableMath.exp(-z * w * time)
            let (sine, cosine) = PortableMath.sinCos(swing * time)
            let b = (velocity + z * w * position) / swing
            let x = decay * (position * cosine + b * sine)
            let v = decay * (swing * (b * cosine - position * sine)) - z * w * x
            return (x, v)
        }
        let root = w * (z * z - 1).squareRoot()
        // The slow rate as ω² / fast: no difference of near equals.
        let fast = z * w + root
        let slow = w * w / fast
        let a = (velocity + fast * position) / (fast - slow)
        let b = position - a
        let (first, second) = (a * PortableMath.exp(-slow * time), b * PortableMath.exp(-fast * time))
        return (first + second, -slow * first - fast * second)
    }

    /// Seconds after which it stays within `tolerance` of rest for a start at 1 without velocity (an upper bound).
    package func settlingTime(tolerance: Double = 0.001) -> Double {
        let (w, z) = (frequency, dampingRatio)
        let decades = -PortableMath.log(tolerance)
        if z < 1e-6 { return .infinity }
        if z < 1 {
            // The envelope is e^(-ζωt) / sqrt(1 - ζ²), but never needs more than the critical bound below.
            let envelope = (decades - 0.5 * PortableMath.log(max(1e-9, 1 - z * z))) / (z * w)
            return min(envelope, max(decades, 1) * 2 / (z * w))
        }
        let slow = w * w / (z * w + w * (max(0, z * z - 1)).squareRoot())
        // (1 + s) e^(-s) <= tolerance for s = decades + 2 log(decades + 1) + 1.
        return (decades + 2 * PortableMath.log(decades + 1) + 1) / slow
    }
}
