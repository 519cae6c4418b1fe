import Orders

/// Order data that is to become an order log, for `fanpai orders convert`.
public struct OrderConversion: Sendable {
    /// What the user should know about the data.
    public let warnings: [String]

    private let decoded: DecodedOrders
    private let selection: PeriodSelection
    private let keyFingerprint: String
    private let output: String

    /// Reads the order data of a request; its template plays no part.
    ///
    /// - Throws: `FanpaiError` when the data is missing or wrong, when the period holds no order, or when `output` is the data's own file.
    public init(_ request: FilmRequest, to output: String) throws(FanpaiError) {
        guard let path = request.orders.first else {
            throw FanpaiError(.usage, "there is no order data", remedy: "name a file")
        }
        guard !output.isEmpty else {
            throw FanpaiError(.usage, "-o: there is no name", remedy: "name a file, or - for standard output")
        }
        try FileIdentity.check(outputs: [output], inputs: request.orders)
        let key = try OrderImport.key(request)
        decoded = try OrderImport.decode(request, paths: request.orders, key: key).orders
        selection = PeriodSelection(of: decoded.feed, period: request.period)
        guard selection.paymentCount > 0 else {
            throw OrderImport.emptyPeriod(request.period, feed: decoded.feed, path: path)
        }
        warnings = decoded.warnings
        keyFingerprint = key.fingerprint
        self.output = output
    }

    /// Writes the log, whole or not at all; `onProgress` hears of it when it takes longer than a second.
    ///
    /// - Throws: `FanpaiError` when the output does not take it, or when the job is cancelled.
    public func write(
        cancellation: Cancellation = Cancellation(), onProgress: (RenderProgress) -> Void = { _ in }
    ) throws(FanpaiError) {
        let stopwatch = Stopwatch()
        let file = try WholeFile(output)
        try file.append { $0 += OrderLogWriter.header(for: decoded.feed, knowsRefunds: decoded.knowsRefunds) }
        var written = 0
        for index in 0..<decoded.feed.count where selection.contains(index, in: decoded.feed) {
            try file.append { OrderLogWriter.append(decoded.feed[index], to: &$0) }
            written += 1
            guard written & 0xFFFF == 0 || written == selection.count else { continue }
            try cancellation.check()
            if stopwatch.seconds > 1 {
                onProgress(
                    RenderProgress(framesDone: written, framesTotal: selection.count, seconds: stopwatch.seconds))
            }
        }
        try file.finish()
    }

    /// What was written, for programs.
    public var json: OrderedJSON {
        .object([
            "output": .text(FileAccess.name(of: output)), "events": .integer(Int64(selection.count)),
            "payments": .integer(Int64(selection.paymentCount)), "synthetic": .bool(decoded.feed.isSynthetic),
            "exportedAt": decoded.feed.exportedAt.map { .text($0.isoText) }, "key": .text(keyFingerprint),
        ])
    }

    /// What was written, for people.
    public var text: String {
        "\(output): \(ChineseNumber.grouped(Int64(selection.count))) events, "
            + "\(ChineseNumber.grouped(Int64(selection.paymentCount))) payments, key \(keyFingerprint)\n"
    }
}
