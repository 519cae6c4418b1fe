import ArgumentParser
import Fanpai
import Synchronization

/// `fanpai orders`: what can be done with order data itself.
struct OrdersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Works on order data itself.", subcommands: [OrdersConvertCommand.self])
}

/// `fanpai orders convert`: any order data as an order log.
struct OrdersConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes order data as an order log: JSON Lines, one event a line, pseudonymous and masked.",
        discussion: """
            The log gives the same figures (except repeat buyers) and films as the file that it was made from, and holds no
            more of it than fanpai keeps: pseudonyms under the project key, masked names, short places, no addresses, phones or remarks.

            EXAMPLES
              fanpai orders convert orders.csv -o orders.jsonl
              fanpai orders convert orders.csv -o night.jsonl --period "2026-11-10 20:00..2026-11-11 24:00"
            """)

    @Argument(help: "The order data: a shop's export as it is, or an order log; several that belong together.")
    var files: [String]

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The log, which appears when it is whole; - for standard output.", valueName: "out"))
    var output: String

    @OptionGroup var orderOptions: OrderOptions
    @OptionGroup var keyOptions: KeyOptions

    @Flag(help: "Prints what was written as JSON.")
    var json = false

    mutating func run() throws {
        if json && output == "-" {
            throw FanpaiError(.usage, "--json and -o - both want standard output", remedy: "write the log to a file")
        }
        var request = FilmRequest(template: "", orders: files)
        try orderOptions.apply(to: &request)
        request.keyFile = keyOptions.key
        let conversion = try OrderConversion(request, to: output)
        for warning in conversion.warnings { StandardStreams.note("fanpai: warning: \(warning)\n") }
        let line = ProgressLine(unit: "event", rate: "events/s")
        Interrupts.isWriting.store(true, ordering: .releasing)
        do {
            try conversion.write(cancellation: Interrupts.cancellation) { line.show($0) }
        } catch {
            line.interrupt()
            throw error
        }
        if output == "-" { return }
        try StandardStreams.print(json ? conversion.json.document : conversion.text)
    }
}
