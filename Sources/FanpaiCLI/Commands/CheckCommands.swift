import ArgumentParser
import Fanpai

/// `fanpai check`: all that is wrong or doubtful, without a picture.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Lists every error and warning of a template, its data, texts, safe area and claims.",
        discussion: """
            Without --orders the template is checked with its own sample, in every layout unless --size names one. A finding has
            its place, a code, what to do, and the first and last frame in which it holds, where it is about some part of the
            film. Errors keep pictures from being made, and the exit code is 65 then.

              FILE:LINE:COLUMN: PATH: SEVERITY[CODE]: MESSAGE; HINT (frames A to B)

            EXAMPLES
              fanpai check flip-board --orders orders.csv
              fanpai check my/template --json

            CODES
            \(codes)
            """)

    private static var codes: String {
        let width = (CheckFindings.codes.map(\.code.count).max() ?? 0) + 2
        return CheckFindings.codes.map { code, meaning in
            "  " + code + String(repeating: " ", count: width - code.count) + meaning
        }.joined(separator: "\n")
    }

    @OptionGroup var film: FilmOptions

    @Flag(help: "Prints the findings as JSON.")
    var json = false

    mutating func run() throws {
        var request = try film.request()
        if request.orders.isEmpty { request.isDemo = true }
        let findings = try Film.check(request, home: film.homeOptions.home())
        try StandardStreams.print(json ? findings.json.document : findings.text)
        if findings.errorCount > 0 { throw CheckFailed() }
    }
}

/// A check that found errors, which were printed already.
struct CheckFailed: Error {}

/// `fanpai digest`: the fingerprint of every frame.
struct DigestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Prints the SHA-256 of the pixels of every frame, and of all of them together.",
        discussion: """
            One line a frame: its number and the SHA-256 of its premultiplied BGRA bytes, row by row. The last line is
            the total: the SHA-256 of the digests before it.

            EXAMPLES
              fanpai digest flip-board --orders orders.csv
              fanpai digest flip-board --demo --frames 0..30 --jobs 4
            """)

    @OptionGroup var film: FilmOptions

    @OptionGroup var qualityOptions: QualityOptions

    @Option(help: ArgumentHelp("Frames A up to, but not including, B.", valueName: "A..B"))
    var frames: String?

    @Option(
        help: ArgumentHelp("The order in which frames are drawn; it must not matter.", valueName: "order"))
    var order: Order = .forward

    /// The orders as the argument parser knows them.
    enum Order: String, ExpressibleByArgument, CaseIterable { case forward, shuffled }

    @OptionGroup var workerOptions: WorkerOptions

    @Flag(help: "Prints the digests as JSON.")
    var json = false

    mutating func run() throws {
        var options = RenderOptions()
        options.frames = try frames.map { try UserText.frames($0) }
        options.workers = try workerOptions.workers()
        options.cancellation = Interrupts.cancellation
        let digests = try film.film(qualityOptions).digests(options, order: order == .forward ? .forward : .shuffled)
        try StandardStreams.print(json ? digests.json.document : digests.text)
    }
}
