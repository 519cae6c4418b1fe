/// What could not be encoded, decoded, written or read, and what to do about it.
public struct MediaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing failed.
    public enum Code: String, Hashable, Sendable {
        /// No profile has this name or file extension.
        case profile
        /// A size, rate, duration or segment plan that the profile cannot carry.
        case limits
        /// A destination that is not one of the profile's kind.
        case destination
        /// The installed FFmpeg lacks an encoder or decoder.
        case capability
        /// A file or folder cannot be created.
        case create
        /// Bytes could not be written or read.
        case transfer
        /// A file does not exist or cannot be opened for reading.
        case missing
        /// A picture or video that is damaged, too large or of an unknown kind.
        case input
        /// What was encoded is not what was drawn, or a finished file is not as it should be.
        case verification
        /// A codec refused what it must accept.
        case codec
        /// The job was told to stop.
        case cancelled
    }

    /// The process exit code that fits (sysexits.h).
    public enum Exit: Int32, Hashable, Sendable {
        /// The command was wrong.
        case usage = 64
        /// The data was wrong.
        case data = 65
        /// An input is missing.
        case missing = 66
        /// A capability is missing.
        case capability = 69
        /// A fault of the engine or its libraries.
        case `internal` = 70
        /// An output cannot be created.
        case cannotCreate = 73
        /// Reading or writing failed.
        case transfer = 74
        /// The user stopped it.
        case cancelled = 130
    }

    /// What kind of thing failed.
    public let code: Code
    /// What failed, with the value.
    public let message: String
    /// What to do.
    public let hint: String
    /// What the library or system said, when it said something.
    public let cause: String?
    /// The exit code that fits.
    public let exit: Exit

    /// Makes an error from its parts.
    public init(_ code: Code, _ message: String, hint: String, cause: String? = nil, exit: Exit) {
        (self.code, self.message, self.hint, self.exit) = (code, message, hint, exit)
        self.cause = cause?.isEmpty == true ? nil : cause
    }

    /// The message, the cause in brackets, the remedy.
    public var description: String { "\(message)\(cause.map { " (\($0))" } ?? ""); \(hint)" }

    static func `internal`(_ code: Code, _ message: String, cause: String? = nil) -> MediaError {
        MediaError(code, message, hint: "please report this as a fault of fanpai", cause: cause, exit: .internal)
    }

    static let cancelled = MediaError(.cancelled, "stopped", hint: "nothing was left behind", exit: .cancelled)
}
