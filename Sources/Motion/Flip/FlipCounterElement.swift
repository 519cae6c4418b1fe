package import Drawing

/// Placeholder: a split-flap board.
package struct FlipCounterSpecification: ElementSpecification {
    package static let kind = "flipCounter"
    package static let summary = "A split-flap board that shows a measure."

    private static let measure = Field("measure", Name.type, "The measure that it shows.", isRequired: true)
    package static let fields = [measure.schema]

    private let measure: String

    package init?(from fields: FieldDecoder) {
        guard let measure = fields.required(Self.measure) else { return nil }
        self.measure = measure
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        context.measure(measure).map {
            .flipCounter(FlipCounterContent(measure: $0, size: context.box ?? Size(width: 100, height: 40)))
        }
    }
}

/// Placeholder: a split-flap board, resolved.
package struct FlipCounterContent: ElementContent {
    let measure: MeasureIndex
    package let size: Size

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        let width = Double(context.value(of: measure) % 100) / 100 * size.width
        let rect = Rect(x: 0, y: 0, width: size.width, height: size.height)
        let bar = Path.rect(Rect(x: 0, y: 0, width: width, height: size.height))
        return LayerContent(bounds: rect, nodes: [.path(PathNode(path: bar, paint: .solid(.white)))])
    }
}
