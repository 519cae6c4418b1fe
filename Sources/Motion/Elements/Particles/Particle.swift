import Drawing

/// A particle as a function of time: thrown from a point, slowed by the air, pulled down.
///
/// With the air's drag k, v' = g - k v has the closed solution p(t) = p0 + u t + (v0 - u) (1 - e^(-kt)) / k with the
/// terminal velocity u = g / k, so that any moment is one evaluation.
struct Particle {
    let origin: Point
    let velocity: Point
    /// Turns a second about its own axes, and where they start.
    let spin: (x: Double, z: Double)
    let phase: (x: Double, z: Double)
    /// How far and how often it sways, in pixels and turns a second.
    let sway: (reach: Double, pace: Double)
    let life: Double
    /// The number of its drawing.
    let kind: Int
    let scale: Double

    /// Makes particle number `index`; equal seeds and numbers give equal particles.
    init(_ look: ParticleLook, seed: UInt64, index: UInt64, box: Size) {
        var random = ParticleRandom(seed: seed, index: index)
        let across = random.next() - 0.5
        let down = random.next() - 0.5
        origin = Point(
            x: look.origin.x * box.width + across * look.area.x, y: look.origin.y * box.height + down * look.area.y)
        let angle = look.direction + (random.next() - 0.5) * look.spread
        // Squares make few fast ones and many slow ones: a cloud, not a ring.
        let pace = look.speed * (0.35 + 0.65 * random.next().squareRoot())
        let (sine, cosine) = PortableMath.sinCos(angle)
        velocity = Point(x: sine * pace, y: -cosine * pace)
        let sign: Double = random.next() < 0.5 ? -1 : 1
        spin = (look.spin * (0.5 + random.next()), look.spin * 0.4 * sign * random.next())
        phase = (random.next(), random.next())
        sway = (look.sway * random.next(), 0.4 + 0.7 * random.next())
        life = look.life * (0.75 + 0.25 * random.next())
        kind = Int(random.next() * Double(look.kinds))
        scale = 0.65 + 0.35 * random.next()
    }

    /// Where it is after `age` seconds, and its velocity.
    func motion(_ age: Double, gravity: Double, drag: Double) -> (place: Point, velocity: Point) {
        let decay = PortableMath.exp(-drag * age)
        let slide = (1 - decay) / drag
        let fall = gravity / drag
        let swing = sway.reach == 0 ? 0 : sway.reach * PortableMath.sin((phase.x + sway.pace * age) * 2 * .pi)
        let ramp = min(1, age)
        return (
            Point(
                x: origin.x + velocity.x * slide + swing * ramp,
                y: origin.y + fall * age + (velocity.y - fall) * slide),
            Point(x: velocity.x * decay, y: fall + (velocity.y - fall) * decay)
        )
    }
}

/// Numbers from 0 to 1 that follow from a seed and an index alone (splitmix64).
struct ParticleRandom {
    private var state: UInt64

    init(seed: UInt64, index: UInt64) {
        state = seed ^ (index &+ 1) &* 0xD1B5_4A32_D192_ED03
        _ = bits()
    }

    private mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// At least 0, below 1.
    mutating func next() -> Double { Double(bits() >> 11) / 9_007_199_254_740_992 }
}
