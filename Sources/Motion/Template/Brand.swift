/// What a shop's films have in common, whatever the template: name, logo, colours, fonts, wording, and the registered names that the
/// check of claims must let pass.
///
/// ```yaml
/// brand: 1
/// shop: 星河旗舰店
/// logo: logo.png
/// colors: {accent: "#ffc64a", wall: "#0f4c5c"}
/// fontFiles: [fonts/StarSans-Bold.otf]
/// fonts: {headline: Star Sans}
/// source: 抖音小店后台「星河旗舰店」订单
/// note: 范围：本店全部商品
/// claims: {allow: [{word: 完美日记, reason: 注册商标第 1234567 号}]}
/// ```
///
/// A template takes what it has a parameter for: `shop`, `logo`, a colour by its name, any other under `parameters`. Fonts need no parameter:
/// they stand in for the families that templates name.
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
    /// The picture that stands for the shop, and that the parameter `logo` gets.
    public let logo: File?
    /// Font files beside the brand, in front of all others.
    public let fontFiles: [File]
    /// Families that stand in for those of templates.
    public let fonts: [Font]
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
        /// The type that the parameter must have; nil: any that takes the text.
        public let kind: ParameterDefinition.Kind?
        /// Where the brand says it.
        public let place: Diagnostic.Place
    }

    /// A file beside the brand.
    public struct File: Hashable, Sendable {
        /// Its path, that of the brand's folder in front.
        public let path: String
        /// Where the brand says it.
        public let place: Diagnostic.Place
    }

    /// A family that stands in for another one.
    public struct Font: Hashable, Sendable {
        /// What it stands in for, in the words of the brand: a role or a family.
        public let name: String
        /// The family that it stands in for.
        public let replaced: String
        /// Its family.
        public let family: String
        /// Where the brand says it.
        public let place: Diagnostic.Place
    }

    /// What the bundled fonts are for in templates, so that a brand need not know their names.
    public enum FontRole: String, Hashable, Sendable, CaseIterable {
        /// Large words.
        case headline
        /// Small words, and whatever no other font can write.
        case body
        /// Figures of counters.
        case figures

        /// The family that templates name for it.
        public var family: String {
            switch self {
            case .headline: "Smiley Sans"
            case .body: "Noto Sans CJK SC"
            case .figures: "Bebas Neue"
            }
        }
    }

    /// Reads a document.
    ///
    /// - Parameter folder: where its files lie; nil: the folder of `file` as it is written.
    /// - Throws: `MotionError` (bad data) with everything that is wrong.
    public init(decoding bytes: [UInt8], file: String, folder: String? = nil) throws(MotionError) {
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
        let folder = folder.map { $0 + "/" } ?? file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        func beside(_ file: File) -> File { File(path: folder + file.path, place: file.place) }
        self.file = file
        logo = parts.logo.map(beside)
        fontFiles = parts.fontFiles.map(beside)
        values = parts.values + (logo.map { [Value(name: "logo", text: $0.path, kind: .image, place: $0.place)] } ?? [])
        (fonts, source, note, allowed) = (parts.fonts, parts.source, parts.note, parts.allowed)
    }

    /// Values of a template's parameters that the brand has something to say of.
    ///
    /// - Throws: `MotionError` (bad data) for a value of the wrong type or out of range.
    public func values(for template: Template) throws(MotionError) -> [String: ParameterValue] {
        var result: [String: ParameterValue] = [:]
        var problems: [Diagnostic] = []
        for value in values {
            guard let definition = template.parameters.first(where: { $0.name == value.name }) else { continue }
            if let kind = value.kind, kind != definition.kind {
                problems.append(
                    Diagnostic(
                        .type,
                        "parameter \"\(value.name)\" of this template is a \(definition.kind.rawValue), no \(kind.rawValue)",
                        hint: "give it a value under parameters", place: value.place))
                continue
            }
            do throws(MotionError) {
                result[value.name] = try definition.value(parsing: value.text)
            } catch {
                problems += error.diagnostics.map {
                    Diagnostic($0.code, $0.message, hint: $0.hint, place: value.place)
                }
            }
        }
        guard problems.isEmpty else { throw MotionError(.badData, problems) }
        return result
    }
}
