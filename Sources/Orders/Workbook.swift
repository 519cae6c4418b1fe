/// What a workbook's own part says: its sheets in order, and where days count from.
struct Workbook {
    struct Sheet {
        let name: String
        let isHidden: Bool
        /// The sheet's part.
        let part: String
    }

    static let sheetLimit = 1000

    private(set) var sheets: [Sheet] = []
    private(set) var is1904 = false
    private(set) var stringsPart: String?
    private(set) var stylesPart: String?

    /// The part of the workbook, by the package's relations.
    static func part(_ relations: consuming ByteSource) throws(OrdersError) -> String? {
        try readRelations(relations, base: "").first { $0.type.hasSuffix("/officeDocument") }?.target
    }

    init(
        _ source: consuming ByteSource, part: String, relations: consuming ByteSource
    ) throws(OrdersError) {
        let folder = part.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let relations = try Workbook.readRelations(relations, base: folder)
        stringsPart = relations.first { $0.type.hasSuffix("/sharedStrings") }?.target
        stylesPart = relations.first { $0.type.hasSuffix("/styles") }?.target
        let parts = Dictionary(
            relations.filter { $0.type.hasSuffix("/worksheet") }.map { ($0.id, $0.target) },
            uniquingKeysWith: { first, _ in first })
        var scanner = XMLScanner(source)
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start where scanner.isNamed("workbookPr"):
                let value = try scanner.attribute("date1904")
                is1904 = value == "1" || value == "true"
            case .start where scanner.isNamed("sheet"):
                let name = try scanner.attribute("name") ?? ""
                let state = try scanner.attribute("state")
                guard sheets.count < Workbook.sheetLimit else {
                    throw scanner.fault("more than \(Workbook.sheetLimit) sheets")
                }
                // Sheets of charts and macros have no cells.
                guard let id = try scanner.attribute("id"), let part = parts[id] else { break }
                sheets.append(Sheet(name: name, isHidden: state == "hidden" || state == "veryHidden", part: part))
            case .start, .end, .text: break
            }
        }
    }

    private struct Relation {
        let id: String
        let type: String
        let target: String
    }

    private static func readRelations(
        _ source: consuming ByteSource, base: String
    ) throws(OrdersError) -> [Relation] {
        var scanner = XMLScanner(source)
        var relations: [Relation] = []
        while true {
            switch try scanner.next() {
            case .finish: return relations
            case .start where scanner.isNamed("Relationship"):
                guard relations.count < 4 * sheetLimit else { throw scanner.fault("too many relations") }
                let id = try scanner.attribute("Id")
                let type = try scanner.attribute("Type")
                let target = try scanner.attribute("Target")
                let isOutside = try scanner.attribute("TargetMode") == "External"
                guard let id, let type, let target, !isOutside else { break }
                relations.append(Relation(id: id, type: type, target: resolved(target, base: base)))
            case .start, .end, .text: break
            }
        }
    }

    /// A target's part name: relative to a folder unless it begins with a slash.
    private static func resolved(_ target: String, base: String) -> String {
        var path = target.hasPrefix("/") || base.isEmpty ? [] : base.split(separator: "/")
        for step in target.split(separator: "/") {
            switch step {
            case ".": break
            case "..": _ = path.popLast()
            default: path.append(step)
            }
        }
        return path.joined(separator: "/")
    }
}
