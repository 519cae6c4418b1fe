package import Drawing
package import Orders

/// The one order that a film tells of, as a card: elements in its box whose texts name what is shown of it.
///
/// Which order that is stands in `data.order`; the card is the same from the first frame to the last.
package struct OrderSpecification: ElementSpecification {
    package static let kind = "order"
    package static let summary = "The order that the film tells of (data.order), as a card of elements."
    package static let showsOrders = true

    private static let rowSummary =
        "The elements of the card, in its box; texts say {name} {place} {product} {price} {quantity} {time} {shipped}."
    /// The schema of elements refers to the table that this is in, so it is written by name.
    package static let fields = [
        FieldSchema(
            key: "row", summary: rowSummary, schema: .list(of: .named("element"), minimum: 0, maximum: 40),
            isRequired: true)
    ]

    private let row: RowSpecification

    package init?(from fields: FieldDecoder) {
        guard fields.context.environment.orderWords.isEmpty else {
            fields.context.report(.type, "a row holds no other order", hint: "put it beside", at: fields.value)
            return nil
        }
        guard fields.has(RowSpecification.field) else {
            fields.context.report(
                .missingKey, "an order needs the elements of its card", hint: "write row: with elements",
                at: fields.value)
            return nil
        }
        guard let row = RowSpecification(ofOneOrder: fields) else { return nil }
        self.row = row
    }

    package func resolve(in context: ResolveContext) -> ResolvedElement? {
        guard let box = context.box, box.width >= 1, box.height >= 1 else {
            context.report(.missingKey, "an order needs a size", hint: "write size: [width, height]")
            return nil
        }
        guard let told = context.facts.toldOrder else {
            context.report(
                .missingKey, "the template does not say which order it tells of", hint: "write data: {order: 888}")
            return nil
        }
        context.noteOrders()
        let shown = ShownOrder(line: told.line, ago: "", more: "", shipped: told.shippedText)
        let painter = row.resolve(size: box, showing: shown, in: context)
        let census = GlyphCensus(typesetter: context.typesetter)
        context.missingGlyphs += census.missing(in: told.line)
        return .order(OrderContent(size: box, painter: painter, shown: shown))
    }
}

/// The card of one order, resolved.
package struct OrderContent: ElementContent {
    package let size: Size
    private let painter: RowPainter
    private let shown: ShownOrder

    init(size: Size, painter: RowPainter, shown: ShownOrder) {
        (self.size, self.painter, self.shown) = (size, painter, shown)
    }

    /// The trace code of its order.
    var trace: String { shown.line.face.trace }

    package func content(in context: borrowing EvaluateContext) -> LayerContent? {
        painter.content(of: shown, in: context)
    }
}

/// The order that a film tells of: the one with a number of the period, in the order of payment.
package struct ToldOrder: Hashable, Sendable {
    /// From 1, among the orders that count.
    package let number: Int
    /// What may be shown of it.
    package let line: OrderLine
    /// When its last row was shipped; nil when one of them has not been, as far as the data says by `now`.
    package let shippedAt: Instant?

    /// `11月12日 09:30`, or empty.
    var shippedText: String { shippedAt.map { ShownOrder.moment($0) } ?? "" }

    init(number: Int, line: OrderLine, rows: ToldRows) {
        (self.number, self.line, shippedAt) = (number, line, rows.shippedAt)
    }
}

/// What is left to ship of the order that a film tells of: a left fold over its events.
struct ToldRows: Sendable {
    private let order: OrderID?
    private let now: Instant?
    private var waiting: Set<Int> = []
    private var last: Instant?

    /// - Parameter now: what happened later is not known yet; nil: all of the feed is.
    init(order: OrderID?, by now: Instant?) { (self.order, self.now) = (order, now) }

    /// When the last row that counts was shipped; nil when one has not been.
    var shippedAt: Instant? { waiting.isEmpty ? last : nil }

    /// Takes an event in; those of other orders change nothing.
    mutating func take(_ event: OrderEvent) {
        guard event.order == order, now.map({ event.at <= $0 }) ?? true else { return }
        switch event.kind {
        case .paid where !event.isGift: waiting.insert(event.row ?? 0)
        case .shipped:
            last = max(last ?? event.at, event.at)
            leave(event.row)
        case .refunded, .closed: leave(event.row)
        case .paid, .completed, .stock: break
        }
    }

    private mutating func leave(_ row: Int?) {
        if let row { waiting.remove(row) } else { waiting.removeAll() }
    }
}
