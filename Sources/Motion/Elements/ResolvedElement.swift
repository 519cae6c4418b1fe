package import Drawing

/// An element of any kind: a switch, because calls through existentials cost an order of magnitude more a frame.
package enum ResolvedElement: Sendable {
    /// A split-flap board.
    case flipCounter(FlipCounterContent)
    /// The time that is left.
    case countdown(CountdownContent)

    /// The element's box in its own pixels.
    package var size: Size {
        switch self {
        case .flipCounter(let content): content.size
        case .countdown(let content): content.size
        }
    }

    /// The drawing at a moment in the element's own pixels.
    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        switch self {
        case .flipCounter(let content): content.content(in: context)
        case .countdown(let content): content.content(in: context)
        }
    }

    /// Takes new events in.
    package mutating func append(_ update: FeedUpdate) {
        // Each payload leaves the enum while it changes: two owners would mean a copy of its arrays.
        switch self {
        case .flipCounter(var content):
            self = .countdown(.placeholder)
            content.append(update)
            self = .flipCounter(content)
        case .countdown: break
        }
    }
}
