import Drawing

/// What a shop's films have in common, whatever the template: name, logo, colours, wording, and the registered names that the check of
/// claims must let pass.
///
/// ```yaml
/// brand: 1
/// shop: 星河旗舰店
/// logo: logo.png
/// colors: {accent: "#ffc64a", wall: "#0f4c5c"}
/// source: 抖音小店后台「星河旗舰店」订单
/// note: 范围：本店全部商品
/// claims: {allow: [{word: 完美日记, reason: 注册商标第 1234567 号}]}
/// ```
///
/// A template takes what it has a parameter for: `shop`, `logo`, a colour by its name, any other under `parameters`.
public struct Brand: Hashable, Sendable {
    /// A word that may stand in texts, and why.
    public struct AllowedWord: Hashable, Sendable {
        /// The word.
        public let word: String
        /// Why it is no claim: a trademark, a name.
        public let reason: String
    }

    /// The file as the user named it.
    public let file: String
    /// Values for parameters by name, as a user would write them.
    public let values: [Value]
    /// Where the data comes from, in the words of the disclosure.
    public let source: String?
    /// A sentence of the shop's own in every disclosure.
    public let note: String?
    /// Words that are no claims of this shop's.
    public let allowed: [AllowedWord]

    /// A value for a parameter.
    public struct Value: Hashable, Sendable {
        /// The parameter's name.
        public let name: String
        /// The value as text.
        public let text: String
    }

    /// Reads a document.
    ///
    /// - Throws: `MotionError` (bad data) with everything that is wrong.
    public init(decoding bytes: [UInt8], file: String) throws(MotionError) {
        let root = try bytes.span.withUnsafeBytes { (raw) throws(MotionError) in
            try YAMLReader.read(UnsafeRawBufferPointer(rebasing: raw[...]), file: file)
        }
        let context = DecodeContext(file: file)
        let parts = context.decode(root, as: Self.type)
        guard let parts, !context.hasErrors else {
            throw MotionError(
                .badData,
                context.diagnostics.isEmpty
                    ? [Diagnostic(.syntax, "the brand cannot be read", place: .init(file: file))] : context.diagnostics)
        }
        self.file = file
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        var values = parts.values
        if let shop = parts.shop { values.append(Value(name: "shop", text: shop)) }
        if let logo = parts.logo { values.append(Value(name: "logo", text: folder + logo)) }
        (self.values, source, note, allowed) = (values, parts.source, parts.note, parts.allowed)
    }

    /// Values of a template's parameters that the brand has something to say of.
    ///
    /// - Throws: `MotionError` (bad data) for a value of the wrong type or out of range.
    public func values(for template: Template) throws(MotionError) -> [String: ParameterValue] {
        var result: [String: ParameterValue] = [:]
        var problems: [Diagnostic] = []
        for value in values {
            guard let definition = template.parameters.first(where: { $0.name == value.name }) else { continue }
            do throws(MotionError) {
                result[value.name] = try definition.value(parsing: value.text)
            } catch {
                problems += error.diagnostics.map {
                    Diagnostic($0.code, $0.message, hint: $0.hint, place: .init(file: file, path: value.name))
                }
            }
        }
        guard problems.isEmpty else { throw MotionError(.badData, problems) }
        return result
    }

    private struct Parts {
        var shop, logo, source, note: String?
        var values: [Value] = []
        var allowed: [AllowedWord] = []
    }

    private static let version = Field(
        "brand", ValueType<Int>.whole(1...1), "The version of the format: 1.", isRequired: true)
    private static let shop = Field("shop", ValueType<String>.text(maximum: 40), "The shop's name.")
    private static let logo = Field("logo", ValueType<String>.file, "A picture beside this file.")
    private static let source = Field(
        "source", ValueType<String>.text(maximum: 100), "Where the data comes from, in the words of the disclosure.")
    private static let note = Field(
        "note", ValueType<String>.text(maximum: 100), "A sentence of the shop's own in every disclosure.")
    private static let colors = Field("colors", named(ValueType<Color>.color) { $0.hex }, "Colours by parameter.")
    private static let parameters = Field(
        "parameters", named(ValueType<String>.text(maximum: 2000)) { $0 },
        "Values of other parameters, as --set takes them.")
    private static let word = Field("word", ValueType<String>.text(maximum: 40), "The word.", isRequired: true)
    private static let reason = Field(
        "reason", ValueType<String>.text(maximum: 200), "Why it is no claim, for whoever asks.", isRequired: true)
    private static let allow = Field(
        "allow",
        ValueType<[AllowedWord]>.list(
            of: .object([word.schema, reason.schema]) { fields in
                guard let word = fields.required(word), let reason = fields.required(reason) else { return nil }
                guard !word.isEmpty, !reason.isEmpty else {
                    fields.report(.range, "a word without a reason", hint: "write both", at: Self.word)
                    return nil
                }
                return AllowedWord(word: word, reason: reason)
            }, count: 0...200), "Words that the check of claims lets pass.")
    private static let claims = Field(
        "claims", ValueType<[AllowedWord]>.object([allow.schema]) { $0.value(allow, default: []) },
        "What texts may say.")

    private static let type = ValueType<Parts>.object([
        version.schema, shop.schema, logo.schema, colors.schema, parameters.schema, source.schema, note.schema,
        claims.schema,
    ]) { fields in
        guard fields.required(version) != nil else { return nil }
        var parts = Parts()
        (parts.shop, parts.logo) = (fields.optional(shop), fields.optional(logo))
        (parts.source, parts.note) = (fields.optional(source), fields.optional(note))
        parts.values = fields.value(colors, default: []) + fields.value(parameters, default: [])
        parts.allowed = fields.value(claims, default: [])
        return parts
    }

    /// A mapping from names of parameters to values.
    private static func named<Element>(
        _ element: ValueType<Element>, text: @escaping @Sendable (Element) -> String
    ) -> ValueType<[Value]> {
        ValueType<[Value]>(.map(of: element.schema)) { value, context in
            guard let entries = value.entries, entries.count <= 200 else {
                context.report(.type, "\(value.shape) where names are needed", hint: "write name: value", at: value)
                return nil
            }
            var values: [Value] = []
            for entry in entries {
                context.within(.key(entry.key)) {
                    if let found = context.decode(entry.value, as: element) {
                        values.append(Value(name: entry.key, text: text(found)))
                    }
                }
            }
            return values
        }
    }
}
