/// What a row says of its order as a whole.
struct RowFacts {
    var ordered: Int64?
    var paid: Int64?
    var shipped: Int64?
    var completed: Int64?
    var closed: Int64?
    var status: RowStatus?
    var isReturned: Bool?
    var amount: Int64?
    var refund: Int64?
    var rate: ExchangeRate?
    var place = PackedEvent.none
    /// Whether the row's place was looked at, and counted if it is none.
    var knowsPlace = false
    var buyer = PackedEvent.none

    /// Takes from the order's first row what this one leaves empty.
    mutating func fill(from first: RowFacts) {
        ordered = ordered ?? first.ordered
        paid = paid ?? first.paid
        shipped = shipped ?? first.shipped
        completed = completed ?? first.completed
        closed = closed ?? first.closed
        status = status ?? first.status
        isReturned = isReturned ?? first.isReturned
        refund = refund ?? first.refund
        rate = rate ?? first.rate
        amount = amount ?? first.amount
        if place == PackedEvent.none { place = first.place }
        if buyer == PackedEvent.none { buyer = first.buyer }
    }
}

extension OrderRows {
    func text(_ field: OrderField, _ row: CellRow) -> CellText {
        row[columnIndex[field.index]]
    }

    func has(_ field: OrderField) -> Bool { columnIndex[field.index] >= 0 }

    func parse<Value>(
        _ field: OrderField, _ body: () throws(CellFault) -> Value
    ) throws(RowFault) -> Value {
        do throws(CellFault) {
            return try body()
        } catch {
            throw RowFault(field: field, shape: error.shape, hint: error.hint)
        }
    }

    private mutating func time(_ field: OrderField, _ row: CellRow) throws(RowFault) -> Int64? {
        let text = text(field, row)
        if text.isEmpty { return nil }
        do throws(CellFault) {
            return try text.instant(
                field, row: row.number, zone: inUTC & 1 << UInt32(field.index) != 0 ? 0 : zone, is1904: is1904,
                dates: &dates)
        } catch {
            throw RowFault(field: field, shape: error.shape, hint: splitHint(field, text) ?? error.hint)
        }
    }

    /// What to do about half a moment: a date, or a time of day, whose other half may stand in a column of its own.
    private func splitHint(_ field: OrderField, _ text: CellText) -> String? {
        guard text.bytes.count <= 12, let columns else { return nil }
        let isTime = text.bytes.contains(UInt8(ascii: ":"))
        let isHalf =
            isTime
            ? text.bytes.allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ":") }
            : Instant.parse(text.bytes, zone: 0)?.isDateOnly == true
        guard isHalf else { return nil }
        let name = columns.name(of: field)
        let pairs = [("时间", "日期"), ("Time", "Date"), ("time", "date")]
        for (time, date) in pairs {
            let other = isTime ? name.replacing(time, with: date) : name.replacing(date, with: time)
            if other != name, columns.names.contains(other) {
                return "put it and column \(other) into one column, as 2026-11-11 20:00:03"
            }
        }
        return (isTime ? "the date" : "the time of day") + " is missing: write times as 2026-11-11 20:00:03"
    }

    mutating func takeOrder(_ row: CellRow) throws(RowFault) {
        if hasTwins, let columns { try checkTwins(columns, row) }
        let id = try orderID(row)
        var facts = RowFacts()
        facts.ordered = try time(.orderedAt, row)
        facts.paid = try time(.paidAt, row)
        facts.shipped = try time(.shippedAt, row)
        facts.completed = try time(.completedAt, row)
        facts.closed = try time(.closedAt, row)
        facts.status = try status(row)
        facts.isReturned = try isReturned(row)
        if readsCurrency { facts.rate = try rate(row) } else { facts.rate = tableRate }
        if fills { try fill(&facts, id, row) }
        note(id: id)
        if join.isActive {
            if join.isCollecting {
                try collect(facts, id: id, row)
                return
            }
            try complete(&facts, id: id)
        }
        let status = facts.status ?? .open
        latest = max(
            latest, facts.ordered ?? .min, facts.paid ?? .min,
            max(facts.shipped ?? .min, facts.completed ?? .min, facts.closed ?? .min))
        if status == .closed { summary.closedRows += 1 }
        if paysWhenOrdered, status == .unpaid || status == .closed { facts.paid = nil }
        guard let paid = facts.paid else {
            summary.unpaidRows += 1
            if status == .open && facts.shipped != nil || status == .completed { unpaidButShipped += 1 }
            return
        }
        if status == .unpaid {
            throw RowFault(
                field: .status, shape: "an unpaid status beside a payment time", hint: "correct one of the two cells")
        }
        var event = PackedEvent(kind: .paid, at: paid)
        let isRefunded = try fill(&event, facts, row)
        try number(&event, id: id, row)
        if event.row == 0, has(.account), let buyer = options.key.buyer(of: text(.account, row).bytes) {
            feed.orders.setBuyer(buyer, of: event.order)
        }
        if event.isGift { summary.giftRows += 1 }
        paidRows += 1
        if (paid + 28_800_000_000) % Instant.microsecondsPerDay == 0 { paidAtMidnight += 1 }
        append(event, facts, status: status, isRefunded: isRefunded)
    }

    private mutating func append(_ event: PackedEvent, _ facts: RowFacts, status: RowStatus, isRefunded: Bool) {
        pending.append(event)
        func append(_ kind: OrderEvent.Kind, at instant: Int64) {
            var other = event
            other.kindByte = kind.rawValue
            other.at = instant
            pending.append(other)
        }
        if let shipped = facts.shipped { append(.shipped, at: shipped) }
        let isClosed = status == .closed || facts.closed != nil
        if let completed = facts.completed, !isClosed { append(.completed, at: completed) }
        if isRefunded {
            summary.refundedRows += 1
            append(.refunded, at: facts.closed ?? OrderRows.unknownTime)
        } else if isClosed {
            append(.closed, at: facts.closed ?? OrderRows.unknownTime)
        }
    }

    private func checkTwins(_ columns: ColumnTable, _ row: CellRow) throws(RowFault) {
        for twin in columns.twins where !row[twin.first].bytes.elementsEqual(row[twin.second].bytes) {
            let isSame =
                ColumnTable.normalised(columns.names[twin.first])
                == ColumnTable.normalised(columns.names[twin.second])
            throw RowFault(
                field: twin.field,
                shape: isSame
                    ? "two columns of this name that differ"
                    : "a cell that differs from column \(columns.names[twin.second]), which says the same",
                hint: "name the right column with --map \(twin.field.rawValue)=列名, or rename one in the file")
        }
    }

    // MARK: Ids

    /// The row's order id; of one that a split order carries (`…A`, `…-1`) the order's own.
    private mutating func orderID(_ row: CellRow) throws(RowFault) -> UnsafeBufferPointer<UInt8> {
        let text = text(.order, row)
        if text.isEmpty, fills, filledIDLength > 0 {
            return UnsafeBufferPointer(start: filledID, count: filledIDLength)
        }
        let isShort = hasShortIDs
        let id = try parse(.order) { () throws(CellFault) in try text.orderID(isShort: isShort) }
        guard hasSuffixes, id.count > 12 else { return id }
        var end = id.count
        if (id[end - 1] | 0x20) &- 0x61 < 26, id[end - 2] &- 0x30 < 10 { end -= 1 }
        for length in 2...3 where end - length >= 12 && id[end - length] == UInt8(ascii: "-") {
            if id[(end - length + 1)..<end].allSatisfy({ $0 &- 0x30 < 10 }) {
                end -= length
                break
            }
        }
        return UnsafeBufferPointer(rebasing: id[0..<end])
    }

    private mutating func note(id: UnsafeBufferPointer<UInt8>) {
        if !feed.isSynthetic, id.count >= 10, id[0] == UInt8(ascii: "9"),
            columns?.shop.isReserved(id) == true
                || Shop.common.isReserved(id)
        {
            feed.isSynthetic = true
        }
        guard id.count >= OrderRows.roundedLength, id.count <= OrderRows.idLimit, id.allSatisfy({ $0 &- 0x30 < 10 })
        else { return }
        // Rows of one order count once.
        let hash = ByteTable.hash(id)
        if hash == lastLongID { return }
        lastLongID = hash
        longIDs[id.count] += 1
        if id[OrderRows.exactDigits...].allSatisfy({ $0 == 0x30 }) { roundedIDs[id.count] += 1 }
    }

    /// Finds the order's number and the row's ordinal in it.
    private mutating func number(
        _ event: inout PackedEvent, id: UnsafeBufferPointer<UInt8>, _ row: CellRow
    ) throws(RowFault) {
        let item = hasSuffixes && !has(.item) ? text(.order, row) : text(.item, row)
        if item.isScientific {
            throw RowFault(
                field: .item, shape: item.shape,
                hint: "a spreadsheet has destroyed the id; export again and do not save it with Excel")
        }
        if !id.elementsEqual(lastID) {
            lastID.removeAll(keepingCapacity: true)
            lastID.append(contentsOf: id)
            lastOrder = feed.orders.number(of: options.key.pseudonym(of: id))
        }
        let order = Int(lastOrder)
        if order == rowCounts.count {
            rowCounts.append(0)
            firstItems.append(0)
            firstRows.append(UInt32(truncatingIfNeeded: row.number))
            if tables > 1 { firstTables.append(UInt16(truncatingIfNeeded: tables)) }
        } else if tables > 1, firstTables[order] != UInt16(truncatingIfNeeded: tables) {
            throw RowFault(
                field: .order, shape: "an order that an earlier file or sheet has",
                hint: "name each file once, and export periods that do not overlap")
        }
        let ordinal = rowCounts[order]
        guard ordinal < OrderEvent.rowLimit else {
            throw RowFault(
                field: .order, shape: "an order of more than \(OrderEvent.rowLimit) rows", hint: "split the export")
        }
        if isWhole {
            if ordinal > 0 { throw repeated(order) }
        } else {
            let hasItem = !item.isEmpty && has(.item)
            let seed = UInt64(order) &* 0x9E37_79B9_7F4A_7C15 | 1
            let key = (hasItem ? ByteTable.hash(item.bytes, seed: seed) : fingerprint(row, seed: seed)) | 1
            if ordinal == 0 {
                firstItems[order] = key
            } else if firstItems[order] == key || !moreItems.insert(key).inserted {
                guard hasItem else { throw repeated(order) }
                throw RowFault(
                    field: .item, shape: "a sub-order that an earlier row had",
                    hint: "the file holds the same orders twice; export it again")
            }
        }
        try checkAmount(event, order: order, ordinal: ordinal)
        if ordinal > 0 { summary.dimension = .items }
        rowCounts[order] = ordinal + 1
        event.order = lastOrder
        event.row = ordinal
    }

    private func repeated(_ order: Int) -> RowFault {
        RowFault(
            field: .order, shape: "the order was in row \(firstRows[order]) already",
            hint: "two exports pasted together? keep one row of each, or export again")
    }

    /// Tells a row that comes twice from two rows of an order, where these have no ids of their own.
    private func fingerprint(_ row: CellRow, seed: UInt64) -> UInt64 {
        var state = seed
        for column in tellingColumns { state = ByteTable.hash(row[column].bytes, seed: state) }
        return state
    }

    /// An order has one amount: which of two is right cannot be known.
    private mutating func checkAmount(_ event: PackedEvent, order: Int, ordinal: UInt16) throws(RowFault) {
        guard event.isOrderAmount else { return }
        if ordinal == 0 {
            while firstAmounts.count <= order { firstAmounts.append(0) }
            firstAmounts[order] = rowAmount
        } else if firstAmounts[order] != rowAmount {
            throw RowFault(
                field: .orderAmount, shape: "differs from the amount of the order's first row",
                hint: "if it is the row's own, use --map amount=\(columns?.name(of: .orderAmount) ?? "列名")")
        }
    }
}
