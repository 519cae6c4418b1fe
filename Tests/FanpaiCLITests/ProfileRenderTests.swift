import Testing

/// Every profile, from the command line to the file, on a real overlay.
@Suite struct ProfileRenderTests {
    /// Profiles by name, from the program itself.
    private static let names: [String] = {
        guard let folder = try? TemporaryFolder(),
            let outcome = try? CommandLineTool.run(["profiles", "--json"], in: folder)
        else { return [] }
        return outcome.output.matches(of: /"name": "([a-z0-9-]+)"/).map { String($0.1) }
    }()

    private static let transparent: Set<String> = [
        "prores4444", "qtrle", "png-mov", "ffv1", "vp9-alpha", "apng", "webp", "gif", "png-sequence", "matte",
        "matte-stacked",
    ]

    /// What a target insists on.
    private static let needs: [String: [String]] = [
        "qianchuan": ["--size", "720x1280", "--frames", "0..120"],
        "wechat-channels": ["--frames", "0..90"], "cover": ["--frames", "60..61"],
    ]

    @Test func allAreTested() { #expect(Self.names.count >= 22 && Set(Self.names).count == Self.names.count) }

    @Test(arguments: names) func rendersAnOverlay(_ name: String) throws {
        let folder = try TemporaryFolder()
        let isStream = name == "obs-stream"
        let needs = Self.needs[name] ?? ["--frames", "0..15"]
        let outcome = try CommandLineTool.run(
            ["render", "live-counter", "--demo", "--profile", name, "--verify", "full"] + needs
                + (needs.contains("--size") ? [] : ["--size", "270x480"]) + (isStream ? ["-o", "-"] : []), in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        if isStream {
            #expect(outcome.output.hasPrefix("nut/multimedia"))
            return #expect(folder.contents.isEmpty)
        }
        // The film and its manifest.
        let manifest = try #require(folder.contents.first { $0.hasSuffix(".json") })
        #expect(folder.contents.count == 2, "\(folder.contents)")
        let text = TemporaryFolder.read(folder(manifest))
        #expect(text.contains("\"profile\": \"\(name)\""))
        // Alpha is measured over every ground.
        #expect(text.contains("\"worstAlpha\"") == Self.transparent.contains(name))
    }

    /// Colours that 4:2:0 cannot hold at their edges are no reason to refuse a brand its film.
    @Test func loudColoursSurviveAsVP9() throws {
        for (plate, accent) in [("#ff0000", "#00ffff"), ("#00ff00", "#ff0000")] {
            let folder = try TemporaryFolder()
            let outcome = try CommandLineTool.run(
                [
                    "render", "live-counter", "--demo", "--profile", "vp9-alpha", "--size", "270x480", "--frames",
                    "60..66",
                    "--set", "plate=\(plate)", "--set", "accent=\(accent)", "-o", "a.webm",
                ], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test func sixtyFramesAndFramesOfGIFsAreTheDefault() throws {
        let folder = try TemporaryFolder()
        for (name, rate) in [("douyin-60", "60"), ("gif", "25"), ("douyin", "30")] {
            let outcome = try CommandLineTool.run(
                [
                    "render", "live-counter", "--demo", "--profile", name, "--size", "270x480", "--frames", "0..8",
                    "--json",
                ],
                in: folder)
            #expect(outcome.output.contains("\"rate\": \"\(rate)\""), "\(outcome.output)\(outcome.errors)")
        }
        let outcome = try CommandLineTool.run(
            ["render", "live-counter", "--demo", "--profile", "douyin-60", "--fps", "30"], in: folder)
        #expect(outcome.status == 64 && outcome.errors.contains("50 to 60"), "\(outcome.errors)")
    }

    @Test func aNameOfAnotherKindSaysWhatToDo() throws {
        let folder = try TemporaryFolder()
        for name in ["qtrle", "png-mov", "prores4444"] {
            let outcome = try CommandLineTool.run(
                ["render", "live-counter", "--demo", "--profile", name, "-o", "out.mp4"], in: folder)
            #expect(outcome.status == 64 && outcome.errors.contains("end the name in .mov"), "\(outcome.errors)")
        }
        #expect(folder.contents.isEmpty)
    }
}
