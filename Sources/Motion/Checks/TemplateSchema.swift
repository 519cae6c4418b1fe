/// The JSON Schema (draft 2020-12) of the template format, from the very tables that decode it.
public enum TemplateSchema {
    /// The schema as indented JSON with keys in a fixed order.
    public static var text: String {
        var writer = JSONWriter(hasParameters: true)
        writer.object { json in
            json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
            json.member("$id", "https://fanpai.invalid/template-\(Template.version).json")
            json.member("title", "Fanpai template")
            json.members(of: .object(Template.fields))
            json.key("$defs")
            json.object { json in
                json.key("parameter")
                json.object { json in
                    json.member("description", "The value of a parameter.")
                    json.member("type", "string")
                    json.member("pattern", "^\\$[A-Za-z_][A-Za-z0-9_-]{0,63}$")
                }
                json.key("element")
                json.object { json in
                    json.key("oneOf")
                    json.array(ElementRegistry.all) { json, kind in
                        json.object { json in json.member("$ref", "#/$defs/element-\(kind.name)") }
                    }
                }
                for kind in ElementRegistry.all {
                    json.key("element-\(kind.name)")
                    json.object { json in
                        json.member("description", kind.summary)
                        json.members(of: .object(Placement.fields + kind.fields), constants: ["type": kind.name])
                    }
                }
                json.writeForms()
            }
        }
        return writer.text + "\n"
    }
}

/// The JSON Schema (draft 2020-12) of `brand.yaml`, from the table that decodes it.
public enum BrandSchema {
    /// The schema as indented JSON with keys in a fixed order.
    public static var text: String {
        var writer = JSONWriter(hasParameters: false)
        writer.object { json in
            json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
            json.member("$id", "https://fanpai.invalid/brand-1.json")
            json.member("title", "Fanpai brand")
            json.members(of: .object(Brand.fields))
            json.key("$defs")
            json.object { $0.writeForms() }
        }
        return writer.text + "\n"
    }
}

/// Writes JSON with two spaces a level.
private struct JSONWriter {
    private(set) var text = ""
    /// Whether a parameter may stand for any value, and a value for each layout.
    private let hasParameters: Bool
    private var depth = 0
    private var isFirst = true
    /// Forms that are written once, in the order in which they were met.
    private var forms: [ValueSchema] = []
    private var names: [ValueSchema: String] = [:]
    /// Keys that are written once, in the order in which they were met.
    private var fields: [FieldSchema] = []
    private var fieldNames: [FieldSchema: String] = [:]

    init(hasParameters: Bool) { self.hasParameters = hasParameters }

    mutating func object(_ body: (inout JSONWriter) -> Void) { enclosed("{", "}", body) }

    mutating func array<Element>(_ elements: [Element], _ body: (inout JSONWriter, Element) -> Void) {
        enclosed("[", "]") { json in
            for element in elements {
                json.separate()
                body(&json, element)
            }
        }
    }

    mutating func key(_ key: String) {
        separate()
        text += Self.quoted(key) + ": "
    }

    mutating func member(_ key: String, _ value: String) {
        self.key(key)
        text += Self.quoted(value)
    }

    mutating func member(_ key: String, raw value: String) {
        self.key(key)
        text += value
    }

    /// The members that describe a value.
    mutating func members(of schema: ValueSchema, constants: [String: String] = [:]) {
        switch schema {
        case .text(let maximum):
            member("type", "string")
            member("maxLength", raw: "\(maximum)")
        case .number(let minimum, let maximum, let isWhole):
            member("type", isWhole ? "integer" : "number")
            if let minimum { member("minimum", raw: Scalar.text(minimum)) }
            if let maximum { member("maximum", raw: Scalar.text(maximum)) }
        case .boolean: member("type", "boolean")
        case .choice(let words):
            key("enum")
            array(words) { json, word in json.text += Self.quoted(word) }
        case .pattern(let pattern, let example):
            key("type")
            array(["string", "integer"]) { json, word in json.text += Self.quoted(word) }
            member("pattern", pattern)
            key("examples")
            array([example]) { json, word in json.text += Self.quoted(word) }
        case .list(let element, let minimum, let maximum):
            member("type", "array")
            key("items")
            value(element)
            member("minItems", raw: "\(minimum)")
            member("maxItems", raw: "\(maximum)")
        case .object(let fields):
            member("type", "object")
            member("additionalProperties", raw: "false")
            let required = fields.filter(\.isRequired).map(\.key)
            if !required.isEmpty {
                key("required")
                array(required) { json, word in json.text += Self.quoted(word) }
            }
            key("properties")
            object { json in
                for field in fields {
                    json.key(field.key)
                    if let constant = constants[field.key] {
                        json.object { json in json.member("const", constant) }
                    } else {
                        json.field(field)
                    }
                }
            }
        case .map(let element):
            member("type", "object")
            key("additionalProperties")
            value(element)
        case .anyOf(let forms):
            key("anyOf")
            array(forms) { json, form in json.form(form) }
        case .named(let name): member("$ref", "#/$defs/\(name)")
        }
    }

    /// A value, or a parameter instead of it.
    private mutating func value(_ schema: ValueSchema) {
        guard hasParameters else { return form(schema) }
        object { json in
            json.key("anyOf")
            json.enclosed("[", "]") { json in
                json.separate()
                json.form(schema)
                json.separate()
                json.object { $0.member("$ref", "#/$defs/parameter") }
            }
        }
    }

    /// A key by reference: the keys of every element and every text are written once.
    private mutating func field(_ field: FieldSchema) {
        let name = fieldNames[field] ?? "key-\(fields.count + 1)"
        if fieldNames[field] == nil {
            fieldNames[field] = name
            fields.append(field)
        }
        object { $0.member("$ref", "#/$defs/\(name)") }
    }

    /// A key's value, a parameter instead of it, or one value for each layout.
    private mutating func define(_ field: FieldSchema) {
        object { json in
            json.member("description", field.summary)
            guard json.hasParameters else { return json.members(of: field.schema) }
            json.key("anyOf")
            json.enclosed("[", "]") { json in
                json.separate()
                json.form(field.schema)
                json.separate()
                json.object { $0.member("$ref", "#/$defs/parameter") }
                json.separate()
                json.object { json in
                    json.member("description", "One value for each layout.")
                    json.member("type", "object")
                    json.key("additionalProperties")
                    json.value(field.schema)
                }
            }
        }
    }

    /// A simple form as it is, any other by reference: forms hold forms, and written out they would be megabytes.
    private mutating func form(_ schema: ValueSchema) {
        switch schema {
        case .text, .number, .boolean, .named: object { $0.members(of: schema) }
        case .choice, .pattern, .list, .object, .map, .anyOf:
            let name = names[schema] ?? "form-\(forms.count + 1)"
            if names[schema] == nil {
                names[schema] = name
                forms.append(schema)
            }
            object { $0.member("$ref", "#/$defs/\(name)") }
        }
    }

    /// Writes the keys and forms that were referred to, and those that they refer to.
    mutating func writeForms() {
        var (nextField, next) = (0, 0)
        while nextField < fields.count || next < forms.count {
            if nextField < fields.count {
                key("key-\(nextField + 1)")
                define(fields[nextField])
                nextField += 1
            } else {
                key("form-\(next + 1)")
                let schema = forms[next]
                object { $0.members(of: schema) }
                next += 1
            }
        }
    }

    private mutating func enclosed(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
        text += open
        depth += 1
        isFirst = true
        body(&self)
        depth -= 1
        if !isFirst { text += "\n" + String(repeating: "  ", count: depth) }
        text += close
        isFirst = false
    }

    private mutating func separate() {
        text += (isFirst ? "\n" : ",\n") + String(repeating: "  ", count: depth)
        isFirst = false
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default:
                if scalar.value < 32 {
                    result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
