package import Drawing

/// How an element comes or goes: a preset with a duration, a delay and an easing.
package struct Appearance: Hashable, Sendable {
    /// The presets.
    package enum Preset: String, Hashable, Sendable, CaseIterable {
        /// Out of nothing.
        case fade
        /// From below, while it fades in.
        case rise
        /// From above, while it fades in.
        case fall
        /// From the right; to the left when it goes.
        case slide
        /// From small, on a spring.
        case pop
        /// From large, while it fades in.
        case zoom
        /// About its x axis, from lying flat.
        case flip
        /// There at once.
        case cut
    }

    /// The preset.
    package let preset: Preset
    /// How long it takes.
    package let duration: FrameTime
    /// How long it waits first (when it comes), or how long before the end it is gone (when it goes).
    package let delay: FrameTime
    /// How it goes.
    package let easing: Easing
    /// How far it moves, in output pixels.
    package let distance: Double
    /// Added to the delay for each sibling before it, when the appearance is a group's for its children.
    package let stagger: FrameTime

    /// What is added to the element at `progress` (0 away, 1 there), `fade` being how much of it shows.
    private func pose(_ progress: Double, fade: Double, isGoing: Bool) -> Pose {
        var pose = Pose()
        let away = 1 - progress
        switch preset {
        case .fade: pose.opacity = fade
        case .rise, .fall:
            pose.opacity = fade
            pose.offset.y = away * distance * (preset == .rise ? 1 : -1) * (isGoing ? -1 : 1)
        case .slide:
            pose.opacity = fade
            pose.offset.x = away * distance * (isGoing ? -1 : 1)
        case .pop:
            pose.opacity = min(1, fade * 4)
            pose.scale = 0.4 + 0.6 * progress
        case .zoom:
            pose.opacity = fade
            pose.scale = 1 + 0.35 * away
        case .flip:
            pose.opacity = min(1, fade * 4)
            pose.rotationX = -away * .pi / 2
        case .cut: pose.opacity = fade > 0 ? 1 : 0
        }
        return pose
    }

    /// What is added `time` after the element's start, for the sibling of an ordinal.
    package func entering(at time: FrameTime, ordinal: Int) -> Pose {
        let begin = delay.ticks + stagger.ticks * ordinal
        let length = max(1, duration.ticks)
        if preset == .cut {
            var pose = Pose()
            pose.opacity = time.ticks >= begin ? 1 : 0
            return pose
        }
        guard time.ticks < begin + length else { return .rest }
        let fraction = Double(time.ticks - begin) / Double(length)
        return pose(easing.value(at: fraction), fade: max(0, min(1, fraction * 1.5)), isGoing: false)
    }

    /// What is added `rest` before the element's end, for the sibling of an ordinal.
    package func leaving(before rest: FrameTime, ordinal: Int) -> Pose {
        let end = delay.ticks + stagger.ticks * ordinal
        let length = max(1, duration.ticks)
        if preset == .cut {
            var pose = Pose()
            pose.opacity = rest.ticks > end ? 1 : 0
            return pose
        }
        guard rest.ticks < end + length else { return .rest }
        let fraction = 1 - Double(rest.ticks - end) / Double(length)
        return pose(1 - easing.value(at: fraction), fade: max(0, min(1, (1 - fraction) * 1.5)), isGoing: true)
    }
}

extension Appearance {
    private static let preset = Field("preset", ValueType<Preset>.choice, "How it comes or goes.", isRequired: true)
    private static let duration = Field("duration", ValueType<FrameTime>.duration(0...60), "How long it takes.")
    private static let delay = Field(
        "delay", ValueType<FrameTime>.duration(0...600),
        "How long it waits before it comes, or how long before its end it is gone.")
    private static let ease = Field("ease", Easing.type, "How it goes.")
    private static let distance = Field(
        "distance", ValueType<Double>.length(-4096...4096), "How far it moves, in units of the layout.")
    private static let stagger = Field(
        "stagger", ValueType<FrameTime>.duration(0...10), "On a group: added to the delay, child by child.")
    private static let fields = [
        preset.schema, duration.schema, delay.schema, ease.schema, distance.schema, stagger.schema,
    ]

    /// A preset's name, or a mapping.
    package static func type(isGoing: Bool) -> ValueType<Appearance> {
        ValueType<Appearance>.either(
            ValueType<Preset>.choice.map { preset, _, context in
                Appearance(
                    preset: preset, isGoing: isGoing, scale: context.environment.scale, rate: context.environment.rate)
            },
            orMapping: .object(fields) { fields in
                guard let preset = fields.required(preset) else { return nil }
                let environment = fields.context.environment
                let standard = Appearance(
                    preset: preset, isGoing: isGoing, scale: environment.scale, rate: environment.rate)
                return Appearance(
                    preset: preset, duration: fields.value(duration, default: standard.duration),
                    delay: fields.value(delay, default: .zero), easing: fields.value(ease, default: standard.easing),
                    distance: fields.value(distance, default: standard.distance),
                    stagger: fields.value(stagger, default: .zero))
            })
    }

    private init(preset: Preset, isGoing: Bool, scale: Double, rate: FrameRate) {
        let easing: Easing
        let seconds: Double
        switch preset {
        case .pop:
            (easing, seconds) =
                isGoing ? (.curve(.back, .accelerating), 0.3) : (.spring(dampingRatio: 0.45, velocity: 0), 0.7)
        case .flip:
            (easing, seconds) =
                isGoing ? (.curve(.cubic, .accelerating), 0.35) : (.spring(dampingRatio: 0.5, velocity: 0), 0.8)
        case .cut: (easing, seconds) = (.linear, 0)
        default:
            (easing, seconds) = isGoing ? (.curve(.cubic, .accelerating), 0.35) : (.curve(.cubic, .decelerating), 0.5)
        }
        self.init(
            preset: preset, duration: FrameTime(seconds: seconds, rate: rate), delay: .zero, easing: easing,
            distance: 64 * scale, stagger: .zero)
    }
}
