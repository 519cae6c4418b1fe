internal import Drawing

/// An element of a template with its place.
package struct PlacedSpecification: Sendable {
    /// Where, when and how it stands.
    package let placement: Placement
    /// The kind of element.
    package let kind: String
    /// Where the template says it.
    package let place: Diagnostic.Place
    /// What it shows.
    package let specification: any ElementSpecification

    /// One element: a mapping with a `type`.
    package static let type = ValueType<PlacedSpecification>(.named("element")) { value, context in
        guard let entries = value.entries else {
            context.report(
                .type, "\(value.shape) where an element is needed", hint: "write a mapping with a key \"type\"",
                at: value)
            return nil
        }
        guard let name = entries.first(where: { $0.key == "type" })?.value else {
            context.report(
                .missingKey, "key \"type\" is missing",
                hint: Suggestion.hint(for: "", among: ElementRegistry.all.map(\.name)), at: value)
            return nil
        }
        guard let kind = name.text.flatMap(ElementRegistry.kind(named:)) else {
            context.within(.key("type")) {
                context.report(
                    .unknownName, "there is no element \(name.shape)",
                    hint: Suggestion.hint(for: name.text ?? "", among: ElementRegistry.all.map(\.name)), at: name)
            }
            return nil
        }
        guard let fields = FieldDecoder(value, fields: Placement.fields + kind.fields, in: context) else { return nil }
        let placement = Placement(from: fields)
        if let size = placement.size, !size.isConstant, kind.name != ShapeSpecification.kind {
            context.report(
                .animation, "only a shape's size can be animated", hint: "animate scale instead", at: value)
        }
        return kind.decode(fields).map {
            PlacedSpecification(
                placement: placement, kind: kind.name, place: context.place(of: value), specification: $0)
        }
    }

    /// A list of elements, from the lowest to the topmost; no two share an id.
    package static let list = ValueType<[PlacedSpecification]>.list(of: type, count: 0...200)
        .map { elements, value, context -> [PlacedSpecification]? in
            var names: Set<String> = []
            for element in elements {
                if let id = element.placement.id, !names.insert(id).inserted {
                    context.report(
                        .duplicateName, "two elements have the id \"\(id)\"", hint: "give each its own", at: value)
                }
            }
            return elements
        }
}

extension ResolveContext {
    /// Resolves siblings; `path` is that of their parent (`scenes/main`), appearances with a stagger are their group's.
    package func resolve(
        _ elements: [PlacedSpecification], path: String, enter: Appearance? = nil, exit: Appearance? = nil
    ) -> [PlacedElement] {
        var result: [PlacedElement] = []
        result.reserveCapacity(elements.count)
        let (savedID, savedPlace, savedBox) = (id, place, box)
        defer { (id, place, box) = (savedID, savedPlace, savedBox) }
        for (ordinal, element) in elements.enumerated()
        where element.placement.isVisible && facts.meets(element.placement.condition) {
            let name = element.placement.id ?? "\(element.kind).\(ordinal)"
            elementPath = "\(path)/\(name)"
            (id, place) = (LayerID(elementPath), element.place)
            box = element.placement.size.map { Size(width: $0.first.x, height: $0.first.y) }
            let start = element.placement.start ?? .zero
            elementStart = start
            let end = element.placement.end ?? sceneDuration
            guard start < end else {
                report(
                    .animation, "the element starts after its scene has ended", hint: "make start earlier",
                    severity: .warning)
                continue
            }
            var placement = element.placement
            if placement.enter == nil, let enter { placement.enter = enter }
            if placement.exit == nil, let exit { placement.exit = exit }
            guard let resolved = element.specification.resolve(in: self) else { continue }
            if case .group(let group) = resolved {
                if group.handsDownEnter { placement.enter = nil }
                if group.handsDownExit { placement.exit = nil }
            }
            result.append(
                PlacedElement(
                    id: LayerID("\(path)/\(name)"), place: element.place, placement: placement,
                    lifetime: start..<min(end, max(sceneDuration, end)), ordinal: ordinal, element: resolved))
        }
        return result
    }
}
