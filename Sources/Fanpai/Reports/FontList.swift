import Drawing
import Typesetting

/// The fonts that templates may use, for `fanpai fonts`.
public struct FontList: Sendable {
    private let faces: [FontFace]

    /// Opens the fonts of a home.
    ///
    /// - Throws: `FanpaiError` when the folder has none, or one is broken.
    public init(home: Home) throws(FanpaiError) {
        faces = try home.fontLibrary().faces
    }

    /// The list for people.
    public var text: String {
        TextTable.aligned(
            [["family", "weight", "style", "glyphs", "licence", "file"]]
                + faces.map { face in
                    [
                        ([face.family] + face.alternativeFamilies).joined(separator: " / "), "\(face.weight)",
                        face.style,
                        "\(face.glyphCount)", face.license, face.file,
                    ]
                })
    }

    /// The list for programs.
    public var json: OrderedJSON {
        .object([
            "fonts": .array(
                faces.map { face in
                    .object([
                        "family": .text(face.family),
                        "alternativeFamilies": .array(face.alternativeFamilies.map { .text($0) }),
                        "weight": .integer(Int64(face.weight)), "style": .text(face.style),
                        "glyphs": .integer(Int64(face.glyphCount)), "licence": .text(face.license),
                        "color": .bool(face.isColor), "origin": .text(face.origin.rawValue), "file": .text(face.file),
                        "sha256": .text(face.fileDigest.description),
                    ])
                })
        ])
    }
}

extension Home {
    /// The fonts of this home.
    func fontLibrary() throws(FanpaiError) -> FontLibrary {
        do {
            return try FontLibrary(directories: [fonts], systemFonts: usesSystemFonts)
        } catch {
            throw FanpaiError(error)
        }
    }
}
