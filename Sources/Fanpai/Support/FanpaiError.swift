import Motion

/// An error of a job: what went wrong, where, and what to do about it.
public struct FanpaiError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The request itself cannot be meant: an unknown option value, a size that no layout has.
        case usage
        /// Data or a template that was read and is wrong.
        case data
        /// A file or folder that is to be read and is not there.
        case missingInput
        /// Something this machine or this build cannot do.
        case capability
        /// A mistake of ours.
        case internalFailure
        /// An output that cannot be created.
        case cannotCreate
        /// Reading or writing failed on the way.
        case inputOutput
        /// The job was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code
    /// What failed, with the value that was refused.
    public let message: String
    /// What to do.
    public let remedy: String
    /// Where in the user's input: a path, with line or row if there is one.
    public let location: String?
    /// What the system or a library said.
    public let cause: String?
    /// The single findings when there are several, each with its place and remedy; never with personal information.
    public let details: [String]
    /// What was found in a template or a brand that cannot be used, for `check`.
    var diagnostics: [Diagnostic] = []

    /// Makes an error from its parts.
    public init(
        _ code: Code, _ message: String, remedy: String, location: String? = nil, cause: String? = nil,
        details: [String] = []
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.location = location
        self.cause = cause
        self.details = details
    }

    /// Place, message, cause and remedy in one line; further lines for the details.
    public var description: String {
        var text = location.map { "\($0): " } ?? ""
        text += message
        if let cause { text += " (\(cause))" }
        if !remedy.isEmpty { text += "; \(remedy)" }
        return ([text] + details.map { "  \($0)" }).joined(separator: "\n")
    }

    /// The error of a cancelled job.
    public static let cancelled = FanpaiError(.cancelled, "cancelled", remedy: "nothing was left behind")
}
