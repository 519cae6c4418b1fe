import ArgumentParser
import Fanpai

/// How order data is read.
struct OrderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Reads a column under another name, for example --map amount=实付款. May be repeated.",
            valueName: "field=column"))
    var map: [String] = []

    @Flag(help: "Leaves out rows that cannot be read, and says how many, instead of refusing the file.")
    var skipBadRows = false

    @Option(
        help: ArgumentHelp(
            "A file with the project key, under which order ids become pseudonyms.",
            discussion: "Default: $FANPAI_KEY_FILE, else a key made at first use in the configuration folder.",
            valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "The shop time whose orders count, for example 2026-11-11..2026-11-11.", valueName: "from..to"))
    var period: String?

    /// Takes these options over into a request.
    func apply(to request: inout FilmRequest) throws {
        for text in map { try request.apply(.map, text) }
        if let period { try request.apply(.period, period) }
        request.skipsBadRows = skipBadRows
        request.keyFile = key
    }
}
