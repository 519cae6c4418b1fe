/// How reading a shop export ended.
enum ShopExportOutcome {
    case decoded(DecodedOrders)
    /// The bytes are not well-formed UTF-8: worth another pass with another encoding.
    case notUTF8(row: Int)
}

/// Reads one export row by row; a raw row lives in this file only, and only until the next one is read.
func readShopExport(
    _ stream: consuming TextStream, encoding: DecodedOrders.Encoding, options: OrderDecodingOptions
) throws(OrdersError) -> ShopExportOutcome {
    var reader = ExportReader(stream: stream, encoding: encoding, options: options)
    return try reader.read()
}

/// Where a cell of the current row went wrong.
private struct RowFault: Error {
    let field: OrderField?
    let shape: String
    let hint: String
}

private struct ExportReader: ~Copyable {
    private static let rowCountLimit = 5_000_000
    private static let productByteLimit = 1200
    /// Stands for "when the data was exported", known only at the end.
    private static let unknownTime = Int64.max

    private let options: OrderDecodingOptions
    private let encoding: DecodedOrders.Encoding
    private var buffer: RowBuffer
    private var scanner = CSVScanner(delimiter: UInt8(ascii: ","))
    private var scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    private var scratchUsed = 0
    private var columns: ColumnTable?
    private var columnIndex = [Int](repeating: -1, count: OrderField.allCases.count)
    /// Columns of the header, 0 before it: looking into `columns` for every row would cost retains.
    private var width = 0
    private var hasTwins = false
    private var line = 1

    private var feed = Feed()
    private var pending: ContiguousArray<PackedEvent> = []
    private var rowCounts: ContiguousArray<UInt16> = []
    private var firstItems: ContiguousArray<UInt64> = []
    private var moreItems: Set<UInt64> = []
    private var lastID: [UInt8] = []
    private var lastOrder = PackedEvent.none

    private var products = ByteTable()
    private var statuses = ByteTable()
    private var afterSales = ByteTable()
    private var places = ByteTable()
    private var surnames = ByteTable()

    private var summary = DecodedOrders.Summary()
    private var problems: [OrdersError.RowProblem] = []
    private var problemCount = 0
    private var latest = Int64.min
    private var longIDs = 0
    private var roundedIDs = 0
    private var unknownProvinces = 0
    private var unpaidButShipped = 0
    private var totalRows = 0

    init(stream: consuming TextStream, encoding: DecodedOrders.Encoding, options: OrderDecodingOptions) {
        self.options = options
        self.encoding = encoding
        buffer = RowBuffer(stream)
        summary.encoding = encoding
        summary.dimension = .orders
    }

    deinit {
        scratch.deallocate()
    }

    // MARK: Rows

    mutating func read() throws(OrdersError) -> ShopExportOutcome {
        _ = try buffer.fill()
        scanner = CSVScanner(delimiter: ExportReader.delimiter(in: buffer.bytes))
        while true {
            let bytes = buffer.bytes
            if bytes.isEmpty {
                if buffer.isFinal { break }
                _ = try buffer.fill()
                continue
            }
            switch scanner.scan(bytes, isFinal: buffer.isFinal) {
            case .row(let length, let lines):
                let row = UnsafeBufferPointer(rebasing: bytes[0..<length])
                switch UTF8Check.fault(in: row) {
                case .malformed: return .notUTF8(row: line)
                case .binary: throw fileError("is not a text file", "name a CSV export or an order log")
                case nil: break
                }
                try take(row)
                line += lines
                buffer.consume(length)
            case .needsMore:
                guard try buffer.fill() else {
                    throw fileError(
                        "row \(line) is longer than \(RowBuffer.rowLimit >> 20) MiB",
                        "check that it is a CSV and that a quote in that row is closed")
                }
            case .unterminatedQuote:
                throw fileError(
                    "is cut off: a quote opened in row \(line) is never closed", "download or export the file again")
            case .textAfterQuote(let length):
                // The next line may be sound again: report this one and go on behind it.
                let rest = bytes[length...]
                if width > 0 { summary.rows += 1 }
                let skipped = rest.firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
                report(
                    RowFault(field: nil, shape: "text after a closing quote", hint: "quotes inside a cell are doubled"))
                line += 1
                buffer.consume(skipped)
            case .tooManyCells:
                throw fileError(
                    "row \(line) has more than \(CSVScanner.cellLimit) columns", "check that it is an order export")
            }
        }
        return .decoded(try finish())
    }

    private static func delimiter(in bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var best = (delimiter: UInt8(ascii: ","), count: 0)
        for candidate in [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")] {
            var count = 0
            var most = 0
            for byte in bytes.prefix(1 << 16) {
                if byte == candidate { count += 1 }
                if byte == 10 || byte == 13 { count = 0 }
                most = max(most, count)
            }
            if most > best.count { best = (candidate, most) }
        }
        return best.delimiter
    }

    private mutating func take(_ row: UnsafeBufferPointer<UInt8>) throws(OrdersError) {
        scratchUsed = 0
        guard width > 0 else {
            try takeHeader(row)
            return
        }
        if isBlank(row) { return }
        let orderCell = cell(columnIndex[OrderField.order.index], in: row)
        if orderCell.hasPrefix("合计") || orderCell.hasPrefix("总计") || orderCell.hasPrefix("小计") {
            totalRows += 1
            return
        }
        summary.rows += 1
        guard summary.rows <= ExportReader.rowCountLimit else {
            throw fileError("has more than \(ExportReader.rowCountLimit) rows", "export shorter periods")
        }
        if scanner.count < width || (scanner.count > width && !isEmpty(from: width, row)) {
            report(
                RowFault(
                    field: nil, shape: "\(scanner.count) cells where the header has \(width)",
                    hint: "a quote or delimiter is missing, or the row is cut off"))
            return
        }
        do throws(RowFault) {
            try takeOrder(row)
        } catch {
            report(error)
        }
    }

    private mutating func takeHeader(_ row: UnsafeBufferPointer<UInt8>) throws(OrdersError) {
        let names = (0..<scanner.count).map { cell($0, in: row).string }
        if let found = ColumnTable(header: names, map: options.columnMap) {
            var missing: [String] = []
            if found[.paidAt] < 0 { missing.append("支付完成时间 (paidAt)") }
            if found[.amount] < 0, found[.orderAmount] < 0 { missing.append("订单应付金额 (amount)") }
            for field in OrderField.allCases where options.columnMap[field] != nil && found[field] < 0 {
                missing.append("the column mapped to \(field.rawValue)")
            }
            guard missing.isEmpty else {
                throw fileError(
                    "has no column for " + missing.joined(separator: ", "),
                    "export the standard report, or name the column with --map field=列名")
            }
            columns = found
            width = names.count
            hasTwins = !found.twins.isEmpty
            for field in OrderField.allCases { columnIndex[field.index] = found[field] }
        } else if line >= 10 {
            throw noHeader
        }
    }

    private var noHeader: OrdersError {
        fileError(
            "has no header with order columns in its first 10 rows",
            "name an order export with columns such as 主订单编号, 支付完成时间, 订单应付金额, or name yours with --map field=列名")
    }

    private func isBlank(_ row: UnsafeBufferPointer<UInt8>) -> Bool {
        // Only a row of separators and white space has nothing above them.
        row.allSatisfy { $0 <= 0x20 || $0 == scanner.delimiter || $0 == UInt8(ascii: "\"") }
    }

    private mutating func isEmpty(from first: Int, _ row: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in first..<scanner.count where !cell(index, in: row).isEmpty { return false }
        return true
    }

    private mutating func cell(_ index: Int, in row: UnsafeBufferPointer<UInt8>) -> CellText {
        guard index >= 0, index < scanner.count else {
            return CellText(cleaning: UnsafeBufferPointer(start: nil, count: 0))
        }
        let cell = scanner[index]
        let raw = UnsafeBufferPointer(rebasing: row[Int(cell.start)..<Int(cell.start + cell.length)])
        return CellText(cleaning: cell.hasEscapes ? unescaped(raw, rowLength: row.count) : raw)
    }

    private mutating func unescaped(_ raw: UnsafeBufferPointer<UInt8>, rowLength: Int) -> UnsafeBufferPointer<UInt8> {
        if scratchUsed == 0, scratch.count < rowLength * 2 {
            scratch.deallocate()
            scratch = .allocate(capacity: rowLength * 2)
        }
        // A cell may be asked for twice; then the room is used again from the start only by the next row.
        guard scratchUsed + raw.count <= scratch.count else { return raw }
        let start = scratchUsed
        var wasQuote = false
        for byte in raw {
            if byte == 0x22, wasQuote {
                wasQuote = false
                continue
            }
            wasQuote = byte == 0x22
            scratch[scratchUsed] = byte
            scratchUsed += 1
        }
        return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(scratch)[start..<scratchUsed])
    }

    // MARK: Orders

    private mutating func text(_ field: OrderField, _ row: UnsafeBufferPointer<UInt8>) -> CellText {
        cell(columnIndex[field.index], in: row)
    }

    private func parse<Value>(
        _ field: OrderField, _ body: () throws(CellFault) -> Value
    ) throws(RowFault) -> Value {
        do throws(CellFault) {
            return try body()
        } catch {
            throw RowFault(field: field, shape: error.shape, hint: error.hint)
        }
    }

    private mutating func time(_ field: OrderField, _ row: UnsafeBufferPointer<UInt8>) throws(RowFault) -> Int64? {
        let text = text(field, row)
        return try parse(field) { () throws(CellFault) in try text.instant() }
    }

    private mutating func takeOrder(_ row: UnsafeBufferPointer<UInt8>) throws(RowFault) {
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
            append(.refunded, at: ExportReader.unknownTime)
        } else if status == .closed {
            append(.closed, at: ExportReader.unknownTime)
        }
    }

    private mutating func checkTwins(_ columns: ColumnTable, _ row: UnsafeBufferPointer<UInt8>) throws(RowFault) {
        for twin in columns.twins {
            let first = cell(twin.first, in: row)
            let second = cell(twin.second, in: row)
            guard first.bytes.elementsEqual(second.bytes) else {
                throw RowFault(
                    field: twin.field, shape: "two columns of this name that differ",
                    hint: "rename one in the file, or name another column with --map \(twin.field.rawValue)=列名")
            }
        }
    }

    private mutating func status(_ row: UnsafeBufferPointer<UInt8>) throws(RowFault) -> StatusWords.Status {
        let text = text(.status, row)
        if text.isEmpty { return .open }
        if let known = statuses.find(text.bytes).flatMap(StatusWords.Status.init(rawValue:)) { return known }
        guard text.bytes.count <= 60, let status = StatusWords.status(text.string) else {
            throw RowFault(field: .status, shape: text.shape, hint: StatusWords.statusHint)
        }
        statuses.insert(text.bytes, value: status.rawValue)
        return status
    }

    private mutating func isRefunded(_ row: UnsafeBufferPointer<UInt8>) throws(RowFault) -> Bool {
        let text = text(.afterSale, row)
        if text.isEmpty { return false }
        if let known = afterSales.find(text.bytes) { return known == 1 }
        guard text.bytes.count <= 120, let isRefunded = StatusWords.isRefunded(text.string) else {
            throw RowFault(field: .afterSale, shape: text.shape, hint: StatusWords.afterSaleHint)
        }
        afterSales.insert(text.bytes, value: isRefunded ? 1 : 0)
        return isRefunded
    }

    private mutating func note(id: UnsafeBufferPointer<UInt8>) {
        guard id.count >= 16, id.allSatisfy({ $0 &- 0x30 < 10 }) else { return }
        longIDs += 1
        if id.suffix(4).allSatisfy({ $0 == 0x30 }) { roundedIDs += 1 }
        if OrderDecoder.isReserved(id) { feed.isSynthetic = true }
    }

    private mutating func fill(_ event: inout PackedEvent, _ row: UnsafeBufferPointer<UInt8>) throws(RowFault) {
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

    private mutating func productNumber(_ text: CellText) throws(RowFault) -> UInt32 {
        if text.isEmpty { return PackedEvent.none }
        if let known = products.find(text.bytes) { return known }
        guard text.bytes.count <= ExportReader.productByteLimit else {
            throw RowFault(field: .product, shape: text.shape, hint: "a product title has at most 400 characters")
        }
        let number = feed.products.number(of: text.string)
        products.insert(text.bytes, value: number)
        return number
    }

    private mutating func placeNumber(_ row: UnsafeBufferPointer<UInt8>) -> UInt32 {
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

    private mutating func buyerNumber(_ text: CellText) -> UInt32 {
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
    private mutating func number(
        _ event: inout PackedEvent, id: UnsafeBufferPointer<UInt8>, _ row: UnsafeBufferPointer<UInt8>
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

    // MARK: End

    private mutating func report(_ fault: RowFault) {
        problemCount += 1
        guard problems.count < OrdersError.problemLimit else { return }
        let column = fault.field.map { columns?.name(of: $0) ?? $0.rawValue }
        problems.append(
            OrdersError.RowProblem(row: line, column: column, shape: fault.shape, hint: fault.hint))
    }

    private func fileError(_ what: String, _ remedy: String) -> OrdersError {
        OrdersError(kind: .badData, what: what, remedy: remedy)
    }

    private mutating func finish() throws(OrdersError) -> DecodedOrders {
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

    private mutating func fillFeed(removalTime: Int64) {
        var keys = ContiguousArray<(at: Int64, index: UInt32)>()
        keys.reserveCapacity(pending.count)
        for index in pending.indices {
            if pending[index].at == ExportReader.unknownTime { pending[index].at = removalTime }
            keys.append((pending[index].at, UInt32(truncatingIfNeeded: index)))
        }
        // By time, and rows of one moment in file order: the index makes the order total.
        keys.sort { $0.at != $1.at ? $0.at < $1.at : $0.index < $1.index }
        for key in keys { feed.append(pending[Int(key.index)]) }
        pending = []
    }
}
