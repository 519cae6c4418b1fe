/// Elementary functions from IEEE additions, products and divisions alone.
///
/// The C library's versions differ in the last bit between machines and releases; what reaches a display list must not.
/// Errors are below 1e-13 relative to the larger of 1 and the result in the ranges that animation uses.
public enum PortableMath {
    private static let sineDivisors: [Double] = [272, 210, 156, 110, 72, 42, 20, 6]
    private static let cosineDivisors: [Double] = [306, 240, 182, 132, 90, 56, 30, 12, 2]
    private static let exponentialDivisors: [Double] = [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    private static let oddNumbers: [Double] = [23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1]

    /// Sine and cosine of `radians`; for arguments beyond +-1e6 the accuracy falls off, without a trap.
    public static func sinCos(_ radians: Double) -> (sine: Double, cosine: Double) {
        guard radians.isFinite else { return (0, 1) }
        let quarterTurns = (radians * (2 / Double.pi)).rounded(.toNearestOrEven)
        // pi/2 in two parts (Cody and Waite): the first has trailing zero bits, so that its multiples are exact.
        let x = (radians - quarterTurns * 1.570_796_310_901_641_8) - quarterTurns * 1.589_325_477_352_819_6e-8
        let square = x * x
        var sine = 1.0
        for divisor in sineDivisors { sine = 1 - sine * square / divisor }
        sine *= x
        var cosine = 1.0
        for divisor in cosineDivisors { cosine = 1 - cosine * square / divisor }
        switch Int(truncatingIfNeeded: Int64(max(-9e15, min(9e15, quarterTurns)))) & 3 {
        case 0: return (sine, cosine)
        case 1: return (cosine, -sine)
        case 2: return (-sine, -cosine)
        default: return (-cosine, sine)
        }
    }

    /// The sine of `radians`.
    public static func sin(_ radians: Double) -> Double { sinCos(radians).sine }

    /// The cosine of `radians`.
    public static func cos(_ radians: Double) -> Double { sinCos(radians).cosine }

    /// e to the power of `x`; 0 below -708, infinite above 709.
    public static func exp(_ x: Double) -> Double {
        guard x > -708 else { return 0 }
        guard x < 709.7 else { return .infinity }
        let power = (x * 1.442_695_040_888_963_4).rounded(.toNearestOrEven)
        let rest = (x - power * 0.693_147_180_369_123_8) - power * 1.908_214_929_270_587_7e-10
        var sum = 1.0
        for divisor in exponentialDivisors { sum = 1 + sum * rest / divisor }
        return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
    }

    /// The natural logarithm of a positive number; minus infinity at 0, not a number below.
    public static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x.isFinite else { return x }
        var exponent = Int(x.exponent)
        var significand = x.significand
        if significand > 1.414_213_562_373_095_1 {
            significand /= 2
            exponent += 1
        }
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        var sum = 0.0
        for odd in oddNumbers { sum = sum * square + 1 / odd }
        return 2 * ratio * sum + Double(exponent) * 0.693_147_180_559_945_3
    }

    /// `base` to the power of `exponent`; `base` must not be negative (a negative one counts as 0).
    public static func pow(_ base: Double, _ exponent: Double) -> Double {
        if exponent == 0 { return 1 }
        guard base > 0 else { return exponent > 0 ? 0 : .infinity }
        return exp(exponent * log(base))
    }
}
