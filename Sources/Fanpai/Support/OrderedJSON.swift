/// A JSON document whose keys stay in the order in which they were written, so that equal values give equal bytes.
public enum OrderedJSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A finite number, written with the fewest digits that give it back.
    case number(Double)
    /// A text.
    case text(String)
    /// A list.
    case array([OrderedJSON])
    /// Keys and values in order; no key twice.
    case object([Member])

    /// A key and its value.
    public struct Member: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The value.
        public let value: OrderedJSON
    }

    /// An object from a literal-like list; members whose value is nil are left out.
    public static func object(_ members: KeyValuePairs<String, OrderedJSON?>) -> OrderedJSON {
        .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
    }

    /// The document, indented by two spaces, with a line feed at the end.
    public var document: String {
        var text = ""
        write(to: &text, indent: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indent: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += "\(value)"
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .text(let value): Self.write(value, to: &text)
        case .array(let values):
            Self.write(values, brackets: ("[", "]"), to: &text, indent: indent) { value, text in
                value.write(to: &text, indent: indent + 1)
            }
        case .object(let members):
            Self.write(members, brackets: ("{", "}"), to: &text, indent: indent) { member, text in
                Self.write(member.key, to: &text)
                text += ": "
                member.value.write(to: &text, indent: indent + 1)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], brackets: (String, String), to text: inout String, indent: Int,
        each: (Element, inout String) -> Void
    ) {
        guard !elements.isEmpty else { return text += brackets.0 + brackets.1 }
        let pad = String(repeating: "  ", count: indent)
        text += brackets.0
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + pad + "  "
            each(element, &text)
        }
        text += "\n" + pad + brackets.1
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
