public import Orders

/// What order data adds up to, for `fanpai stats`: read once, shown as JSON for programs or as text for people.
public struct OrderTotals: Sendable {
    /// The figures themselves.
    public let report: PeriodReport
    /// What the user should know about the data.
    public let warnings: [String]

    let files: [OrderFile]
    let summary: DecodedOrders.Summary
    let isSynthetic: Bool
    let exportedAt: Instant?
    /// Whether the data can tell refunded and closed orders from others.
    let knowsRefunds: Bool
    let knowsClosures: Bool
    /// The counting in the words of disclosures.
    let caption: String

    /// The most places and products that are listed.
    static let listLimit = 10

    /// Reads and adds up the order data of a request; its template plays no part.
    ///
    /// - Throws: `FanpaiError` when the data is missing or wrong.
    public init(_ request: FilmRequest) throws(FanpaiError) {
        guard let path = request.orders.first else {
            throw FanpaiError(.usage, "there is no order data", remedy: "name a file")
        }
        // Totals name no order, so no key is made for them.
        let key = request.keyFile == nil ? ProjectKey.demo : try OrderImport.key(request)
        let (decoded, files) = try OrderImport.decode(request, paths: request.orders, key: key)
        self.files = files
        report = PeriodReport(of: decoded.feed, period: request.period, counting: decoded.standardCounting)
        if report.totals.rows == 0 {
            throw OrderImport.emptyPeriod(request.period, feed: decoded.feed, path: path)
        }
        warnings = decoded.warnings
        summary = decoded.summary
        isSynthetic = decoded.feed.isSynthetic
        exportedAt = decoded.feed.exportedAt
        knowsRefunds = decoded.knowsRefunds
        knowsClosures = decoded.feed.knowsClosures
        caption = report.counting.caption(
            knowsRefunds: decoded.feed.knowsRefunds, knowsClosures: decoded.feed.knowsClosures)
    }

    /// Fen as yuan, exactly.
    static func yuan(_ fen: Int64) -> String { ChineseNumber.yuan(fen: fen).text }
}
