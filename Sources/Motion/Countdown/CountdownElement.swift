package import Drawing

/// Placeholder: the time that is left.
package struct CountdownSpecification: ElementSpecification {
    package static let kind = "countdown"
    package static let summary = "The time that is left until an instant."
    package static let fields: [FieldSchema] = []

    package init?(from fields: FieldDecoder) {}

    package func resolve(in context: ResolveContext) -> ResolvedElement? { .countdown(.placeholder) }
}

/// Placeholder: the time that is left, resolved.
package struct CountdownContent: ElementContent {
    static let placeholder = CountdownContent()
    package var size: Size { Size(width: 100, height: 40) }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? { nil }
}
