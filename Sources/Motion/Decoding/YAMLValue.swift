/// A value of a template document and where it starts.
package struct YAMLValue: Hashable, Sendable {
    /// What it holds.
    package enum Content: Hashable, Sendable {
        /// A text, a number, a boolean or nothing; quoted ones are always text.
        case scalar(String, isQuoted: Bool)
        /// Values in order.
        case sequence([YAMLValue])
        /// Keys with values in the order of the document; no key occurs twice.
        case mapping([Entry])
    }

    /// A key with its value.
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let keyLine: Int
        package let keyColumn: Int
        package let value: YAMLValue
    }

    package let content: Content
    /// From 1.
    package let line: Int
    /// From 1, in characters.
    package let column: Int
    /// True when it came from a parameter: a user's text, in which nothing has a meaning.
    package let isParameter: Bool

    package init(_ content: Content, line: Int = 1, column: Int = 1, isParameter: Bool = false) {
        (self.content, self.line, self.column, self.isParameter) = (content, line, column, isParameter)
    }

    /// An unquoted empty scalar, `null` or `~`.
    package var isNull: Bool {
        if case .scalar(let text, false) = content { return text.isEmpty || text == "null" || text == "~" }
        return false
    }

    /// The entries of a mapping.
    package var entries: [Entry]? {
        if case .mapping(let entries) = content { return entries }
        return nil
    }

    /// The values of a sequence.
    package var elements: [YAMLValue]? {
        if case .sequence(let values) = content { return values }
        return nil
    }

    /// The text of a scalar.
    package var text: String? {
        if case .scalar(let text, _) = content { return text }
        return nil
    }

    /// The value at a key of a mapping.
    package subscript(key: String) -> YAMLValue? { entries?.first { $0.key == key }?.value }

    /// `a list of 3 values`, `text "…"`: the shape, for error messages.
    package var shape: String {
        switch content {
        case .scalar(let text, _): isNull ? "nothing" : "\"\(text.prefix(40))\""
        case .sequence(let values): "a list of \(values.count)"
        case .mapping(let entries):
            "a mapping (\(entries.prefix(3).map(\.key).joined(separator: ", "))\(entries.count > 3 ? ", …" : ""))"
        }
    }
}
