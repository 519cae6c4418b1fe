extension OrderRows {
    mutating func report(_ fault: RowFault, row: Int) {
        problemCount += 1
        guard problems.count < OrdersError.problemLimit else { return }
        let column = fault.field.map { columns?.name(of: $0) ?? $0.rawValue }
        problems.append(
            OrdersError.RowProblem(row: row, column: column, shape: fault.shape, hint: fault.hint))
    }

    mutating func finish() throws(OrdersError) -> DecodedOrders {
        guard let columns else { throw noHeader }
        guard summary.rows > 0 else { throw fileError("has a header but no orders", "export a period with orders") }
        if longIDs >= 10, roundedIDs * 2 > longIDs {
            throw fileError(
                "has order ids that a spreadsheet has rounded: most end in 0000",
                "export again and do not save it with Excel")
        }
        guard problemCount == 0 || (options.skipBadRows && problemCount < summary.rows) else {
            throw OrdersError(
                kind: .badData, what: "has \(problemCount) bad rows of \(summary.rows)",
                remedy: options.skipBadRows ? "no row is left" : "correct them, or leave them out with --skip-bad-rows",
                problems: problems, problemCount: problemCount)
        }
        summary.skippedRows = problemCount
        summary.orders = feed.orders.count
        var warnings: [String] = []
        let exported = options.fileName.flatMap(OrderDecoder.exportMoment)
        if let exported, exported.microseconds < latest {
            warnings.append("the file name's moment lies before the last event in the file and is not used")
        } else {
            feed.exportedAt = exported
        }
        let knowsRefunds = columns[.status] >= 0 && columns[.afterSale] >= 0
        if !knowsRefunds {
            warnings.append("the file lacks 订单状态 or 售后状态: refunded orders cannot be told from others")
        }
        if unknownProvinces > 0 {
            warnings.append("\(unknownProvinces) rows have a place that is no province: not shown")
        }
        if unpaidButShipped > 0 {
            warnings.append("\(unpaidButShipped) rows are shipped or completed without a payment time: not counted")
        }
        if totalRows > 0 { warnings.append("\(totalRows) rows of totals were left out") }
        if problemCount > 0 { warnings.append("\(problemCount) bad rows were skipped") }
        fillFeed(removalTime: feed.exportedAt?.microseconds ?? latest)
        return DecodedOrders(feed: feed, summary: summary, warnings: warnings, knowsRefunds: knowsRefunds)
    }

    mutating func fillFeed(removalTime: Int64) {
        var keys = ContiguousArray<(at: Int64, index: UInt32)>()
        keys.reserveCapacity(pending.count)
        for index in pending.indices {
            if pending[index].at == OrderRows.unknownTime { pending[index].at = removalTime }
            keys.append((pending[index].at, UInt32(truncatingIfNeeded: index)))
        }
        // By time, and rows of one moment in file order: the index makes the order total.
        keys.sort { $0.at != $1.at ? $0.at < $1.at : $0.index < $1.index }
        for key in keys { feed.append(pending[Int(key.index)]) }
        pending = []
    }
}
