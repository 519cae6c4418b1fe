package import Drawing

/// The point of an element's box that `position` places, as fractions of its width and height.
package enum Anchor {
    private static let names: [(name: String, point: Point)] = [
        ("top-left", Point(x: 0, y: 0)), ("top", Point(x: 0.5, y: 0)), ("top-right", Point(x: 1, y: 0)),
        ("left", Point(x: 0, y: 0.5)), ("center", Point(x: 0.5, y: 0.5)), ("right", Point(x: 1, y: 0.5)),
        ("bottom-left", Point(x: 0, y: 1)), ("bottom", Point(x: 0.5, y: 1)), ("bottom-right", Point(x: 1, y: 1)),
    ]

    /// A name such as `top-left`, or two fractions.
    package static let type = ValueType<Point>(
        .anyOf([.choice(names.map(\.name)), ValueType<[Double]>.list(of: .number(-10...10), count: 2...2).schema])
    ) { value, context in
        if value.elements != nil {
            return ValueType<[Double]>.list(of: .number(-10...10), count: 2...2).read(value, context)
                .map { Point(x: $0[0], y: $0[1]) }
        }
        guard let found = names.first(where: { $0.name == value.text }) else {
            context.report(
                .unknownName, "\(value.shape) is no anchor",
                hint: Suggestion.hint(for: value.text ?? "", among: names.map(\.name)), at: value)
            return nil
        }
        return found.point
    }
}
