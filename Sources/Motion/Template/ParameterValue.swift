public import Drawing

/// The value of a template's parameter.
public enum ParameterValue: Hashable, Sendable {
    /// Text, or one of the words of a choice.
    case text(String)
    /// A number.
    case number(Double)
    /// A colour.
    case color(Color)
    /// A picture: a file of the template's folder, or a path that the user gave; empty for none.
    case image(String)
    /// Yes or no.
    case boolean(Bool)

    /// The value as the document would write it.
    package var content: YAMLValue.Content {
        switch self {
        case .text(let text), .image(let text): .scalar(text, isQuoted: true)
        case .number(let number): .scalar(Scalar.text(number), isQuoted: false)
        case .color(let color): .scalar(color.hex, isQuoted: true)
        case .boolean(let flag): .scalar(flag ? "true" : "false", isQuoted: false)
        }
    }
}
