extension OrderRows {
    mutating func takeHeader(_ row: CellRow) throws(OrdersError) {
        if row.number > OrderRows.headerRowLimit, mayBeOther { return }
        let names = (0..<row.count).map { row[$0].string }
        guard let found = ColumnTable(header: names, map: options.columnMap, shop: options.shop) else {
            if row.number >= OrderRows.headerRowLimit, !mayBeOther { throw noHeader }
            return
        }
        headers += 1
        columns = found
        width = names.count
        isFirstRow = true
        hasTwins = !found.twins.isEmpty
        inUTC = 0
        inFen = 0
        for field in OrderField.allCases {
            columnIndex[field.index] = found[field]
            if found.alias(of: field)?.isUTC == true { inUTC |= 1 << UInt32(field.index) }
            if found.alias(of: field)?.isFen == true { inFen |= 1 << UInt32(field.index) }
        }
        amountField = found[.amount] < 0 ? .orderAmount : .amount
        readsUnitPrice = amountField == .orderAmount && found[.unitPrice] >= 0
        mayBeNone = found.alias(of: .quantity)?.isRest == true
        readsRefund = found[.refund] >= 0
        readsCurrency = found[.currency] >= 0
        paysWhenOrdered = found[.paidAt] >= 0 && found[.paidAt] == found[.orderedAt]
        let shop = found.shop
        (fills, hasSuffixes, hasShortIDs) = (shop.fills, shop.hasSuffixes, shop.hasShortIDs)
        isWhole = shop.isWhole && found[.item] < 0
        tellingColumns = names.indices.filter { column in
            if columnIndex.contains(column) { return true }
            let name = ColumnTable.normalised(names[column])
            return Shop.common.apart.contains { name.contains($0) }
        }
        if summary.shop == nil, shop.name != "*" { summary.shop = shop.joins ?? shop.name }
        enter(shop)
        if join.skipsTable { return }
        try checkFields(found)
        try setCurrency(shop)
        if !join.isCollecting { noteRefunds(found) }
        if shop.asksZone, options.zoneMinutes == nil, inUTC & 1 << UInt32(OrderField.paidAt.index) == 0 {
            warnings.append("times without a zone are read as Beijing's; name the shop's with --zone +02:00")
        }
        if paysWhenOrdered {
            warnings.append(
                "orders count at the time they were placed, as \(found.name(of: .paidAt)) is mapped to paidAt")
        }
    }

    /// Whether a row would be taken for a header, if it came now.
    func isHeader(_ row: CellRow) -> Bool {
        guard row.count >= 3 else { return false }
        return ColumnTable(
            header: (0..<row.count).map { row[$0].string }, map: options.columnMap, shop: options.shop) != nil
    }

    private func checkFields(_ found: ColumnTable) throws(OrdersError) {
        var missing: [String] = []
        var maps: [String] = []
        func add(_ field: OrderField) {
            missing.append("\(found.shop.titles(of: field) ?? "") (\(field.rawValue))")
            maps.append("--map \(field.rawValue)=列名")
        }
        if found[.paidAt] < 0, !join.givesTimes {
            if let lacks = found.shop.lacks {
                throw fileError("has no payment times", lacks)
            }
            add(.paidAt)
        }
        let lacksOwn = found.shop.aliases[OrderField.amount.index].isEmpty
        if found[amountField] < 0 {
            add(lacksOwn && found.shop.titles(of: .orderAmount) != nil ? .orderAmount : .amount)
        }
        for field in OrderField.allCases where options.columnMap[field] != nil && found[field] < 0 {
            missing.append("the column mapped to \(field.rawValue)")
        }
        guard missing.isEmpty else {
            let ordered = found[.paidAt] < 0 && found[.orderedAt] >= 0
            throw fileError(
                "has no column for " + missing.joined(separator: ", "),
                "export the standard report, or name the column with "
                    + (maps.isEmpty ? ["--map field=列名"] : maps).joined(separator: " ")
                    + (ordered
                        ? "; --map paidAt=\(found.name(of: .orderedAt)) counts orders when they were placed" : ""))
        }
    }

    private mutating func setCurrency(_ shop: Shop) throws(OrdersError) {
        tableRate = nil
        if readsCurrency { return }
        if let name = options.currency {
            tableRate = try rate(of: name)
        } else if shop.asksCurrency {
            throw fileError(
                "does not say in which currency its amounts are",
                "name it with --currency CNY, or --currency USD and --rate USD=7.12")
        }
    }

    /// Yuan for one unit of a currency, nil for yuan itself.
    mutating func rate(of currency: String) throws(OrdersError) -> ExchangeRate? {
        let code = currency.uppercased()
        if ["CNY", "RMB", "人民币", "元"].contains(code) { return nil }
        if let rate = options.rates[code] {
            if !convertedCurrencies.contains(where: { $0.code == code }) { convertedCurrencies.append((code, rate)) }
            return rate
        }
        let isCode = currency.utf8.count == 3 && currency.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
        let name = isCode ? currency.uppercased() : "another currency"
        throw fileError(
            "has amounts in \(name), not in yuan", "give a rate with --rate \(isCode ? name : "USD")=7.12")
    }

    private mutating func noteRefunds(_ found: ColumnTable) {
        let hasStatus = found[.status] >= 0
        if hasStatus, found[.afterSale] >= 0 || found[.refund] >= 0 || found.shop.statusTellsRefunds { return }
        knowsRefunds = false
        var warning = "the file lacks 售后状态 (afterSale): refunded orders may be counted, closed ones are not"
        if !hasStatus {
            knowsClosures = false
            warning = "the file lacks 订单状态 (status): refunded and closed orders cannot be told from others"
        }
        if let other = Shop.all.first(where: { $0.joins == found.shop.name }) {
            warning += "; name the other file (\(other.title)) too"
        }
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    var noHeader: OrdersError {
        fileError(
            "has no header with order columns in its first \(OrderRows.headerRowLimit) rows",
            "name an order export with columns such as 主订单编号, 支付完成时间, 订单应付金额, or name yours with --map field=列名")
    }
}
