package import Drawing

/// The margins of a frame that a platform's own buttons and texts cover, at 1080 x 1920.
///
/// No official figures exist; these are public measurements, and data: other sizes scale with the width.
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

    /// All profiles, as `SafeAreas.txt` has them.
    public static let all = parse(String(decoding: PackageResources.SafeAreas_txt, as: UTF8.self)).areas

    /// Reads the language of `SafeAreas.txt`; a line that is none of it is left out, and its number from 1 noted.
    package static func parse(_ text: String) -> (areas: [SafeArea], badLines: [Int]) {
        var (areas, badLines): ([SafeArea], [Int]) = ([], [])
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ")
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            let margins = words.dropFirst().compactMap { Double($0) }.filter { $0.isFinite && $0 >= 0 }
            guard words.count == 7, margins.count == 6 else {
                badLines.append(number + 1)
                continue
            }
            areas.append(
                SafeArea(
                    name: String(name), top: margins[0], bottom: margins[1], left: margins[2], right: margins[3],
                    rail: margins[4], railTop: margins[5]))
        }
        return (areas, badLines)
    }

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
