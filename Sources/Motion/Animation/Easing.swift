internal import Drawing

/// How an animation goes from 0 to 1 while time does. Every easing is exactly 0 up to 0 and exactly 1 from 1 on.
package enum Easing: Hashable, Sendable {
    /// A curve that is drawn at the start of an animation, the end, or both.
    package enum Family: String, Hashable, Sendable, CaseIterable {
        case quad, cubic, quart, quint, sine, expo, circ, back, elastic, bounce
    }

    /// Where the curve is.
    package enum Direction: String, Hashable, Sendable, CaseIterable {
        case accelerating = "in"
        case decelerating = "out"
        case both = "in-out"
    }

    /// Even.
    case linear
    /// One of the usual curves.
    case curve(Family, Direction)
    /// CSS's cubic Bézier from (0, 0) to (1, 1); both x in 0...1.
    case cubicBezier(Double, Double, Double, Double)
    /// Equal jumps; at the start of each step, or at its end.
    case steps(Int, atStart: Bool)
    /// A spring that settles (within 0.1 %) in the time of the animation, with a damping ratio and a first velocity (in
    /// distances a duration).
    case spring(dampingRatio: Double, velocity: Double)

    /// True when it never goes back and stays within 0...1.
    package var isMonotone: Bool {
        switch self {
        case .linear, .steps: true
        case .curve(let family, _): family != .back && family != .elastic && family != .bounce
        case .cubicBezier(_, let y1, _, let y2): (0...1).contains(y1) && (0...1).contains(y2)
        case .spring(let ratio, let velocity): ratio >= 1 && velocity >= 0 && velocity <= 1
        }
    }

    /// The progress at a fraction of the time.
    package func value(at fraction: Double) -> Double {
        guard fraction > 0 else { return 0 }
        guard fraction < 1 else { return 1 }
        switch self {
        case .linear: return fraction
        case .curve(let family, .accelerating): return family.accelerating(fraction)
        case .curve(let family, .decelerating): return 1 - family.accelerating(1 - fraction)
        case .curve(let family, .both):
            return fraction < 0.5
                ? family.accelerating(2 * fraction) / 2 : 1 - family.accelerating(2 - 2 * fraction) / 2
        case .cubicBezier(let x1, let y1, let x2, let y2):
            return CubicBezier.y(at: fraction, x1: x1, y1: y1, x2: x2, y2: y2)
        case .steps(let count, let atStart):
            let step = (fraction * Double(count)).rounded(.down) + (atStart ? 1 : 0)
            return min(1, step / Double(count))
        case .spring(let ratio, let velocity):
            return Self.springValue(at: fraction, ratio: ratio, velocity: velocity)
        }
    }

    private static func springValue(at fraction: Double, ratio: Double, velocity: Double) -> Double {
        let spring = Spring(frequency: unitFrequency(ratio), dampingRatio: ratio)
        let now = 1 - spring.state(after: fraction, position: 1, velocity: -velocity).position
        let end = 1 - spring.state(after: 1, position: 1, velocity: -velocity).position
        // What is left at the end (about 0.1 %) is spread over the time, so that the last value is exact.
        return now + (1 - end) * fraction
    }

    /// The frequency at which a spring's envelope is down to 0.1 % after one unit of time.
    private static func unitFrequency(_ ratio: Double) -> Double {
        let decades = 6.907_755_278_982_137
        if ratio < 0.999 { return decades / max(0.05, ratio) }
        if ratio < 1.001 { return 9.233_413_476_451_45 }
        return decades / (ratio - (ratio * ratio - 1).squareRoot())
    }
}

extension Easing.Family {
    /// The curve at the start of an animation; 0...1.
    fileprivate func accelerating(_ t: Double) -> Double {
        switch self {
        case .quad: return t * t
        case .cubic: return t * t * t
        case .quart: return t * t * t * t
        case .quint: return t * t * t * t * t
        case .sine: return 1 - PortableMath.cos(t * .pi / 2)
        case .expo: return (PortableMath.exp(6.931_471_805_599_453 * t) - 1) / 1023
        case .circ: return 1 - (1 - t * t).squareRoot()
        case .back: return t * t * (2.70158 * t - 1.70158)
        case .elastic:
            return -PortableMath.exp(6.931_471_805_599_453 * (t - 1))
                * PortableMath.sin((10 * t - 10.75) * (2 * .pi / 3))
        case .bounce: return 1 - Self.bounceOut(1 - t)
        }
    }

    private static func bounceOut(_ t: Double) -> Double {
        let n = 7.5625
        let d = 2.75
        if t < 1 / d { return n * t * t }
        if t < 2 / d {
            let u = t - 1.5 / d
            return n * u * u + 0.75
        }
        if t < 2.5 / d {
            let u = t - 2.25 / d
            return n * u * u + 0.9375
        }
        let u = t - 2.625 / d
        return n * u * u + 0.984375
    }
}

/// Solves a cubic Bézier's x for its y.
private enum CubicBezier {
    static func y(at x: Double, x1: Double, y1: Double, x2: Double, y2: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        var t = x
        // Newton, kept in a shrinking bracket: x is monotone in t when both controls lie in 0...1.
        for _ in 0..<24 {
            let error = point(t, x1, x2) - x
            if abs(error) < 1e-12 { break }
            if error > 0 { high = t } else { low = t }
            let slope = slope(t, x1, x2)
            let next = slope > 1e-9 ? t - error / slope : -1
            t = next > low && next < high ? next : (low + high) / 2
        }
        return point(t, y1, y2)
    }

    private static func point(_ t: Double, _ a: Double, _ b: Double) -> Double {
        let u = 1 - t
        return 3 * u * u * t * a + 3 * u * t * t * b + t * t * t
    }

    private static func slope(_ t: Double, _ a: Double, _ b: Double) -> Double {
        let u = 1 - t
        return 3 * u * u * a + 6 * u * t * (b - a) + 3 * t * t * (1 - b)
    }
}
