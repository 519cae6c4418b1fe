import Foundation
import Motion
import Testing

@Suite struct SchemaTests {
    private static func schema() throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(TemplateSchema.text.utf8)) as? [String: Any])
    }

    @Test func isJSONWithEveryElement() throws {
        let schema = try Self.schema()
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let definitions = try #require(schema["$defs"] as? [String: Any])
        for kind in ElementRegistry.all { #expect(definitions["element-\(kind.name)"] != nil) }
        // Editors read it whole for every keystroke.
        #expect(TemplateSchema.text.utf8.count < 300_000, "\(TemplateSchema.text.utf8.count) bytes")
        print("template schema: \(TemplateSchema.text.utf8.count) bytes")
    }

    @Test func theBrandHasASchema() throws {
        let root = try #require(
            JSONSerialization.jsonObject(with: Data(BrandSchema.text.utf8)) as? [String: Any])
        let validator = SchemaValidator(root: root)
        func problems(_ text: String) throws -> [String] {
            let value = try Array(text.utf8).withUnsafeBytes { try YAMLReader.read($0, file: "b") }
            return validator.problems(value, root, path: "b")
        }
        let good = """
            brand: 1
            shop: 星河旗舰店
            logo: logo.png
            colors: {accent: "#ffd166"}
            fontFiles: [a.otf]
            fonts: {headline: Star Sans}
            parameters: {headline: 晚安}
            source: 后台
            note: 全部商品
            claims: {allow: [{word: 顶级, reason: 商标}]}
            """
        #expect(try problems(good).isEmpty)
        for bad in ["shop: x", "brand: 1\nlogos: a", "brand: 1\ncolors: {a: red}", "brand: 1\nfonts: {a: [b]}"] {
            #expect(try !problems(bad).isEmpty, "\(bad)")
        }
        // No parameter and no layout stands for a value here.
        #expect(!BrandSchema.text.contains("parameter\""))
    }

    @Test func everyTemplateValidates() throws {
        let folder = Checkout.path + "/Templates"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names.contains("three-beats"))
        let validator = SchemaValidator(root: try Self.schema())
        for name in names {
            let bytes = try TestTemplate.bytes(of: "Templates/\(name)/template.yaml")
            let value = try bytes.withUnsafeBytes { try YAMLReader.read($0, file: name) }
            let problems = validator.problems(value, validator.root, path: name)
            #expect(problems.isEmpty, "\(problems)")
        }
    }

    @Test func refusesWhatTheDecoderRefuses() throws {
        let validator = SchemaValidator(root: try Self.schema())
        for text in [
            "fanpai: 1\nlayouts: {a: {size: [100, 100]}}\nscenes: [{id: s, duration: 1s, elements: [{type: text, txt: x}]}]",
            "fanpai: 1\nlayouts: {a: {size: [100, 100]}}",
            "fanpai: 1\nlayouts: {a: {size: [100]}}\nscenes: [{id: s, duration: 1s, elements: []}]",
        ] {
            let value = try Array(text.utf8).withUnsafeBytes { try YAMLReader.read($0, file: "t") }
            #expect(!validator.problems(value, validator.root, path: "").isEmpty)
        }
    }

    @Test func noKindHasAKeyThatAllElementsHave() {
        let common = Set(Placement.fields.map(\.key))
        for kind in ElementRegistry.all {
            let keys = kind.fields.map(\.key)
            #expect(common.isDisjoint(with: keys), "\(kind.name)")
            #expect(Set(keys).count == keys.count, "\(kind.name)")
        }
    }
}

/// As much of JSON Schema as the template schema uses.
private struct SchemaValidator {
    let root: [String: Any]

    func problems(_ value: YAMLValue, _ schema: [String: Any], path: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
                return ["\(path): no definition \(name)"]
            }
            return problems(value, target, path: path)
        }
        var found: [String] = []
        for keyword in ["anyOf", "oneOf"] {
            guard let forms = schema[keyword] as? [[String: Any]] else { continue }
            let results = forms.map { problems(value, $0, path: path) }
            let passed = results.filter(\.isEmpty).count
            if keyword == "anyOf" ? passed == 0 : passed != 1 {
                found.append("\(path): \(passed) of \(keyword); \(results.min { $0.count < $1.count } ?? [])")
            }
        }
        if let constant = schema["const"] as? String, value.text != constant {
            found.append("\(path): not \(constant)")
        }
        if let words = schema["enum"] as? [String], !words.contains(value.text ?? "\u{0}") {
            found.append("\(path): not one of \(words)")
        }
        let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { matches(value, type: $0) }) {
            found.append("\(path): not \(types)")
        }
        if let number = Scalar.number(value) {
            if let least = schema["minimum"] as? Double, number < least { found.append("\(path): below \(least)") }
            if let most = schema["maximum"] as? Double, number > most { found.append("\(path): above \(most)") }
        }
        if let pattern = schema["pattern"] as? String, let text = value.text,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(path): does not match \(pattern)")
        }
        if let elements = value.elements {
            if let least = schema["minItems"] as? Int, elements.count < least { found.append("\(path): too few") }
            if let most = schema["maxItems"] as? Int, elements.count > most { found.append("\(path): too many") }
            if let items = schema["items"] as? [String: Any] {
                for (index, element) in elements.enumerated() {
                    found += problems(element, items, path: "\(path)[\(index)]")
                }
            }
        }
        if let entries = value.entries {
            let properties = schema["properties"] as? [String: Any] ?? [:]
            for entry in entries {
                if let property = properties[entry.key] as? [String: Any] {
                    found += problems(entry.value, property, path: "\(path).\(entry.key)")
                } else if schema["additionalProperties"] as? Bool == false {
                    found.append("\(path): unknown \(entry.key)")
                } else if let others = schema["additionalProperties"] as? [String: Any] {
                    found += problems(entry.value, others, path: "\(path).\(entry.key)")
                }
            }
            for key in schema["required"] as? [String] ?? [] where value[key] == nil {
                found.append("\(path): no \(key)")
            }
        }
        return found
    }

    private func matches(_ value: YAMLValue, type: String) -> Bool {
        switch (type, value.content) {
        case ("object", .mapping), ("array", .sequence), ("string", .scalar): true
        case ("number", .scalar): Scalar.number(value) != nil
        case ("integer", .scalar(let text, _)): Int(text) != nil
        case ("boolean", .scalar(let text, false)): text == "true" || text == "false"
        default: false
        }
    }
}
