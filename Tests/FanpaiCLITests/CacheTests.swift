import Glibc
import Testing

/// `--cache`, `--no-cache` and `fanpai cache`, as users call them.
@Suite struct CacheTests {
    private static let film = ["render"] + CommandTests.film

    @Test func aSecondRenderIsTheSameFilmFromTheCache() throws {
        let folder = try TemporaryFolder()
        func run(_ name: String, _ extra: [String]) throws -> CommandLineTool.Outcome {
            let outcome = try CommandLineTool.run(Self.film + ["-o", name] + extra, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome
        }
        let cache = folder.hidden("cache")
        let none = try run("x.mp4", ["--no-cache", "--json"])
        let (plain, manifest) = (TemporaryFolder.bytes(folder("x.mp4")), TemporaryFolder.read(folder("x.mp4.json")))
        #expect(none.output == manifest)
        let first = try run("x.mp4", ["--cache", cache, "--json"])
        #expect(first.output.contains("\"made\": 3") && first.output.contains("\"foundByInputs\": 0"))
        #expect(TemporaryFolder.bytes(folder("x.mp4")) == plain)
        let second = try run("x.mp4", ["--cache", cache, "--jobs", "3", "--json"])
        #expect(second.output.contains("\"foundByInputs\": 3"))
        #expect(second.errors.contains("3 of 3 segments were in the cache"))
        #expect(TemporaryFolder.bytes(folder("x.mp4")) == plain)
        #expect(TemporaryFolder.read(folder("x.mp4.json")) == manifest)

        // Nothing of the orders, the texts or the machine lies in the folder.
        let stats = try CommandLineTool.run(["cache", "stats", "--cache", cache, "--json"], in: folder)
        #expect(stats.output.contains("\"segments\": 3") && stats.output.contains("\"keys\": 6"))
        for name in TemporaryFolder.names(in: cache) { #expect(["CACHEDIR.TAG", "v1"].contains(name)) }
        let verified = try CommandLineTool.run(["cache", "verify", "--cache", cache], in: folder)
        #expect(verified.status == 0 && verified.output.contains("3 segments are sound"))
        let pruned = try CommandLineTool.run(["cache", "prune", "--cache", cache, "--max-bytes", "0"], in: folder)
        #expect(pruned.output.contains("removed 3 segments and 6 keys"))
    }

    @Test func theUsersOwnFolderIsUsedAndMayBeMissing() throws {
        let folder = try TemporaryFolder()
        let environment = ["XDG_CACHE_HOME": folder.hidden("caches")]
        let empty = try CommandLineTool.run(
            ["cache", "stats", "--json"], in: folder, environment: environment, usesCache: true)
        #expect(empty.status == 0 && empty.output.contains("\"segments\": 0"))
        let first = try CommandLineTool.run(
            Self.film + ["-o", "x.mp4"], in: folder, environment: environment, usesCache: true)
        #expect(first.status == 0)
        #expect(TemporaryFolder.names(in: folder.hidden("caches")) == ["fanpai"])
        // What cannot be used does not stop anybody who did not ask for it.
        let odd = ["FANPAI_CACHE": folder("x.mp4")]
        let second = try CommandLineTool.run(Self.film + ["-o", "y.mp4"], in: folder, environment: odd)
        #expect(second.status == 0 && second.errors.contains("warning: no segments are kept"))
        let bound = ["FANPAI_CACHE": folder.hidden("c"), "FANPAI_CACHE_BYTES": "much"]
        #expect(try CommandLineTool.run(Self.film + ["-o", "y.mp4"], in: folder, environment: bound).status == 64)
    }

    @Test func mistakesHaveTheirCodes() throws {
        let folder = try TemporaryFolder()
        close(open(folder("x"), O_CREAT | O_WRONLY, 0o600))
        let render = ["render"] + CommandTests.film + ["-o", "o.mp4"]
        let mistakes: [(arguments: [String], status: Int32)] = [
            (render + ["--cache", "x/y"], 73), (render + ["--cache", "x", "--no-cache"], 64),
            (["cache", "stats", "--cache", "nowhere"], 66), (["cache", "prune", "--max-bytes", "much"], 64),
        ]
        for (arguments, status) in mistakes {
            let outcome = try CommandLineTool.run(arguments, in: folder)
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            #expect(folder.contents == ["x"])
        }
    }

    @Test func damageIsReportedWithAnExitCode() throws {
        let folder = try TemporaryFolder()
        let cache = folder.hidden("cache")
        #expect(try CommandLineTool.run(Self.film + ["-o", "x.mp4", "--cache", cache], in: folder).status == 0)
        let first = try #require(TemporaryFolder.names(in: cache + "/v1/objects").first)
        let name = try #require(TemporaryFolder.names(in: "\(cache)/v1/objects/\(first)").first)
        let path = "\(cache)/v1/objects/\(first)/\(name)"
        #expect(truncate(path, 100) == 0)
        let outcome = try CommandLineTool.run(["cache", "verify", "--cache", cache], in: folder)
        #expect(outcome.status == 65 && outcome.output.contains(path))
        #expect(try CommandLineTool.run(["cache", "verify", "--remove", "--cache", cache], in: folder).status == 65)
        #expect(try CommandLineTool.run(["cache", "verify", "--cache", cache], in: folder).status == 0)
    }

    /// Writers that are killed at any moment leave nothing that a later render would use.
    @Test func aKilledWriterSpoilsNothing() throws {
        let folder = try TemporaryFolder()
        let cache = folder.hidden("cache")
        #expect(try CommandLineTool.run(Self.film + ["-o", "x.mp4", "--no-cache"], in: folder).status == 0)
        for delay in [0.05, 0.2, 0.35, 0.5] {
            _ = try CommandLineTool.run(
                Self.film + ["-o", "y.mp4", "--cache", cache], in: folder, interruptAfter: delay, signal: SIGKILL)
        }
        let outcome = try CommandLineTool.run(Self.film + ["-o", "y.mp4", "--cache", cache], in: folder)
        #expect(outcome.status == 0)
        #expect(TemporaryFolder.bytes(folder("x.mp4")) == TemporaryFolder.bytes(folder("y.mp4")))
        #expect(try CommandLineTool.run(["cache", "verify", "--cache", cache], in: folder).status == 0)
    }
}
