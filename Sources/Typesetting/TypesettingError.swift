/// An error of typesetting: a font or a text that a user gave and that cannot be used.
///
/// It names files, families and characters, never the text around them, which may be personal.
public struct TypesettingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing was refused.
    public enum Code: String, Hashable, Sendable {
        /// A folder of fonts that cannot be read, or holds none.
        case fontDirectory
        /// A file that cannot be read or is no OpenType font.
        case fontFile
        /// A family that no font of the library has.
        case unknownFont
        /// A size, weight, spacing or feature that cannot be used.
        case style
        /// A width, height or number of lines that cannot be used.
        case options
        /// A character that no font has a drawable glyph for.
        case missingGlyph
        /// A text too long to be laid out.
        case textTooLong
        /// A failure inside one of the C libraries.
        case library
    }

    /// What was refused.
    public let code: Code
    /// The value, and why it was refused.
    public let message: String
    /// What to do instead.
    public let hint: String
    /// The file concerned, where there is one.
    public let file: String?

    /// Makes an error from its parts.
    public init(_ code: Code, _ message: String, hint: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.file = file
    }

    /// The file, the message and the remedy.
    public var description: String { "\(file.map { $0 + ": " } ?? "")\(message); \(hint)" }
}
