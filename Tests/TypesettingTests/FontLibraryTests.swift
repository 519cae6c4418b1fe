import Drawing
import Foundation
import Testing
import Typesetting

@Suite struct FontLibraryTests {
    @Test func bundledFacesAreKnown() {
        let known = library.faces.map { "\($0.family) \($0.weight) \($0.glyphCount) \($0.license) \($0.isColor)" }
        #expect(
            known == [
                "Bebas Neue 700 483 OFL-1.1 false", "DSEG7 Classic 700 72 OFL-1.1 false",
                "Noto Color Emoji 400 3968 OFL-1.1 true", "Noto Sans CJK SC 900 10578 OFL-1.1 false",
                "Noto Sans CJK SC 700 10578 OFL-1.1 false", "Noto Sans CJK SC 500 65535 OFL-1.1 false",
                "Smiley Sans 400 7924 OFL-1.1 false",
            ])
    }

    @Test func tableOfOriginsMatchesTheFiles() throws {
        let table = try String(contentsOfFile: fontsFolder + "/README.md", encoding: .utf8)
        for face in library.faces {
            let name = face.file.dropFirst(fontsFolder.count + 1)
            let row = try #require(table.split(separator: "\n").first { $0.contains("`\(name)`") })
            #expect(row.contains("`\(face.fileDigest)`"), "\(name)")
            #expect(FileManager.default.fileExists(atPath: fontsFolder + "/\(name.split(separator: "/")[0])/OFL.txt"))
        }
    }

    @Test(arguments: [(1, 500), (400, 500), (500, 500), (600, 700), (700, 700), (701, 900), (900, 900), (1000, 900)])
    func nearestWeightIsChosenAsInCSS(_ wanted: Int, _ found: Int) throws {
        #expect(try library.face(family: "Noto Sans CJK SC", weight: wanted).weight == found)
    }

    @Test func familiesAreFoundByEveryNameAndCase() throws {
        for name in ["Smiley Sans", "smiley sans", "得意黑", "Smiley Sans Oblique"] {
            #expect(try library.face(family: name, weight: 400).family == "Smiley Sans", "\(name)")
        }
    }

    @Test func unknownFamiliesAreRefusedWithTheKnownOnes() throws {
        let error = try #require(refusal { _ = try library.face(family: "Comic Sans", weight: 400) })
        #expect(error.code == .unknownFont)
        #expect(error.hint.contains("Bebas Neue") && error.hint.contains("Smiley Sans"))
        #expect(!error.hint.contains("Emoji"))
        #expect(refusal { _ = try library.face(family: "Noto Color Emoji", weight: 400) }?.code == .unknownFont)
    }

    @Test func templateFontsComeFirst() throws {
        let file = fontsFolder + "/dseg/DSEG7Classic-Bold.ttf"
        let more = try library.adding(files: [file])
        #expect(more.faces.count == library.faces.count + 1)
        #expect(more.faces[0].origin == .template && more.faces[0].file == file)
        #expect(more.faces[0].digest == library.faces[1].digest)
        #expect(library.faces[0].digest != library.faces[1].digest)
    }

    @Test func systemFontsStandBehindOursAndOnlyWhenAsked() throws {
        #expect(library.faces.allSatisfy { $0.origin == .bundled })
        let more = try FontLibrary(directories: [fontsFolder], systemFonts: true)
        #expect(more.faces.prefix(library.faces.count).map(\.file) == library.faces.map(\.file))
        #expect(more.faces.dropFirst(library.faces.count).allSatisfy { $0.origin == .system })
        let layout = try Typesetter(library: more).layout("爆单翻牌 12,345", style: smiley)
        #expect(layout == (try makeTypesetter().layout("爆单翻牌 12,345", style: smiley)))
    }

    @Test func brokenFilesAreRefused() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fanpai-fonts-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(refusal { _ = try FontLibrary(directories: [folder.path]) }?.code == .fontDirectory)
        #expect(refusal { _ = try FontLibrary(directories: [folder.path + "/none"]) }?.code == .fontDirectory)
        #expect(refusal { _ = try library.adding(files: [folder.path]) }?.code == .fontFile)
        #expect(refusal { _ = try library.adding(files: [folder.path + "/none.otf"]) }?.code == .fontFile)

        let whole = try Data(contentsOf: URL(filePath: fontsFolder + "/bebas-neue/BebasNeue-Bold.otf"))
        var random = Seeded(state: 7)
        var refused = 0
        for round in 0..<200 {
            var broken = whole
            switch round {
            case 0: broken = Data()
            case 1: broken = Data("not a font, but long enough to be one".utf8)
            case 2..<40: broken = whole.prefix(Int.random(in: 12..<whole.count, using: &random))
            default:
                for _ in 0..<Int.random(in: 1...2000, using: &random) {
                    broken[Int.random(in: 0..<(round % 2 == 0 ? 2000 : whole.count), using: &random)] =
                        UInt8.random(in: 0...255, using: &random)
                }
            }
            let file = folder.appending(path: "\(round).otf")
            try broken.write(to: file)
            let error = refusal {
                let more = try library.adding(files: [file.path])
                let style = TextStyle(family: more.faces[0].family, weight: more.faces[0].weight, size: 50)
                _ = try Typesetter(library: more).layout(
                    "0123456789 ABC 汉字", style: style, options: ParagraphOptions(maxWidth: 300, missing: .replace))
            }
            if error != nil { refused += 1 }
            if round < 2 { #expect(error?.code == .fontFile) }
        }
        #expect(refused > 10)
    }

    @Test func openingIsQuick() throws {
        let clock = ContinuousClock()
        let times = try (0..<5).map { _ in
            try clock.measure {
                let library = try FontLibrary(directories: [fontsFolder])
                _ = try Typesetter(library: library).layout("今夜爆单 12,345", style: smiley)
            }
        }
        // About 6 ms; the bound is what the launch can bear on a busy machine.
        #expect(try #require(times.min()) < .milliseconds(60))
    }
}
