extension OrderRows {
    func text(_ field: OrderField, _ row: CellRow) -> CellText {
        row[columnIndex[field.index]]
    }

    func parse<Value>(
        _ field: OrderField, _ body: () throws(CellFault) -> Value
    ) throws(RowFault) -> Value {
        do throws(CellFault) {
            return try body()
        } catch {
            throw RowFault(field: field, shape: error.shape, hint: error.hint)
        }
    }

    func time(_ field: OrderField, _ row: CellRow) throws(RowFault) -> Int64? {
        let text = text(field, row)
        return try parse(field) { () throws(CellFault) in try text.instant() }
    }

    mutating func takeOrder(_ row: CellRow) throws(RowFault) {
        if hasTwins, let columns { try checkTwins(columns, row) }
        let idText = text(.order, row)
        let id = try parse(.order) { () throws(CellFault) in try idText.orderID() }
        let ordered = try time(.orderedAt, row)
        let paid = try time(.paidAt, row)
        let shipped = try time(.shippedAt, row)
        let completed = try time(.completedAt, row)
        let status = try status(row)
        let isRefunded = try isRefunded(row)
        note(id: id)
        for instant in [ordered, paid, shipped, completed] { latest = max(latest, instant ?? .min) }
        if status == .closed { summary.closedRows += 1 }
        guard let paid else {
            summary.unpaidRows += 1
            if status == .open && shipped != nil || status == .completed { unpaidButShipped += 1 }
            return
        }
        if status == .unpaid {
            throw RowFault(
                field: .status, shape: "an unpaid status beside a payment time", hint: "correct one of the two cells")
        }
        var event = PackedEvent(kind: .paid, at: paid)
        try fill(&event, row)
        try number(&event, id: id, row)
        if event.isGift { summary.giftRows += 1 }
        pending.append(event)
        func append(_ kind: OrderEvent.Kind, at instant: Int64) {
            var other = event
            other.kindByte = kind.rawValue
            other.at = instant
            pending.append(other)
        }
        if let shipped { append(.shipped, at: shipped) }
        if let completed, status != .closed { append(.completed, at: completed) }
        if isRefunded {
            summary.refundedRows += 1
            append(.refunded, at: OrderRows.unknownTime)
        } else if status == .closed {
            append(.closed, at: OrderRows.unknownTime)
        }
    }

    func checkTwins(_ columns: ColumnTable, _ row: CellRow) throws(RowFault) {
        for twin in columns.twins {
            let first = row[twin.first]
            let second = row[twin.second]
            guard first.bytes.elementsEqual(second.bytes) else {
                throw RowFault(
                    field: twin.field, shape: "two columns of this name that differ",
                    hint: "rename one in the file, or name another column with --map \(twin.field.rawValue)=列名")
            }
        }
    }

    mutating func status(_ row: CellRow) throws(RowFault) -> StatusWords.Status {
        let text = text(.status, row)
        if text.isEmpty { return .open }
        if let known = statuses.find(text.bytes).flatMap(StatusWords.Status.init(rawValue:)) { return known }
        guard text.bytes.count <= 60, let status = StatusWords.status(text.string) else {
            throw RowFault(field: .status, shape: text.shape, hint: StatusWords.statusHint)
        }
        statuses.insert(text.bytes, value: status.rawValue)
        return status
    }

    mutating func isRefunded(_ row: CellRow) throws(RowFault) -> Bool {
        let text = text(.afterSale, row)
        if text.isEmpty { return false }
        if let known = afterSales.find(text.bytes) { return known == 1 }
        guard text.bytes.count <= 120, let isRefunded = StatusWords.isRefunded(text.string) else {
            throw RowFault(field: .afterSale, shape: text.shape, hint: StatusWords.afterSaleHint)
        }
        afterSales.insert(text.bytes, value: isRefunded ? 1 : 0)
        return isRefunded
    }

    mutating func note(id: UnsafeBufferPointer<UInt8>) {
        guard id.count >= 16, id.allSatisfy({ $0 &- 0x30 < 10 }) else { return }
        longIDs += 1
        if id.suffix(4).allSatisfy({ $0 == 0x30 }) { roundedIDs += 1 }
        if OrderDecoder.isReserved(id) { feed.isSynthetic = true }
    }

    mutating func fill(_ event: inout PackedEvent, _ row: CellRow) throws(RowFault) {
        let isOrderAmount = columnIndex[OrderField.amount.index] < 0
        let field: OrderField = isOrderAmount ? .orderAmount : .amount
        let amount = text(field, row)
        event.amount = try parse(field) { () throws(CellFault) in try amount.fen() }
        event.isOrderAmount = isOrderAmount
        if columnIndex[OrderField.quantity.index] >= 0 {
            let quantity = text(.quantity, row)
            event.quantity = try parse(.quantity) { () throws(CellFault) in try quantity.quantity() }
        }
        let product = text(.product, row)
        event.isGift =
            event.amount == 0 || product.hasPrefix("赠品") || product.hasPrefix("【赠品】") || product.hasPrefix("[赠品]")
        event.product = try productNumber(product)
        event.place = placeNumber(row)
        event.buyer = buyerNumber(text(.buyer, row))
        let channel = text(.channel, row)
        if channel.equals("直播") {
            event.channel = .live
        } else if channel.equals("短视频") {
            event.channel = .video
        } else if channel.equals("商品卡") {
            event.channel = .card
        } else if channel.equals("其他") {
            event.channel = .other
        }
    }

    mutating func productNumber(_ text: CellText) throws(RowFault) -> UInt32 {
        if text.isEmpty { return PackedEvent.none }
        if let known = products.find(text.bytes) { return known }
        guard text.bytes.count <= OrderRows.productByteLimit else {
            throw RowFault(field: .product, shape: text.shape, hint: "a product title has at most 400 characters")
        }
        let number = feed.products.number(of: text.string)
        products.insert(text.bytes, value: number)
        return number
    }

    mutating func placeNumber(_ row: CellRow) -> UInt32 {
        let province = text(.province, row)
        if province.isEmpty { return PackedEvent.none }
        let city = text(.city, row)
        // Only these cells matter; the district does where the city names none.
        let isDirect = city.hasPrefix("省直辖") || city.hasPrefix("自治区直辖")
        let district = isDirect ? text(.district, row) : CellText(cleaning: UnsafeBufferPointer(start: nil, count: 0))
        let isShort = province.bytes.count + city.bytes.count + district.bytes.count <= 200
        guard isShort else {
            unknownProvinces += 1
            return PackedEvent.none
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 208) { room in
            var length = 0
            for part in [province, city, district] {
                for byte in part.bytes {
                    room[length] = byte
                    length += 1
                }
                room[length] = 0
                length += 1
            }
            let key = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(room)[0..<length])
            if let known = places.find(key) {
                if known == PackedEvent.none { unknownProvinces += 1 }
                return known
            }
            let place = Place.normalised(province: province.string, city: city.string, district: district.string)
            guard let place else {
                unknownProvinces += 1
                // Not kept: a cell that is no place may be anything.
                return PackedEvent.none
            }
            let number = feed.places.number(of: place)
            places.insert(key, value: number)
            return number
        }
    }

    mutating func buyerNumber(_ text: CellText) -> UInt32 {
        if text.isEmpty || text.bytes.count > 200 || NameMask.isCiphertext(text.bytes) { return PackedEvent.none }
        // `张**`: the common masked form is kept by its bytes, which hold no more than the mask; nothing else is.
        let isMasked =
            text.bytes.count <= 6 && text.bytes.count > 3 && text.bytes[0] & 0xF0 == 0xE0
            && text.bytes[3...].allSatisfy { $0 == UInt8(ascii: "*") }
        if isMasked, let known = surnames.find(text.bytes) { return known }
        let number = NameMask.masked(text.string).map { feed.buyers.number(of: $0) } ?? PackedEvent.none
        if isMasked { surnames.insert(text.bytes, value: number) }
        return number
    }

    /// Finds the order's number and the row's ordinal in it.
    mutating func number(
        _ event: inout PackedEvent, id: UnsafeBufferPointer<UInt8>, _ row: CellRow
    ) throws(RowFault) {
        let item = text(.item, row)
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
        }
        let ordinal = rowCounts[order]
        guard ordinal < OrderEvent.rowLimit else {
            throw RowFault(
                field: .order, shape: "an order of more than \(OrderEvent.rowLimit) rows", hint: "split the export")
        }
        if !item.isEmpty {
            let key = ByteTable.hash(item.bytes, seed: UInt64(order) &* 0x9E37_79B9_7F4A_7C15 | 1) | 1
            let isRepeated =
                ordinal == 0 ? false : firstItems[order] == key || !moreItems.insert(key).inserted
            if isRepeated {
                throw RowFault(
                    field: .item, shape: "a sub-order that an earlier row had",
                    hint: "the file holds the same orders twice; export it again")
            }
            if ordinal == 0 { firstItems[order] = key }
        }
        if ordinal > 0 { summary.dimension = .items }
        rowCounts[order] = ordinal + 1
        event.order = lastOrder
        event.row = ordinal
    }
}
