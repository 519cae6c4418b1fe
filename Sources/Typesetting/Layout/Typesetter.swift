import Drawing

/// Sets text with the fonts of a library: Pango shapes and breaks lines, FreeType gives the outlines.
///
/// ```swift
/// let typesetter = try Typesetter(library: try FontLibrary(directories: ["Fonts"]))
/// let style = TextStyle(family: "Smiley Sans", size: 72)
/// let layout = try typesetter.layout("今夜爆单", style: style, options: ParagraphOptions(maxWidth: 800))
/// for run in layout.runs { draw(run.run) }
/// ```
///
/// Equal texts, options and fonts give equal layouts, on every thread and machine with the same versions of Pango and
/// HarfBuzz: nothing is hinted, and no configuration, locale or font of the machine is looked at. Not `Sendable`: a thread
/// has its own, which is cheap, since the library's files are shared.
public final class Typesetter {
    /// The fonts.
    public let library: FontLibrary

    let shaper: Shaper
    let outlines: OutlineCache
    private var chains: [ChainKey: Chain] = [:]
    private var coverages: [Coverage?]
    private var digests: [Digest?]
    /// The chain for emoji, or -1.
    private(set) var emoji: Int32 = -1
    private var knownMetrics: [TextStyle: FontMetrics] = [:]

    private struct ChainKey: Hashable {
        let family: String
        let weight: Int
    }

    /// The faces that a family and a weight stand for, and their number in the shaper.
    struct Chain {
        let number: Int32
        let faces: [Int]
    }

    /// Makes a typesetter; takes about a millisecond.
    ///
    /// - Throws: `TypesettingError` with code `library` when the machine has no memory left.
    public init(library: FontLibrary) throws(TypesettingError) {
        self.library = library
        shaper = try Shaper(faces: library.faces)
        outlines = try OutlineCache(faces: library.faces)
        coverages = Array(repeating: nil, count: library.faces.count)
        digests = Array(repeating: nil, count: library.faces.count)
        // The first chain also answers when Pango looks for a font by itself, as it does for emoji.
        let first = library.faces.indices.first { !library.faces[$0].isColor } ?? 0
        let family = library.fallbackFamilies.first { (try? library.number(family: $0, weight: 400)) != nil }
        let texts = try chain(family: family ?? library.faces[first].family, weight: 400)
        let pictures = library.faces.indices.filter { library.faces[$0].isColor }
        emoji = pictures.isEmpty ? -1 : shaper.addChain(pictures + texts.faces)
    }

    /// The faces for a style, the first to be asked first.
    func chain(family: String, weight: Int) throws(TypesettingError) -> Chain {
        let key = ChainKey(family: family, weight: weight)
        if let known = chains[key] { return known }
        let faces = try library.chain(family: family, weight: weight)
        let chain = Chain(number: shaper.addChain(faces), faces: faces)
        chains[key] = chain
        return chain
    }

    /// Whether a character can be drawn with one of the faces.
    func drawable(_ scalar: Unicode.Scalar, with faces: [Int]) -> PreparedText.Drawable {
        // No font draws a control; some have a glyph for them all the same.
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) { return .no }
        for face in faces where covers(face, scalar) { return .yes }
        for face in library.faces.indices where library.faces[face].isColor && covers(face, scalar) {
            return .colorOnly
        }
        return .no
    }

    private func covers(_ face: Int, _ scalar: Unicode.Scalar) -> Bool {
        if coverages[face] == nil { coverages[face] = library.faces[face].coverage }
        return coverages[face]?.contains(scalar) ?? false
    }

    /// The digest of a face, remembered so that no lock is taken for a glyph run.
    func digest(of face: Int) -> Digest {
        if let known = digests[face] { return known }
        let digest = library.faces[face].digest
        digests[face] = digest
        return digest
    }

    /// The measures of a style's face at its size.
    ///
    /// - Throws: `TypesettingError` with code `unknownFont` or `style`.
    public func metrics(for style: TextStyle) throws(TypesettingError) -> FontMetrics {
        if let known = knownMetrics[style] { return known }
        try style.validate()
        let number = try chain(family: style.family, weight: style.weight).faces[0]
        let face = library.faces[number]
        let scale = style.size / Double(face.unitsPerEm)
        var digits = style
        digits.letterSpacing = 0
        var widths: [Double] = []
        for digit in "0123456789" { widths.append(try layout(RichText(String(digit), style: digits)).textWidth) }
        let widest = widths.max() ?? 0
        func height(_ stated: Int, _ letter: String) throws(TypesettingError) -> Double {
            if stated > 0 { return Double(stated) * scale }
            var options = ParagraphOptions()
            options.missing = .replace
            let layout = try layout(RichText(letter, style: digits), options: options)
            return max(0, (layout.lines.first?.baseline ?? 0) - layout.inkBounds.y)
        }
        let metrics = FontMetrics(
            ascent: Double(face.heights.ascent) * scale, descent: Double(face.heights.descent) * scale,
            capHeight: try height(face.heights.cap, "H"), xHeight: try height(face.heights.x, "x"), digitWidth: widest,
            digitsAreTabular: widths.allSatisfy { $0 == widest }, family: face.family, weight: face.weight)
        knownMetrics[style] = metrics
        return metrics
    }
}
