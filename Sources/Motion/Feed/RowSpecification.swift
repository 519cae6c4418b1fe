internal import Drawing

/// How one order looks in a list: elements whose texts name what is shown of it.
struct RowSpecification: Sendable {
    let elements: [PlacedSpecification]

    static let field = Field(
        "row", PlacedSpecification.list,
        "The elements of a row, in its box; texts say {name} {place} {product} {price} {ago} {quantity} {more}.")
    /// The schema of elements refers to the table that this is in, so it is written by name.
    static let schema = FieldSchema(
        key: "row",
        summary:
            "The elements of a row, in its box; texts say {name} {place} {product} {price} {ago} {quantity} {more}.",
        schema: .list(of: .named("element"), minimum: 0, maximum: 40))

    /// The row of the template, or the one of ours for a box in output pixels; nil when it cannot be used.
    init?(from fields: FieldDecoder, size: Size, standard: (Size) -> String) {
        let context = fields.context
        let scale = context.environment.scale
        let elements: [PlacedSpecification]? = context.withOrderWords(TextTemplate.OrderWord.row) {
            if fields.has(Self.field) { return fields.optional(Self.field) }
            let text = standard(Size(width: size.width / scale, height: size.height / scale))
            let value = try? Array(text.utf8).withUnsafeBytes { bytes throws(MotionError) in
                try YAMLReader.read(bytes, file: "row")
            }
            return value.flatMap { context.decode($0, as: PlacedSpecification.list) }
        }
        guard let elements else { return nil }
        self.elements = elements
        guard fields.has(Self.field) else { return }
        check(elements, fields)
        if !elements.contains(where: { $0.specification.namesMore }) {
            fields.report(
                .missingKey, "the row does not say how many orders stand behind it when many arrive at once",
                hint: "add {more} to one of its texts", at: Self.field)
        }
    }

    /// The card of one order, with its own words; nil when it cannot be used.
    init?(ofOneOrder fields: FieldDecoder) {
        let elements = fields.context.withOrderWords(TextTemplate.OrderWord.card) { fields.optional(Self.field) }
        guard let elements else { return nil }
        self.elements = elements
        check(elements, fields)
    }

    /// A row is drawn once and then moved: nothing moves inside.
    private func check(_ elements: [PlacedSpecification], _ fields: FieldDecoder) {
        for element in elements {
            let placement = element.placement
            if !placement.isStill || placement.start != nil || placement.end != nil
                || placement.from != nil || placement.endMarker != nil
            {
                fields.context.add(
                    Diagnostic(
                        .animation, "nothing moves or changes inside a row", hint: "remove keyframes and animations",
                        place: element.place))
            }
            check(element.children, fields)
        }
    }

    /// The elements, ready to draw any order.
    ///
    /// - Parameter pitch: from one row to the next.
    func resolve(size: Size, pitch: Double, rule: MergeRule, in context: ResolveContext) -> RowPainter {
        func sample(_ line: OrderLine) -> ShownOrder {
            ShownOrder(line: line, ago: "59分钟前", more: rule.words(for: 99))
        }
        let painter = resolve(size: size, rule: rule, sample: sample(.sample), in: context)
        painter.reportOverlaps(showing: sample(.longSample), pitch: pitch, in: context)
        return painter
    }

    /// The elements, ready to draw one order.
    func resolve(size: Size, showing shown: ShownOrder, in context: ResolveContext) -> RowPainter {
        let painter = resolve(size: size, rule: .none, sample: shown, in: context)
        painter.reportOverlaps(showing: shown, pitch: nil, in: context)
        return painter
    }

    /// The elements, measured with an order, ready to draw any.
    private func resolve(size: Size, rule: MergeRule, sample shown: ShownOrder, in context: ResolveContext)
        -> RowPainter
    {
        let (box, sample) = (context.box, context.sampleOrder)
        defer { (context.box, context.sampleOrder) = (box, sample) }
        context.box = size
        context.sampleOrder = shown
        // A row is drawn as of its first moment, whenever its list is there.
        let life = context.inherited
        defer { context.inherited = life }
        context.inherited = ResolveContext.InheritedLife()
        let placed = context.resolve(elements, path: "\(context.elementPath)/row")
        return RowPainter(elements: placed, size: size, rule: rule)
    }
}

extension ElementSpecification {
    /// True when a text of it, or of an element inside, says how many orders were merged.
    fileprivate var namesMore: Bool {
        if let text = self as? TextSpecification { return text.words.contains(.more) }
        return children.contains { $0.specification.namesMore }
    }

    /// True when a text of it, or of an element inside, shows the title of a product.
    var namesProduct: Bool {
        if let text = self as? TextSpecification { return text.words.contains(.product) }
        return children.contains { $0.specification.namesProduct }
    }
}
