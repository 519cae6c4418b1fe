package import Drawing

/// How a text comes piece by piece.
package struct TextReveal: Hashable, Sendable {
    /// What comes at a time.
    package enum Piece: String, Hashable, Sendable, CaseIterable {
        /// What a reader takes for a character.
        case character
        /// A word; of Chinese, a character.
        case word
        case line
    }

    /// Which piece comes first.
    package enum Order: String, Hashable, Sendable, CaseIterable {
        case forward, reverse
        /// As the seed has it.
        case random
        /// From the middle to both ends.
        case center
    }

    package let by: Piece
    package let order: Order
    /// How each comes; its stagger is the time from one to the next.
    package let enter: Appearance
    /// What stands behind the newest piece, as on a typewriter.
    package let caret: Color?
}

extension TextReveal.Order {
    /// When each of `count` pieces comes, as a number of staggers.
    package func ordinals(_ count: Int, seed: UInt64) -> [Int] {
        switch self {
        case .forward: return Array(0..<count)
        case .reverse: return (0..<count).reversed()
        case .center:
            // Two at a time; of an even number the first two are the middle.
            return (0..<count).map { abs(2 * $0 - (count - 1)) / 2 }
        case .random:
            var keys: [(key: Double, index: Int)] = []
            for index in 0..<count {
                var random = ParticleRandom(seed: seed, index: UInt64(index))
                keys.append((random.next(), index))
            }
            var ordinals = [Int](repeating: 0, count: count)
            for (ordinal, entry) in keys.sorted(by: { ($0.key, $0.index) < ($1.key, $1.index) }).enumerated() {
                ordinals[entry.index] = ordinal
            }
            return ordinals
        }
    }
}

extension TextReveal {
    private static let by = Field("by", ValueType<Piece>.choice, "What comes at a time.")
    private static let order = Field("order", ValueType<Order>.choice, "Which piece comes first.")
    private static let each = Field(
        "each", ValueType<FrameTime>.duration(0...10), "The time from one piece to the next.")
    private static let enter = Field("enter", Appearance.type(isGoing: false), "How each piece comes.")
    private static let caret = Field(
        "caret", ValueType<Color>.color, "The colour of a bar behind the newest piece, which then blinks.")
    private static let fields = [by.schema, order.schema, each.schema, enter.schema, caret.schema]

    /// The ready-made ones.
    private enum Preset: String, CaseIterable {
        case typewriter, rise, pop
    }

    /// `typewriter`, `rise`, `pop`, or a mapping.
    package static let type = ValueType<TextReveal>.either(
        ValueType<Preset>.choice.map { preset, _, context in
            let rate = context.environment.rate
            func enter(_ preset: Appearance.Preset, each: Double, seconds: Double) -> Appearance {
                Appearance(
                    preset: preset, duration: FrameTime(seconds: seconds, rate: rate), delay: .zero,
                    easing: preset == .pop ? .spring(dampingRatio: 0.5, velocity: 0) : .curve(.cubic, .decelerating),
                    distance: 48 * context.environment.scale, stagger: FrameTime(seconds: each, rate: rate))
            }
            return switch preset {
            case .typewriter:
                TextReveal(
                    by: .character, order: .forward, enter: enter(.cut, each: 0.09, seconds: 0), caret: .white)
            case .rise:
                TextReveal(by: .character, order: .forward, enter: enter(.rise, each: 0.045, seconds: 0.45), caret: nil)
            case .pop:
                TextReveal(by: .character, order: .forward, enter: enter(.pop, each: 0.06, seconds: 0.6), caret: nil)
            }
        },
        orMapping: .object(fields) { fields in
            let rate = fields.context.environment.rate
            let way = fields.optional(enter)
            let standard = Appearance(
                preset: .rise, duration: FrameTime(seconds: 0.45, rate: rate), delay: .zero,
                easing: .curve(.cubic, .decelerating), distance: 48 * fields.context.environment.scale, stagger: .zero)
            let from = way ?? standard
            let each = fields.value(each, default: FrameTime(seconds: 0.06, rate: rate))
            return TextReveal(
                by: fields.value(by, default: .character), order: fields.value(order, default: .forward),
                enter: Appearance(
                    preset: from.preset, duration: from.duration, delay: from.delay, easing: from.easing,
                    distance: from.distance, stagger: each), caret: fields.optional(caret))
        })
}
