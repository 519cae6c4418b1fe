/// What a value of the template format may look like: the source of the JSON Schema and of error messages.
package indirect enum ValueSchema: Hashable, Sendable {
    /// Text of at most so many characters.
    case text(maximum: Int)
    /// A number in a closed range; whole when `isWhole`.
    case number(minimum: Double?, maximum: Double?, isWhole: Bool)
    /// `true` or `false`.
    case boolean
    /// One of several words.
    case choice([String])
    /// Text in a form that a regular expression describes, with an example.
    case pattern(String, example: String)
    /// A list with so many values.
    case list(of: ValueSchema, minimum: Int, maximum: Int)
    /// A mapping with known keys.
    case object([FieldSchema])
    /// A mapping from names to values.
    case map(of: ValueSchema)
    /// Any of several forms.
    case anyOf([ValueSchema])
    /// A form with a name, written once.
    case named(String)
}

/// A key of a mapping in the template format.
package struct FieldSchema: Hashable, Sendable {
    /// The key.
    package let key: String
    /// What it is for, in one sentence.
    package let summary: String
    /// What its value looks like.
    package let schema: ValueSchema
    /// True when the mapping is wrong without it.
    package let isRequired: Bool

    package init(key: String, summary: String, schema: ValueSchema, isRequired: Bool = false) {
        (self.key, self.summary, self.schema, self.isRequired) = (key, summary, schema, isRequired)
    }
}
