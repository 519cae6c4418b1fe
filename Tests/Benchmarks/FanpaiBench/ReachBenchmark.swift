import Drawing
import Fanpai

/// The films of the reach table: what a frame costs to draw, and what a whole job costs beside encoding alone.
struct ReachBenchmark {
    let home: Home
    let program: String
    /// How often a whole job is run; medians are kept.
    let runs: Int
    let isQuick: Bool

    static let moving = "moving", still = "still", overlay = "overlay at 60", resting = "resting overlay at 60"
    static let flipBoard = "flip-board 15 s", halfStill = "half still", minute = "a minute, cached"

    private func reference(_ name: String, _ settings: [String] = [], framesPerSecond: Int = 30) -> Workload {
        Workload(name, scene: "reference", home: home, settings: settings, framesPerSecond: framesPerSecond)
    }

    private func resting(_ name: String, _ settings: [String] = [], framesPerSecond: Int = 30) -> Workload {
        Workload(name, scene: "half-still", home: home, settings: settings, framesPerSecond: framesPerSecond)
    }

    private var films: [Workload] {
        var board = Workload("flip-board", home: home)
        board.seconds = 15
        return [
            reference(Self.moving), reference(Self.still, ["drift=0"]), board.called(Self.flipBoard),
            resting(Self.halfStill),
        ]
    }

    private var overlays: [Workload] {
        [
            reference(Self.overlay, ["backdrop=false"], framesPerSecond: 60),
            resting(Self.resting, ["backdrop=false"], framesPerSecond: 60),
        ]
    }

    /// Measures all of it; `done` is told of every film.
    func run(phases isDrawn: Bool, jobs: Bool, done: (String, [Figure]) -> Void) throws {
        for film in films {
            var figures: [Figure] = []
            if isDrawn {
                note("\(film.name): phases")
                var phases = PhaseBenchmark(film, runs: 1, encodedFrames: !jobs ? 0 : isQuick ? 60 : 120)
                figures += try phases.run()
            }
            if jobs {
                note("\(film.name): whole jobs and the floor, times \(runs)")
                figures += try JobBenchmark(
                    workload: film, program: program, size: PixelSize(width: 1080, height: 1920), runs: runs,
                    isQuick: isQuick
                ).run()
            }
            done(film.name, figures)
        }
        if isDrawn {
            for film in overlays {
                note("\(film.name): phases")
                var phases = PhaseBenchmark(film, runs: 1, encodedFrames: 0, conversion: .straight)
                done(film.name, try phases.run())
            }
        }
        if isDrawn { try overlayEncoders(done: done) }
        if jobs { done(Self.minute, try minute()) }
    }

    /// The encoders of overlays beside libavcodec's.
    func overlayEncoders(done: (String, [Figure]) -> Void) throws {
        for film in OverlayBenchmark.films(home: home) {
            note("\(film.name): overlay encoders beside libavcodec's")
            done(film.name, try OverlayBenchmark(film: film, isQuick: isQuick).run())
        }
    }

    /// A long film, its memory, and the same film again out of the cache.
    private func minute() throws -> [Figure] {
        var film = Workload("flip-board", home: home)
        film.seconds = isQuick ? 6 : 60
        note("\(Self.minute): twice")
        let cache = Workplace.folder + "/cache"
        defer { Workplace.removeTree(cache) }
        let render = [program, "render"] + film.arguments + ["--jobs", "2", "-o", Workplace.folder + "/job.mp4"]
        let options = ["--cache", cache]
        let first = try Child(render + options)
        var figures = [
            Figure(
                template: Self.minute, name: "resident after 25 %",
                value: Double(first.residentKibibytes(from: 0.2, to: 0.3)) / 1024, unit: "MiB"),
            Figure(
                template: Self.minute, name: "resident at the end",
                value: Double(first.residentKibibytes(from: 0.85, to: 0.97)) / 1024, unit: "MiB"),
            Figure(template: Self.minute, name: "first run", value: first.seconds, unit: "s"),
        ]
        let again = try (0..<3).map { _ in try Child(render + options).seconds }
        let second = Statistics(again).median
        figures += [
            Figure(template: Self.minute, name: "second run", value: second, unit: "s"),
            Figure(
                template: Self.minute, name: "second run over 0.3 s", value: (second - 0.3) / first.seconds * 100,
                unit: "%"),
        ]
        return figures
    }
}
