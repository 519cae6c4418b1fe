/// Where a cell of the current row went wrong.
struct RowFault: Error {
    let field: OrderField?
    let shape: String
    let hint: String
}

/// Makes a feed of the rows of tables, whatever format they came from.
///
/// A reader of a format calls `begin` for each table (a file, a sheet), and `take` for each of its rows in order, header and what stands above
/// it included. A raw row is lent for the length of a call; what is personal in it does not outlive that.
struct OrderRows: ~Copyable {
    static let rowCountLimit = 5_000_000
    static let productByteLimit = 1200
    static let headerRowLimit = 10
    static let idLimit = 64
    /// Digits that Excel keeps of a number; the others become zeros.
    static let exactDigits = 15
    /// From this length on zeros at the end are no accident: two ids of 17 digits end in 00 once in 10,000 files.
    static let roundedLength = 17
    /// Stands for "when the data was exported", known only at the end.
    static let unknownTime = Int64.max

    let options: OrderDecodingOptions

    // The table being read. Its header is copied out of `columns`: looking into it for every row would cost retains.
    var source: String?
    var mayBeOther = false
    var columns: ColumnTable?
    var columnIndex = [Int](repeating: -1, count: OrderField.allCases.count)
    /// Columns of the header, 0 before it.
    var width = 0
    var hasTwins = false
    var isFirstRow = false
    /// Bit `OrderField.index`: UTC for times, fen for money.
    var inUTC: UInt32 = 0
    /// Minutes east of UTC of other times without a zone.
    let zone: Int
    var inFen: UInt32 = 0
    /// Whether days without a format count since 1904, as the table's workbook says.
    var is1904 = false
    var amountField = OrderField.amount
    var readsUnitPrice = false
    /// Whether a row may have 0 pieces, because its column says how many are left after refunds.
    var mayBeNone = false
    var readsRefund = false
    var readsCurrency = false
    var hasSuffixes = false
    /// Whether each row is a whole order.
    var isWhole = false
    /// Columns that differ between an order's rows, if they are not one row twice.
    var tellingColumns: [Int] = []
    var hasShortIDs = false
    /// Whether orders count at the time they were placed, because that is the column mapped to `paidAt`.
    var paysWhenOrdered = false
    /// The rate of a table whose every amount is in another currency.
    var tableRate: ExchangeRate?
    var tables = 0
    var headers = 0

    // Cells of an order that its later rows leave empty (Shopify).
    var fills = false
    var filled = RowFacts()
    let filledID = UnsafeMutablePointer<UInt8>.allocate(capacity: OrderRows.idLimit)
    var filledIDLength = 0

    /// Files that belong together, such as Taobao's two.
    var join = OrderJoin()

    var feed = Feed()
    var pending: ContiguousArray<PackedEvent> = []
    var rowCounts: ContiguousArray<UInt16> = []
    var firstItems: ContiguousArray<UInt64> = []
    var moreItems: Set<UInt64> = []
    /// The row that an order was first met in.
    var firstRows: ContiguousArray<UInt32> = []
    /// The order-level amount of an order's first row, as long as it has one.
    var firstAmounts: ContiguousArray<Int64> = []
    /// The amount of the row being read, before what was refunded.
    var rowAmount: Int64 = 0
    var lastID: [UInt8] = []
    var lastOrder = PackedEvent.none
    /// Table in which an order was first met, kept from the second table on.
    var firstTables: ContiguousArray<UInt16> = []

    var products = ByteTable()
    var statuses = ByteTable()
    var afterSales = ByteTable()
    var currencies = ByteTable()
    var rates: [ExchangeRate?] = []
    var convertedCurrencies: [(code: String, rate: ExchangeRate)] = []
    var places = ByteTable()
    var surnames = ByteTable()

    var dates: DateReading
    /// Set by a pass that has found how to read the data only after some of its rows.
    var mustReadAgain = false
    var summary = DecodedOrders.Summary()
    var problems: [OrdersError.RowProblem] = []
    var problemCount = 0
    /// What makes the whole file unusable, found in a row.
    var fatal: OrdersError?
    var warnings: [String] = []
    var knowsRefunds = true
    var knowsClosures = true
    var latest = Int64.min
    /// By their length: ids of digits that have more than a floating-point number keeps, and those that end as if rounded to it.
    var longIDs = [Int](repeating: 0, count: OrderRows.idLimit + 1)
    var roundedIDs = [Int](repeating: 0, count: OrderRows.idLimit + 1)
    var lastLongID: UInt64 = 0
    var paidRows = 0
    var paidAtMidnight = 0
    var unknownProvinces = 0
    var unpaidButShipped = 0
    var totalRows = 0
    /// Rows whose title calls them gifts although they were paid for.
    var paidGiftTitles = 0
    /// How many orders a platform's answer says there are, on this page and others; 0 where none says so.
    var announcedOrders: Int64 = 0
    /// Orders of all such answers.
    var pagedOrders: Int64 = 0

    /// Reads tables with a pass over them, which is called again from the start where only the whole data tells how to read it.
    ///
    /// - Parameter mayJoin: whether the pass reads several tables, of which one may complete another.
    static func read(
        options: OrderDecodingOptions, mayJoin: Bool = false,
        pass: (inout OrderRows) throws(OrdersError) -> Void
    ) throws(OrdersError) -> DecodedOrders {
        if let name = options.shop, !Shop.names.contains(name) {
            throw OrdersError(
                kind: .usage, what: "there is no shop “\(name)”",
                remedy: "choose one of \(Shop.names.joined(separator: ", "))")
        }
        var order = options.dateOrder
        var phase: OrderJoin.Phase = mayJoin ? .survey : .off
        while true {
            var rows = OrderRows(options: options)
            rows.dates.order = order
            rows.join.phase = phase
            try pass(&rows)
            if rows.mustReadAgain { continue }
            if phase == .survey, rows.join.hasOrders || rows.join.hasDetails {
                if rows.join.hasOrders, rows.join.hasDetails {
                    rows.join.phase = .details
                    try pass(&rows)
                    rows.reportOrdersWithoutDetails()
                } else {
                    phase = .off
                    continue
                }
            }
            guard rows.dates.mustReadAgain, order == nil else { return try rows.finish() }
            order = rows.dates.order
        }
    }

    init(options: OrderDecodingOptions) {
        self.options = options
        zone = options.zoneMinutes ?? Instant.beijingOffsetMinutes
        dates = DateReading(order: options.dateOrder)
        summary.dimension = .orders
    }

    deinit {
        filledID.deallocate()
    }

    /// Begins a table, whose header is among its first ten rows; `source` names it where the data has several.
    ///
    /// - Parameter mayBeOther: whether a table without such a header is passed over, like a workbook's second sheet.
    mutating func begin(source: String? = nil, mayBeOther: Bool = false) {
        self.source = source
        self.mayBeOther = mayBeOther
        join.role = .other
        columns = nil
        width = 0
        is1904 = false
        beginOrders()
        statuses = ByteTable()
        afterSales = ByteTable()
    }

    /// The order that the last table ended with may not go on in this one.
    private mutating func beginOrders() {
        tables += 1
        if tables > 1 {
            while firstTables.count < rowCounts.count { firstTables.append(UInt16(truncatingIfNeeded: tables - 1)) }
        }
        lastID.removeAll(keepingCapacity: true)
        filledIDLength = 0
    }

    /// Whether a cell of a column is looked at, once the header is known.
    func isUsed(_ column: Int) -> Bool {
        columnIndex.contains(column) || columns?.twins.contains { $0.first == column || $0.second == column } == true
    }

    /// Takes the next row: the header, a row above it, or an order's.
    mutating func take(_ row: CellRow) throws(OrdersError) {
        guard width > 0 else {
            try takeHeader(row)
            return
        }
        if join.skipsTable || row.isBlank { return }
        if isTotal(row) {
            totalRows += 1
            return
        }
        if isFirstRow {
            isFirstRow = false
            if isDescription(row) {
                warnings.append("row \(row.number) describes the columns and was left out")
                return
            }
        }
        if !join.isCollecting { summary.rows += 1 }
        guard summary.rows <= OrderRows.rowCountLimit else {
            throw fileError("has more than \(OrderRows.rowCountLimit) rows", "export shorter periods")
        }
        if row.count < width || (row.count > width && !row.isEmpty(from: width)) {
            report(
                RowFault(
                    field: nil, shape: "\(row.count) cells where the header has \(width)",
                    hint: "a quote or delimiter is missing, or the row is cut off"), row: row.number)
            return
        }
        do throws(RowFault) {
            try takeOrder(row)
        } catch {
            if let fatal { throw fatal }
            if repeatsHeader(row) {
                if !join.isCollecting { summary.rows -= 1 }
                beginOrders()
                warnings.append("row \(row.number) repeats the header: what follows is read as a file of its own")
                return
            }
            report(error, row: row.number)
        }
    }

    /// Counts a row that the format's reader could not take apart.
    mutating func reject(row: Int, shape: String, hint: String) {
        if join.skipsTable { return }
        if width > 0 { summary.rows += 1 }
        report(RowFault(field: nil, shape: shape, hint: hint), row: row)
    }

    /// A row of sums, which ERP systems and spreadsheets put at the end.
    private func isTotal(_ row: CellRow) -> Bool {
        func isSum(_ cell: CellText) -> Bool {
            cell.hasPrefix("合计") || cell.hasPrefix("总计") || cell.hasPrefix("小计") || cell.equals("Total")
                || cell.equals("Grand Total")
        }
        let order = text(.order, row)
        return isSum(order) || order.isEmpty && isSum(row[0])
    }

    /// A row of words below the header: no digit where orders, money and times should be.
    private func isDescription(_ row: CellRow) -> Bool {
        let order = text(.order, row)
        guard !order.isEmpty, order.bytes.contains(where: { $0 >= 0x80 || $0 == 0x20 }) else { return false }
        for field in [OrderField.order, amountField, .paidAt, .quantity]
        where text(field, row).bytes.contains(where: { $0 &- 0x30 < 10 }) {
            return false
        }
        return true
    }

    /// Whether a row that is no order says again what the columns are, as where files were put behind each other.
    private func repeatsHeader(_ row: CellRow) -> Bool {
        guard let columns else { return false }
        return columnIndex.allSatisfy { $0 < 0 || row[$0].bytes.elementsEqual(columns.names[$0].utf8) }
    }

    mutating func report(_ fault: RowFault, row: Int) {
        problemCount += 1
        guard problems.count < OrdersError.problemLimit else { return }
        let column = fault.field.map { columns?.name(of: $0) ?? $0.rawValue }
        problems.append(
            OrdersError.RowProblem(row: row, column: column, shape: fault.shape, hint: fault.hint, source: source))
    }
}
