/// Reads one sheet of a workbook (ECMA-376 part 1, 18.3) row by row into orders.
///
/// Rows and cells may be missing, and cells may or may not say where they are. References only number what is there: a cell
/// `XFD1048576` costs nothing, and is refused when it holds something.
struct SheetReader: ~Copyable {
    static let rowLimit = 1_048_576
    static let columnLimit = 16_384

    private enum Kind {
        case number, shared, inline, text, boolean, error
    }

    private let styles: WorkbookStyles
    private let is1904: Bool
    private var scanner: XMLScanner
    private var cells = CellRowBytes()
    private var builder = CellTextBuilder()
    private var value: ContiguousArray<UInt8> = []
    private var errorColumn: Int?
    private var row = 0
    /// Which columns are read once the header is known: those with a field, and the first, where rows of totals say what they are.
    private var isUsed: ContiguousArray<Bool> = []
    /// Whether the first column has a field.
    private var usesFirst = true
    /// Whether reading ends with the header, for those who only ask whether there is one.
    var stopsAtHeader = false

    init(_ source: consuming ByteSource, styles: WorkbookStyles, is1904: Bool, room: Int = 1 << 17) {
        scanner = XMLScanner(source, room: room)
        self.styles = styles
        self.is1904 = is1904
    }

    /// Reads every row.
    mutating func read(strings: borrowing SharedStrings, into rows: inout OrderRows) throws(OrdersError) {
        rows.is1904 = is1904
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start where scanner.isNamed("sheetData"):
                try readRows(strings, &rows)
                if stopsAtHeader { return }
            case .start where scanner.depth > 1: try scanner.skipElement()
            case .start:
                guard scanner.isNamed("worksheet") else { throw scanner.fault("it is no sheet") }
            case .end, .text: break
            }
        }
    }

    private mutating func readRows(_ strings: borrowing SharedStrings, _ rows: inout OrderRows) throws(OrdersError) {
        let outside = scanner.depth - 1
        while true {
            switch try scanner.next() {
            case .start where scanner.isNamed("row"):
                var number = row + 1
                if let reference = scanner.attribute(letter: UInt8(ascii: "r")) {
                    guard let given = SheetReader.number(reference), given > row else {
                        throw scanner.fault("a row that stands out of order")
                    }
                    number = given
                }
                guard number <= SheetReader.rowLimit else {
                    throw scanner.fault("a row beyond the \(SheetReader.rowLimit) that a sheet has")
                }
                row = number
                try readRow(strings, &rows)
                if isUsed.isEmpty, rows.width > 0 {
                    if stopsAtHeader { return }
                    isUsed = ContiguousArray((0..<rows.width).map { $0 == 0 || rows.isUsed($0) })
                    usesFirst = rows.isUsed(0)
                }
            case .start: try scanner.skipElement()
            case .end: if scanner.depth == outside { return }
            case .finish: return
            case .text: break
            }
        }
    }

    private mutating func readRow(_ strings: borrowing SharedStrings, _ rows: inout OrderRows) throws(OrdersError) {
        cells.removeAll()
        errorColumn = nil
        let outside = scanner.depth - 1
        let width = rows.width
        var column = 0
        while true {
            switch try scanner.next() {
            case .start where scanner.isNamed(letter: UInt8(ascii: "c")):
                if let reference = scanner.attribute(letter: UInt8(ascii: "r")) {
                    guard let given = SheetReader.column(reference, row: row), given >= column else {
                        throw scanner.fault("a cell that stands out of order")
                    }
                    column = given
                }
                guard column < SheetReader.columnLimit else {
                    throw scanner.fault("a cell beyond the \(SheetReader.columnLimit) columns that a sheet has")
                }
                try readCell(column, strings)
                column += 1
            case .start: try scanner.skipElement()
            case .end where scanner.depth == outside:
                cells.pad(to: width)
                try handOn(&rows)
                return
            case .finish: return
            case .end, .text: break
            }
        }
    }

    private func handOn(_ rows: inout OrderRows) throws(OrdersError) {
        guard !cells.isTooLong else {
            rows.reject(row: row, shape: "a row of more than 4 MiB", hint: "shorten its remarks")
            return
        }
        if let errorColumn {
            rows.reject(
                row: row, shape: "an error value such as #N/A in column \(SheetReader.letters(errorColumn))",
                hint: "correct its formula, or export again")
            return
        }
        try rows.take(cells.row(number: row))
    }

    // MARK: Cells

    /// Reads the cell that has just opened, and keeps it where it matters: in a header, or in a column that is used.
    private mutating func readCell(
        _ column: Int, _ strings: borrowing SharedStrings
    ) throws(OrdersError) {
        let kind = try kind()
        let isOther = column == 0 && !usesFirst
        guard column >= isUsed.count || isUsed[column], !isOther || kind == .shared || kind == .inline || kind == .text
        else {
            try scanner.skipElement()
            return
        }
        let style = scanner.attribute(letter: UInt8(ascii: "s")).flatMap(SheetReader.number) ?? 0
        value.removeAll(keepingCapacity: true)
        let outside = scanner.depth - 1
        reading: while true {
            switch try scanner.next() {
            case .start where scanner.isNamed(letter: UInt8(ascii: "v")) && kind != .inline:
                try readValue()
            case .start where kind == .inline && scanner.isNamed("is"):
                builder.removeAll()
                try builder.appendRuns(from: &scanner)
                builder.withText(limit: SharedStrings.textLimit) { value.append(contentsOf: $0) }
            case .start: try scanner.skipElement()
            case .end: if scanner.depth == outside { break reading }
            case .finish: return
            case .text: break
            }
        }
        guard !value.isEmpty else { return }
        try keep(column, kind, style, strings)
    }

    private mutating func readValue() throws(OrdersError) {
        let outside = scanner.depth - 1
        while true {
            switch try scanner.next() {
            case .text:
                let text = try scanner.text()
                guard value.count + text.count <= 1 << 17 else { throw scanner.fault("a value that is too long") }
                value.append(contentsOf: text)
            case .end: if scanner.depth == outside { return }
            case .start: try scanner.skipElement()
            case .finish: return
            }
        }
    }

    private func kind() throws(OrdersError) -> Kind {
        guard let type = scanner.attribute(letter: UInt8(ascii: "t")) else { return .number }
        if type.count == 1 {
            switch type[0] {
            case UInt8(ascii: "s"): return .shared
            case UInt8(ascii: "n"): return .number
            case UInt8(ascii: "b"): return .boolean
            case UInt8(ascii: "e"): return .error
            // An ISO 8601 moment, of the strict dialect.
            case UInt8(ascii: "d"): return .text
            default: break
            }
        }
        let word = String(decoding: type, as: UTF8.self)
        if word == "str" { return .text }
        if word == "inlineStr" { return .inline }
        throw scanner.fault("a cell of a kind that workbooks do not have")
    }

    private mutating func keep(
        _ column: Int, _ kind: Kind, _ style: Int, _ strings: borrowing SharedStrings
    ) throws(OrdersError) {
        guard column < CSVScanner.cellLimit else {
            throw OrdersError(
                kind: .badData, what: "row \(row) has more than \(CSVScanner.cellLimit) columns",
                remedy: "check that it is an order export")
        }
        cells.beginCell(column: column)
        // Safe: the value outlives the calls, which do not change it.
        let raw = value.withUnsafeBufferPointer { UnsafeBufferPointer(start: $0.baseAddress, count: $0.count) }
        switch kind {
        case .text, .inline: cells.append(raw)
        case .shared:
            guard let number = SheetReader.number(raw), let text = strings[number] else {
                throw scanner.fault("a cell of a text that the workbook does not have")
            }
            cells.append(text)
        case .number:
            guard let number = SpreadsheetNumber(raw) else {
                throw scanner.fault("a number that is none")
            }
            if styles.isMoment(style), number.writeMoment(is1904: is1904, into: &cells) { break }
            number.write(into: &cells)
        case .boolean: cells.append(raw.first == UInt8(ascii: "1") ? "TRUE" : "FALSE")
        case .error: errorColumn = errorColumn ?? column
        }
        cells.endCell()
    }

    // MARK: References

    /// A whole number of at most nine digits.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...9).contains(text.count) else { return nil }
        var value = 0
        for byte in text {
            guard byte &- 0x30 < 10 else { return nil }
            value = value * 10 + Int(byte &- 0x30)
        }
        return value
    }

    /// The column of `AB12`, from 0, in a row that must be this one.
    private static func column(_ reference: UnsafeBufferPointer<UInt8>, row: Int) -> Int? {
        var column = 0
        var index = 0
        while index < reference.count, reference[index] &- 0x41 < 26 {
            guard index < 3 else { return nil }
            column = column * 26 + Int(reference[index] &- 0x40)
            index += 1
        }
        guard index > 0, index < reference.count else { return nil }
        guard number(UnsafeBufferPointer(rebasing: reference[index...])) == row else { return nil }
        return column - 1
    }

    /// `AB` for 27.
    private static func letters(_ column: Int) -> String {
        var text = ""
        var rest = column + 1
        while rest > 0 {
            let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(truncatingIfNeeded: (rest - 1) % 26))
            text = String(Character(letter)) + text
            rest = (rest - 1) / 26
        }
        return text
    }
}
