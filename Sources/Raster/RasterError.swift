public import Drawing

/// An error of drawing a display list.
public struct RasterError: Error, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: String, Hashable, Sendable {
        /// The image source has no such picture, or cannot decode it.
        case imageMissing
        /// A layer, mask or mean would need more raster pixels than one texture may have.
        case textureTooLarge
        /// The graphics library could not get memory or refused a value.
        case drawing
    }

    /// What went wrong.
    public let code: Code
    /// What failed, with its values.
    public let message: String
    /// What to do about it.
    public let hint: String
    /// The innermost layer in which it happened; nil at the top of the list.
    public let layer: LayerID?
    /// The error of the image source, if that was the cause.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, hint: String, layer: LayerID?, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.layer = layer
        self.cause = cause
    }

    /// The message, its place and the remedy.
    public var description: String {
        "\(message)\(layer.map { " (layer \($0))" } ?? ""); \(hint)\(cause.map { ": \($0)" } ?? "")"
    }
}
