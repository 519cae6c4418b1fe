package import Drawing

/// A scene of a template, decoded for one layout.
package struct SceneSpecification: Sendable {
    /// How a scene follows the one before.
    package enum Transition: Hashable, Sendable {
        /// At once.
        case cut
        /// Mixed over a time after the cut, in which the scene before holds its last moment.
        case fade(FrameTime)
    }

    /// Its name.
    package let id: String
    /// How long it takes: whole frames.
    package let duration: FrameTime
    /// How it follows the one before.
    package let transition: Transition
    /// What lies below everything; nil: nothing.
    package let background: PaintSpecification?
    /// The elements, from the lowest to the topmost.
    package let elements: [PlacedSpecification]

    private static let kind = Field("type", ValueType<TransitionName>.choice, "How it follows.", isRequired: true)
    private static let length = Field("duration", ValueType<FrameTime>.duration(0...30), "How long the fade takes.")
    private static let transitionType = ValueType<Transition>.either(
        ValueType<TransitionName>.choice.map { name, _, context in
            name == .cut ? .cut : .fade(FrameTime(seconds: 0.4, rate: context.environment.rate))
        },
        orMapping: .object([kind.schema, length.schema]) { fields in
            guard let kind = fields.required(kind) else { return nil }
            let standard = FrameTime(seconds: 0.4, rate: fields.context.environment.rate)
            return kind == .cut ? .cut : .fade(fields.value(length, default: standard))
        })
    private enum TransitionName: String, CaseIterable { case cut, fade }

    private static let id = Field("id", Name.type, "Its name.", isRequired: true)
    private static let duration = Field(
        "duration", ValueType<FrameTime>.duration(0.04...600), "How long it takes; whole frames.", isRequired: true)
    private static let transition = Field("transition", transitionType, "How it follows the scene before.")
    private static let background = Field("background", PaintSpecification.type, "What lies below everything.")
    private static let elements = Field(
        "elements", PlacedSpecification.list, "The elements, from the lowest to the topmost.", isRequired: true)
    package static let fields = [id.schema, duration.schema, transition.schema, background.schema, elements.schema]

    /// A scene.
    package static let type = ValueType<SceneSpecification>.object(fields) { fields in
        let id = fields.required(Self.id)
        let duration = fields.required(Self.duration)
        let transition = fields.value(Self.transition, default: .cut)
        let background = fields.optional(Self.background)
        let elements = fields.required(Self.elements)
        guard let id, let duration, let elements else { return nil }
        let frames = max(1, Int((Double(duration.ticks) / Double(FrameTime.ticksPerFrame)).rounded()))
        if case .fade(let length) = transition, length.ticks > frames * FrameTime.ticksPerFrame {
            fields.report(.range, "the fade is longer than the scene", hint: "make it shorter", at: Self.transition)
        }
        return SceneSpecification(
            id: id, duration: FrameTime(frame: frames), transition: transition, background: background,
            elements: elements)
    }
}
