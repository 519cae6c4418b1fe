internal import Drawing

/// A typed parameter of a template.
public struct ParameterDefinition: Hashable, Sendable {
    /// The types.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Text of a largest length.
        case text
        /// A number in a range.
        case number
        /// A colour.
        case color
        /// One of several words.
        case choice
        /// A picture; an empty text is none.
        case image
        /// Yes or no.
        case boolean
    }

    /// Its name: `--set name=value`, `{name}` in texts, `$name` as a value.
    public let name: String
    /// Its type.
    public let kind: Kind
    /// The value that it has unless another is given.
    public let fallback: ParameterValue
    /// What people call it.
    public let title: LocalizedText
    /// The smallest number.
    public let minimum: Double?
    /// The largest number.
    public let maximum: Double?
    /// The most characters of a text.
    public let length: Int
    /// The words of a choice.
    public let choices: [String]

    /// Reads a value from a command line.
    ///
    /// - Throws: `MotionError` (usage) when it is of the wrong type or out of range.
    public func value(parsing text: String) throws(MotionError) -> ParameterValue {
        func failure(_ code: Diagnostic.Code, _ message: String, _ hint: String) -> MotionError {
            MotionError(
                .usage,
                [Diagnostic(code, "parameter \"\(name)\": \(message)", hint: hint, place: .init(file: "--set \(name)"))]
            )
        }
        let shown = "\"\(text.prefix(40))\""
        switch kind {
        case .text:
            let count = text.unicodeScalars.count
            guard count <= length else {
                throw failure(.range, "the text has \(count) characters", "write at most \(length)")
            }
            if let scalar = text.unicodeScalars.first(where: Self.isUnwritable) {
                throw failure(
                    .type, "the text has the control character U+\(String(scalar.value, radix: 16, uppercase: true))",
                    "remove it; \\n in a text breaks the line")
            }
            guard text.isEmpty || text.unicodeScalars.contains(where: Self.isInk) else {
                throw failure(.type, "the text has nothing to draw", "write letters, or leave it empty")
            }
            return .text(text)
        case .image:
            guard text.utf8.count <= 1000 else {
                throw failure(.file, "the path has \(text.utf8.count) bytes", "write at most 1000")
            }
            return .image(text)
        case .number:
            guard let number = Scalar.number(text) else {
                throw failure(.type, "\(shown) is no number", "write a number such as 1.5")
            }
            guard number >= minimum ?? number, number <= maximum ?? number else {
                throw failure(.range, "\(shown) is out of range", "write a number \(rangeText)")
            }
            return .number(number)
        case .color:
            guard let color = Color(hex: text) else {
                throw failure(.type, "\(shown) is no colour", "write #rrggbb or #rrggbbaa")
            }
            return .color(color)
        case .choice:
            guard choices.contains(text) else {
                throw failure(.type, "\(shown) is not possible", Suggestion.hint(for: text, among: choices))
            }
            return .text(text)
        case .boolean:
            switch text {
            case "true", "yes", "1": return .boolean(true)
            case "false", "no", "0": return .boolean(false)
            default: throw failure(.type, "\(shown) is neither true nor false", "write true or false")
            }
        }
    }

    /// Controls that draw nothing, and those that turn text round (UAX 9): they make a text say what it does not show.
    private static func isUnwritable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func isInk(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private var rangeText: String {
        switch (minimum, maximum) {
        case (let low?, let high?): "from \(Scalar.text(low)) to \(Scalar.text(high))"
        case (let low?, nil): "of at least \(Scalar.text(low))"
        case (nil, let high?): "of at most \(Scalar.text(high))"
        default: "such as 1.5"
        }
    }
}

extension ParameterDefinition {
    private static let type = Field("type", ValueType<Kind>.choice, "What kind of value it takes.", isRequired: true)
    private static let standard = Field(
        "default",
        ValueType<YAMLValue>(
            .anyOf([.text(maximum: 2000), .number(minimum: nil, maximum: nil, isWhole: false), .boolean])
        ) { value, _ in value },
        "The value that it has unless another is given.", isRequired: true)
    private static let title = Field("title", LocalizedText.type, "What people call it.")
    private static let minimum = Field("minimum", ValueType<Double>.number(-1e9...1e9), "The smallest number.")
    private static let maximum = Field("maximum", ValueType<Double>.number(-1e9...1e9), "The largest number.")
    private static let length = Field("length", ValueType<Int>.whole(1...2000), "The most characters of a text.")
    private static let choices = Field(
        "choices", ValueType<[String]>.list(of: .text(maximum: 100), count: 1...100), "The words of a choice.")
    package static let fields = [
        type.schema, standard.schema, title.schema, minimum.schema, maximum.schema, length.schema, choices.schema,
    ]

    /// Reads the mapping from names to parameters, in order of the document.
    package static let map = ValueType<[ParameterDefinition]>(.map(of: .object(fields))) { value, context in
        guard let entries = value.entries, entries.count <= 200 else {
            context.report(
                .type, "\(value.shape) where parameters are needed", hint: "write title: {type: text, default: …}",
                at: value)
            return nil
        }
        var result: [ParameterDefinition] = []
        for entry in entries {
            context.within(.key(entry.key)) {
                guard Name.isValid(entry.key) else {
                    context.report(
                        .type, "\"\(entry.key.prefix(60))\" cannot name a parameter",
                        hint: "write letters, digits, - and _, starting with a letter", at: entry.value)
                    return
                }
                if let parameter = read(entry.key, entry.value, context) { result.append(parameter) }
            }
        }
        return result
    }

    private static func read(_ name: String, _ value: YAMLValue, _ context: DecodeContext) -> ParameterDefinition? {
        guard let fields = FieldDecoder(value, fields: fields, in: context), let kind = fields.required(type),
            let given = fields.required(standard)
        else { return nil }
        let definition = ParameterDefinition(
            name: name, kind: kind, fallback: .boolean(false), title: fields.value(title, default: .empty),
            minimum: fields.optional(minimum), maximum: fields.optional(maximum),
            length: fields.value(length, default: 200), choices: fields.value(choices, default: []))
        if let low = definition.minimum, let high = definition.maximum, low > high {
            fields.report(.range, "minimum is above maximum", hint: "swap them", at: minimum)
            return nil
        }
        if kind == .choice, definition.choices.isEmpty {
            context.report(.missingKey, "a choice needs its words", hint: "write choices: [a, b]", at: value)
            return nil
        }
        guard let text = given.text else {
            fields.report(.type, "\(given.shape) cannot be a parameter's value", hint: "write one value", at: standard)
            return nil
        }
        do throws(MotionError) {
            let fallback = try definition.value(parsing: text)
            return ParameterDefinition(
                name: name, kind: kind, fallback: fallback, title: definition.title, minimum: definition.minimum,
                maximum: definition.maximum, length: definition.length, choices: definition.choices)
        } catch {
            for problem in error.diagnostics {
                fields.report(problem.code, problem.message, hint: problem.hint, at: standard)
            }
            return nil
        }
    }
}
