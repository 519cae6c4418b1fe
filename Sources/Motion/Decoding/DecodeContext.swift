package import Drawing

/// One reading of a template document for one layout: what names mean there, and what was found wrong.
package final class DecodeContext {
    /// A step of the way through the document.
    package enum Step {
        case key(String)
        case index(Int)
    }

    /// What names and lengths mean.
    package struct Environment: Sendable {
        /// The names of all layouts.
        package var layoutNames: [String] = []
        /// The layout that is read for.
        package var layout = ""
        /// Output pixels to a unit of the layout.
        package var scale = 1.0
        /// Frames per second of the output.
        package var rate = FrameRate.thirty
        /// The values of the parameters.
        package var parameters: [String: ParameterValue] = [:]
        /// The measures that texts and elements may name, in order of declaration.
        package var measures: [String] = []
        /// Those of them that are money in fen.
        package var moneyMeasures: Set<String> = []
        /// The markers that elements may name, in order of declaration.
        package var markers: [String] = []
        /// Those of them that pass a number, which texts may name; true for money in fen.
        package var markerNumbers: [String: Bool] = [:]
        /// The text styles that elements may name.
        package var styles: [String: TextLook] = [:]
        /// Words that stand for something of an order, where a row is read.
        package var orderWords: [String] = []

        package init() {}
    }

    /// The file as the user named it.
    package let file: String
    /// What names and lengths mean.
    package var environment = Environment()
    /// What was found wrong, in order; equal ones once.
    package private(set) var diagnostics: [Diagnostic] = []
    private var path: [Step] = []
    private var seen: Set<Diagnostic> = []

    package init(file: String) { self.file = file }

    /// True when an error was reported.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Reads a value: takes a parameter for `$name`, and this layout's value where the document gives one for each layout.
    package func decode<Value>(_ value: YAMLValue, as type: ValueType<Value>) -> Value? {
        guard let value = substituted(value) else { return nil }
        return type.read(value, self)
    }

    /// Runs `body` one step deeper in the document.
    package func within<Result>(_ step: Step, _ body: () -> Result) -> Result {
        path.append(step)
        defer { path.removeLast() }
        return body()
    }

    /// Reads what shows one order: its words stand for something of it, and measures are not to be had.
    package func withOrderWords<Result>(_ words: [String], _ body: () -> Result) -> Result {
        let outer = environment
        environment.orderWords = words
        (environment.measures, environment.markers, environment.markerNumbers) = ([], [], [:])
        defer { environment = outer }
        return body()
    }

    /// The place of a value at the current path.
    package func place(of value: YAMLValue) -> Diagnostic.Place {
        Diagnostic.Place(file: file, line: value.line, column: value.column, path: pathText)
    }

    /// Notes a problem with a value at the current path.
    package func report(
        _ code: Diagnostic.Code, _ message: String, hint: String = "", at value: YAMLValue,
        severity: Diagnostic.Severity = .error
    ) {
        add(Diagnostic(code, message, hint: hint, place: place(of: value), severity: severity))
    }

    /// Notes a problem at a line and column, one key deeper than the current path.
    package func report(
        _ code: Diagnostic.Code, _ message: String, hint: String, line: Int, column: Int, appending key: String
    ) {
        let path = pathText.isEmpty ? key : "\(pathText).\(key)"
        add(
            Diagnostic(
                code, message, hint: hint, place: .init(file: file, line: line, column: column, path: path)))
    }

    /// Notes a problem; one that is known already is left out.
    package func add(_ diagnostic: Diagnostic) {
        guard diagnostics.count < 4 * MotionError.limit, seen.insert(diagnostic).inserted else { return }
        diagnostics.append(diagnostic)
    }

    private func substituted(_ value: YAMLValue) -> YAMLValue? {
        if let entries = value.entries, !entries.isEmpty, !environment.layoutNames.isEmpty,
            entries.allSatisfy({ environment.layoutNames.contains($0.key) })
        {
            guard let own = value[environment.layout] else {
                report(
                    .missingKey, "no value for layout \"\(environment.layout)\"", hint: "give one for every layout",
                    at: value)
                return nil
            }
            return substituted(own)
        }
        guard case .scalar(let text, _) = value.content, text.utf8.first == UInt8(ascii: "$"), text.utf8.count > 1
        else { return value }
        let name = String(text.dropFirst())
        guard Name.isValid(name) else { return value }
        guard let parameter = environment.parameters[name] else {
            report(
                .unknownName, "there is no parameter \"\(name)\"",
                hint: Suggestion.hint(for: name, among: environment.parameters.keys.sorted()), at: value)
            return nil
        }
        return YAMLValue(parameter.content, line: value.line, column: value.column, isParameter: true)
    }

    private var pathText: String {
        var text = ""
        for step in path {
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

/// Names of layouts, parameters, measures, scenes and elements.
package enum Name {
    /// A letter or underscore, then letters, digits, underscores and hyphens, at most 64 characters of ASCII.
    package static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
        func isLetter(_ byte: UInt8) -> Bool {
            (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
        }
        return isLetter(first)
            && text.utf8.allSatisfy { isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-") }
    }

    /// A name.
    package static let type = ValueType<String>(
        .pattern("^[A-Za-z_][A-Za-z0-9_-]{0,63}$", example: "main-counter")
    ) { value, context in
        guard let text = value.text, isValid(text) else {
            context.report(
                .type, "\(value.shape) is no name", hint: "write letters, digits, - and _, starting with a letter",
                at: value)
            return nil
        }
        return text
    }
}
