/// Where a cell of the current row went wrong.
struct RowFault: Error {
    let field: OrderField?
    let shape: String
    let hint: String
}

/// Makes a feed of the rows of a table, whatever format they came from.
///
/// A reader of a format calls `begin` for each table (a file, a sheet), `take` for each of its rows in order, header and what stands above it
/// included, and `finish` once. A raw row is lent for the length of a call; what is personal in it does not outlive that.
struct OrderRows: ~Copyable {
    static let rowCountLimit = 5_000_000
    static let productByteLimit = 1200
    /// Stands for "when the data was exported", known only at the end.
    static let unknownTime = Int64.max

    let options: OrderDecodingOptions
    var columns: ColumnTable?
    var columnIndex = [Int](repeating: -1, count: OrderField.allCases.count)
    /// Columns of the header, 0 before it: looking into `columns` for every row would cost retains.
    var width = 0
    var hasTwins = false
    var sheet: String?

    var feed = Feed()
    var pending: ContiguousArray<PackedEvent> = []
    var rowCounts: ContiguousArray<UInt16> = []
    var firstItems: ContiguousArray<UInt64> = []
    var moreItems: Set<UInt64> = []
    var lastID: [UInt8] = []
    var lastOrder = PackedEvent.none

    var products = ByteTable()
    var statuses = ByteTable()
    var afterSales = ByteTable()
    var places = ByteTable()
    var surnames = ByteTable()

    var summary = DecodedOrders.Summary()
    var problems: [OrdersError.RowProblem] = []
    var problemCount = 0
    var latest = Int64.min
    var longIDs = 0
    var roundedIDs = 0
    var unknownProvinces = 0
    var unpaidButShipped = 0
    var totalRows = 0

    /// Reads tables with a pass over them, which is called again from the start where only the whole file tells how to read it.
    static func read(
        options: OrderDecodingOptions, pass: (inout OrderRows) throws(OrdersError) -> Void
    ) throws(OrdersError) -> DecodedOrders {
        var rows = OrderRows(options: options)
        try pass(&rows)
        return try rows.finish()
    }

    init(options: OrderDecodingOptions, encoding: DecodedOrders.Encoding = .utf8) {
        self.options = options
        summary.encoding = encoding
        summary.dimension = .orders
    }

    /// Begins a table, whose header is among its first ten rows; `sheet` is its name where the file has several.
    mutating func begin(sheet: String? = nil) {
        self.sheet = sheet
        columns = nil
        width = 0
    }

    /// Takes the next row: the header, a row above it, or an order's.
    mutating func take(_ row: CellRow) throws(OrdersError) {
        guard width > 0 else {
            try takeHeader(row)
            return
        }
        if row.isBlank { return }
        let orderCell = text(.order, row)
        if orderCell.hasPrefix("合计") || orderCell.hasPrefix("总计") || orderCell.hasPrefix("小计") {
            totalRows += 1
            return
        }
        summary.rows += 1
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
            report(error, row: row.number)
        }
    }

    /// Counts a row that the format's reader could not take apart.
    mutating func reject(row: Int, shape: String, hint: String) {
        if width > 0 { summary.rows += 1 }
        report(RowFault(field: nil, shape: shape, hint: hint), row: row)
    }

    mutating func takeHeader(_ row: CellRow) throws(OrdersError) {
        let names = (0..<row.count).map { row[$0].string }
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
        } else if row.number >= 10 {
            throw noHeader
        }
    }

    var noHeader: OrdersError {
        fileError(
            "has no header with order columns in its first 10 rows",
            "name an order export with columns such as 主订单编号, 支付完成时间, 订单应付金额, or name yours with --map field=列名")
    }
}
