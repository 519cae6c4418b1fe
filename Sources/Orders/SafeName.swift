/// Names of files and sheets that come from data, made fit for a message.
enum SafeName {
    static let characterLimit = 60

    /// The name in quotes, without control characters and what turns the direction of text, cut when it is long.
    static func shown(_ name: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                text.append("\u{FFFD}")
            default: text.append(scalar)
            }
            if text.count > 4 * characterLimit { break }
        }
        let shown = String(text)
        return "“" + (shown.count > characterLimit ? shown.prefix(characterLimit - 1) + "…" : shown) + "”"
    }

    /// Several names, at most eight of them.
    static func shown(_ names: [String]) -> String {
        listed(names.map { shown($0) })
    }

    /// A sheet by its name, or by its place, from 1, where the name may be a phone or an order: seven digits in a row.
    static func sheet(_ name: String, number: Int) -> String {
        hasLongNumber(name) ? "sheet \(number)" : "sheet " + shown(name)
    }

    /// A workbook's sheets, at most eight of them.
    static func sheets(_ names: [String]) -> String {
        listed(names.enumerated().map { hasLongNumber($0.element) ? "sheet \($0.offset + 1)" : shown($0.element) })
    }

    private static func listed(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }

    private static func hasLongNumber(_ name: String) -> Bool {
        var digits = 0
        for scalar in name.unicodeScalars {
            digits = scalar.properties.numericType == .decimal ? digits + 1 : 0
            if digits >= 7 { return true }
        }
        return false
    }
}
