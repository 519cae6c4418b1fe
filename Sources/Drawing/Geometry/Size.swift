/// A width and a height in pixels, not necessarily whole.
public struct Size: Hashable, Sendable {
    /// Pixels across.
    public var width: Double
    /// Pixels down.
    public var height: Double

    /// Makes a size.
    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }
}

/// A width and a height in whole pixels.
public struct PixelSize: Hashable, Sendable, CustomStringConvertible {
    /// Pixels across.
    public let width: Int
    /// Pixels down.
    public let height: Int

    /// The longest side that a frame may have.
    public static let longestSide = 16384

    /// Makes a size; both sides must be in 1...16384.
    public init(width: Int, height: Int) {
        precondition((1...Self.longestSide).contains(width) && (1...Self.longestSide).contains(height))
        self.width = width
        self.height = height
    }

    /// Parses `WxH`, for example `1080x1920`.
    ///
    /// - Throws: `DrawingError` with code `size` when it is not two whole numbers in 1...16384.
    public init(parsing text: String) throws(DrawingError) {
        let parts = text.split(whereSeparator: { $0 == "x" || $0 == "X" || $0 == "×" })
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
            (1...Self.longestSide).contains(width), (1...Self.longestSide).contains(height)
        else {
            throw DrawingError(
                .size, "size \"\(text.prefix(40))\" is not WIDTHxHEIGHT",
                hint: "write whole pixels, each from 1 to \(Self.longestSide), for example 1080x1920")
        }
        self.init(width: width, height: height)
    }

    /// The whole area.
    public var bounds: PixelRect { PixelRect(x: 0, y: 0, width: width, height: height) }

    /// `1080x1920`.
    public var description: String { "\(width)x\(height)" }
}
