internal import Yams

/// Reads a YAML document of bounded size into values with places.
package enum YAMLReader {
    /// The largest document in bytes.
    package static let byteLimit = 1_048_576
    /// The most levels of lists and mappings.
    package static let depthLimit = 48
    /// The most values in a document.
    package static let valueLimit = 100_000

    /// Reads a document.
    ///
    /// - Throws: `MotionError` for text that is not UTF-8 or not YAML, a document that is empty or beyond a limit, anchors, aliases, tags
    ///   and a key that occurs twice.
    package static func read(_ bytes: UnsafeRawBufferPointer, file: String) throws(MotionError) -> YAMLValue {
        guard bytes.count <= byteLimit else {
            throw failure(
                "the file has \(bytes.count) bytes",
                "keep a template below \(byteLimit) bytes; pictures and data are files of their own",
                file: file)
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let body = UnsafeRawBufferPointer(rebasing: bytes[start...])
        guard let text = String(validating: body, as: UTF8.self) else {
            throw failure("the file is not UTF-8 text", "save it as UTF-8", file: file)
        }
        try Scan.check(body, file: file)
        let root: Yams.Node?
        do {
            root = try Yams.Parser(yaml: text, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw MotionError(.badData, [diagnostic(error, file: file)])
        } catch {
            throw failure("the file is not YAML", "check quotes and indentation", file: file)
        }
        guard let root, !isEmpty(root) else { throw failure("the file is empty", "write a template", file: file) }
        var converter = Converter(file: file)
        let value = converter.convert(root, depth: 0)
        guard converter.problems.isEmpty else { throw MotionError(.badData, converter.problems) }
        return value
    }

    private static func isEmpty(_ node: Yams.Node) -> Bool {
        if case .scalar(let scalar) = node { return scalar.string.isEmpty }
        return false
    }

    private static func failure(_ message: String, _ hint: String, file: String) -> MotionError {
        MotionError(.badData, [Diagnostic(.syntax, message, hint: hint, place: .init(file: file))])
    }

    private static func diagnostic(_ error: YamlError, file: String) -> Diagnostic {
        func place(_ mark: Mark?) -> Diagnostic.Place {
            Diagnostic.Place(file: file, line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
        }
        switch error {
        case .duplicatedKeysInMapping(let keys, let context):
            return Diagnostic(
                .duplicateKey, "key \"\(keys.first?.prefix(40) ?? "")\" occurs twice in one mapping",
                hint: "remove one of them", place: place(context.mark))
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let around = context.map { " \($0.text)" } ?? ""
            return Diagnostic(
                .syntax, "not YAML: \(problem)\(around)",
                hint: "check indentation, quotes and the space after a colon", place: place(mark))
        default:
            return Diagnostic(
                .syntax, "not YAML", hint: "check for control characters and broken text", place: place(nil))
        }
    }
}

/// What is refused before the parser sees it: deep nesting (its stack is the program's), and anchors and aliases (a few lines
/// of them stand for billions of values).
private struct Scan {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    private var line = 1
    private var lineStart = 0
    private var flowDepth = 0
    private var indicators = 0
    private var isTokenStart = true

    static func check(_ bytes: UnsafeRawBufferPointer, file: String) throws(MotionError) {
        var scan = Scan(bytes)
        guard let (message, hint) = scan.run() else { return }
        let place = Diagnostic.Place(file: file, line: scan.line, column: max(1, scan.index - scan.lineStart))
        throw MotionError(.badData, [Diagnostic(.syntax, message, hint: hint, place: place)])
    }

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func run() -> (message: String, hint: String)? {
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
            let nextIsSpace = next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D
            let followsSpace = index == 0 || [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index - 1])
            index += 1
            switch byte {
            case 0x0A:
                (line, lineStart, isTokenStart, indicators) = (line + 1, index, true, 0)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                flowDepth += 1
                isTokenStart = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"): flowDepth = max(0, flowDepth - 1)
            case UInt8(ascii: ","): isTokenStart = true
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
                isTokenStart = nextIsSpace
                indicators += nextIsSpace ? 1 : 0
            case 0x20, 0x09, 0x0D: break
            case UInt8(ascii: "#") where followsSpace: skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if isTokenStart { skipQuoted(byte) }
                isTokenStart = false
            case UInt8(ascii: "&"), UInt8(ascii: "*"):
                if isTokenStart, !nextIsSpace {
                    return (
                        "anchors and aliases (&name, *name) are not part of the template format",
                        "repeat the value, or use a parameter or a style; quote a text that starts with & or *"
                    )
                }
                isTokenStart = false
            default: isTokenStart = false
            }
            if flowDepth > YAMLReader.depthLimit || indicators > YAMLReader.depthLimit {
                return (
                    "lists or mappings are nested deeper than \(YAMLReader.depthLimit) levels",
                    "write fewer brackets in one place"
                )
            }
        }
        return nil
    }

    private mutating func skipComment() {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    }

    /// To behind the closing quote; a quote that is not closed is the parser's to report.
    private mutating func skipQuoted(_ quote: UInt8) {
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A { (line, lineStart) = (line + 1, index) }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") { index += 1 }
            if byte == quote {
                guard quote == UInt8(ascii: "'"), index < bytes.count, bytes[index] == quote else { return }
                index += 1
            }
        }
        index = bytes.count
    }
}

/// Turns the parser's nodes into values, within the limits.
private struct Converter {
    let file: String
    var problems: [Diagnostic] = []
    var count = 0

    mutating func convert(_ node: Yams.Node, depth: Int) -> YAMLValue {
        count += 1
        let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
        let empty = YAMLValue(.scalar("", isQuoted: false), line: line, column: column)
        guard count <= YAMLReader.valueLimit, depth <= YAMLReader.depthLimit else {
            if problems.count < MotionError.limit {
                report(
                    .syntax,
                    depth > YAMLReader.depthLimit
                        ? "lists or mappings are nested deeper than \(YAMLReader.depthLimit) levels"
                        : "the document has more than \(YAMLReader.valueLimit) values", "make it smaller", line, column)
            }
            return empty
        }
        switch node {
        case .scalar(let scalar):
            refuseAnchor(scalar.anchor != nil, line, column)
            let isQuoted =
                scalar.style == .singleQuoted || scalar.style == .doubleQuoted || scalar.style == .literal
                || scalar.style == .folded
            return YAMLValue(.scalar(scalar.string, isQuoted: isQuoted), line: line, column: column)
        case .sequence(let sequence):
            refuseAnchor(sequence.anchor != nil, line, column)
            var values: [YAMLValue] = []
            for node in sequence {
                guard problems.count < MotionError.limit else { break }
                values.append(convert(node, depth: depth + 1))
            }
            return YAMLValue(.sequence(values), line: line, column: column)
        case .mapping(let mapping):
            refuseAnchor(mapping.anchor != nil, line, column)
            var entries: [YAMLValue.Entry] = []
            var names: Set<String> = []
            for (key, node) in mapping {
                guard problems.count < MotionError.limit else { break }
                let (keyLine, keyColumn) = (key.mark?.line ?? line, key.mark?.column ?? column)
                guard case .scalar(let name) = key else {
                    report(
                        .syntax, "a key must be a word", "put quotes around a text with brackets", keyLine, keyColumn)
                    continue
                }
                if name.string == "<<" {
                    report(
                        .syntax, "merge keys (<<) are not part of the template format", "write the keys out", keyLine,
                        keyColumn)
                    continue
                }
                guard names.insert(name.string).inserted else {
                    report(
                        .duplicateKey, "key \"\(name.string.prefix(40))\" occurs twice in one mapping",
                        "remove one of them", keyLine, keyColumn)
                    continue
                }
                let value = convert(node, depth: depth + 1)
                entries.append(
                    YAMLValue.Entry(key: name.string, keyLine: keyLine, keyColumn: keyColumn, value: value))
            }
            return YAMLValue(.mapping(entries), line: line, column: column)
        case .alias:
            refuseAnchor(true, line, column)
            return empty
        }
    }

    private mutating func refuseAnchor(_ isThere: Bool, _ line: Int, _ column: Int) {
        guard isThere else { return }
        report(
            .syntax, "anchors and aliases (&name, *name) are not part of the template format",
            "repeat the value, or use a parameter or a style", line, column)
    }

    private mutating func report(
        _ code: Diagnostic.Code, _ message: String, _ hint: String, _ line: Int, _ column: Int
    ) {
        problems.append(
            Diagnostic(code, message, hint: hint, place: .init(file: file, line: line, column: column)))
    }
}
