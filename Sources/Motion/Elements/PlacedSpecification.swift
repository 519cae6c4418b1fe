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
    /// What cuts it.
    package let matte: MatteSpecification?

    /// One element: a mapping with a `type`.
    package static let type: ValueType<PlacedSpecification> = ValueType(.named("element")) { value, context in
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
        let matte = fields.optional(MatteSpecification.field)
        return kind.decode(fields).map {
            PlacedSpecification(
                placement: placement, kind: kind.name, place: context.place(of: value), specification: $0,
                matte: matte)
        }
    }

    /// A list of elements, from the lowest to the topmost; no two share an id.
    package static let list: ValueType<[PlacedSpecification]> = .list(of: type, count: 0...200)
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
        let (savedID, savedPlace, savedBox, savedLife) = (id, place, box, inherited)
        defer { (id, place, box, inherited) = (savedID, savedPlace, savedBox, savedLife) }
        for (ordinal, element) in elements.enumerated()
        where element.placement.isVisible && facts.meets(element.placement.condition) {
            let name = element.placement.id ?? "\(element.kind).\(ordinal)"
            elementPath = "\(path)/\(name)"
            (id, place) = (LayerID(elementPath), element.place)
            box = element.placement.size.map { Size(width: $0.first.x, height: $0.first.y) }
            var placement = element.placement
            if placement.enter == nil, let enter { placement.enter = enter }
            if placement.exit == nil, let exit { placement.exit = exit }
            guard
                let (lifetime, life) = life(
                    of: placement, children: element.specification.children.count, in: savedLife)
            else { continue }
            // What is there before its marker shows its times from their beginning.
            elementStart = life?.base != nil && life?.waits == false ? .zero : max(.zero, lifetime.lowerBound)
            guard let resolved = element.specification.resolve(in: self) else { continue }
            if case .group(let group) = resolved {
                if group.handsDownEnter { placement.enter = nil }
                if group.handsDownExit { placement.exit = nil }
            }
            let matte = element.matte.map {
                Matte(kind: $0.kind, elements: resolve($0.elements, path: "\(path)/\(name)/matte"))
            }
            result.append(
                PlacedElement(
                    id: LayerID("\(path)/\(name)"), place: element.place, placement: placement,
                    lifetime: lifetime, ordinal: ordinal, element: resolved, life: life, matte: matte))
        }
        return result
    }

    /// When an element is there, and what its own elements have from it.
    private func life(
        of placement: Placement, children: Int, in parent: InheritedLife
    ) -> (Range<FrameTime>, ElementLife?)? {
        let base = placement.from.map { marker($0) }
        let waits = base != nil && placement.start != nil
        let start = placement.start ?? (waits ? .zero : parent.start)
        let end = placement.end ?? (waits ? ElementLife.never : parent.end ?? sceneDuration)
        guard start < end else {
            report(
                .animation, "the element starts after its scene has ended", hint: "make start earlier",
                severity: .warning)
            return nil
        }
        // Those of a group that hands its exit down go one after the other.
        let exit = placement.exit
        let tail = exit.map { $0.delay + $0.duration + FrameTime(ticks: $0.stagger.ticks * max(0, children - 1)) }
        let goes =
            placement.endMarker.map {
                (marker: marker($0.marker), offset: $0.offset, tail: tail ?? .zero, sinceItCame: waits)
            }
            ?? (placement.end == nil && !waits ? parent.goes : nil)
        // A group that is there before its marker leaves when its elements are there to itself.
        inherited =
            base != nil && !waits
            ? InheritedLife(start: ElementLife.before, end: ElementLife.never, goes: goes)
            : InheritedLife(start: start, end: end, goes: goes)
        guard base != nil || goes != nil || end >= ElementLife.never else { return (start..<end, nil) }
        return (
            start..<end,
            ElementLife(
                base: base, waits: waits, end: goes?.marker, offset: goes?.offset ?? .zero,
                goesSinceItCame: goes?.sinceItCame ?? false, tail: goes?.tail ?? .zero, sceneDuration: sceneDuration)
        )
    }
}
