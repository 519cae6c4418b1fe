import Drawing
import Fanpai
import Glibc
import Synchronization
import Testing

/// A generator with a seed: the same numbers in every run.
private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Segments that are kept from job to job. Whatever lies in the folder, the film is the same.
@Suite struct SegmentStoreTests {
    static let size = PixelSize(width: 64, height: 48)
    static let scenes = [0, 80, 150]

    /// A square that runs over a ground, whose colour is that of `salt` up to a frame.
    static func source(salt: UInt8 = 0, until end: Int = 0) -> FrameSource {
        FrameSource(size: size, rate: .thirty, frameCount: 300, scenes: scenes) { frame in
            DisplayList(
                size: size,
                nodes: [
                    .path(
                        PathNode(
                            path: .rect(size.bounds.rect),
                            paint: .solid(Color(red: 30, green: 60, blue: frame < end ? salt : 90)))),
                    .path(
                        PathNode(
                            path: .rect(Rect(x: Double(frame % 40), y: 8, width: 20, height: 20)), paint: .solid(.white)
                        )),
                ])
        }
    }

    static func film(
        _ folder: Folder, _ source: FrameSource = source(), cache: SegmentStore?, workers: Int = 2,
        onProgress: (@Sendable (RenderProgress) -> Void)? = nil
    ) throws -> (bytes: [UInt8], report: RenderReport) {
        var options = RenderOptions()
        options.onProgress = onProgress
        options.cache = cache
        options.workers = workers
        let path = folder("\(UInt64.random(in: 0...UInt64.max)).mp4")
        let report = try source.render(to: path, options)
        defer { unlink(path) }
        return (PlainFiles.bytes(path), report)
    }

    /// The paths of all files of a kind.
    static func files(_ store: SegmentStore, _ kind: String) -> [String] {
        let base = "\(store.path)/v1/\(kind)"
        return PlainFiles.names(base).flatMap { first in
            PlainFiles.names("\(base)/\(first)").map { "\(base)/\(first)/\($0)" }
        }
    }

    static func write(_ bytes: [UInt8], _ path: String) throws {
        let file = try #require(fopen(path, "wb"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    @Test func aSecondJobTakesAllAndWritesTheSame() throws {
        let folder = try Folder()
        let plain = try Self.film(folder, cache: nil)
        #expect(plain.report.cache == nil)
        let store = try SegmentStore(at: folder("cache"))
        let first = try Self.film(folder, cache: store)
        let second = try Self.film(folder, cache: store, workers: 5)
        #expect(first.bytes == plain.bytes && second.bytes == plain.bytes)
        #expect(first.report.digest == plain.report.digest && second.report.digest == plain.report.digest)
        #expect(first.report.cache?.made == first.report.segmentCount)
        // A source without a template says nothing of its inputs: its frames are looked at.
        #expect(second.report.cache?.foundByFrames == second.report.segmentCount)
        #expect(CacheContents(at: store.path, maximumBytes: 0).segments == first.report.segmentCount)
    }

    /// Entries are missing, cut, flipped, exchanged or strange, in any mixture and for any number of workers.
    @Test func noStateOfTheFolderShowsInTheFilm() throws {
        let folder = try Folder()
        let plain = try Self.film(folder, cache: nil).bytes
        let store = try SegmentStore(at: folder("cache"))
        _ = try Self.film(folder, cache: store)
        var random = Chance(state: 5)
        for round in 0..<24 {
            for kind in ["objects", "keys"] {
                let all = Self.files(store, kind)
                for path in all {
                    var bytes = PlainFiles.bytes(path)
                    switch Int.random(in: 0..<14, using: &random) {
                    case 0: unlink(path)
                    case 1:
                        bytes[Int.random(in: bytes.indices, using: &random)] ^=
                            1 << UInt8.random(in: 0..<8, using: &random)
                        try Self.write(bytes, path)
                    case 2: try Self.write(Array(bytes.prefix(Int.random(in: bytes.indices, using: &random))), path)
                    case 3: try Self.write(PlainFiles.bytes(all[Int.random(in: all.indices, using: &random)]), path)
                    case 4: try Self.write([], path)
                    default: break
                    }
                }
            }
            let workers = [1, 2, 3, 5][round % 4]
            let film = try Self.film(folder, cache: store, workers: workers)
            #expect(film.bytes == plain, "round \(round)")
            let use = try #require(film.report.cache)
            #expect(use.found + use.made == film.report.segmentCount && use.problem == nil)
        }
        // Whatever was damaged has been made anew.
        #expect(try Self.film(folder, cache: store).report.cache?.made == 0)
        _ = CacheContents.verify(at: store.path, removing: true)
        #expect(CacheContents.verify(at: store.path).damaged.isEmpty)
    }

    @Test func onlyWhatDiffersIsMade() throws {
        let folder = try Folder()
        let store = try SegmentStore(at: folder("cache"))
        let whole = try Self.film(folder, cache: store)
        let segments = SegmentPlan.segments(frameCount: 300, rate: .thirty, scenes: Self.scenes)
        let variant = Self.source(salt: 7, until: 70)
        let made = segments.count { $0.frames.lowerBound < 70 }
        let film = try Self.film(folder, variant, cache: store)
        #expect(film.report.cache?.made == made && made < segments.count)
        #expect(try film.bytes == Self.film(folder, variant, cache: nil).bytes)
        #expect(film.bytes != whole.bytes)
    }

    @Test func aPartOfAFilmUsesTheSegmentsOfTheWhole() throws {
        let folder = try Folder()
        let store = try SegmentStore(at: folder("cache"))
        _ = try Self.film(folder, cache: store)
        var options = RenderOptions()
        options.frames = 80..<300
        let plain = try Self.source().render(to: folder("a.mp4"), options)
        options.cache = store
        let cached = try Self.source().render(to: folder("b.mp4"), options)
        #expect(cached.cache?.made == 0 && cached.cache?.found == plain.segmentCount)
        #expect(PlainFiles.bytes(folder("a.mp4")) == PlainFiles.bytes(folder("b.mp4")))
    }

    @Test func aFlippedBitIsReportedAndNeverUsed() throws {
        let folder = try Folder()
        let store = try SegmentStore(at: folder("cache"))
        let film = try Self.film(folder, cache: store)
        let files = Self.files(store, "objects")
        for path in files {
            var bytes = PlainFiles.bytes(path)
            bytes[bytes.count - 40] ^= 0x10
            try Self.write(bytes, path)
        }
        #expect(Set(CacheContents.verify(at: store.path).damaged) == Set(files))
        let again = try Self.film(folder, cache: store)
        #expect(again.bytes == film.bytes)
        #expect(again.report.cache?.made == film.report.segmentCount)
        let healed = CacheContents.verify(at: store.path)
        #expect(healed.sound == files.count && healed.damaged.isEmpty)
    }

    @Test(.timeLimit(.minutes(2))) func severalJobsWriteTheSameFolderAtOnce() throws {
        let folder = try Folder()
        let plain = try Self.film(folder, cache: nil).bytes
        let results = Mutex<[[UInt8]]>([])
        let jobs = 4
        for _ in 0..<jobs {
            let path = folder("cache")
            try startThread {
                do {
                    let store = try SegmentStore(at: path, maximumBytes: 20_000)
                    let bytes = try Self.film(folder, cache: store, workers: 2).bytes
                    results.withLock { $0.append(bytes) }
                } catch {
                    Issue.record("\(error)")
                    results.withLock { $0.append([]) }
                }
            }
        }
        while results.withLock({ $0.count }) < jobs { usleep(5000) }
        #expect(results.withLock { $0.allSatisfy { $0 == plain } })
        #expect(CacheContents.verify(at: folder("cache")).damaged.isEmpty)
    }

    @Test func theFolderKeepsItsBound() throws {
        let folder = try Folder()
        let maximum = 30_000
        let store = try SegmentStore(at: folder("cache"), maximumBytes: maximum)
        for salt in 0..<6 {
            _ = try Self.film(folder, Self.source(salt: UInt8(salt), until: 300), cache: store)
            #expect(CacheContents(at: store.path, maximumBytes: maximum).bytes <= maximum)
        }
        // What was of use last is still there.
        #expect(CacheContents(at: store.path, maximumBytes: maximum).segments > 0)
        #expect(try (Self.film(folder, Self.source(salt: 5, until: 300), cache: store).report.cache?.found ?? 0) > 0)
    }

    @Test func theFolderKeepsItsBoundWhenSomebodyElsePrunedMeanwhile() throws {
        let folder = try Folder()
        let maximum = 5000
        let store = try SegmentStore(at: folder("cache"), maximumBytes: maximum)
        // As another worker or job that looks at the folder all the while.
        let lock = open(store.path + "/v1/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        defer { close(lock) }
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        _ = try Self.film(folder, cache: store, workers: 1) { progress in
            if progress.framesDone == progress.framesTotal { flock(lock, LOCK_UN) }
        }
        #expect(CacheContents(at: store.path, maximumBytes: maximum).bytes <= maximum)
    }

    @Test func pruningRemovesTheOldestAndWhatLeadsNowhere() throws {
        let folder = try Folder()
        let store = try SegmentStore(at: folder("cache"))
        _ = try Self.film(folder, cache: store)
        let before = CacheContents(at: store.path, maximumBytes: 0)
        let oldest = try #require(Self.files(store, "objects").first)
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        utimensat(AT_FDCWD, oldest, &times, 0)
        try Self.write([1], store.path + "/v1/objects/notes.txt")
        let removal = CacheContents.prune(at: store.path, to: before.bytes - 1)
        #expect(removal.segments == 1 && removal.keys == 1 && !PlainFiles.exists(oldest))
        // A key alone is of no use.
        let next = try #require(Self.files(store, "objects").first)
        unlink(next)
        #expect(CacheContents.prune(at: store.path, to: before.bytes).keys == 1)
        let all = CacheContents.prune(at: store.path, to: 0)
        #expect(all.segments == before.segments - 2)
        #expect(CacheContents(at: store.path, maximumBytes: 0).bytes == 0)
        #expect(PlainFiles.exists(store.path + "/v1/objects/notes.txt"))
    }

    @Test func whatAKilledWriterLeftIsRemovedAndWhatALivingOneWritesIsNot() throws {
        let folder = try Folder()
        let store = try SegmentStore(at: folder("cache"))
        try Self.write([1, 2, 3], store.path + "/v1/new/dead")
        try Self.write([1, 2, 3], store.path + "/v1/new/alive")
        let file = open(store.path + "/v1/new/alive", O_RDWR)
        #expect(flock(file, LOCK_EX) == 0)
        #expect(CacheContents.prune(at: store.path, to: 1 << 30).unfinished == 1)
        #expect(PlainFiles.names(store.path + "/v1/new") == ["alive"])
        close(file)
    }

    @Test func aFolderThatStopsTakingSegmentsDoesNotStopTheFilm() throws {
        let folder = try Folder()
        let plain = try Self.film(folder, cache: nil).bytes
        let store = try SegmentStore(at: folder("cache"))
        rmdir(store.path + "/v1/new")
        try Self.write([], store.path + "/v1/new")
        let film = try Self.film(folder, cache: store)
        #expect(film.bytes == plain)
        #expect(film.report.cache?.problem != nil)
    }

    @Test func aFolderThatCannotBeMadeIsAnError() throws {
        let folder = try Folder()
        try Self.write([], folder("file"))
        do {
            _ = try SegmentStore(at: folder("file") + "/cache")
            Issue.record("made a cache in a file")
        } catch {
            #expect(error.code == .cannotCreate && error.remedy.contains("--cache"))
        }
    }

    @Test func sizesAreReadWithTheirUnits() throws {
        #expect(try CacheLocation.bytes("0", name: "x") == 0)
        #expect(try CacheLocation.bytes("500m", name: "x") == 500 << 20)
        #expect(try CacheLocation.bytes("10G", name: "x") == 10 << 30)
        for text in ["", "G", "-1", "1.5G", "ten", "99999999999999999999", "9999999999T"] {
            #expect(throws: FanpaiError.self) { try CacheLocation.bytes(text, name: "x") }
        }
    }

    /// A template knows what its scenes are made of: nothing is evaluated, and a value that one scene uses leaves the others.
    @Test func aFilmsSegmentsAreKnownByTheirInputs() throws {
        let folder = try Folder()
        let store = try SegmentStore(at: folder("cache"))
        func render(_ settings: [String]) throws -> RenderReport {
            var request = FilmTests.request()
            for setting in settings { try request.apply(.set, setting) }
            var options = RenderOptions()
            options.cache = store
            return try Film(request, home: FilmTests.home).render(to: folder("x.mp4"), options).report
        }
        let first = try render([])
        // The fade from the first scene to the second is a segment of its own.
        #expect(first.cache?.made == 3 && first.segmentCount == 3)
        #expect(try render([]).cache?.foundByInputs == 3)
        // Only the first scene shows the headline: it is seen until the fade is over.
        let other = try render(["headline=另一个"])
        #expect(other.cache?.made == 2 && other.cache?.found == 1)
        // Nothing shows this one.
        #expect(try render(["accent=#00ff00"]).cache?.foundByInputs == 3)
        // As is the size of its number.
        #expect(try render(["size=50"]).cache?.made == 2)
    }
}
