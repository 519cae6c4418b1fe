import ArgumentParser
import Fanpai

/// `fanpai stats`: what the orders add up to.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Adds up order data: orders, revenue, refunds, places, hours, prices, products, channels.",
        discussion: """
            Every section says what it counts: net is without refunded and closed orders, gross is all paid ones. A city
            with fewer than ten orders is shown as its province only. The table is as wide as the terminal, or $COLUMNS;
            fanpai schema stats describes the JSON.

            EXAMPLES
              fanpai stats orders.csv
              fanpai stats orders.csv --period "2026-11-10 20:00..2026-11-11 24:00" --json
            """)

    @Argument(help: "The order data: a shop's export as it is, or an order log; several that belong together.")
    var files: [String]

    @OptionGroup var orderOptions: OrderOptions

    @Option(
        help: ArgumentHelp(
            "A file with the project key. The figures are the same under every key; without one none is made.",
            valueName: "file"))
    var key: String?

    @Flag(help: "Prints the figures as JSON.")
    var json = false

    mutating func run() throws {
        var request = FilmRequest(template: "", orders: files)
        try orderOptions.apply(to: &request)
        request.keyFile = key
        let totals = try OrderTotals(request)
        for warning in totals.warnings { StandardStreams.note("fanpai: warning: \(warning)\n") }
        try StandardStreams.print(json ? totals.json.document : totals.text(width: StandardStreams.columns))
    }
}
