import Drawing
import Testing
import Typesetting

/// The checkout's folder of fonts.
let fontsFolder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Fonts"

let library: FontLibrary = {
    do { return try FontLibrary(directories: [fontsFolder]) } catch { preconditionFailure("\(error)") }
}()

func makeTypesetter() throws -> Typesetter { try Typesetter(library: library) }

let smiley = TextStyle(family: "Smiley Sans", size: 40)
let noto = TextStyle(family: "Noto Sans CJK SC", weight: 700, size: 40)
let bebas = TextStyle(family: "Bebas Neue", weight: 700, size: 40)

/// A generator with a fixed seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

extension TextLayout {
    /// The text of each line, as the runs have it.
    var lineTexts: [String] {
        lines.indices.map { line in runs.filter { $0.line == line }.map(\.run.text).joined() }
    }

    /// Everything that reaches the screen as one value: fonts, sizes, glyphs, places and outlines.
    var digest: Digest {
        var encoder = CanonicalEncoder(tag: 0)
        for run in runs {
            encoder.add(run.run.font)
            encoder.add(run.run.size)
            encoder.add(run.tag)
            for (glyph, outline) in zip(run.run.glyphs, run.run.outlines) {
                encoder.add([Int32(bitPattern: glyph.id), glyph.x, glyph.y])
                encoder.add(outline.verbs.map(\.rawValue))
                encoder.add(outline.coordinates)
            }
        }
        return encoder.finish()
    }
}

/// The error that a body throws.
func refusal(_ body: () throws -> Void) -> TypesettingError? {
    do { try body() } catch { return error as? TypesettingError }
    return nil
}
