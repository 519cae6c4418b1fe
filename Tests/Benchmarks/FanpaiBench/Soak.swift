/// Many frames through every sink: memory must be flat.
struct Soak {
    let workload: Workload
    let program: String
    /// Length of the film.
    let seconds: Int

    /// False when memory grew through a job.
    func run() throws -> Bool {
        var isFlat = true
        let ways = [
            ("douyin", Workplace.folder + "/job.mp4"), ("png-sequence", Workplace.folder + "/frames/"),
            ("obs-stream", "-"),
        ]
        for (profile, destination) in ways {
            let child = try Child(
                [program, "render"] + workload.arguments + [
                    "--duration", "\(seconds)s", "--jobs", "2", "--profile", profile, "-o", destination,
                ])
            let early = child.residentKibibytes(from: 0.25, to: 0.5)
            let late = child.residentKibibytes(from: 0.75, to: 0.97)
            // A tenth and 8 MiB are what buffers of encoders and caches sway by.
            let isGood = late <= early + early / 10 + 8192
            isFlat = isFlat && isGood
            print(
                "sink \(Text.padded(profile, 14))\(seconds * 30) frames in \(Text.fixed(child.seconds, 1)) s, resident "
                    + "\(early / 1024) MiB in the second quarter, \(late / 1024) MiB in the last, peak "
                    + "\(child.peakKibibytes / 1024) MiB: \(isGood ? "flat" : "IT GREW")")
            Workplace.empty(Workplace.folder + "/frames")
        }
        return isFlat
    }
}
