import Glibc
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
    @Test(arguments: ["vp9-alpha", "matte"]) func loudColoursSurvive(_ name: String) throws {
        for (plate, accent) in [("#ff0000", "#00ffff"), ("#00ff00", "#ff0000")] {
            let folder = try TemporaryFolder()
            let outcome = try CommandLineTool.run(
                [
                    "render", "live-counter", "--demo", "--profile", name, "--size", "270x480", "--frames", "60..66",
                    "--set", "plate=\(plate)", "--set", "accent=\(accent)",
                ], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    /// What comes from the cache is as exact as what is made, and says so.
    @Test func figuresOfAMatteDoNotDependOnTheCache() throws {
        let folder = try TemporaryFolder()
        var manifests: [String] = []
        for options in [["--cache", "cache"], ["--cache", "cache"], ["--no-cache", "--jobs", "1"]] {
            let outcome = try CommandLineTool.run(
                [
                    "render", "live-counter", "--demo", "--profile", "matte", "--size", "270x480", "--frames", "0..70",
                    "-o", "a.mp4",
                ] + options, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("segments were in the cache") == (manifests.count == 1))
            manifests.append(TemporaryFolder.read(folder("a.mp4.json")))
        }
        #expect(manifests[0].contains("\"worstAlpha\"") && Set(manifests).count == 1)
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

    /// What a list says must be so: no limit of nothing, and no name that picks a way out and is then refused.
    @Test func theListSaysWhatIsSo() throws {
        let folder = try TemporaryFolder()
        let text = try CommandLineTool.run(["profiles"], in: folder).output
        #expect(!text.contains("at most 0 MB") && text.contains("at most 500 kB"))
        #expect(text.matches(of: /checked +alpha (?:exact|within \d+\/255)/).count == Self.transparent.count)
        for line in text.split(separator: "\n") where line.hasPrefix("  picked by") {
            for way in line.matches(of: /(?:^|[ ,])(\.[a-z0-9]+)(?:,|$)/) {
                let outcome = try CommandLineTool.run(
                    ["render", "live-counter", "--demo", "--size", "270x480", "--frames", "0..1", "-o", "a\(way.1)"],
                    in: folder)
                #expect(outcome.status == 0, "\(way.1): \(outcome.errors)")
            }
        }
        let stream = try CommandLineTool.run(
            ["render", "live-counter", "--demo", "--profile", "obs-stream"], in: folder)
        #expect(stream.status == 64 && stream.errors.contains("-o -"), "\(stream.errors)")
        let short = try CommandLineTool.run(
            ["render", "live-counter", "--demo", "--duration", "1s", "-o", "short.mp4"], in: folder)
        #expect(short.status == 65 && short.errors.contains("make the film longer than"), "\(short.errors)")
    }

    /// The grid of a profile page shows the middle of a cover: large letters that it cuts off are named, others are not.
    @Test func aCoverSaysWhatTheGridCutsOff() throws {
        let folder = try TemporaryFolder()
        mkdir(folder.hidden("t"), 0o755)
        func warnings(_ y: Int, _ size: String) throws -> String {
            let text = """
                fanpai: 1
                title: {zh: 封面, en: Cover}
                layouts: {portrait: {size: [1080, 1920]}}
                styles:
                  large: {font: Noto Sans CJK SC, weight: 700, fontSize: 140, color: "#ffffff"}
                  small: {font: Noto Sans CJK SC, fontSize: 40, color: "#ffffff"}
                background: "#202020"
                scenes:
                  - id: a
                    duration: 1s
                    elements:
                      - {type: text, id: title, text: 双十一战报, style: large, position: [540, \(y)]}
                      - {type: text, id: small, text: 小字, style: small, position: [540, 100]}
                """
            _ = try folder.write(text, "t/template.yaml")
            let outcome = try CommandLineTool.run(
                ["render", folder.hidden("t"), "--orders", CommandLineTool.orders, "--size", size, "-o", "a.jpg"],
                in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.errors
        }
        for y in [320, 340, 960, 1600] {
            let text = try warnings(y, "1080x1920")
            #expect(!text.contains("grid"), "\(y): \(text)")
        }
        for y in [120, 240, 1680, 1800] {
            let text = try warnings(y, "540x960")
            #expect(
                text.contains("[outside-crop]") && text.contains("双十一战报") && text.contains("y 120 to 840"),
                "\(y): \(text)")
            #expect(!text.contains("小字") && text.contains("template.yaml:"), "\(text)")
        }
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
