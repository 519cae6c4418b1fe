/// A kind of element: the one registration point.
package struct ElementKind: Sendable {
    /// The word for `type:`.
    package let name: String
    /// What it shows, in one sentence.
    package let summary: String
    /// Its own keys.
    package let fields: [FieldSchema]
    /// Reads its keys.
    package let decode: @Sendable (FieldDecoder) -> (any ElementSpecification)?

    package init<Specification: ElementSpecification>(_ type: Specification.Type) {
        (name, summary, fields) = (type.kind, type.summary, type.fields)
        decode = { Specification(from: $0) }
    }
}

/// All kinds of elements.
package enum ElementRegistry {
    /// In the order of documentation.
    package static let all: [ElementKind] = [
        ElementKind(TextSpecification.self),
        ElementKind(ShapeSpecification.self),
        ElementKind(ImageSpecification.self),
        ElementKind(GroupSpecification.self),
        ElementKind(FlipCounterSpecification.self),
        ElementKind(CountdownSpecification.self),
        ElementKind(WaterfallSpecification.self),
        ElementKind(PopupsSpecification.self),
        ElementKind(OrderSpecification.self),
        ElementKind(AvatarSpecification.self),
        ElementKind(OdometerSpecification.self),
        ElementKind(ProgressSpecification.self),
        ElementKind(StockSpecification.self),
        ElementKind(TickerSpecification.self),
        ElementKind(ParticlesSpecification.self),
        ElementKind(DisclosureSpecification.self),
    ]

    /// The kind of a name.
    package static func kind(named name: String) -> ElementKind? { all.first { $0.name == name } }
}
