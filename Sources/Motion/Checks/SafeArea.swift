package import Drawing

/// The margins of a frame that a platform's own buttons and texts cover, at 1080 x 1920.
///
/// No official figures exist; these are the union of public measurements, and are data: other sizes scale with the width.
public struct SafeArea: Hashable, Sendable {
    /// The name for a template's `safeArea`.
    public let name: String
    /// Covered from the top edge.
    public let top: Double
    /// Covered from the bottom edge.
    public let bottom: Double
    /// Covered from the left edge.
    public let left: Double
    /// Covered from the right edge above `rail`.
    public let right: Double
    /// Covered from the right edge at and below `railTop`.
    public let rail: Double
    /// Where the column of buttons begins, from the top edge.
    public let railTop: Double

    /// All profiles.
    public static let all: [SafeArea] = [
        SafeArea(name: "douyin-strict", top: 240, bottom: 480, left: 60, right: 60, rail: 180, railTop: 880),
        SafeArea(name: "douyin-relaxed", top: 176, bottom: 300, left: 60, right: 140, rail: 140, railTop: 0),
        SafeArea(name: "tiktok-ad", top: 150, bottom: 440, left: 60, right: 150, rail: 150, railTop: 0),
        SafeArea(name: "title-safe", top: 54, bottom: 54, left: 54, right: 54, rail: 54, railTop: 0),
    ]

    /// The profile of a name.
    public static func named(_ name: String) -> SafeArea? { all.first { $0.name == name } }

    /// True when a rectangle of a canvas keeps clear of the margins.
    package func contains(_ rect: Rect, canvas: PixelSize) -> Bool {
        let scale = Double(canvas.width) / 1080
        let tolerance = 0.5
        let limit = rect.maxY > railTop * scale ? rail : right
        return rect.x >= left * scale - tolerance && rect.y >= top * scale - tolerance
            && rect.maxX <= Double(canvas.width) - limit * scale + tolerance
            && rect.maxY <= Double(canvas.height) - bottom * scale + tolerance
    }
}
