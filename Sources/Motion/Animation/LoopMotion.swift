package import Drawing

/// What an element does as long as it is there: a preset with a period.
package struct LoopMotion: Hashable, Sendable {
    /// The presets.
    package enum Preset: String, Hashable, Sendable, CaseIterable {
        /// A short swell, then rest.
        case pulse
        /// Slowly larger and smaller.
        case breathe
        /// Slowly up and down.
        case float
        /// To and fro about its anchor.
        case swing
        /// On and off.
        case blink
    }

    /// The preset.
    package let preset: Preset
    /// How long one round takes.
    package let period: FrameTime
    /// How far into a round it starts.
    package let phase: FrameTime
    /// How much: a share of the size, pixels, radians or a share of the opacity, as the preset has it.
    package let amount: Double

    /// What is added `time` after the element's start.
    package func pose(at time: FrameTime) -> Pose {
        var pose = Pose()
        let length = max(1, period.ticks)
        let ticks = (time.ticks + phase.ticks) % length
        let turn = Double(ticks < 0 ? ticks + length : ticks) / Double(length)
        switch preset {
        case .pulse:
            // A half sine over the first 30 % of the round, squared so that it starts and ends at rest.
            if turn < 0.3 {
                let sine = PortableMath.sin(turn / 0.3 * .pi)
                pose.scale = 1 + amount * sine * sine
            }
        case .breathe: pose.scale = 1 + amount * (0.5 - 0.5 * PortableMath.cos(turn * 2 * .pi))
        case .float: pose.offset.y = -amount * PortableMath.sin(turn * 2 * .pi)
        case .swing: pose.rotationZ = amount * PortableMath.sin(turn * 2 * .pi)
        case .blink: pose.opacity = turn < 0.5 ? 1 : 1 - amount
        }
        return pose
    }
}

extension LoopMotion {
    private static let preset = Field("preset", ValueType<Preset>.choice, "What it does.", isRequired: true)
    private static let period = Field("period", ValueType<FrameTime>.duration(0.05...600), "How long one round takes.")
    private static let phase = Field("phase", ValueType<FrameTime>.duration(0...600), "How far into a round it starts.")
    private static let amount = Field(
        "amount", ValueType<Double>.number(0...1000),
        "How much: a share of its size (pulse, breathe) or opacity (blink), units of the layout (float), degrees (swing)."
    )
    private static let fields = [preset.schema, period.schema, phase.schema, amount.schema]

    /// A preset's name, or a mapping.
    package static let type = ValueType<LoopMotion>.either(
        ValueType<Preset>.choice.map { preset, _, context in
            LoopMotion(preset, environment: context.environment)
        },
        orMapping: .object(fields) { fields in
            guard let preset = fields.required(preset) else { return nil }
            return LoopMotion(
                preset, period: fields.optional(period), phase: fields.optional(phase), amount: fields.optional(amount),
                environment: fields.context.environment)
        })

    private init(
        _ preset: Preset, period: FrameTime? = nil, phase: FrameTime? = nil, amount: Double? = nil,
        environment: DecodeContext.Environment
    ) {
        let standard: (seconds: Double, amount: Double)
        let unit: Double
        switch preset {
        case .pulse: (standard, unit) = ((1, 0.06), 1)
        case .breathe: (standard, unit) = ((3, 0.03), 1)
        case .float: (standard, unit) = ((4, 12), environment.scale)
        case .swing: (standard, unit) = ((2, 4), .pi / 180)
        case .blink: (standard, unit) = ((1, 1), 1)
        }
        self.preset = preset
        self.period = period ?? FrameTime(seconds: standard.seconds, rate: environment.rate)
        self.phase = phase ?? .zero
        let amount = (amount ?? standard.amount) * unit
        self.amount = preset == .blink ? min(1, amount) : amount
    }
}
