extension OrderRows {
    // MARK: States

    func unknownStatus(_ field: OrderField, _ text: CellText) -> RowFault {
        RowFault(
            field: field, shape: text.shape,
            hint: field == .status
                ? "known statuses are 待支付 待发货 部分发货 已发货 已完成 已关闭, and the shop's own"
                : "known are 退款成功, 已退款, …关闭, …拒绝, …取消, …中, 待…, 换货…, 补寄…; "
                    + "a refund in part is told by a column 退款金额")
    }

    mutating func status(_ row: CellRow) throws(RowFault) -> RowStatus? {
        let text = text(.status, row)
        if text.isEmpty { return nil }
        if let known = statuses.find(text.bytes) { return RowStatus(rawValue: known) }
        guard text.bytes.count <= 90, let status = columns?.shop.status(text.string) else {
            throw unknownStatus(.status, text)
        }
        statuses.insert(text.bytes, value: status.rawValue)
        return status
    }

    mutating func isReturned(_ row: CellRow) throws(RowFault) -> Bool? {
        let text = text(.afterSale, row)
        if text.isEmpty { return nil }
        if let known = afterSales.find(text.bytes) { return known == 1 }
        guard text.bytes.count <= 120, let isReturned = columns?.shop.isReturned(text.string) else {
            throw unknownStatus(.afterSale, text)
        }
        afterSales.insert(text.bytes, value: isReturned ? 1 : 0)
        return isReturned
    }

    // MARK: Money

    /// The rate of the row's currency, nil for yuan and for an empty cell.
    mutating func rate(_ row: CellRow) throws(RowFault) -> ExchangeRate? {
        let text = text(.currency, row)
        if text.isEmpty { return nil }
        if let known = currencies.find(text.bytes) { return rates[Int(known)] }
        guard text.bytes.count <= 12 else {
            throw RowFault(field: .currency, shape: text.shape, hint: "write a code such as CNY or USD")
        }
        do throws(OrdersError) {
            let rate = try rate(of: text.string)
            currencies.insert(text.bytes, value: UInt32(truncatingIfNeeded: rates.count))
            rates.append(rate)
            return rate
        } catch {
            fatal = error
            throw RowFault(field: .currency, shape: text.shape, hint: error.remedy)
        }
    }

    /// An amount in fen at the row's rate.
    private func money(
        _ field: OrderField, _ row: CellRow, rate: ExchangeRate?
    ) throws(RowFault) -> Int64 {
        let text = text(field, row)
        let isFen = inFen & 1 << UInt32(field.index) != 0
        return try parse(field) { () throws(CellFault) in
            let value = field == .refund ? try text.refundFen(isFen: isFen) : try text.fen(isFen: isFen)
            guard let rate else { return value }
            guard let fen = rate.fen(of: value) else {
                throw CellFault(shape: text.shape, hint: "an amount is at most 100,000,000 yuan")
            }
            return fen
        }
    }

    /// Completes the row of an order of several whose order-level cells stand on its first row only.
    mutating func fill(_ facts: inout RowFacts, _ id: UnsafeBufferPointer<UInt8>, _ row: CellRow) throws(RowFault) {
        let isSame = id.elementsEqual(UnsafeBufferPointer(start: filledID, count: filledIDLength))
        if isSame, facts.rate == nil { facts.rate = filled.rate }
        if !isSame || !text(amountField, row).isEmpty {
            // An unpaid order need not have an amount that can be read.
            facts.amount = facts.paid == nil ? nil : try money(amountField, row, rate: facts.rate)
        }
        if readsRefund, !text(.refund, row).isEmpty { facts.refund = try money(.refund, row, rate: facts.rate) }
        facts.place = placeNumber(row)
        facts.knowsPlace = true
        facts.buyer = buyerNumber(text(.buyer, row))
        if isSame {
            facts.fill(from: filled)
        } else {
            filled = facts
            filledIDLength = min(id.count, OrderRows.idLimit)
            for index in 0..<filledIDLength { filledID[index] = id[index] }
        }
    }

    /// Fills a payment from its row; whether all of the money went back.
    mutating func fill(_ event: inout PackedEvent, _ facts: RowFacts, _ row: CellRow) throws(RowFault) -> Bool {
        event.isOrderAmount = amountField == .orderAmount
        if let amount = facts.amount {
            event.amount = amount
        } else {
            event.amount = try money(amountField, row, rate: facts.rate)
        }
        rowAmount = event.amount
        var isRefunded = facts.isReturned == true || facts.status == .refunded
        if readsRefund, facts.isReturned != false {
            var refund = facts.refund ?? 0
            if refund == 0, !text(.refund, row).isEmpty { refund = try money(.refund, row, rate: facts.rate) }
            if refund > 0, refund < event.amount {
                // Part of it went back: what remained counts, under every counting.
                event.amount -= refund
                isRefunded = false
                summary.partlyRefundedRows += 1
            } else if refund > 0, event.amount > 0 {
                isRefunded = true
            }
        }
        if has(.quantity) {
            let quantity = text(.quantity, row)
            event.quantity = try parse(.quantity) { () throws(CellFault) in
                try quantity.quantity(from: mayBeNone ? 0 : 1)
            }
        }
        let product = text(.product, row)
        event.isGift = event.amount == 0
        if readsUnitPrice, !event.isGift { event.isGift = text(.unitPrice, row).isZeroPrice }
        // A shop may sell what it calls a gift elsewhere: the money decides, not the title.
        if !event.isGift, product.hasPrefix("赠品") || product.hasPrefix("【赠品】") || product.hasPrefix("[赠品]") {
            paidGiftTitles += 1
        }
        event.product = try productNumber(product)
        event.place = facts.place == PackedEvent.none && !facts.knowsPlace ? placeNumber(row) : facts.place
        event.buyer = facts.buyer == PackedEvent.none ? buyerNumber(text(.buyer, row)) : facts.buyer
        let channel = text(.channel, row)
        if channel.isEmpty {
        } else if channel.equals("直播") {
            event.channel = .live
        } else if channel.equals("短视频") {
            event.channel = .video
        } else if channel.equals("商品卡") {
            event.channel = .card
        } else if channel.equals("其他") {
            event.channel = .other
        }
        return isRefunded
    }

    // MARK: Texts

    private mutating func productNumber(_ text: CellText) throws(RowFault) -> UInt32 {
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
        var province = text(.province, row)
        var city = text(.city, row)
        var district = CellText(unchecked: UnsafeBufferPointer(start: nil, count: 0))
        if province.isEmpty {
            let address = text(.address, row)
            if address.isEmpty { return PackedEvent.none }
            (province, city) = address.placeParts
        } else if city.hasPrefix("省直辖") || city.hasPrefix("自治区直辖") || city.hasPrefix("直辖") {
            // Only these cells matter; the district does where the city names none.
            district = text(.district, row)
        }
        let isShort = province.bytes.count + city.bytes.count + district.bytes.count <= 200
        guard isShort else {
            unknownProvinces += 1
            return PackedEvent.none
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 208) { room in
            var length = 0
            func add(_ part: CellText) {
                for byte in part.bytes {
                    room[length] = byte
                    length += 1
                }
                room[length] = 0
                length += 1
            }
            add(province)
            add(city)
            add(district)
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
}
