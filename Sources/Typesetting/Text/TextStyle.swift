/// How a piece of text is set.
public struct TextStyle: Hashable, Sendable {
    /// The font family, by any of its names.
    public var family: String
    /// The weight, 1 to 1000; the nearest that the family has is used (see `FontLibrary`).
    public var weight: Int
    /// Pixels to an em, 1 to 4096; rounded to 1/64 px.
    public var size: Double
    /// Pixels added between characters; negative draws them together.
    public var letterSpacing: Double
    /// Whether all figures get one width and none is kerned, so that a running number does not jitter.
    public var tabularFigures: Bool
    /// OpenType features: `palt`, `ss01`, `kern=0`.
    public var features: [String]

    /// The sizes that can be set.
    public static let sizes = 1.0...4096.0

    /// Makes a style.
    public init(
        family: String, weight: Int = 400, size: Double, letterSpacing: Double = 0, tabularFigures: Bool = false,
        features: [String] = []
    ) {
        self.family = family
        self.weight = weight
        self.size = size
        self.letterSpacing = letterSpacing
        self.tabularFigures = tabularFigures
        self.features = features
    }

    /// Refuses what cannot be set.
    func validate() throws(TypesettingError) {
        guard Self.sizes.contains(size) else {
            throw TypesettingError(.style, "the text size \(size) px cannot be set", hint: "choose from 1 to 4096 px")
        }
        guard (1...1000).contains(weight) else {
            throw TypesettingError(.style, "there is no weight \(weight)", hint: "choose from 1 to 1000; 700 is bold")
        }
        guard letterSpacing.isFinite, abs(letterSpacing) <= 4096 else {
            throw TypesettingError(
                .style, "the letter spacing \(letterSpacing) px cannot be set", hint: "choose from -4096 to 4096 px")
        }
        for feature in features where !Self.isFeature(feature) {
            throw TypesettingError(
                .style, "\"\(feature.prefix(20))\" is no OpenType feature",
                hint: "write four letters or digits and at most a number, for example tnum or kern=0")
        }
    }

    private static func isFeature(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
        guard (1...2).contains(parts.count), parts[0].count == 4, parts[0].allSatisfy({ isDigit($0) || isLetter($0) })
        else { return false }
        return parts.count == 1 || (1...4).contains(parts[1].count) && parts[1].allSatisfy(isDigit)
    }

    /// The features as Pango and HarfBuzz read them; empty when there are none.
    var featureList: String {
        var all = features.map { $0.utf8.contains(UInt8(ascii: "=")) ? $0 : $0 + "=1" }
        // A kerned pair of figures would be narrower than the next one, so kerning goes as well.
        if tabularFigures { all = ["tnum=1", "kern=0"] + all }
        return all.joined(separator: ",")
    }
}
