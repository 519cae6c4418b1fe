/// One thing that is wrong or doubtful in a template, its parameters or its data, where it is, and what to do.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable {
        /// No picture is made.
        case error
        /// A picture is made, and the user should know.
        case warning
    }

    /// Where in the user's input.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        /// The file as the user named it; empty for a command-line parameter.
        public let file: String
        /// From 1; 0 when the place is no line of a file.
        public let line: Int
        /// From 1, in characters; 0 when the place is no line of a file.
        public let column: Int
        /// The way through the document: `scenes[0].elements[2].color`.
        public let path: String

        /// Makes a place.
        public init(file: String, line: Int = 0, column: Int = 0, path: String = "") {
            (self.file, self.line, self.column, self.path) = (file, line, column, path)
        }

        /// `template.yaml:12:7: scenes[0].id`.
        public var description: String {
            let start = line > 0 ? "\(file):\(line):\(column)" : file
            return [start, path].filter { !$0.isEmpty }.joined(separator: ": ")
        }
    }

    /// How bad it is.
    public let severity: Severity
    /// What is wrong, for programs.
    public let code: Code
    /// What is wrong, for people; never personal data.
    public let message: String
    /// What to do; may be empty.
    public let hint: String
    /// Where; nil when it concerns no one place.
    public let place: Place?
    /// The first and the last frame of the video in which it holds; nil when it does not depend on time.
    public let frames: ClosedRange<Int>?

    /// Makes a diagnostic.
    public init(
        _ code: Code, _ message: String, hint: String = "", place: Place? = nil, frames: ClosedRange<Int>? = nil,
        severity: Severity = .error
    ) {
        (self.code, self.message, self.hint) = (code, Self.printable(message), Self.printable(hint))
        (self.place, self.frames, self.severity) = (place, frames, severity)
    }

    /// What a user wrote may hold controls that a terminal obeys.
    private static func printable(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 32 || $0 == 127 }) else { return text }
        return String(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : Character($0) })
    }

    /// `template.yaml:12:7: scenes[0].colour: unknown key "colour"; did you mean "color"?`.
    public var description: String {
        text(label: severity == .warning ? "warning: " : "")
    }

    /// Place, what is wrong and what to do, and the code, without saying how bad it is.
    public var sentence: String { text(label: "") + " [\(code.rawValue)]" }

    /// One line of a report: `template.yaml:12:7: scenes[0].text: warning[overlap]: …; move one of them (frames 12 to 80)`.
    public var line: String {
        let start = place.map { "\($0): " } ?? ""
        let when = frames.map { " (frames \($0.lowerBound) to \($0.upperBound))" } ?? ""
        return start + "\(severity.rawValue)[\(code.rawValue)]: " + message + (hint.isEmpty ? "" : "; \(hint)") + when
    }

    private func text(label: String) -> String {
        let when = frames.map { " (frames \($0.lowerBound) to \($0.upperBound))" } ?? ""
        let body = message + when + (hint.isEmpty ? "" : "; \(hint)")
        guard let place else { return label + body }
        return "\(place): \(label)\(body)"
    }
}

/// A template, parameter or data set that cannot be used: everything that is wrong with it at once.
public struct MotionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The class of a failure, which decides the exit code.
    public enum Kind: String, Hashable, Sendable {
        /// A command-line argument such as a size or a parameter (64).
        case usage
        /// The template or its data (65).
        case badData
        /// A file that is not there (66).
        case missingInput

        /// The exit code of sysexits.h.
        public var exitCode: Int32 {
            switch self {
            case .usage: 64
            case .badData: 65
            case .missingInput: 66
            }
        }
    }

    /// The most diagnostics that are kept.
    public static let limit = 50

    /// The class of the failure.
    public let kind: Kind
    /// At least one error, in order of place; warnings may lie between.
    public let diagnostics: [Diagnostic]

    /// Makes an error from what was found; at most `limit` diagnostics are kept.
    public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
        self.kind = kind
        self.diagnostics = Array(diagnostics.prefix(Self.limit))
    }

    /// One line for each diagnostic.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
