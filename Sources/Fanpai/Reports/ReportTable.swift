/// A table with a heading that fits a terminal: where room is short, columns are left out and texts are cut.
struct ReportTable {
    struct Column {
        let title: String
        /// Numbers stand right; the one column of texts stands left, and is cut when it must be.
        var isText = false
        /// Columns of the highest rank are left out first; 0 always stays.
        var rank = 0
    }

    struct Row {
        let cells: [String]
        /// What the row's bar stands for, as part of the largest of all rows.
        var bar: Int64?
    }

    let columns: [Column]
    var rows: [Row] = []

    private static let indent = 2
    private static let gap = 2
    private static let leastText = 10
    private static let leastBar = 6
    private static let longestBar = 24

    /// Heading and rows, each a line of at most `width` columns.
    func text(width: Int) -> String {
        let wanted = columns.indices.map { column in
            max(
                TextTable.width(of: columns[column].title),
                rows.map { TextTable.width(of: $0.cells[column]) }.max() ?? 0)
        }
        func least(_ column: Int) -> Int {
            columns[column].isText ? min(wanted[column], ReportTable.leastText) : wanted[column]
        }
        func used(_ shown: [Int], _ width: (Int) -> Int) -> Int {
            shown.reduce(ReportTable.indent - ReportTable.gap) { $0 + ReportTable.gap + width($1) }
        }
        var shown = Array(columns.indices)
        while used(shown, least) > width, let last = shown.max(by: { columns[$0].rank < columns[$1].rank }),
            columns[last].rank > 0
        { shown.removeAll { $0 == last } }

        var widths = wanted
        if let text = shown.first(where: { columns[$0].isText }) {
            let room = width - used(shown.filter { $0 != text }, { wanted[$0] }) - ReportTable.gap
            widths[text] = max(4, min(wanted[text], room))
        }
        let rest = min(width - used(shown) { widths[$0] } - ReportTable.gap, ReportTable.longestBar)
        let largest = rows.compactMap(\.bar).max() ?? 0
        var result = line(columns.map(\.title), shown, widths) + "\n"
        for row in rows {
            var text = line(row.cells, shown, widths)
            if rest >= ReportTable.leastBar, let bar = row.bar, bar > 0, largest > 0 {
                // What is more than nothing gets a mark.
                let length = max(1, Int(Int128(bar) * Int128(rest) / Int128(largest)))
                text += String(repeating: " ", count: used(shown, { widths[$0] }) - TextTable.width(of: text))
                text += String(repeating: " ", count: ReportTable.gap) + String(repeating: "#", count: length)
            }
            result += text + "\n"
        }
        return result
    }

    private func line(_ cells: [String], _ shown: [Int], _ widths: [Int]) -> String {
        var text = String(repeating: " ", count: ReportTable.indent)
        for (position, column) in shown.enumerated() {
            let cell = TextTable.fitted(cells[column], width: widths[column])
            let pad = String(repeating: " ", count: widths[column] - TextTable.width(of: cell))
            if position > 0 { text += String(repeating: " ", count: ReportTable.gap) }
            text += columns[column].isText ? cell + pad : pad + cell
        }
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
