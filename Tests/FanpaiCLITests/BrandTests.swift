import Testing

/// `--brand` from file to manifest.
@Suite struct BrandFileTests {
    @Test func aBrandColoursTheFilmAndIsInItsManifest() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "brand: 1\nparameters: {headline: 顶级玩家}\nclaims: {allow: [{word: 顶级玩家, reason: 注册商标}]}\n", "brand.yaml")
        let film = CommandTests.film
        let plain = try CommandLineTool.run(["render"] + film + ["--set", "headline=顶级玩家", "-o", "a.mp4"], in: folder)
        #expect(plain.status == 65 && plain.errors.contains("顶级"), "\(plain.errors)")
        let outcome = try CommandLineTool.run(["render"] + film + ["--brand", path, "-o", "a.mp4"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let manifest = TemporaryFolder.read(folder("a.mp4.json"))
        for word in ["brand.yaml", "\"headline\": \"顶级玩家\"", "注册商标"] {
            #expect(manifest.contains(word), "no \(word)")
        }
        // What the user says goes before it.
        let set = try CommandLineTool.run(
            ["render"] + film + ["--brand", path, "--set", "headline=晚安", "-o", "b.mp4"], in: folder)
        #expect(set.status == 0, "\(set.errors)")
        #expect(TemporaryFolder.read(folder("b.mp4.json")).contains("\"headline\": \"晚安\""))
        let missing = try CommandLineTool.run(["check"] + film + ["--brand", "nope.yaml"], in: folder)
        #expect(missing.status == 66 && missing.errors.contains("nope.yaml"))
        let over = try CommandLineTool.run(["still"] + film + ["--brand", path, "-o", path], in: folder)
        #expect(over.status == 64)
    }
}
