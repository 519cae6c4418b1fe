/// Reads the orders of an XLSX workbook (ECMA-376, transitional and strict) out of its package.
///
/// The package is opened anew for every part: the order in which parts are packed does not matter, and only the shared
/// strings are held, in one compact table.
struct WorkbookReader {
    private let origin: ByteOrigin
    private let numbers: [String: Int]

    init(_ origin: ByteOrigin) throws(OrdersError) {
        self.origin = origin
        numbers = try ArchiveContents(origin).numbers()
    }

    /// Reads the first visible sheet that has an order header.
    func read(into rows: inout OrderRows, source: String?) throws(OrdersError) {
        let main = try inPart("_rels/.rels") { (source) throws(OrdersError) in
            try Workbook.part(source)
        }
        guard let main else {
            throw OrdersError(
                kind: .badData, what: "is an Office document that is no workbook", remedy: "name the order export")
        }
        let workbook = try self.workbook(main)
        let styles = try workbook.stylesPart.map { (part) throws(OrdersError) in
            try inPart(part) { (source) throws(OrdersError) in try WorkbookStyles(source) }
        }
        let strings = try sharedStrings(workbook)
        let visible = workbook.sheets.filter { !$0.isHidden }
        var firstError: OrdersError?
        for (index, sheet) in visible.enumerated() {
            let shown = SafeName.sheet(sheet.name, number: index + 1)
            rows.begin(source: [source, shown].compactMap { $0 }.joined(separator: ", "))
            do throws(OrdersError) {
                var reader = SheetReader(
                    try open(sheet.part), styles: styles ?? WorkbookStyles(), is1904: workbook.is1904)
                try reader.read(strings: strings, into: &rows)
            } catch {
                let placed = error.inPlace(shown)
                guard rows.width == 0 else { throw placed }
                // Columns that are missing say more than that another sheet has no header at all.
                if error.what != rows.noHeader.what { firstError = firstError ?? placed }
            }
            if rows.width > 0 {
                for number in (index + 1)..<visible.count
                where try hasHeader(visible[number], strings, rows.options) {
                    let other = SafeName.sheet(visible[number].name, number: number + 1)
                    rows.warnings.append("\(other) has orders too and was not read")
                }
                return
            }
        }
        throw firstError
            ?? OrdersError(
                kind: .badData,
                what: "has no sheet with order columns in its first 10 rows; its sheets are "
                    + (visible.isEmpty ? "all hidden" : SafeName.sheets(visible.map(\.name))),
                remedy:
                    "name an order export with columns such as 主订单编号, 支付完成时间, 订单应付金额, or name yours with --map field=列名"
            )
    }

    /// Whether a sheet has order columns too; one that cannot be read has none.
    private func hasHeader(
        _ sheet: Workbook.Sheet, _ strings: borrowing SharedStrings, _ options: OrderDecodingOptions
    ) throws(OrdersError) -> Bool {
        var probe = OrderRows(options: options)
        probe.begin()
        var reader = SheetReader(try open(sheet.part), styles: WorkbookStyles(), is1904: false)
        reader.stopsAtHeader = true
        do throws(OrdersError) {
            try reader.read(strings: strings, into: &probe)
        } catch {
            return false
        }
        return probe.width > 0
    }

    private func workbook(_ part: String) throws(OrdersError) -> Workbook {
        var path = part.split(separator: "/").map(String.init)
        let name = path.popLast() ?? part
        let relations = (path + ["_rels", name + ".rels"]).joined(separator: "/")
        return try inPart(part) { (source) throws(OrdersError) in
            try Workbook(source, part: part, relations: try open(relations))
        }
    }

    private func sharedStrings(_ workbook: Workbook) throws(OrdersError) -> SharedStrings {
        guard let part = workbook.stringsPart else { return SharedStrings() }
        do throws(OrdersError) {
            return try SharedStrings.read(try open(part))
        } catch {
            throw error.inPlace(SafeName.shown(part))
        }
    }

    private func open(_ part: String) throws(OrdersError) -> ByteSource {
        guard let number = numbers[ArchiveContents.partName(part)] else {
            throw OrdersError(
                kind: .badData, what: "is a damaged workbook: it lacks the part \(SafeName.shown(part))",
                remedy: "open it in a spreadsheet program and save it again, or export it as CSV")
        }
        return try ByteOrigin.entry(of: origin, index: number).open()
    }

    private func inPart<Value>(
        _ part: String, _ body: (consuming ByteSource) throws(OrdersError) -> Value
    ) throws(OrdersError) -> Value {
        do throws(OrdersError) {
            return try body(try open(part))
        } catch {
            throw error.inPlace(SafeName.shown(part))
        }
    }
}
