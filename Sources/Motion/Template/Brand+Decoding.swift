internal import Drawing

extension Brand {
    struct Parts: Sendable {
        var source, note: String?
        var logo: File?
        var fontFiles: [File] = []
        var fonts: [Font] = []
        var values: [Value] = []
        var allowed: [AllowedWord] = []
    }

    private static let version = Field(
        "brand", ValueType<Int>.whole(1...1), "The version of the format: 1.", isRequired: true)
    private static let shop = Field(
        "shop",
        ValueType<String>.text(maximum: 40).map { text, value, context in
            Value(name: "shop", text: text, kind: .text, place: context.place(of: value))
        }, "The shop's name.")
    private static let placedFile = ValueType<String>.file.map { path, value, context in
        File(path: path, place: context.place(of: value))
    }
    private static let logo = Field("logo", placedFile, "A picture beside this file: PNG, JPEG or WebP.")
    private static let fontFiles = Field(
        "fontFiles", ValueType<[File]>.list(of: placedFile, count: 0...32), "Font files beside this file.")
    private static let fonts = Field(
        "fonts", fontMap,
        "Families that stand in for those of templates, by role (headline, body, figures) or by the family's name.")
    private static let source = Field(
        "source", ValueType<String>.text(maximum: 100), "Where the data comes from, in the words of the disclosure.")
    private static let note = Field(
        "note", ValueType<String>.text(maximum: 100), "A sentence of the shop's own in every disclosure.")
    private static let colors = Field(
        "colors", named(ValueType<Color>.color, kind: .color) { $0.hex }, "Colours by parameter.")
    private static let parameters = Field(
        "parameters", named(ValueType<String>.text(maximum: 2000), kind: nil) { $0 },
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

    /// The keys of a brand.
    static let fields = [
        version.schema, shop.schema, logo.schema, colors.schema, fontFiles.schema, fonts.schema, parameters.schema,
        source.schema, note.schema, claims.schema,
    ]

    static let type = ValueType<Parts>.object(fields) { fields in
        guard fields.required(version) != nil else { return nil }
        var parts = Parts()
        (parts.source, parts.note) = (fields.optional(source), fields.optional(note))
        parts.logo = fields.optional(logo)
        parts.fontFiles = fields.value(fontFiles, default: [])
        parts.fonts = fields.value(fonts, default: [])
        parts.values = fields.value(colors, default: []) + fields.value(parameters, default: [])
        if let shop = fields.optional(shop) { parts.values.append(shop) }
        parts.allowed = fields.value(claims, default: [])
        return parts
    }

    /// A mapping from names of parameters to values.
    private static func named<Element>(
        _ element: ValueType<Element>, kind: ParameterDefinition.Kind?, text: @escaping @Sendable (Element) -> String
    ) -> ValueType<[Value]> {
        map(of: element) { name, found, place in Value(name: name, text: text(found), kind: kind, place: place) }
    }

    /// The families by what they stand in for; nothing has two.
    private static let fontMap = map(of: ValueType<String>.text(maximum: 100)) { name, family, place in
        Font(name: name, replaced: FontRole(rawValue: name)?.family ?? name, family: family, place: place)
    }.map { fonts, value, context -> [Font]? in
        for (number, font) in fonts.enumerated() {
            for other in fonts[..<number] where other.replaced.lowercased() == font.replaced.lowercased() {
                context.add(
                    Diagnostic(
                        .duplicateName, "\"\(other.name)\" and \"\(font.name)\" are the same font",
                        hint: "remove one of them", place: font.place))
            }
        }
        return fonts
    }

    private static func map<Element, Result>(
        of element: ValueType<Element>, _ make: @escaping @Sendable (String, Element, Diagnostic.Place) -> Result
    ) -> ValueType<[Result]> {
        ValueType<[Result]>(.map(of: element.schema)) { value, context in
            guard let entries = value.entries, entries.count <= 200 else {
                context.report(.type, "\(value.shape) where names are needed", hint: "write name: value", at: value)
                return nil
            }
            var results: [Result] = []
            for entry in entries {
                context.within(.key(entry.key)) {
                    guard let found = context.decode(entry.value, as: element) else { return }
                    results.append(make(entry.key, found, context.place(of: entry.value)))
                }
            }
            return results
        }
    }
}
