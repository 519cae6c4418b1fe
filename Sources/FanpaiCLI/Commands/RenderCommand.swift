import ArgumentParser
import Fanpai
import Synchronization

/// `fanpai render`: a whole film.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Renders a film to a file, a folder of pictures or a stream.",
        discussion: """
            The extension of OUT picks the profile: .mp4 is douyin, .mov prores4444, .webm vp9-alpha, .gif gif, .jpg cover; a
            name that ends in / is png-sequence, - and tcp://127.0.0.1:PORT?listen are obs-stream. fanpai profiles lists all.
            A manifest OUT.json beside a file says what it was made of.

            EXAMPLES
              fanpai render flip-board --orders orders.csv -o out.mp4
              fanpai render flip-board --orders orders.csv --set headline=双十一战报
              fanpai render flip-board --orders orders.csv --period 2026-11-11..2026-11-11
              fanpai render flip-board --demo --profile png-sequence -o frames/
              fanpai render flip-board --demo -o 'tcp://127.0.0.1:9000?listen'
            """)

    @OptionGroup var film: FilmOptions

    @OptionGroup var qualityOptions: QualityOptions

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp(
            "Where the film goes: a file, a folder ending in /, - for standard output, or tcp://…?listen. "
                + "Default: the template's name with .mp4 or what the profile writes, in this folder.",
            valueName: "out"))
    var output: String?

    @Option(help: ArgumentHelp("The way out by name; see fanpai profiles. Default: by OUT.", valueName: "name"))
    var profile: String?

    @Option(
        help: ArgumentHelp("Renders frames A up to, but not including, B, for example 0..90.", valueName: "A..B"))
    var frames: String?

    @OptionGroup var workerOptions: WorkerOptions
    @OptionGroup var cacheOptions: CacheOptions

    @Option(help: ArgumentHelp("full decodes and compares every frame of the finished file.", valueName: "full"))
    var verify: Verification?

    @Option(
        name: .customLong("dump-yuv"),
        help: ArgumentHelp(
            "Also writes the exact frames that the encoder gets, as raw YUV 4:2:0.", valueName: "file"))
    var yuvPath: String?

    @Option(
        name: .customLong("sign"),
        help: ArgumentHelp(
            "Signs the manifest with the Ed25519 key in a file; see fanpai verify.", valueName: "keyfile"))
    var signingKeyPath: String?

    @Flag(help: "Prints the manifest on standard output, and what the cache did.")
    var json = false

    /// How thoroughly a finished file is checked.
    enum Verification: String, ExpressibleByArgument, CaseIterable { case full }

    mutating func run() throws {
        if json && output == "-" {
            throw FanpaiError(
                .usage, "--json and -o - both want standard output", remedy: "write the film to a file")
        }
        var options = RenderOptions()
        options.profile = profile
        options.frames = try frames.map { try UserText.frames($0) }
        options.workers = try workerOptions.workers()
        options.verifiesFully = verify == .full
        options.yuvPath = yuvPath
        options.cancellation = Interrupts.cancellation
        options.signingKey = try signingKeyPath.map { try SigningKey(file: $0) }
        options.cache = try cacheOptions.store()
        let film = try film.film(qualityOptions, for: FilmOptions.WayOut(profile: profile, destination: output))
        let line = ProgressLine()
        options.onProgress = { line.show($0) }
        Interrupts.isWriting.store(true, ordering: .releasing)
        do {
            let result = try film.render(to: output ?? film.usualDestination(profile), options)
            for warning in result.warnings { StandardStreams.note("fanpai: warning: \(warning)\n") }
            if let use = result.report.cache, use.found > 0 {
                StandardStreams.note(
                    "fanpai: \(use.found) of \(result.report.segmentCount) segments were in the cache\n")
            }
            if json { try StandardStreams.print(result.json.document) }
        } catch {
            line.interrupt()
            throw error
        }
    }
}
