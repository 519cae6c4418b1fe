public import Drawing
public import Orders

/// What the user asks of a rendering beside template, data and parameters.
public struct ResolveOptions: Hashable, Sendable {
    /// The output size; nil: that of the template's first layout.
    public var size: PixelSize?
    /// Frames per second.
    public var rate = FrameRate.thirty
    /// The length of the whole video: the last scene is made longer or shorter; nil: as the template has it.
    public var duration: Double?
    /// The values of all parameters; those that are missing have their defaults.
    public var parameters: [String: ParameterValue] = [:]
    /// The period that counts, instead of the template's.
    public var period: Period?
    /// "Now", instead of the rule.
    public var now: Instant?
    /// The seed of everything random.
    public var seed: UInt64 = 0
    /// Where the data comes from, instead of what the template says.
    public var source: String?
    /// A sentence of the shop's own for the disclosure.
    public var note: String?
    /// Whether the mark 演示数据 is burned in even when the data is not synthetic.
    public var isDemo = false
    /// Whether the composition is for a live session: what looks ahead is refused.
    public var isLive = false

    /// The template as it is.
    public init() {}
}
