/// How a value of the template format is read, together with its schema: one source for decoder and documentation.
package struct ValueType<Value: Sendable>: Sendable {
    /// What it looks like.
    package let schema: ValueSchema
    /// Reads it; reports what is wrong and returns nil then. Call it through `DecodeContext.decode`.
    package let read: @Sendable (YAMLValue, DecodeContext) -> Value?

    package init(_ schema: ValueSchema, read: @escaping @Sendable (YAMLValue, DecodeContext) -> Value?) {
        (self.schema, self.read) = (schema, read)
    }

    /// The same form read as something else; `transform` reports what is wrong and returns nil then.
    package func map<Other>(
        _ transform: @escaping @Sendable (Value, YAMLValue, DecodeContext) -> Other?
    ) -> ValueType<Other> {
        let read = read
        return ValueType<Other>(schema) { value, context in
            read(value, context).flatMap { transform($0, value, context) }
        }
    }
}

/// A key of a mapping with the type of its value. Declare each as a `static let` and list its `schema` in the mapping's fields.
package struct Field<Value: Sendable>: Sendable {
    /// The key.
    package let key: String
    /// How its value is read.
    package let type: ValueType<Value>
    /// What documentation says about it.
    package let schema: FieldSchema

    package init(_ key: String, _ type: ValueType<Value>, _ summary: String, isRequired: Bool = false) {
        self.key = key
        self.type = type
        schema = FieldSchema(key: key, summary: summary, schema: type.schema, isRequired: isRequired)
    }
}

/// Reads the keys of one mapping. Unknown keys were reported when it was made.
package struct FieldDecoder {
    /// The mapping.
    package let value: YAMLValue
    /// Where problems go, and what names mean.
    package let context: DecodeContext

    /// Opens a mapping; nil (and reported) when it is none. Keys that are not among `fields` are reported with the nearest that is.
    package init?(_ value: YAMLValue, fields: [FieldSchema], in context: DecodeContext) {
        guard let entries = value.entries else {
            context.report(
                .type, "\(value.shape) where a mapping is needed",
                hint: "write keys such as \(fields.prefix(3).map(\.key).joined(separator: ", "))", at: value)
            return nil
        }
        self.value = value
        self.context = context
        let names = fields.map(\.key)
        for entry in entries where !names.contains(entry.key) {
            context.report(
                .unknownKey, "unknown key \"\(entry.key.prefix(60))\"",
                hint: Suggestion.hint(for: entry.key, among: names), line: entry.keyLine, column: entry.keyColumn,
                appending: entry.key)
        }
    }

    /// True when the key is there.
    package func has<Value>(_ field: Field<Value>) -> Bool { value[field.key] != nil }

    /// The value at a key; nil when it is missing or wrong (then reported).
    package func optional<Value>(_ field: Field<Value>) -> Value? {
        guard let found = value[field.key] else { return nil }
        return context.within(.key(field.key)) { context.decode(found, as: field.type) }
    }

    /// The value at a key, or `fallback` when it is missing or wrong (then reported).
    package func value<Value>(_ field: Field<Value>, default fallback: @autoclosure () -> Value) -> Value {
        optional(field) ?? fallback()
    }

    /// The value at a key; nil, and reported, when it is missing or wrong.
    package func required<Value>(_ field: Field<Value>) -> Value? {
        if value[field.key] == nil {
            context.report(
                .missingKey, "key \"\(field.key)\" is missing", hint: field.schema.summary, at: value)
            return nil
        }
        return optional(field)
    }

    /// Reports a problem with the value at a key, or with the mapping when the key is missing.
    package func report<Value>(
        _ code: Diagnostic.Code, _ message: String, hint: String = "", at field: Field<Value>,
        severity: Diagnostic.Severity = .error
    ) {
        context.within(.key(field.key)) {
            context.report(code, message, hint: hint, at: value[field.key] ?? value, severity: severity)
        }
    }
}
