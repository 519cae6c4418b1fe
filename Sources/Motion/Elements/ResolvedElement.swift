package import Drawing

/// An element of any kind: a switch, because calls through existentials cost an order of magnitude more a frame.
package enum ResolvedElement: Sendable {
    /// Elements that move as one; `PlacedElement` draws it, in its parent's nodes.
    case group(GroupContent)
    /// A rectangle, an ellipse or an outline.
    case shape(ShapeContent)
    /// A picture.
    case image(ImageContent)
    /// Text in a box, and disclosures.
    case text(TextContent)
    /// A split-flap board.
    case flipCounter(FlipCounterContent)
    /// The time that is left.
    case countdown(CountdownContent)
    /// Orders as rows that scroll or push one another.
    case waterfall(WaterfallContent)
    /// Orders one at a time, or in lanes.
    case popups(PopupsContent)
    /// The order that the film tells of.
    case order(OrderContent)
    /// The buyer's initial, in a row.
    case avatar(AvatarContent)
    /// Rolling figures.
    case odometer(OdometerContent)
    /// The way to a goal.
    case progress(ProgressContent)
    /// What is left of a stock.
    case stock(StockContent)
    /// A running line.
    case ticker(TickerContent)
    /// Confetti, coins or sparks.
    case particles(ParticlesContent)

    /// The element's box in its own pixels.
    package var size: Size {
        switch self {
        case .group(let content): content.size
        case .shape(let content): content.size
        case .image(let content): content.size
        case .text(let content): content.size
        case .flipCounter(let content): content.size
        case .countdown(let content): content.size
        case .waterfall(let content): content.size
        case .popups(let content): content.size
        case .order(let content): content.size
        case .avatar(let content): content.size
        case .odometer(let content): content.size
        case .progress(let content): content.size
        case .stock(let content): content.size
        case .ticker(let content): content.size
        case .particles(let content): content.size
        }
    }

    /// The drawing at a moment in the element's own pixels; nil for nothing, and for a group.
    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        switch self {
        case .group: nil
        case .shape(let content): content.content(in: context)
        case .image(let content): content.content(in: context)
        case .text(let content): content.content(in: context)
        case .flipCounter(let content): content.content(in: context)
        case .countdown(let content): content.content(in: context)
        case .waterfall(let content): content.content(in: context)
        case .popups(let content): content.content(in: context)
        case .order(let content): content.content(in: context)
        case .avatar(let content): content.content(in: context)
        case .odometer(let content): content.content(in: context)
        case .progress(let content): content.content(in: context)
        case .stock(let content): content.content(in: context)
        case .ticker(let content): content.content(in: context)
        case .particles(let content): content.content(in: context)
        }
    }

    /// Takes new events in.
    package mutating func append(_ update: FeedUpdate) {
        // Each payload leaves the enum while it changes: two owners would mean a copy of its arrays.
        switch self {
        case .group(var content):
            self = .group(.empty)
            content.append(update)
            self = .group(content)
        case .flipCounter(var content):
            self = .group(.empty)
            content.append(update)
            self = .flipCounter(content)
        case .countdown(var content):
            self = .group(.empty)
            content.append(update)
            self = .countdown(content)
        case .waterfall(var content):
            self = .group(.empty)
            content.append(update)
            self = .waterfall(content)
        case .popups(var content):
            self = .group(.empty)
            content.append(update)
            self = .popups(content)
        // What looks at the measures anew for every moment has nothing to take in.
        case .shape, .image, .text, .order, .avatar, .odometer, .progress, .stock, .ticker, .particles: break
        }
    }

    /// Characters of shown orders that no font has and that became 〓.
    package var missingGlyphs: Int {
        switch self {
        case .group(let content): content.missingGlyphs
        case .waterfall(let content): content.missingGlyphs
        case .popups(let content): content.missingGlyphs
        case .shape, .image, .text, .flipCounter, .countdown, .order, .avatar, .odometer, .progress, .stock, .ticker,
            .particles:
            0
        }
    }
}
