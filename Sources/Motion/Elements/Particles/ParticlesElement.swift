package import Drawing

/// Confetti, coins or sparks.
package struct ParticlesSpecification: ElementSpecification {
    package static let kind = "particles"
    package static let summary = "Confetti, coins or sparks: in bursts, or as long as it is there. The seed decides."

    /// The kinds.
    package enum Preset: String, Hashable, Sendable, CaseIterable {
        case confetti, coins, sparks
    }

    private let look: ParticleLook
    private let bursts: [FrameTime]
    private let count: Int
    private let rate: Double?

    package init?(from fields: FieldDecoder) {
        guard let preset = fields.required(Self.preset) else { return nil }
        look = ParticleLook(from: fields, preset: preset)
        rate = fields.optional(Self.rate)
        let most = look.most
        count = fields.value(
            Self.count, default: min(most, preset == .coins ? 32 : preset == .sparks ? 48 : 64))
        bursts = fields.optional(Self.bursts) ?? (rate == nil ? [.zero] : [])
        if count > most {
            fields.report(
                .range, "\(count) of this size would take too long to draw",
                hint: "make count at most \(most), or particleSize smaller", at: Self.count)
            return nil
        }
        if let rate, rate * look.life > Double(most) {
            fields.report(
                .range, "\(Int(rate * look.life)) would fly at once, and of this size they would take too long to draw",
                hint: "make rate times life at most \(most), or particleSize smaller", at: Self.rate)
            return nil
        }
        if rate != nil, fields.has(Self.bursts) {
            fields.report(
                .type, "rate and bursts are two ways to let them come", hint: "remove one of them", at: Self.bursts)
            return nil
        }
        for (earlier, later) in zip(bursts, bursts.dropFirst()) where earlier >= later {
            fields.report(
                .animation, "the times of the bursts must rise", hint: "sort them, and give no time twice",
                at: Self.bursts)
            return nil
        }
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        let canvas = Size(width: Double(context.canvas.width), height: Double(context.canvas.height))
        return .particles(
            ParticlesContent(
                look: look, size: context.box, field: context.box ?? canvas, seed: context.seed ^ context.id.value,
                rate: rate, count: count,
                bursts: bursts.map { $0.seconds(at: context.rate) }))
    }

    private static let preset = Field("preset", ValueType<Preset>.choice, "What flies.", isRequired: true)
    private static let bursts = Field(
        "bursts", ValueType<[FrameTime]>.list(of: .duration(), count: 1...100),
        "When many come at once, since the scene began; at its start when neither this nor rate is given.")
    private static let count = Field(
        "count", ValueType<Int>.whole(1...ParticleLook.mostOfAll),
        "How many come with a burst; the larger they are, the fewer: drawing them all takes half a millisecond.")
    private static let rate = Field(
        "rate", ValueType<Double>.number(0.1...200), "How many come a second, instead of bursts.")

    package static let fields =
        [preset.schema, bursts.schema, count.schema, rate.schema] + ParticleLook.fields
}

/// Confetti, coins or sparks, resolved.
package struct ParticlesContent: ElementContent {
    package let size: Size
    /// Where they fly: the box, or without one all of the canvas from where the element stands.
    private let field: Size
    private let look: ParticleLook
    private let seed: UInt64
    private let rate: Double?
    private let count: Int
    private let bursts: [Double]
    private let drawings: [[LayerContent]]

    init(
        look: ParticleLook, size: Size?, field: Size, seed: UInt64, rate: Double?, count: Int, bursts: [Double]
    ) {
        (self.look, self.field, self.seed, self.rate) = (look, field, seed, rate)
        // Without a box there is nothing to anchor: the origin is the field's upper left.
        self.size = size ?? Size(width: 0, height: 0)
        (self.count, self.bursts, drawings) = (count, bursts, look.drawings())
    }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let now = context.time.seconds
        // Of more, the newest.
        let most = look.most
        var nodes: [Node] = []
        nodes.reserveCapacity(most)
        if let rate {
            // Number n is born at n / rate.
            let newest = Int((now * rate).rounded(.down))
            let oldest = max(0, Int(((now - look.life) * rate).rounded(.up)), newest - most + 1)
            guard newest >= oldest else { return nil }
            for number in oldest...newest {
                draw(UInt64(number), age: now - Double(number) / rate, id: context.id, into: &nodes)
            }
        } else {
            var budget = most
            for (ordinal, start) in bursts.enumerated().reversed() where start <= now && now - start < look.life {
                for number in 0..<min(count, budget) {
                    draw(
                        UInt64(ordinal) << 32 | UInt64(number), age: now - start, id: context.id, into: &nodes)
                }
                budget -= min(count, budget)
            }
        }
        guard !nodes.isEmpty else { return nil }
        return LayerContent(bounds: Rect(x: 0, y: 0, width: field.width, height: field.height), nodes: nodes)
    }

    private func draw(_ number: UInt64, age: Double, id: LayerID, into nodes: inout [Node]) {
        let particle = Particle(look, seed: seed, index: number, box: field)
        guard age < particle.life else { return }
        let (place, velocity) = particle.motion(age, gravity: look.gravity, drag: look.drag)
        let reach = look.size * 1.5
        guard place.x > -reach, place.x < field.width + reach, place.y > -reach, place.y < field.height + reach else {
            return
        }
        let left = 1 - age / particle.life
        var (light, opacity) = (Light.none, min(1, left * 5))
        let matrix: Matrix3
        var level = 0
        switch look.preset {
        case .confetti, .coins:
            // Seen from the front, a turn about its own axis squeezes it; the light comes from above.
            let tilt = PortableMath.sinCos((particle.phase.x + particle.spin.x * age) * 2 * .pi)
            let turn = look.preset == .coins ? 0 : (particle.phase.z + particle.spin.z * age) * 2 * .pi
            let least = look.preset == .coins ? 0.12 : 0.06
            let squeeze = max(least, abs(tilt.cosine))
            light = Light(
                multiply: UInt8((150 + 105 * abs(tilt.cosine)).rounded()),
                add: UInt8((70 * max(0, tilt.sine * tilt.cosine)).rounded()))
            let (long, short) = (particle.scale / 0.8, squeeze * particle.scale)
            level = ParticleLook.level(short)
            let rest = short / ParticleLook.levels[level]
            let flat: Matrix3 = look.preset == .coins ? .scale(x: rest, y: long) : .scale(x: long, y: rest)
            matrix = .translation(x: place.x, y: place.y) * Self.rotation(PortableMath.sinCos(turn)) * flat
        case .sparks:
            let pace = max(1e-6, (velocity.x * velocity.x + velocity.y * velocity.y).squareRoot())
            // Long while they are fast, a dot at the end.
            let stretch = particle.scale * (0.3 + 1.1 * min(1, pace / max(1, look.speed)))
            let thin = particle.scale * (0.35 + 0.65 * left)
            opacity = min(1, left * 1.8)
            level = ParticleLook.level(across: stretch, down: thin)
            let drawn = (across: level / ParticleLook.levels.count, down: level % ParticleLook.levels.count)
            matrix =
                .translation(x: place.x, y: place.y)
                * Self.rotation((sine: velocity.y / pace, cosine: velocity.x / pace))
                * .scale(x: stretch / ParticleLook.levels[drawn.across], y: thin / ParticleLook.levels[drawn.down])
        }
        nodes.append(
            .layer(
                Layer(
                    id: id.child("particle", Int(truncatingIfNeeded: number)), content: drawings[particle.kind][level],
                    matrix: matrix, opacity: UInt8((max(0, opacity) * 255).rounded()), light: light)))
    }

    private static func rotation(_ turn: (sine: Double, cosine: Double)) -> Matrix3 {
        Matrix3(
            m11: turn.cosine, m12: -turn.sine, m13: 0, m21: turn.sine, m22: turn.cosine, m23: 0, m31: 0, m32: 0, m33: 1)
    }
}
