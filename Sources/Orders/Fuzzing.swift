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
        requireReadsBack(OrderLogWriter.text(of: decoded.feed), decoder)
    } catch {
        _ = error.description
    }
}

/// What was written is no input any more: a log that cannot be read is the failure that is looked for.
private func requireReadsBack(_ text: [UInt8], _ decoder: OrderDecoder) {
    do throws(OrdersError) {
        let again = try decoder.decode(bytes: text)
        precondition(OrderLogWriter.text(of: again.feed) == text, "a log must read back as it was written")
    } catch {
        preconditionFailure("a log must be readable: \(error.description)")
    }
}

/// Decodes any bytes as an archive, and what is in it.
package func fuzzArchive(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.first == UInt8(ascii: "P") || bytes.first == 0x1F else { return }
    fuzzOrders(bytes, skipsBadRows: bytes.count % 2 == 0)
}

/// Reads a sheet, shared strings and styles, parted by zero bytes; a small buffer must read what a large one does.
package func fuzzWorkbook(_ bytes: UnsafeRawBufferPointer) {
    let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
    func part(_ index: Int) -> UnsafeRawBufferPointer {
        index < parts.count
            ? UnsafeRawBufferPointer(rebasing: parts[index]) : UnsafeRawBufferPointer(rebasing: bytes[0..<0])
    }
    func outcome(_ room: Int) -> String {
        do throws(OrdersError) {
            let strings =
                parts.count > 1 ? try SharedStrings.read(ByteSource(bytes: part(1)), room: room) : SharedStrings()
            let styles = parts.count > 2 ? try WorkbookStyles(ByteSource(bytes: part(2))) : WorkbookStyles()
            var rows = OrderRows(options: .init(key: .demo, skipBadRows: true))
            rows.begin()
            var reader = SheetReader(
                ByteSource(bytes: part(0)), styles: styles, is1904: bytes.count % 2 == 0, room: room)
            try reader.read(strings: strings, into: &rows)
            let decoded = try rows.finish()
            return "\(decoded.summary) \(decoded.warnings)"
        } catch {
            return error.description
        }
    }
    precondition(outcome(1 << 17) == outcome(5), "pieces must not depend on where the buffer ends")
}

/// Reads platform JSON; a small buffer must read what a large one does.
package func fuzzPlatformJSON(_ bytes: UnsafeRawBufferPointer) {
    let head = Array(bytes)
    func outcome(_ room: Int) -> String {
        do throws(OrdersError) {
            var rows = OrderRows(options: .init(key: .demo, skipBadRows: true))
            rows.begin()
            try PlatformJSON.read(ByteSource(bytes: bytes), head: head, room: room, into: &rows)
            let decoded = try rows.finish()
            return "\(decoded.summary) \(decoded.warnings)"
        } catch {
            return error.description
        }
    }
    precondition(outcome(1 << 17) == outcome(5), "tokens must not depend on where the buffer ends")
}
