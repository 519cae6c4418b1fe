package import Drawing

/// What a template says about an element, decoded for one layout and set of parameters: lengths are output pixels, angles radians,
/// spans 1/64 frames.
///
/// A new element is one file with a specification and its resolved content, a case in `ResolvedElement`, and a line in
/// `ElementRegistry.all`.
package protocol ElementSpecification: Sendable {
    /// The word for `type:` in a template.
    static var kind: String { get }
    /// What it shows, in one sentence.
    static var summary: String { get }
    /// Its own keys; the common ones (`Placement.fields`) come with every element.
    static var fields: [FieldSchema] { get }

    /// Whether it speaks of the present (relative times, order pop-ups): a file that has it must say that it is a replay.
    static var speaksOfNow: Bool { get }

    /// Whether it shows orders one by one: the composition then follows them.
    static var showsOrders: Bool { get }
    /// Whether it shows the titles of products: they are read by the check of claims.
    var showsProducts: Bool { get }
    /// Whether it shows a stock that the template made up: the disclosure must say so.
    var simulatesStock: Bool { get }

    /// Reads its keys; reports what is wrong, and is nil when it cannot be used.
    init?(from fields: FieldDecoder)

    /// The elements inside of it, for groups.
    var children: [PlacedSpecification] { get }

    /// Shapes, measures and schedules; reports what is wrong and is nil then.
    func resolve(in context: ResolveContext) -> ResolvedElement?
}

/// An element ready to draw any instant: nothing implicit, no names or defaults left.
package protocol ElementContent: Sendable {
    /// The element's box in its own pixels, from (0, 0); anchor and rotations refer to it. Drawings may reach beyond.
    var size: Size { get }

    /// The drawing at a moment in the element's own pixels; nil for nothing.
    ///
    /// Pure: same moment and tracks, same drawing. Return the same object as long as nothing changes, and keep `bounds` stable while only the
    /// inside changes: equal contents are drawn once.
    func content(in context: borrowing EvaluateContext) -> LayerContent?

    /// Takes new events in. Costs in proportion to them, and changes no moment before them.
    mutating func append(_ update: FeedUpdate)
}

extension ElementSpecification {
    package static var speaksOfNow: Bool { false }
    package static var showsOrders: Bool { false }
    package var showsProducts: Bool { false }
    package var simulatesStock: Bool { false }
    package var children: [PlacedSpecification] { [] }
}

extension ElementContent {
    package mutating func append(_ update: FeedUpdate) {}
}
