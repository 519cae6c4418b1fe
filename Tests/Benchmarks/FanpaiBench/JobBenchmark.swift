import Drawing

/// Whole jobs of the command line program against the floor: ffmpeg encoding the same finished frames.
struct JobBenchmark {
    let workload: Workload
    let program: String
    let size: PixelSize
    /// How often; medians are kept.
    let runs: Int
    let isQuick: Bool

    private var template: String { workload.name }
    private var dump: String { Workplace.folder + "/frames.yuv" }
    private var job: String { Workplace.folder + "/job.mp4" }

    func run() throws -> [Figure] {
        // The film's first seconds do for a quick look.
        let part = isQuick ? ["--frames", "0..90"] : []
        let render = [program, "render"] + workload.arguments + part + ["--jobs", "2", "--no-cache", "-o", job]
        _ = try Child(render + ["--dump-yuv", dump])
        defer { TextFile.remove(dump) }
        var jobs: [Child] = []
        var floors: [[Child]] = [[], []]
        let files = ["floor.mp4", "floor-60.mp4"]
        for run in 0..<runs {
            jobs.append(try Child(render))
            for index in files.indices {
                // One that was clearly slower the first time will not be the faster one.
                let isHopeless = run > 0 && floors[index][0].seconds > 1.15 * floors[1 - index][0].seconds
                if isHopeless { continue }
                floors[index].append(try Child(encode(files[index], options: index == 0 ? [] : ["-g", "60"])))
            }
        }
        let medians = floors.map { Statistics($0.map(\.seconds)).median }
        let isDefaultFaster = medians[0] <= medians[1]
        let floor = isDefaultFaster ? medians[0] : medians[1]
        let floorFile = Workplace.folder + (isDefaultFaster ? "/floor.mp4" : "/floor-60.mp4")
        let whole = Statistics(jobs.map(\.seconds)).median
        var figures: [Figure] = []
        func add(_ name: String, _ value: Double, _ unit: String) {
            figures.append(Figure(template: template, name: name, value: value, unit: unit))
        }
        add("whole job", whole, "s")
        let processor = Statistics(jobs.map(\.processorSeconds)).median
        let floorProcessor = Statistics(floors[isDefaultFaster ? 0 : 1].map(\.processorSeconds)).median
        add("whole job processor time", processor, "s")
        add("floor processor time", floorProcessor, "s")
        add("floor default", medians[0], "s")
        add("floor keyint 60", medians[1], "s")
        add("whole job / floor", whole / floor, "times")
        // Waits for other programs of the machine are not in this one.
        add("processor time / floor's", processor / floorProcessor, "times")
        add("whole job bytes", Double(TextFile.size(job)) / 1000, "kB")
        add("floor bytes", Double(TextFile.size(floorFile)) / 1000, "kB")
        add("whole job SSIM", try similarity(job), "")
        add("floor SSIM", try similarity(floorFile), "")
        add("peak memory", Double(jobs.map(\.peakKibibytes).max() ?? 0) / 1024, "MiB")
        return figures
    }

    /// Milliseconds from starting the program until the first frame is a PNG file and the program has ended.
    func launch() throws -> [Figure] {
        var launches: [Child] = []
        for _ in 0..<(isQuick ? 3 : 5) {
            launches.append(
                try Child([program, "still"] + workload.arguments + ["-o", Workplace.folder + "/still.png"]))
        }
        let wall = Statistics(launches.map { $0.seconds * 1000 }).median
        let processor = Statistics(launches.map { $0.processorSeconds * 1000 }).median
        return [
            Figure(template: template, name: "launch to first frame", value: wall, unit: "ms"),
            Figure(template: template, name: "launch processor time", value: processor, unit: "ms"),
        ]
    }

    private var rawInput: [String] {
        [
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "\(size.width)x\(size.height)", "-r",
            "\(workload.framesPerSecond)", "-i", dump,
        ]
    }

    private func encode(_ file: String, options: [String]) -> [String] {
        ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-y"] + rawInput
            + ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20"] + options + [Workplace.folder + "/" + file]
    }

    /// SSIM over all planes against the frames that the encoder got.
    private func similarity(_ file: String) throws -> Double {
        let time = "setpts=N/TB/\(workload.framesPerSecond)"
        let filter = "[0:v:0]\(time)[a];[1:v:0]\(time)[b];[a][b]ssim"
        let child = try Child(
            ["ffmpeg", "-hide_banner", "-nostdin", "-i", file] + rawInput + ["-lavfi", filter, "-f", "null", "-"])
        guard let start = child.messages.firstRange(of: "All:")?.upperBound else { return .nan }
        return Double(child.messages[start...].prefix { $0.isNumber || $0 == "." }) ?? .nan
    }
}
