/// What went wrong with order data, where, and what to do about it; never holds a value from the data.
public struct OrdersError: Error, Hashable, Sendable {
    /// The class of a failure, which decides the exit code.
    public enum Kind: String, Hashable, Sendable {
        /// An argument such as a period or a column mapping is malformed (64).
        case usage
        /// The data itself is wrong (65).
        case badData
        /// The file is not there (66).
        case missingInput
        /// The file system said no (74).
        case inputOutput

        /// The exit code of sysexits.h.
        public var exitCode: Int32 {
            switch self {
            case .usage: 64
            case .badData: 65
            case .missingInput: 66
            case .inputOutput: 74
            }
        }
    }

    /// One cell or line that could not be read.
    public struct RowProblem: Hashable, Sendable, CustomStringConvertible {
        /// File or sheet, where the data has several.
        public let source: String?
        /// Line of the file on which the row starts, counted from 1 with the header.
        public let row: Int
        /// Column of the file by its header, key of a log line, or nil for the whole row.
        public let column: String?
        /// Byte column in the line, counted from 1, where known.
        public let position: Int?
        /// Shape of what stood there, such as `19 digits` or `text of 5 characters`: never the value.
        public let shape: String
        /// What to do.
        public let hint: String

        package init(
            row: Int, column: String?, position: Int? = nil, shape: String, hint: String, source: String? = nil
        ) {
            self.source = source
            self.row = row
            self.column = column
            self.position = position
            self.shape = shape
            self.hint = hint
        }

        /// `row 12, column 商品数量: empty; hint`.
        public var description: String {
            var place = (source.map { "\($0), " } ?? "") + "row \(row)"
            if let position { place += ":\(position)" }
            if let column { place += ", \(column)" }
            return "\(place): \(shape); \(hint)"
        }
    }

    /// The most row problems that are kept; the rest are only counted.
    public static let problemLimit = 20

    /// The class of the failure.
    public let kind: Kind
    /// What failed, in one clause.
    public let what: String
    /// What the user can do.
    public let remedy: String
    /// The file as the user named it, where there is one.
    public let file: String?
    /// Where in the file: the entry of an archive, the part or sheet of a workbook, from the outside in.
    public let place: String?
    /// The first ``problemLimit`` problems in file order.
    public let problems: [RowProblem]
    /// How many problems there are in all.
    public let problemCount: Int

    package init(
        kind: Kind, what: String, remedy: String, file: String? = nil, place: String? = nil,
        problems: [RowProblem] = [], problemCount: Int = 0
    ) {
        self.kind = kind
        self.what = what
        self.remedy = remedy
        self.file = file
        self.place = place
        self.problems = problems
        self.problemCount = problemCount
    }

    /// What to do about bad rows or lines.
    static func correction(of count: Int) -> String {
        let word = count == 1 ? "it" : "them"
        return "correct \(word), or leave \(word) out with --skip-bad-rows"
    }

    func inFile(_ name: String?) -> OrdersError {
        guard file == nil, let name else { return self }
        return OrdersError(
            kind: kind, what: what, remedy: remedy, file: name, place: place, problems: problems,
            problemCount: problemCount)
    }

    /// The error with the thing around its place named before it.
    func inPlace(_ outer: String) -> OrdersError {
        OrdersError(
            kind: kind, what: what, remedy: remedy, file: file, place: place.map { "\(outer), \($0)" } ?? outer,
            problems: problems, problemCount: problemCount)
    }
}

extension OrdersError: CustomStringConvertible {
    /// One line for the failure and its remedy, then one for each kept row problem.
    public var description: String {
        var lines = [
            [file, place].compactMap { $0 }.joined(separator: ", ") + (file == nil && place == nil ? "" : ": ") + what
                + "; " + remedy
        ]
        lines += problems.map { "  \($0)" }
        if problemCount > problems.count, !problems.isEmpty {
            lines.append("  … and \(problemCount - problems.count) more")
        }
        return lines.joined(separator: "\n")
    }
}
