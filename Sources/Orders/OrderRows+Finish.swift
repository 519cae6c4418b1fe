extension OrderRows {
    mutating func finish() throws(OrdersError) -> DecodedOrders {
        guard headers > 0 else { throw noHeader }
        if dates.order == nil, let (row, field) = dates.ambiguous {
            throw OrdersError(
                kind: .badData, what: "has dates whose day and month cannot be told apart",
                remedy: "say which comes first: --date-order dmy or --date-order mdy",
                problems: [
                    OrdersError.RowProblem(
                        row: row, column: columns?.name(of: field), shape: "a date that can be read both ways",
                        hint: "dmy: the day comes first, mdy: the month", source: source)
                ], problemCount: 1)
        }
        guard summary.rows > 0 else { throw fileError("has a header but no orders", "export a period with orders") }
        try checkRoundedIDs()
        guard problemCount == 0 || (options.skipBadRows && problemCount < summary.rows) else {
            throw OrdersError(
                kind: .badData, what: "has " + counted(problemCount, "bad row", "bad rows") + " of \(summary.rows)",
                remedy: options.skipBadRows
                    ? "no row is left" : OrdersError.correction(of: problemCount),
                problems: problems, problemCount: problemCount)
        }
        summary.skippedRows = problemCount
        summary.orders = feed.orders.count
        let exported = options.fileName.flatMap(OrderDecoder.exportMoment)
        if let exported, exported.microseconds < latest {
            warnings.append("the file name's moment lies before the last event in the file and is not used")
        } else {
            feed.exportedAt = exported
        }
        warnAboutRows()
        fillFeed(removalTime: feed.exportedAt?.microseconds ?? latest)
        feed.knowsRefunds = knowsRefunds
        feed.knowsClosures = knowsClosures
        return DecodedOrders(feed: feed, summary: summary, warnings: warnings)
    }

    /// Orders whose ids a spreadsheet has rounded to the same one would silently become one order.
    private mutating func checkRoundedIDs() throws(OrdersError) {
        for length in OrderRows.roundedLength...OrderRows.idLimit {
            let (all, rounded) = (longIDs[length], roundedIDs[length])
            if rounded >= 2, rounded == all || (all >= 10 && rounded * 2 > all) {
                throw fileError(
                    "has order ids that a spreadsheet has rounded: they end in "
                        + String(repeating: "0", count: length - OrderRows.exactDigits),
                    "export again and do not save it with Excel")
            }
            if rounded == 1, all == 1 {
                warnings.append(
                    "the only order id of \(length) digits ends in zeros, like ids that a spreadsheet has rounded: "
                        + "compare it with the shop's")
            }
        }
    }

    private mutating func warnAboutRows() {
        if unknownProvinces > 0 {
            warnings.append(
                counted(unknownProvinces, "row has", "rows have") + " a place that is no province: not shown")
        }
        if unpaidButShipped > 0 {
            warnings.append(
                counted(unpaidButShipped, "row is", "rows are")
                    + " shipped or completed without a payment time: not counted")
        }
        if announcedOrders > pagedOrders {
            warnings.append(
                "the platform counts \(announcedOrders) orders, of which \(pagedOrders) are here: get all pages")
        }
        if paidGiftTitles > 0 {
            warnings.append(
                counted(paidGiftTitles, "row is called 赠品 but has", "rows are called 赠品 but have")
                    + " a price: counted as sold")
        }
        if summary.partlyRefundedRows > 0 {
            warnings.append(
                counted(summary.partlyRefundedRows, "row was", "rows were")
                    + " refunded in part: only what remained is counted, under every counting"
            )
        }
        // Cells with a date format come as midnight. One sale at midnight is likely, three and no other are not.
        if paidRows >= 3, paidAtMidnight == paidRows {
            warnings.append("all payment times are midnight: the file seems to have lost the time of day")
        }
        for (code, rate) in convertedCurrencies {
            warnings.append("amounts in \(code) were converted at \(rate.text) yuan")
        }
        if totalRows > 0 {
            warnings.append(counted(totalRows, "row of totals was", "rows of totals were") + " left out")
        }
        if problemCount > 0 {
            warnings.append(counted(problemCount, "bad row was", "bad rows were") + " skipped")
        }
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
