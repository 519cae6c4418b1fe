/// Which cell styles of a workbook show a number as a moment (`xl/styles.xml`; ECMA-376 part 1, 18.8.30).
struct WorkbookStyles {
    private var isMomentByStyle: [Bool] = []

    /// Styles of a workbook that has none.
    init() {}

    func isMoment(_ style: Int) -> Bool {
        style < isMomentByStyle.count && isMomentByStyle[style]
    }

    static let formatLimit = 100_000

    init(_ source: consuming ByteSource) throws(OrdersError) {
        var scanner = XMLScanner(source)
        var customs: [Int: Bool] = [:]
        var isInCells = false
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start where scanner.isNamed("numFmt"):
                let id = try scanner.attribute("numFmtId")
                let code = try scanner.attribute("formatCode")
                guard let number = id.flatMap({ Int($0) }), let code, customs.count < WorkbookStyles.formatLimit else {
                    break
                }
                customs[number] = WorkbookStyles.showsMoment(code)
            case .start where scanner.isNamed("cellXfs"): isInCells = true
            case .start where scanner.isNamed("xf") && isInCells:
                let number = try scanner.attribute("numFmtId").flatMap { Int($0) } ?? 0
                guard isMomentByStyle.count < WorkbookStyles.formatLimit else {
                    throw scanner.fault("more than \(WorkbookStyles.formatLimit) cell styles")
                }
                isMomentByStyle.append(customs[number] ?? WorkbookStyles.isBuiltInMoment(number))
            case .end where scanner.isNamed("cellXfs"): isInCells = false
            case .start, .end, .text: break
            }
        }
    }

    /// Formats that files do not spell out: 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean editions.
    private static func isBuiltInMoment(_ number: Int) -> Bool {
        switch number {
        case 14...22, 27...36, 45...47, 50...58: true
        default: false
        }
    }

    /// Whether a format code holds a letter of date or time outside quotes, escapes and brackets: `yyyy"年"m"月"`, not `0.00"元"`.
    static func showsMoment(_ code: String) -> Bool {
        if code.lowercased() == "general" { return false }
        var isQuoted = false
        var isSkipped = false
        var bracket: String?
        for character in code {
            if isSkipped {
                isSkipped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if let inside = bracket {
                if character == "]" {
                    // `[h]` counts hours; `[Red]` and `[$-804]` do not.
                    if ["h", "hh", "m", "mm", "s", "ss"].contains(inside.lowercased()) { return true }
                    bracket = nil
                } else {
                    bracket = inside.utf8.count < 8 ? inside + String(character) : inside
                }
            } else {
                switch character {
                case "\"": isQuoted = true
                case "\\", "_", "*": isSkipped = true
                case "[": bracket = ""
                // What comes after is for negative numbers, which no moment is.
                case ";": return false
                case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S": return true
                default: break
                }
            }
        }
        return false
    }
}
