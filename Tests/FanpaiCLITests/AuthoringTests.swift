import Glibc
import Testing

/// `fanpai new` and `fanpai watch` from folder to picture.
@Suite struct AuthoringTests {
    /// What a feed says and no font has is no fault of the template, but nobody should find it in the film.
    @Test func checkFindsCharactersOfTheDataThatNoFontHas() throws {
        let folder = try TemporaryFolder()
        let log = """
            {"log":1,"synthetic":true}
            {"event":"paid","id":"J0000001","row":0,"at":"2026-11-11T20:00:01+08:00","amount":1200,"quantity":1,"product":"杯\u{13000}"}

            """
        let path = try folder.write(log, "orders.jsonl")
        let check = try CommandLineTool.run(["check", "live-wall", "--orders", path], in: folder)
        #expect(check.output.contains("warning[glyph]: 1 character of the data"), "\(check.output)\(check.errors)")
    }

    @Test(arguments: [[], ["--from", "three-beats"]])
    func aNewTemplateIsCleanAndRenders(extra: [String]) throws {
        let folder = try TemporaryFolder()
        let made = try CommandLineTool.run(["new", "国庆-1"] + extra, in: folder)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("fanpai watch ./国庆-1"))
        #expect(folder.contents == ["国庆-1"])
        #expect(TemporaryFolder.names(in: folder("国庆-1")).sorted() == ["sample.csv", "template.yaml"])
        #expect(TemporaryFolder.read(folder("国庆-1") + "/template.yaml").contains("title: {zh: \"国庆-1\", en: \"国庆-1\"}"))
        let check = try CommandLineTool.run(["check", "./国庆-1"], in: folder)
        #expect(check.status == 0 && (!extra.isEmpty || check.output == "0 errors, 0 warnings\n"), "\(check.output)")
        let still = try CommandLineTool.run(["still", "./国庆-1", "--demo", "--at", "1s", "-o", "a.png"], in: folder)
        #expect(still.status == 0, "\(still.errors)")
    }

    @Test func whatCannotBeMadeLeavesNothing() throws {
        let folder = try TemporaryFolder()
        for name in ["", "a/b", "..", ".a", "-a", "a b", "a:b", "a\"b", String(repeating: "a", count: 61)] {
            let outcome = try CommandLineTool.run(["new", "--", name], in: folder)
            #expect(outcome.status == 64, "\(name): \(outcome.status) \(outcome.errors)")
        }
        #expect(try CommandLineTool.run(["new", "a", "--from", "nothing"], in: folder).status == 66)
        #expect(try CommandLineTool.run(["new", "a", "--in", "nowhere"], in: folder).status == 73)
        mkdir(folder("there"), 0o755)
        let taken = try CommandLineTool.run(["new", "there"], in: folder)
        #expect(taken.status == 73 && taken.errors.contains("there: is there already"), "\(taken.errors)")
        #expect(folder.contents == ["there"])
        #expect(try CommandLineTool.run(["new", "a", "--in", "there"], in: folder).status == 0)
        #expect(TemporaryFolder.names(in: folder("there")) == ["a"])
    }

    @Test func aSaveIsShownAndAMistakeKeepsThePicture() throws {
        let folder = try TemporaryFolder()
        #expect(try CommandLineTool.run(["new", "t"], in: folder).status == 0)
        let file = folder("t") + "/template.yaml"
        let good = TemporaryFolder.read(file)
        let process = try RunningTool(
            ["watch", "t", "--at", "5s", "--size", "270x480", "-o", "t/still.png"], in: folder)
        defer { process.stop(SIGKILL) }
        let picture = folder("t") + "/still.png"
        try process.wait(for: "up to date", times: 1)
        let first = TemporaryFolder.bytes(picture)
        #expect(first.count > 1000)

        // As editors save: under another name, then renamed.
        try save(good.replacing("default: 今天的每一单", with: "default: 谢谢你们"), file)
        try process.wait(for: "up to date", times: 2)
        let second = TemporaryFolder.bytes(picture)
        #expect(second != first)

        try save(good.replacing("type: disclosure", with: "type: disclosuer"), file)
        try process.wait(for: "stays as it was", times: 1)
        #expect(process.errors.contains("template.yaml:"), "\(process.errors)")
        #expect(process.errors.contains("did you mean \"disclosure\"?"), "\(process.errors)")
        #expect(TemporaryFolder.bytes(picture) == second)

        try save(good, file)
        try process.wait(for: "up to date", times: 3)
        #expect(TemporaryFolder.bytes(picture) == first)
        // The picture lies in the folder that is watched: drawing it must not be a change.
        usleep(700_000)
        #expect(process.errors.components("up to date") == 3, "\(process.errors)")
        #expect(process.stop(SIGINT) == 130)
        #expect(
            TemporaryFolder.names(in: folder("t")).sorted() == ["sample.csv", "still.png", "template.yaml"])
    }

    /// The first picture that an author sees is a full one, and not what is there before anything has entered.
    @Test func aStillShowsTheMiddleWhenNobodySaysWhen() throws {
        let folder = try TemporaryFolder()
        let elements =
            "    elements: [{type: shape, shape: rect, fill: \"#ff0000\", position: [50, 50], size: [40, 40], "
        let enter = "enter: {preset: fade, duration: 0.4s}}]\n"
        mkdir(folder.hidden("t"), 0o755)
        _ = try folder.write(
            "fanpai: 1\nlayouts: {a: {size: [100, 100]}}\nscenes:\n  - id: one\n    duration: 1s\n\(elements)\(enter)"
                + "  - id: two\n    duration: 3s\n\(elements)rotation: {keys: [{at: 0s, value: 0}, {at: 3s, value: 80}]}, \(enter)",
            "t/template.yaml")
        let process = try RunningTool(["watch", folder.hidden("t"), "--demo", "-o", "a.png"], in: folder)
        defer { process.stop(SIGKILL) }
        try process.wait(for: "up to date", times: 1)
        #expect(process.stop(SIGINT) == 130)
        let still = try CommandLineTool.run(
            ["still", folder.hidden("t"), "--demo", "--at", "2.5s", "-o", "b.png"], in: folder)
        #expect(still.status == 0, "\(still.errors)")
        let isTheSame = TemporaryFolder.bytes(folder("a.png")) == TemporaryFolder.bytes(folder("b.png"))
        #expect(isTheSame)
    }

    @Test func aClipIsHalfTheSizeAndFollowsTheBrand() throws {
        let folder = try TemporaryFolder()
        let brand = try folder.write("brand: 1\nparameters: {headline: 一}\n", "brand.yaml")
        let process = try RunningTool(
            [
                "watch", BadInputTests.template, "--orders", CommandLineTool.orders, "--at", "500ms", "--clip", "200ms",
                "--brand", brand,
            ]
                + ["-o", "clip.mp4"], in: folder)
        defer { process.stop(SIGKILL) }
        try process.wait(for: "up to date", times: 1)
        let first = TemporaryFolder.bytes(folder("clip.mp4"))
        let manifest = TemporaryFolder.read(folder("clip.mp4.json"))
        #expect(manifest.contains("\"width\": 180") && manifest.contains("\"height\": 320"), "\(manifest)")
        #expect(manifest.contains("\"frames\": 6"))
        _ = try folder.write("brand: 1\nparameters: {headline: 二三}\n", "brand.yaml")
        try process.wait(for: "up to date", times: 2)
        let isOther = TemporaryFolder.bytes(folder("clip.mp4")) != first
        #expect(isOther)
        #expect(process.stop(SIGTERM) == 130)
        #expect(folder.contents == ["clip.mp4", "clip.mp4.json"])
    }

    @Test func whatNoEditCanMendEndsTheWatch() throws {
        let folder = try TemporaryFolder()
        for (arguments, status) in [
            (["nothing"], Int32(66)), (["starter", "--at", "99s"], 64), (["starter", "--set", "nobody=1"], 64),
            (["starter", "-o", "-"], 64), (["starter", "-o", "a.xyz"], 64), (["starter", "-o", "no/a.png"], 73),
        ] {
            let process = try RunningTool(["watch"] + arguments, in: folder)
            #expect(process.end(seconds: 60) == status, "\(arguments): \(process.errors)")
        }
        #expect(folder.contents.isEmpty)
    }

    private func save(_ text: String, _ path: String) throws {
        let temporary = path + ".tmp"
        let file = try #require(fopen(temporary, "wb"))
        let bytes = Array(text.utf8)
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        #expect(rename(temporary, path) == 0)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}

/// A run of the program that goes on while the test does something.
private final class RunningTool {
    private let process: pid_t
    private let errorPath: String
    private var status: Int32?

    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        errorPath = folder.hidden("stderr-running")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path, CommandLineTool.program]
        let pointers = (shell + arguments).map { strdup($0) } + [nil]
        let environment: [String] = ["PATH=/usr/bin:/bin", "HOME=\(folder.hiddenPath)", "LANG=C.UTF-8"]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for pointer in pointers + variables { free(pointer) } }
        var process = pid_t()
        let spawned = posix_spawn(&process, shell[0], &actions, &attributes, pointers, variables)
        try #require(spawned == 0, "cannot start")
        self.process = process
    }

    var errors: String { TemporaryFolder.read(errorPath) }

    /// Waits until the program has said something so often; a minute, for machines that are busy.
    func wait(for text: String, times: Int) throws {
        for _ in 0..<3000 {
            if errors.components(text) >= times { return }
            usleep(20_000)
        }
        try #require(errors.components(text) >= times, "never said “\(text)” \(times) times: \(errors)")
    }

    /// The exit code; nil when the program goes on.
    func end(seconds: Int) -> Int32? {
        var code: Int32 = 0
        for _ in 0..<seconds * 100 where status == nil {
            if waitpid(process, &code, WNOHANG) == process {
                status = code & 0x7f == 0 ? code >> 8 & 0xff : 128 + code & 0x7f
            } else {
                usleep(10_000)
            }
        }
        return status
    }

    /// Sends a signal and returns the exit code.
    @discardableResult
    func stop(_ number: Int32) -> Int32? {
        if status == nil { kill(process, number) }
        return end(seconds: 20)
    }
}
