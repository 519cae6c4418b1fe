import Drawing
import Motion

/// The templates with their layouts and parameters, for `fanpai templates`.
public struct TemplateList: Sendable {
    private let entries: [(name: String, result: Result<Template, FanpaiError>)]

    /// Reads all templates of a home; one that is broken is listed with what is wrong.
    public init(home: Home) throws(FanpaiError) {
        guard FileAccess.kind(of: home.templates) == .folder else {
            throw FanpaiError(.missingInput, "is not a folder", remedy: "use --templates", location: home.templates)
        }
        entries = home.templateNames.map { name in
            let file = "\(home.templates)/\(name)/template.yaml"
            do {
                return (name, .success(try Template(decoding: try FileAccess.read(file, limit: 4 << 20), file: file)))
            } catch {
                return (name, .failure(FanpaiError(error)))
            }
        }
    }

    /// The templates that cannot be used, with what is wrong.
    var broken: [(name: String, error: FanpaiError)] {
        entries.compactMap { name, result in
            if case .failure(let error) = result { (name, error) } else { nil }
        }
    }

    /// The list for people.
    public var text: String {
        var text = ""
        for (name, result) in entries {
            switch result {
            case .failure(let error): text += "\(name)  BROKEN: \(error)\n"
            case .success(let template):
                text += "\(name)  \(template.title.chinese), \(template.title.english)\n"
                let layouts = template.layouts.map { "\($0.name) \($0.size)" }.joined(separator: ", ")
                text += "  layouts  \(layouts)\n"
                let rows = template.parameters.map {
                    ["  --set \($0.name)=", $0.kind.rawValue, "\($0.title.chinese) \($0.title.english)"]
                }
                text += TextTable.aligned(rows)
            }
        }
        return text.isEmpty ? "there is no template\n" : text
    }

    /// The list for programs.
    public var json: OrderedJSON {
        .object([
            "templates": .array(
                entries.map { name, result in
                    switch result {
                    case .failure(let error):
                        return .object(["name": .text(name), "error": .text(error.description)])
                    case .success(let template): return Self.json(name, template)
                    }
                })
        ])
    }

    private static func json(_ name: String, _ template: Template) -> OrderedJSON {
        .object([
            "name": .text(name), "titleChinese": .text(template.title.chinese),
            "titleEnglish": .text(template.title.english), "summaryChinese": .text(template.summary.chinese),
            "summaryEnglish": .text(template.summary.english), "offline": .bool(template.isOffline),
            "layouts": .array(
                template.layouts.map {
                    .object([
                        "name": .text($0.name), "width": .integer(Int64($0.size.width)),
                        "height": .integer(Int64($0.size.height)), "safeArea": $0.safeArea.map { .text($0) },
                    ])
                }),
            "parameters": .array(
                template.parameters.map {
                    .object([
                        "name": .text($0.name), "type": .text($0.kind.rawValue),
                        "titleChinese": .text($0.title.chinese), "titleEnglish": .text($0.title.english),
                        "choices": $0.choices.isEmpty ? nil : .array($0.choices.map { .text($0) }),
                    ])
                }),
        ])
    }
}
