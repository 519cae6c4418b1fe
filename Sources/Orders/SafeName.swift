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
        let rest = names.count > 8 ? " and \(names.count - 8) more" : ""
        return names.prefix(8).map { shown($0) }.joined(separator: ", ") + rest
    }
}
