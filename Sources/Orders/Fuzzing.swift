/// Decodes any bytes as an export and uses what comes out; for libFuzzer drivers, which look for traps.
package func fuzzOrderCSV(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.first != UInt8(ascii: "{") else { return }
    fuzzOrders(bytes, skipsBadRows: bytes.count % 2 == 0)
}

/// Decodes any bytes as an order log, and what it reads must read back from what the writer makes of it.
package func fuzzOrderLog(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.first == UInt8(ascii: "{") else { return }
    fuzzOrders(bytes, skipsBadRows: bytes.count % 2 == 0)
}

private func fuzzOrders(_ bytes: UnsafeRawBufferPointer, skipsBadRows: Bool) {
    // With a currency, so that the exports which name none are read too.
    let decoder = OrderDecoder(options: .init(key: .demo, skipBadRows: skipsBadRows, currency: "CNY"))
    do throws(OrdersError) {
        let decoded = try decoder.decode(buffer: bytes)
        let statistics = PeriodStatistics(of: decoded.feed, counting: .net)
        let report = PeriodReport(of: decoded.feed, counting: .net)
        precondition(report.totals == statistics, "a report adds up to the statistics")
        for measure in Measure.allCases {
            let series = MeasureSeries(measure, of: decoded.feed, counting: .asSeen)
            if measure == .orders, decoded.feed.seenCount == 0 {
                precondition(series.last == statistics.orders.value)
            }
        }
        var policy = PlacePolicy()
        policy.append(from: decoded.feed)
        let text = OrderLogWriter.text(of: decoded.feed)
        let again = try decoder.decode(bytes: text)
        precondition(OrderLogWriter.text(of: again.feed) == text, "a log must read back as it was written")
    } catch {
        _ = error.description
    }
}
