/// A text for people in Chinese and in English.
public struct LocalizedText: Hashable, Sendable {
    /// Chinese.
    public let chinese: String
    /// English.
    public let english: String

    /// Makes a text.
    public init(chinese: String, english: String) { (self.chinese, self.english) = (chinese, english) }

    /// Nothing.
    public static let empty = LocalizedText(chinese: "", english: "")

    private static let zh = Field("zh", ValueType<String>.text(maximum: 200), "Chinese.", isRequired: true)
    private static let en = Field("en", ValueType<String>.text(maximum: 200), "English.", isRequired: true)

    /// `{zh: …, en: …}`, or one text for both.
    package static let type = ValueType<LocalizedText>.either(
        ValueType<String>.text(maximum: 200).map { text, _, _ in LocalizedText(chinese: text, english: text) },
        orMapping: .object([zh.schema, en.schema]) { fields in
            guard let zh = fields.required(zh), let en = fields.required(en) else { return nil }
            return LocalizedText(chinese: zh, english: en)
        })
}
