import Drawing
import Orders

/// What order data adds up to, for `fanpai stats`.
public struct OrderTotals: Sendable {
    /// What the user should know about the data.
    public let warnings: [String]
    /// The totals for programs.
    public let json: OrderedJSON
    /// The totals for people.
    public let text: String

    /// Reads and adds up the order data of a request; its template plays no part.
    ///
    /// - Throws: `FanpaiError` when the data is missing or wrong.
    public init(_ request: FilmRequest) throws(FanpaiError) {
        guard let path = request.orders else {
            throw FanpaiError(.usage, "there is no order data", remedy: "name a file")
        }
        // Totals name no order, so no key is made for them.
        let key = request.keyFile == nil ? ProjectKey.demo : try OrderImport.key(request)
        let decoded = try OrderImport.decode(request, path: path, key: key)
        let (digest, bytes) = try FileAccess.digest(of: path)
        let counting = decoded.standardCounting
        let statistics = PeriodStatistics(of: decoded.feed, period: request.period, counting: counting)
        if statistics.rows == 0 {
            throw FanpaiError(
                .data,
                request.period == nil
                    ? "holds no paid order"
                    : "holds no paid order between \(request.period?.from.text ?? "") and \(request.period?.lastSecond.text ?? "")",
                remedy: request.period == nil
                    ? "export the orders again" : "choose another --period; the data runs \(Self.span(decoded.feed))",
                location: path)
        }
        var warnings = decoded.warnings
        let summary = decoded.summary
        if summary.skippedRows > 0 {
            warnings.append("\(summary.skippedRows) rows could not be read and were left out")
        }
        self.warnings = warnings
        json = .object([
            "file": .object([
                "name": .text(FileAccess.name(of: path)), "sha256": .text(digest.description),
                "bytes": .integer(Int64(bytes)), "encoding": .text(summary.encoding.rawValue),
                "rowsStandFor": .text(summary.dimension.rawValue), "rows": .integer(Int64(summary.rows)),
                "skippedRows": .integer(Int64(summary.skippedRows)), "unpaidRows": .integer(Int64(summary.unpaidRows)),
                "closedRows": .integer(Int64(summary.closedRows)), "giftRows": .integer(Int64(summary.giftRows)),
                "synthetic": .bool(decoded.feed.isSynthetic),
            ]),
            "period": request.period.map {
                .object(["from": .text($0.from.isoText), "to": .text($0.to.isoText)])
            },
            "counting": .text(counting.rawValue),
            "orders": .integer(statistics.orders.value),
            "items": .integer(statistics.items.value),
            "revenueFen": .integer(statistics.revenue.value),
            "averageOrderFen": .integer(statistics.averageOrderValue.value),
            "grossOrders": .integer(statistics.grossOrders.value),
            "grossRevenueFen": .integer(statistics.grossRevenue.value),
            "refundedOrders": .integer(statistics.refundedOrders.value),
            "refundedFen": .integer(statistics.refundedAmount.value),
            "firstPayment": statistics.firstPayment.map { .text($0.isoText) },
            "lastPayment": statistics.lastPayment.map { .text($0.isoText) },
        ])
        let period = request.period.map { "\($0.from.text) to \($0.lastSecond.text)" } ?? "all of the data"
        text = TextTable.aligned([
            ["period", period],
            ["first payment", statistics.firstPayment?.text ?? "-"],
            ["last payment", statistics.lastPayment?.text ?? "-"],
            ["counting", "\(counting.rawValue) (\(counting.caption))"],
            ["orders", Self.grouped(statistics.orders.value)],
            ["items", Self.grouped(statistics.items.value)],
            ["revenue", Self.yuan(statistics.revenue.value)],
            ["average order", Self.yuan(statistics.averageOrderValue.value)],
            ["gross orders", Self.grouped(statistics.grossOrders.value)],
            ["gross revenue", Self.yuan(statistics.grossRevenue.value)],
            ["refunded orders", Self.grouped(statistics.refundedOrders.value)],
            ["refunded", Self.yuan(statistics.refundedAmount.value)],
            [
                "rows",
                "\(Self.grouped(Int64(summary.rows))), \(summary.skippedRows) skipped, \(summary.giftRows) gifts",
            ],
        ])
    }

    private static func span(_ feed: Feed) -> String {
        guard let last = feed.lastInstant else { return "nowhere" }
        var first = last
        for index in 0..<feed.count { first = min(first, feed.time(at: index).at) }
        return "from \(first.text) to \(last.text)"
    }

    /// Digits in groups of three.
    static func grouped(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// Fen as yuan, exactly.
    static func yuan(_ fen: Int64) -> String {
        let cents = fen.magnitude % 100
        return (fen < 0 ? "-" : "") + "¥" + grouped(Int64(fen.magnitude / 100)) + (cents < 10 ? ".0" : ".") + "\(cents)"
    }
}
