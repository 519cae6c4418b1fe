package import Drawing

/// Elements whose alpha or brightness cuts another one.
package struct MatteSpecification: Sendable {
    /// What of the matte counts, by its names in a template.
    private enum Kind: String, CaseIterable {
        case alpha, luminance, inverted

        var mask: Mask.Kind {
            switch self {
            case .alpha: .alpha
            case .luminance: .luminance
            case .inverted: .invertedAlpha
            }
        }
    }

    /// What of it counts.
    package let kind: Mask.Kind
    /// The elements, in the box of the one that they cut.
    package let elements: [PlacedSpecification]

    private static let kind = Field(
        "kind", ValueType<Kind>.choice, "What stays: where the matte is, where it is bright, or where it is not.")
    private static let elements: Field<[PlacedSpecification]> = Field(
        "elements", PlacedSpecification.list, "What cuts: elements of any kind, in the box of the one that is cut.",
        isRequired: true)
    /// The schema of `elements` refers to the table that this is in, so it is written by name.
    private static let type: ValueType<MatteSpecification> = .object([
        kind.schema,
        FieldSchema(
            key: "elements", summary: "What cuts: elements of any kind, in the box of the one that is cut.",
            schema: .list(of: .named("element"), minimum: 0, maximum: 200), isRequired: true),
    ]) { fields in
        guard let elements = fields.required(elements) else { return nil }
        let hidden = elements.first(where: \.holdsDisclosure)
        if let hidden {
            fields.context.add(
                Diagnostic(
                    .disclosure, "nobody can read a disclosure in a matte", hint: "move it out of the matte",
                    place: hidden.place))
            return nil
        }
        return MatteSpecification(kind: fields.value(kind, default: .alpha).mask, elements: elements)
    }

    static let field: Field<MatteSpecification> = Field(
        "matte", type, "What cuts it: it is seen where the matte is, where that is bright, or where it is not.")
}

extension PlacedSpecification {
    /// The elements inside of it and of its matte.
    package var children: [PlacedSpecification] { specification.children + (matte?.elements ?? []) }

    fileprivate var holdsDisclosure: Bool {
        kind == DisclosureSpecification.kind || children.contains(where: \.holdsDisclosure)
    }
}

/// Elements whose alpha or brightness cuts another one, resolved.
package struct Matte: Sendable {
    private let kind: Mask.Kind
    private let isFlat: Bool
    private var elements: [PlacedElement]

    init(kind: Mask.Kind, elements: [PlacedElement]) {
        (self.kind, self.elements) = (kind, elements)
        isFlat = elements.allSatisfy { $0.placement.isFlat }
    }

    /// The mask of a drawing that reaches over `bounds`, in the space of the element that is cut.
    func mask(in frame: borrowing FrameOfReference, over bounds: Rect) -> Mask {
        var nodes: [Node] = []
        frame.draw(elements, isFlat: isFlat, into: &nodes)
        return Mask(content: LayerContent(bounds: bounds.enclosing.rect, nodes: nodes), kind: kind)
    }

    mutating func append(_ update: FeedUpdate) {
        for index in elements.indices { elements[index].append(update) }
    }

    /// Characters of shown orders that no font has.
    var missingGlyphs: Int { elements.reduce(0) { $0 + $1.missingGlyphs } }
}
