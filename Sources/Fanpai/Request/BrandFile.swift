import Drawing
import Glibc
import Motion
import Typesetting

/// A brand as it was read, with the files beside it.
struct BrandFile: Sendable {
    let brand: Brand
    let name: String
    let digest: Digest
    private let fontDigests: [Digest]

    /// Reads a brand and looks for its files.
    ///
    /// - Throws: `FanpaiError` with everything that is wrong in the file, or with the first file beside it that is not there.
    init(_ path: String) throws(FanpaiError) {
        let bytes = try FileAccess.read(path, limit: 1 << 20)
        // The whole path: a picture of the same name in a template's folder is another one.
        let folder = realpath(FileAccess.folder(of: path), nil)
        defer { free(folder) }
        do {
            brand = try Brand(decoding: bytes, file: path, folder: folder.map { String(cString: $0) })
        } catch { throw FanpaiError(error) }
        (name, digest) = (FileAccess.name(of: path), Digest.sha256(of: bytes))
        for file in (brand.logo.map { [$0] } ?? []) + brand.fontFiles where FileAccess.kind(of: file.path) != .file {
            throw FanpaiError(
                .missingInput, "there is no file “\(FileAccess.name(of: file.path))” beside the brand",
                remedy: "put it there, or correct its name", location: file.place.description)
        }
        var digests: [Digest] = []
        for file in brand.fontFiles { digests.append(try FileAccess.digest(of: file.path).digest) }
        fontDigests = digests
    }

    /// The files beside it.
    var files: [String] { ((brand.logo.map { [$0] } ?? []) + brand.fontFiles).map(\.path) }

    /// True when it has something to say of fonts.
    var hasFonts: Bool { !brand.fontFiles.isEmpty || !brand.fonts.isEmpty }

    /// A library with the brand's fonts in front, which stand in for what the brand says.
    ///
    /// - Throws: `FanpaiError` with the place in the brand of a file that is no font or a family that nobody has.
    func fonts(before library: FontLibrary) throws(FanpaiError) -> FontLibrary {
        var library = library
        // From the last: every file goes in front of those before it.
        for file in brand.fontFiles.reversed() {
            do { library = try library.adding(files: [file.path]) } catch {
                throw FanpaiError(
                    MotionError(.badData, [Diagnostic(.font, error.message, hint: error.hint, place: file.place)]))
            }
        }
        let known = Brand.FontRole.allCases.map(\.rawValue) + library.families
        for font in brand.fonts {
            do throws(TypesettingError) {
                _ = try library.face(family: font.family, weight: 400)
                guard !known.contains(font.name), let near = Suggestion.nearest(to: font.name, among: known) else {
                    continue
                }
                // A family of another template's is none of ours; a slip of the pen is.
                throw TypesettingError(
                    .unknownFont, "there is no font “\(font.name)” to stand in for", hint: "did you mean “\(near)”?")
            } catch {
                throw FanpaiError(
                    MotionError(.badData, [Diagnostic(.font, error.message, hint: error.hint, place: font.place)]))
            }
        }
        do {
            return try library.replacing(brand.fonts.map { .init(for: $0.replaced, family: $0.family) })
        } catch {
            throw FanpaiError(error)
        }
    }

    /// The brand for a document, with what it allows and why.
    var json: OrderedJSON {
        .object([
            "name": .text(name), "sha256": .text(digest.description),
            "fonts": brand.fontFiles.isEmpty
                ? nil
                : .array(
                    zip(brand.fontFiles, fontDigests).map {
                        .object(["name": .text(FileAccess.name(of: $0.path)), "sha256": .text($1.description)])
                    }),
            "allowedClaims": .array(
                brand.allowed.map { .object(["word": .text($0.word), "reason": .text($0.reason)]) }),
        ])
    }
}

/// The JSON Schema of `brand.yaml`.
public func brandSchema() -> String { BrandSchema.text }
