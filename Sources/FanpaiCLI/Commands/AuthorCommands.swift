import ArgumentParser
import Fanpai
import Synchronization

/// `fanpai new`: a template to start from.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Makes a template of your own, with comments, sample data and two layouts, that renders at once.",
        discussion: """
            EXAMPLES
              fanpai new my-sale
              fanpai new 国庆大促 --from flip-board --in templates
            """)

    @Argument(help: "What it is called; its folder gets this name.")
    var name: String

    @Option(help: ArgumentHelp("The template to start from, by name or path.", valueName: "template"))
    var from = NewTemplate.starter

    @Option(name: .customLong("in"), help: ArgumentHelp("The folder to make it in.", valueName: "folder"))
    var parent = "."

    @OptionGroup var homeOptions: HomeOptions

    mutating func run() throws {
        let made = try NewTemplate(named: name, from: from, in: parent, home: homeOptions.home())
        try StandardStreams.print(made.text)
    }
}

/// `fanpai watch`: draws again after every save.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Draws a still or a short clip of half the size again whenever a file of the template is saved.",
        discussion: """
            It looks at the template's folder, the order data, the brand and its files. What is wrong is listed with its place,
            and the last good picture stays. Ctrl-C ends it (exit code 130). Without --orders it shows the template's sample.

            EXAMPLES
              fanpai watch my-sale --at 3.2s -o still.png
              fanpai watch my-sale --orders orders.csv --brand brand.yaml -o clip.mp4
            """)

    @OptionGroup var film: FilmOptions

    @Option(
        help: ArgumentHelp(
            "The moment that a still shows or a clip begins with. Default: the middle of the longest scene; of a clip, 0s.",
            valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp("How much of the film a clip shows.", valueName: "time"))
    var clip = "4s"

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp(
            "A .png for a still, a .mp4 for a clip. Default: the template's name with .png, in this folder.",
            valueName: "file"))
    var output: String?

    mutating func run() throws {
        var request = try film.request()
        if request.orders.isEmpty { request.isDemo = true }
        let home = try film.homeOptions.home()
        let path = try output ?? home.name(ofTemplate: film.template) + ".png"
        let watch = try TemplateWatch(
            request, home: home, output: path, at: at.map { try UserText.microseconds($0, "--at") },
            length: UserText.microseconds(clip, "--clip", isZeroAllowed: false))
        var warnings: [String] = []
        try watch.run(Interrupts.cancellation) { event in
            switch event {
            case .writing: Interrupts.isWriting.store(true, ordering: .releasing)
            case .shown(let milliseconds, let found):
                Interrupts.isWriting.store(false, ordering: .releasing)
                // What was said once need not be said at every save.
                for warning in found where !warnings.contains(warning) {
                    StandardStreams.note("fanpai: warning: \(warning)\n")
                }
                warnings = found
                StandardStreams.note("fanpai: \(path) is up to date (\(milliseconds) ms)\n")
            case .failed(let error, let hasPicture):
                Interrupts.isWriting.store(false, ordering: .releasing)
                StandardStreams.note("fanpai: \(error)\n")
                if hasPicture { StandardStreams.note("fanpai: \(path) stays as it was\n") }
            }
        }
    }
}
