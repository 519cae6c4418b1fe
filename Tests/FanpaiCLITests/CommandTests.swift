import Glibc
import Testing

/// What the verbs do when all is well, and how they stop.
@Suite struct CommandTests {
    static let film = [BadInputTests.template, "--orders", CommandLineTool.orders]

    @Test func renderMakesAVideoAndItsManifest() throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(["render"] + Self.film + ["-o", "out.mp4", "--json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(folder.contents == ["out.mp4", "out.mp4.json"])
        let video = TemporaryFolder.bytes(folder("out.mp4"))
        #expect(video.count > 5000)
        #expect(String(decoding: video[4..<8], as: UTF8.self) == "ftyp")
        let manifest = TemporaryFolder.read(folder("out.mp4.json"))
        #expect(outcome.output == manifest)
        for word in [
            "\"frames\": 60", "\"counting\": \"net\"", "\"rule\": \"", "\"sha256\": \"", "\"layout\": \"portrait\"",
            "\"cairo\": \"", "\"missingGlyphs\": 0", "\"skippedRows\": 0",
        ] { #expect(manifest.contains(word), "no \(word)") }
        #expect(outcome.errors.contains("frame 60/60"))
    }

    @Test func aVideoStaysWhenItsManifestFindsNoPlace() throws {
        let folder = try TemporaryFolder()
        #expect(try CommandLineTool.run(["render"] + Self.film + ["-o", "a.mp4"], in: folder).status == 0)
        let video = TemporaryFolder.bytes(folder("a.mp4"))
        unlink(folder("a.mp4.json"))
        mkdir(folder("a.mp4.json"), 0o755)
        let outcome = try CommandLineTool.run(["render"] + Self.film + ["-o", "a.mp4"], in: folder)
        #expect(outcome.status == 73 && outcome.errors.contains("a.mp4.json"), "\(outcome.errors)")
        #expect(TemporaryFolder.bytes(folder("a.mp4")) == video)
        #expect(folder.contents == ["a.mp4", "a.mp4.json"])
    }

    @Test func sameBytesInTwoProcessesAndForAnyJobs() throws {
        let folder = try TemporaryFolder()
        for jobs in ["1", "2", "4"] {
            let outcome = try CommandLineTool.run(
                ["render"] + Self.film + ["-o", "\(jobs).mp4", "--jobs", jobs], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(TemporaryFolder.bytes(folder("1.mp4")) == TemporaryFolder.bytes(folder("2.mp4")))
        #expect(TemporaryFolder.bytes(folder("1.mp4")) == TemporaryFolder.bytes(folder("4.mp4")))
    }

    @Test func digestsAreTheSameInAnyOrderProcessAndNumberOfWorkers() throws {
        let folder = try TemporaryFolder()
        var results: Set<String> = []
        for extra in [["--jobs", "1"], ["--jobs", "2"], ["--jobs", "4"], ["--jobs", "2", "--order", "shuffled"]] {
            let outcome = try CommandLineTool.run(["digest"] + Self.film + extra, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            results.insert(outcome.output)
        }
        #expect(results.count == 1)
        let lines = results.first?.split(separator: "\n") ?? []
        #expect(lines.count == 61)
        #expect(lines.first?.hasPrefix("0 ") == true)
        #expect(lines.last?.hasPrefix("total ") == true)
        let part = try CommandLineTool.run(["digest"] + Self.film + ["--frames", "10..13"], in: folder)
        #expect(part.output.split(separator: "\n").prefix(3) == lines[10..<13])
    }

    @Test func picturesComeOut() throws {
        let folder = try TemporaryFolder()
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
        let still = try CommandLineTool.run(["still"] + Self.film + ["--at", "1.5s", "-o", "still.png"], in: folder)
        #expect(still.status == 0, "\(still.errors)")
        let sheet = try CommandLineTool.run(["sheet"] + Self.film + ["-o", "sheet.png", "--count", "5"], in: folder)
        #expect(sheet.status == 0, "\(sheet.errors)")
        let render = try CommandLineTool.run(["render"] + Self.film + ["-o", "out.mp4"], in: folder)
        #expect(render.status == 0, "\(render.errors)")
        let video = try CommandLineTool.run(["sheet", "out.mp4", "-o", "video.png"], in: folder)
        #expect(video.status == 0, "\(video.errors)")
        for name in ["still.png", "sheet.png", "video.png"] {
            #expect(TemporaryFolder.bytes(folder(name)).prefix(4).elementsEqual(signature), "\(name)")
        }
        let frames = try CommandLineTool.run(
            ["render"] + Self.film + ["-o", "frames/", "--frames", "0..5"], in: folder)
        #expect(frames.status == 0, "\(frames.errors)")
        #expect(TemporaryFolder.names(in: folder("frames")).count == 5)
        #expect(folder.contents.contains("frames.json"))
    }

    @Test func partOfAFilmIsThatPart() throws {
        let folder = try TemporaryFolder()
        let yuv = ["--dump-yuv", "all.yuv", "-o", "all.mp4"]
        #expect(try CommandLineTool.run(["render"] + Self.film + yuv, in: folder).status == 0)
        let part = ["--dump-yuv", "part.yuv", "-o", "part.mp4", "--frames", "20..50", "--verify", "full"]
        let outcome = try CommandLineTool.run(["render"] + Self.film + part, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let frame = 360 * 640 * 3 / 2
        let all = TemporaryFolder.bytes(folder("all.yuv"))
        #expect(all.count == 60 * frame)
        #expect(Array(all[20 * frame..<50 * frame]) == TemporaryFolder.bytes(folder("part.yuv")))
    }

    @Test func streamsGoToStandardOutput() throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(
            ["render"] + Self.film + ["-o", "-", "--frames", "0..3", "--size", "480x480"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("nut/multimedia container"))
        #expect(folder.contents.isEmpty)
    }

    @Test func listsListAndDoctorIsContent() throws {
        let folder = try TemporaryFolder()
        for (verb, word) in [
            ("templates", "three-beats"), ("profiles", "douyin"), ("fonts", "Noto Sans CJK SC"), ("doctor", "cairo"),
            ("schema", "$schema"),
        ] {
            let outcome = try CommandLineTool.run([verb], in: folder)
            #expect(outcome.status == 0, "\(verb): \(outcome.errors)")
            #expect(outcome.output.contains(word), "\(verb)")
            if verb == "schema" { continue }
            let json = try CommandLineTool.run([verb, "--json"], in: folder)
            #expect(json.status == 0 && json.output.hasPrefix("{\n") && json.output.hasSuffix("}\n"), "\(verb)")
        }
        let check = try CommandLineTool.run(["check"] + Self.film, in: folder)
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }

    @Test func checkExplainsItsCodes() throws {
        let folder = try TemporaryFolder()
        let help = try CommandLineTool.run(["check", "--help"], in: folder)
        let words = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // README's table is the list itself (ArchitectureTests).
        let readme = TemporaryFolder.read(CommandLineTool.root + "/README.md")
        let table =
            readme.split(separator: "| code | meaning |\n|---|---|\n").last?.split(separator: "\n\n").first ?? ""
        let rows = table.matches(of: /\| `([a-z-]+)` \| (.+) \|/)
        #expect(rows.count > 20)
        for row in rows { #expect(words.contains("\(row.1) \(row.2)"), "\(row.1)") }
    }

    @Test func helpHasExamples() throws {
        let folder = try TemporaryFolder()
        for verb in [
            "render", "still", "sheet", "digest", "check", "stats", "orders convert", "schema", "new", "watch",
        ] {
            let outcome = try CommandLineTool.run(verb.split(separator: " ").map(String.init) + ["--help"], in: folder)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("EXAMPLES\n  fanpai \(verb)"), "\(verb)")
        }
        let root = try CommandLineTool.run(["--help"], in: folder)
        for verb in [
            "render", "still", "sheet", "digest", "check", "stats", "orders", "templates", "profiles", "fonts",
            "schema", "doctor", "bench", "new", "watch",
        ] {
            #expect(root.output.contains("  \(verb) "), "\(verb)")
        }
    }

    /// The quickest of three: other tests fill the machine meanwhile.
    @Test(arguments: [SIGINT, SIGTERM]) func aSignalStopsWithinASecondAndLeavesNothing(number: Int32) throws {
        try expectStop(["-o", "out.mp4", "--duration", "600s"], signal: number)
    }

    @Test func aSignalStopsAStreamThatNobodyReads() throws {
        try expectStop(["-o", "tcp://127.0.0.1:\(47000 + Int(getpid()) % 1000)?listen"], signal: SIGINT)
    }

    private func expectStop(_ arguments: [String], signal number: Int32) throws {
        var quickest = Double.infinity
        for _ in 0..<3 where quickest >= 1 {
            let folder = try TemporaryFolder()
            let outcome = try CommandLineTool.run(
                ["render"] + Self.film + arguments, in: folder, interruptAfter: 1.2, signal: number)
            #expect(outcome.status == 130, "\(outcome.errors)")
            #expect(outcome.errors.contains("cancelled"))
            #expect(folder.contents.isEmpty, "left behind: \(folder.contents)")
            quickest = min(quickest, outcome.seconds)
        }
        #expect(quickest < 1)
    }

    @Test func aCancelledJobLeavesTheFileThatWasThere() throws {
        let folder = try TemporaryFolder()
        let file = open(folder("out.mp4"), O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0 && Glibc.write(file, "old", 3) == 3)
        close(file)
        let outcome = try CommandLineTool.run(
            ["render"] + Self.film + ["-o", "out.mp4", "--duration", "600s"], in: folder, interruptAfter: 1)
        #expect(outcome.status == 130)
        #expect(folder.contents == ["out.mp4"])
        #expect(TemporaryFolder.read(folder("out.mp4")) == "old")
    }

    @Test func aClosedReaderIsNoCrash() throws {
        let folder = try TemporaryFolder()
        let digest = try CommandLineTool.run(["digest"] + Self.film, in: folder, output: .closedPipe)
        #expect(digest.status == 74 && digest.errors.isEmpty, "\(digest.status) \(digest.errors)")
        let stream = try CommandLineTool.run(["render"] + Self.film + ["-o", "-"], in: folder, output: .closedPipe)
        #expect(stream.status == 74 || stream.status == 0, "\(stream.status) \(stream.errors)")
        #expect(!stream.errors.contains("Fatal"))
        let full = try CommandLineTool.run(["stats", CommandLineTool.orders], in: folder, output: .file("/dev/full"))
        #expect(full.status == 74 && full.errors.contains("space"), "\(full.status) \(full.errors)")
    }
}
