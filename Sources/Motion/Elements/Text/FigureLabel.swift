package import Drawing
package import Typesetting

/// A text with numbers that its element works out itself, such as the percentage of a progress bar.
package struct FigureLabel: Sendable {
    private enum Part: Sendable {
        case literal(String)
        case number(String, TextTemplate.NumberFormat)
        case price(String, TextTemplate.PricePiece)
    }

    private let parts: [Part]
    private let look: TextLook
    private let box: Size
    private let setter: FigureSetter
    private let cache = ContentCache<String>(capacity: 16)
    private let id: LayerID

    /// Sets the text once with `values`; reports what is wrong and is nil then.
    package init?(
        _ text: TextTemplate, look: TextLook, box: Size, alignment: ParagraphOptions.Alignment,
        vertical: ParagraphOptions.VerticalAlignment = .middle, id: LayerID, in context: ResolveContext,
        values: (String) -> Int64
    ) {
        var parts: [Part] = []
        for part in text.parts {
            switch part {
            case .literal(let text), .small(let text): parts.append(.literal(text))
            case .price(let name, let piece): parts.append(.price(name, piece))
            case .measure(let name, let format): parts.append(.number(name, format))
            case .fact(let fact, let format): parts.append(.literal(context.facts.text(fact, format)))
            case .clock:
                context.report(.type, "a label does not show the clock", hint: "use an element of type text")
                return nil
            case .order:
                context.report(.type, "a label is no row of orders", hint: "use a text inside of the row")
                return nil
            }
        }
        (self.parts, self.look, self.box, self.id) = (parts, look, box, id)
        let isConstant = text.isConstant
        let style = look.style(tabular: !isConstant)
        let typesetter = context.typesetter
        var options = ParagraphOptions(
            maxWidth: box.width, maxHeight: box.height, maxLines: 1, alignment: alignment, verticalAlignment: vertical,
            lineHeight: 1.1, overflow: .shrink(minSize: max(1, look.size * 0.3)), missing: .error)
        let wanted = Self.text(parts, values)
        do {
            let layout = try typesetter.layout(RichText(wanted, style: style), options: options)
            context.note(
                TextFact(
                    place: context.place, scene: context.sceneOrdinal, text: wanted, size: layout.fittedSize,
                    wantedSize: look.size, isTruncated: layout.isTruncated, overflows: layout.overflows,
                    isDisclosure: false))
        } catch {
            context.report(error)
            return nil
        }
        options.missing = .replace
        setter = FigureSetter(styles: [isConstant ? nil : style], typesetter: typesetter) { [options] texts in
            (try? typesetter.layout(RichText(texts[0], style: style), options: options)).map { SetText($0) }
        }
    }

    /// The drawing of the text for some numbers, in its box.
    package func content(_ values: (String) -> Int64) -> LayerContent? {
        let text = Self.text(parts, values)
        return cache.content(for: text) {
            guard let set = setter.layout([text]) else { return nil }
            return .enclosing(
                LetterPainter.nodes(
                    set.runs, looks: [look], fills: [look.fill.paint(at: .zero, in: set.area)], id: id),
                including: Rect(x: 0, y: 0, width: box.width, height: box.height))
        }
    }

    private static func text(_ parts: [Part], _ values: (String) -> Int64) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .literal(let literal): text += literal
            case .number(let name, let format): text += format.text(values(name))
            case .price(let name, let piece): text += piece.text(fen: values(name))
            }
        }
    }
}

extension TextTemplate {
    /// Text with the numbers of an element, whose names stand for nothing outside of it.
    package static func type(
        naming names: [String], money: Set<String> = [], maximum: Int = 60
    ) -> ValueType<TextTemplate> {
        let plain = type(maximum: maximum)
        return ValueType(plain.schema) { value, context in
            let outer = context.environment
            defer { context.environment = outer }
            (context.environment.measures, context.environment.moneyMeasures) = (names, money)
            context.environment.markerNumbers = [:]
            return plain.read(value, context)
        }
    }
}
