public import Drawing
import Synchronization

/// One face of a font file: what is known of it without drawing anything.
public struct FontFace: Sendable {
    /// Where a face comes from.
    public enum Origin: String, Hashable, Sendable {
        /// A folder of fonts of ours.
        case bundled
        /// A file that a template brings along.
        case template
        /// The machine; only when asked for.
        case system
    }

    /// The path of the file.
    public let file: String
    /// The number of the face in its file; 0 unless it is a collection.
    public let index: Int
    /// The English family name.
    public let family: String
    /// Other names of the family, for example 得意黑 for Smiley Sans.
    public let alternativeFamilies: [String]
    /// The style as the font names it, for example `Bold`.
    public let style: String
    /// The weight, 1 to 1000; 400 is regular, 700 bold.
    public let weight: Int
    /// The number of glyphs.
    public let glyphCount: Int
    /// True for a font of coloured pictures, which has no outlines that could be drawn.
    public let isColor: Bool
    /// The licence that the font states: `OFL-1.1`, `Apache-2.0`, the start of its own words, or `not stated`.
    public let license: String
    /// Where the face comes from.
    public let origin: Origin

    /// Font units to an em.
    let unitsPerEm: Int
    /// Heights in font units, up from the baseline; the descent is positive downwards. 0 when the font does not say.
    let heights: (ascent: Int, descent: Int, cap: Int, x: Int)
    let source: FontFile
    private let lazy: Lazy

    /// The digest of file and face, which names the font in glyph runs. The first call reads the whole file.
    public var digest: Digest {
        lazy.digest.withLock { known in
            if let known { return known }
            var encoder = CanonicalEncoder(tag: 0x46)
            encoder.add(source.digest)
            encoder.add(index)
            let digest = encoder.finish()
            known = digest
            return digest
        }
    }

    /// The SHA-256 of the file.
    public var fileDigest: Digest { source.digest }

    /// The characters that have a glyph; read when first asked for.
    var coverage: Coverage {
        lazy.coverage.withLock { known in
            if let known { return known }
            let coverage = OpenTypeReader(source.bytes, face: index)?.coverage ?? Coverage()
            known = coverage
            return coverage
        }
    }

    /// What is computed on demand and shared by all copies.
    private final class Lazy: Sendable {
        let digest = Mutex<Digest?>(nil)
        let coverage = Mutex<Coverage?>(nil)
    }

    /// Reads a face, or nil when the file does not have it or it lacks what every face has.
    init?(source: FontFile, index: Int, origin: Origin) {
        guard let reader = OpenTypeReader(source.bytes, face: index) else { return nil }
        let families = reader.names(16) + reader.names(1)
        let unitsPerEm = reader.unsigned("head", 18)
        let glyphCount = reader.unsigned("maxp", 4)
        guard let family = families.first, unitsPerEm > 0, glyphCount > 0 else { return nil }
        file = source.path
        self.index = index
        self.family = family
        // Names 1 of weights beyond regular and bold repeat the style ("Noto Sans CJK SC Medium"); useful to find it by.
        var others: [String] = []
        for name in families.dropFirst() where name != family && !others.contains(name) { others.append(name) }
        alternativeFamilies = others
        style = reader.names(17).first ?? reader.names(2).first ?? "Regular"
        let stated = reader.unsigned("OS/2", 4)
        weight = (1...1000).contains(stated) ? stated : 400
        self.glyphCount = glyphCount
        isColor = reader.has("CBDT") || reader.has("sbix") || reader.has("COLR") || reader.has("SVG ")
        license = Self.license(reader.names(13).first ?? reader.names(0).first ?? "")
        self.origin = origin
        self.unitsPerEm = unitsPerEm
        let named = reader.unsigned("OS/2", 0) >= 2
        heights = (
            reader.signed("hhea", 4), -reader.signed("hhea", 6), named ? reader.signed("OS/2", 88) : 0,
            named ? reader.signed("OS/2", 86) : 0
        )
        self.source = source
        lazy = Lazy()
    }

    private static func license(_ text: String) -> String {
        let lower = text.lowercased()
        if lower.contains("open font license") || lower.contains("ofl") { return "OFL-1.1" }
        if lower.contains("apache license") { return "Apache-2.0" }
        return text.isEmpty ? "not stated" : String(text.prefix(60))
    }
}
