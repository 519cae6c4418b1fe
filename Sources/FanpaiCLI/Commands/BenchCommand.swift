import ArgumentParser
import Fanpai

/// `fanpai bench`: where the time goes.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures a film on this machine: milliseconds a frame by phase, memory, time to the first frame.",
        discussion: """
            The film goes nowhere: it is drawn, and encoded unless --no-encode is given, into a file that is removed.

            EXAMPLES
              fanpai bench flip-board --demo
              fanpai bench flip-board --orders orders.csv --jobs 1 --json
            """)

    @OptionGroup var film: FilmOptions
    @OptionGroup var workerOptions: WorkerOptions

    @Option(help: ArgumentHelp("How often; the median is printed.", valueName: "number"))
    var runs = 3

    @Flag(inversion: .prefixedNo, help: "Whether frames are also converted and encoded, with profile douyin.")
    var encode = true

    @Flag(help: "Prints the figures as JSON.")
    var json = false

    mutating func run() throws {
        guard (1...100).contains(runs) else {
            throw FanpaiError(.usage, "--runs: \(runs) times is no measurement", remedy: "write a number from 1 to 100")
        }
        var options = RenderOptions()
        options.workers = try workerOptions.workers()
        options.cancellation = Interrupts.cancellation
        let figures = try BenchFigures(
            film.request(), home: film.homeOptions.home(), options: options, runs: runs, encodes: encode)
        try StandardStreams.print(json ? figures.json.document : figures.text)
    }
}
