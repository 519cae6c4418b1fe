/// The fonts that may be used: an immutable table, in a fixed order, of files that are mapped but hardly read.
///
/// ```swift
/// let library = try FontLibrary(directories: ["Fonts"])
/// let typesetter = try Typesetter(library: library)
/// ```
///
/// A style names a family and a weight. The face is the one of that family whose weight is nearest by the rule of CSS:
/// from 400 to 500 first heavier up to 500, then lighter, then heavier; below 400 lighter first; above 500 heavier first.
/// Weights and slants are never synthesised. A character that the face lacks is taken from `fallbackFamilies` in the same
/// way, then from their other weights, then from every other face in the order of `faces`.
public struct FontLibrary: Sendable {
    /// All faces: those of templates first, then the folders in the order given, files in the order of their paths.
    public let faces: [FontFace]
    /// The families that stand in for characters that a face lacks, in order.
    public let fallbackFamilies: [String]
    /// Families that stand in for others.
    let standIns: [StandIn]

    /// A family that stands in for another one.
    public struct StandIn: Hashable, Sendable {
        /// The family that a style names.
        public let replaced: String
        /// The family that it gets.
        public let family: String

        /// Makes a pair.
        public init(for replaced: String, family: String) { (self.replaced, self.family) = (replaced, family) }
    }

    /// The name of a family for texts that must fit whatever stands in for it: nothing does.
    public static func exact(_ family: String) -> String { exactMark + family }

    static let exactMark = "="

    /// The usual fallback: the one bundled font that has not been cut.
    public static let defaultFallbackFamilies = ["Noto Sans CJK SC"]

    /// Opens all fonts in folders and their subfolders.
    ///
    /// - Parameters:
    ///   - directories: folders of `.otf`, `.ttf`, `.ttc` and `.otc` files.
    ///   - systemFonts: whether the fonts of the machine are added behind them.
    /// - Throws: `TypesettingError` with code `fontDirectory` when a folder cannot be read or no folder has a font, `fontFile`
    ///   when a file in them is no font. Broken fonts of the machine are passed over.
    public init(
        directories: [String], systemFonts: Bool = false, fallbackFamilies: [String] = defaultFallbackFamilies
    ) throws(TypesettingError) {
        var faces: [FontFace] = []
        for directory in directories {
            for file in try FontDirectory.files(in: directory) { faces += try Self.open(file, origin: .bundled) }
        }
        if systemFonts {
            for file in FontDirectory.systemFiles() { faces += (try? Self.open(file, origin: .system)) ?? [] }
        }
        guard faces.contains(where: { !$0.isColor }) else {
            throw TypesettingError(
                .fontDirectory, "no fonts in \(directories.joined(separator: ", "))",
                hint: "give a folder with .otf, .ttf or .ttc files")
        }
        self.init(faces: faces, fallbackFamilies: fallbackFamilies)
    }

    private init(faces: [FontFace], fallbackFamilies: [String], standIns: [StandIn] = []) {
        self.faces = faces
        self.fallbackFamilies = fallbackFamilies
        self.standIns = standIns
    }

    /// A library with the fonts that a template brings along in front of these.
    public func adding(files: [String]) throws(TypesettingError) -> FontLibrary {
        var added: [FontFace] = []
        for file in files { added += try Self.open(file, origin: .template) }
        return FontLibrary(faces: added + faces, fallbackFamilies: fallbackFamilies, standIns: standIns)
    }

    /// A library in which families stand in for others. What a stand-in cannot write is taken from the family that it stands in for.
    ///
    /// - Throws: `TypesettingError` with code `unknownFont` when a stand-in is none of the families.
    public func replacing(_ standIns: [StandIn]) throws(TypesettingError) -> FontLibrary {
        for standIn in standIns { _ = try number(family: standIn.family, weight: 400) }
        return FontLibrary(faces: faces, fallbackFamilies: fallbackFamilies, standIns: standIns)
    }

    /// The families in the order of `faces`, each once.
    public var families: [String] {
        var names: [String] = []
        for face in faces where !names.contains(face.family) { names.append(face.family) }
        return names
    }

    /// The face that a family and a weight stand for.
    ///
    /// - Throws: `TypesettingError` with code `unknownFont` when no face has the family, by any of its names and regardless of
    ///   case, or when the family has coloured pictures only.
    public func face(family: String, weight: Int) throws(TypesettingError) -> FontFace {
        faces[try number(family: family, weight: weight)]
    }

    private static func open(_ file: String, origin: FontFace.Origin) throws(TypesettingError) -> [FontFace] {
        let source = try FontFile(path: file)
        let faces = (0..<OpenTypeReader.faceCount(source.bytes)).compactMap {
            FontFace(source: source, index: $0, origin: origin)
        }
        guard !faces.isEmpty else {
            throw TypesettingError(
                .fontFile, "is not an OpenType font", hint: "give a .otf, .ttf or .ttc file", file: file)
        }
        return faces
    }
}
