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

func benchmark(_ workload: Workload, isFirst: Bool) throws -> [Figure] {
    var figures: [Figure] = []
    var size = PixelSize(width: 1080, height: 1920)
    if !options.onlyWholeJobs {
        note("\(workload.name): phases")
        var phases = PhaseBenchmark(workload, isQuick: options.isQuick)
        figures += try phases.run()
        if let picture = phases.picture {
            size = picture.size
            figures += ConversionBenchmark(
                template: workload.name, picture: picture, rounds: options.isQuick ? 9 : 41
            ).run()
        }
        if isFirst || !options.isQuick {
            note("\(workload.name): append to \(AppendBenchmark.orderCount) orders")
            figures += try AppendBenchmark(workload: workload, isQuick: options.isQuick).run()
        }
    }
    let job = JobBenchmark(
        workload: workload, program: options.program, size: size, runs: options.runs ?? (options.isQuick ? 1 : 3),
        isQuick: options.isQuick)
    note("\(workload.name): launch")
    figures += try job.launch()
    if isFirst || !options.isQuick {
        note("\(workload.name): whole jobs and the floor")
        figures += try job.run()
        if !options.isQuick {
            note("\(workload.name): memory over a long job")
            figures += try job.flatness(seconds: 60)
        }
    }
    return figures
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
        let names = options.onlyOrders ? [] : options.template.map { [$0] } ?? home.templateNames
        for (index, name) in names.enumerated() {
            figures += try benchmark(Workload(name, home: home), isFirst: index == 0)
            let report = Report(figures: figures, isQuick: options.isQuick)
            if !options.printsJSON && !options.printsRows { print(report.text(name)) }
        }
        if options.template == nil && !options.onlyWholeJobs {
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
