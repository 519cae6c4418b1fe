import ArgumentParser
import Fanpai

/// How order data is read.
struct OrderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Reads a column under another name, for example --map amount=实付款. May be repeated.",
            valueName: "field=column"))
    var map: [String] = []

    @Option(help: ArgumentHelp("Whose export it is, where its header does not tell.", valueName: "name"))
    var shop: String?

    @Option(
        help: ArgumentHelp("What comes first in dates such as 11/12/2026: dmy or mdy.", valueName: "dmy|mdy"))
    var dateOrder: String?

    @Option(help: ArgumentHelp("The zone of times that name none. Default: Beijing's.", valueName: "+08:00"))
    var zone: String?

    @Option(help: ArgumentHelp("The currency of data that names none, for example CNY.", valueName: "code"))
    var currency: String?

    @Option(
        help: ArgumentHelp(
            "Yuan for one unit of another currency, for example USD=7.12. May be repeated.", valueName: "code=yuan"))
    var rate: [String] = []

    @Flag(help: "Leaves out rows that cannot be read, and says how many, instead of refusing the file.")
    var skipBadRows = false

    @Option(
        help: ArgumentHelp(
            "The shop time whose orders count, for example 2026-11-11..2026-11-11.", valueName: "from..to"))
    var period: String?

    /// Takes these options over into a request.
    func apply(to request: inout FilmRequest) throws {
        for text in map { try request.apply(.map, text) }
        if let period { try request.apply(.period, period) }
        if let shop { try request.apply(.shop, shop) }
        if let dateOrder { try request.apply(.dateOrder, dateOrder) }
        if let zone { try request.apply(.zone, zone) }
        if let currency { try request.apply(.currency, currency) }
        for text in rate { try request.apply(.rate, text) }
        request.skipsBadRows = skipBadRows
    }
}

/// The key of what names orders.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the project key, under which order ids become pseudonyms.",
            discussion: "Default: $FANPAI_KEY_FILE, else a key made at first use in the configuration folder.",
            valueName: "file"))
    var key: String?
}
