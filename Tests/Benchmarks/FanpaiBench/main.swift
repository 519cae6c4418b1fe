// The program behind `make bench`, `make bench-compare` and `make soak`.
//
// Processor time of one thread is what phases are given in, so that other programs on the machine disturb as little as they can;
// whole jobs are wall time, in turn with the floor. Reaching nothing is no failure: the exit code is 0 unless something breaks.
import Drawing
import Fanpai
import Glibc

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    complain(Options.usage)
    exit(64)
}

/// Writes to standard error; C's own variable for it is not safe to name here.
func complain(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(2, bytes, bytes.count)
}

func note(_ text: String) {
    complain("bench: \(text)\n")
}

/// A template as a session and a command line meet it: phases with a little encoding, appends, launch.
func benchmark(_ workload: Workload, isFirst: Bool) throws -> [Figure] {
    var figures: [Figure] = []
    note("\(workload.name): phases")
    var phases = PhaseBenchmark(workload, runs: options.isQuick ? 1 : 2, encodedFrames: 60)
    figures += try phases.run()
    guard isFirst || options.template != nil else { return figures }
    if let picture = phases.picture {
        figures += ConversionBenchmark(
            template: workload.name, picture: picture, rounds: options.isQuick ? 9 : 41
        ).run()
    }
    note("\(workload.name): append to \(AppendBenchmark.orderCount) orders")
    figures += try AppendBenchmark(workload: workload, isQuick: options.isQuick).run()
    return figures + (try launch(workload))
}

func launch(_ workload: Workload) throws -> [Figure] {
    note("\(workload.name): launch")
    return try JobBenchmark(
        workload: workload, program: options.program, size: PixelSize(width: 1080, height: 1920), runs: 1,
        isQuick: options.isQuick
    ).launch()
}

do {
    if let path = options.ordersToRead {
        try OrdersBenchmark.read(path)
        exit(0)
    }
    defer { Workplace.remove() }
    let home = try Home.find()
    if let seconds = options.soakSeconds {
        let soak = Soak(
            workload: Workload(options.template ?? "flip-board", home: home), program: options.program, seconds: seconds
        )
        if try !soak.run() {
            Workplace.remove()
            exit(1)
        }
    } else {
        var figures: [Figure] = []
        func show(_ name: String, _ new: [Figure]) {
            figures += new
            let report = Report(figures: figures, isQuick: options.isQuick)
            if !options.printsJSON && !options.printsRows { print(report.text(name)) }
        }
        if options.template == nil && !options.onlyOrders {
            let reach = ReachBenchmark(
                home: home, program: options.program, runs: options.runs ?? (options.isQuick ? 1 : 3),
                isQuick: options.isQuick)
            if options.onlyOverlays {
                try reach.overlayEncoders(done: show)
            } else {
                try reach.run(phases: !options.onlyWholeJobs, jobs: !options.onlyPhases, done: show)
            }
        }
        let names = options.onlyOrders || options.onlyReach ? [] : options.template.map { [$0] } ?? home.templateNames
        for (index, name) in names.enumerated() {
            let workload = Workload(name, home: home)
            show(
                name, options.onlyWholeJobs ? try launch(workload) : try benchmark(workload, isFirst: index == 0))
        }
        if options.template == nil && !options.onlyWholeJobs && !options.onlyReach {
            note("orders")
            figures += try OrdersBenchmark(program: options.program, isQuick: options.isQuick).run()
            let report = Report(figures: figures, isQuick: options.isQuick)
            if !options.printsJSON && !options.printsRows { print(report.text("orders")) }
        }
        let report = Report(figures: figures, isQuick: options.isQuick)
        if options.printsJSON {
            print(report.json.document)
        } else if options.printsRows {
            for figure in figures { print(figure.row) }
        } else {
            print(report.summary)
        }
    }
} catch {
    note("\(error)")
    exit(1)
}
