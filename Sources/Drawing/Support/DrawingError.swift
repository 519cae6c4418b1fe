/// An error of the drawing vocabulary: a value that a user gave and that cannot be used.
public struct DrawingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of value was refused.
    public enum Code: String, Hashable, Sendable {
        /// A frame rate that is not a positive ratio of whole numbers.
        case frameRate
        /// A size in pixels that cannot be drawn.
        case size
    }

    /// What was refused.
    public let code: Code
    /// The value as the user wrote it, and why it was refused.
    public let message: String
    /// What to write instead.
    public let hint: String

    /// Makes an error from its parts.
    public init(_ code: Code, _ message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The message followed by the remedy.
    public var description: String { "\(message); \(hint)" }
}
