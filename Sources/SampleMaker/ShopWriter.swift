/// Writes one shop's export: rows of cells by column name, with the cell forms that the shop and spreadsheets make.
struct ShopWriter {
    let header: [String]
    let delimiter: String
    let lineEnd: String
    var random: Random
    private(set) var text: String

    init(header: String, seed: UInt64, delimiter: String = ",", lineEnd: String = "\n", above: [String] = []) {
        self.header = header.split(separator: ",").map(String.init)
        self.delimiter = delimiter
        self.lineEnd = lineEnd
        random = Random(seed: seed)
        text = (above + [self.header.joined(separator: delimiter)]).map { $0 + lineEnd }.joined()
    }

    /// Appends a row; columns that are not named hold `empty`.
    mutating func row(_ cells: [String: String], empty: String = "") {
        for name in cells.keys { precondition(header.contains(name), "the header has no \(name)") }
        text += header.map { cells[$0] ?? empty }.joined(separator: delimiter) + lineEnd
    }

    mutating func line(_ line: String) {
        text += line + lineEnd
    }

    /// A quoted cell.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// `28.90`, for 1000 yuan and more sometimes `1,299.00`, now and then with a currency sign.
    mutating func money(_ fen: Int) -> String {
        let plain = "\(fen / 100)." + String(fen % 100).leftPadded(2)
        if fen >= 100_000, random.chance(50) {
            let yuan = fen / 100
            return "\"\(yuan / 1000)," + String(yuan % 1000).leftPadded(3) + "." + String(fen % 100).leftPadded(2)
                + "\""
        }
        switch random.below(40) {
        case 0: return "¥" + plain
        case 1: return "￥" + plain
        case 2: return plain + "元"
        default: return plain
        }
    }

    static func plain(_ fen: Int) -> String {
        "\(fen / 100)." + String(fen % 100).leftPadded(2)
    }

    /// Beijing wall time of a second of 2026-11-11, with the separators given.
    static func time(_ second: Int, date: String = "-") -> String {
        "2026\(date)11\(date)\(11 + second / 86_400) " + clock(second)
    }

    static func clock(_ second: Int) -> String {
        [second / 3600 % 24, second / 60 % 60, second % 60].map { String($0).leftPadded(2) }.joined(separator: ":")
    }

    /// A time as the shop or, on full minutes, as Excel writes it.
    mutating func time(_ second: Int?, none: String) -> String {
        guard let second else { return none }
        if second % 60 == 0, random.chance(50) {
            return "2026/11/\(11 + second / 86_400) \(second / 3600 % 24):" + String(second / 60 % 60).leftPadded(2)
        }
        return ShopWriter.time(second)
    }

    /// A buyer as exports show them: masked, encrypted or in clear.
    mutating func buyer() -> String {
        switch random.below(10) {
        case 0...2: "##" + Catalogue.cipher(&random, length: 8) + "*#1##"
        case 3...7: random.pick(Catalogue.surnames) + "**"
        default: random.pick(Catalogue.clearNames)
        }
    }

    /// A whole address with a street that must never come out.
    mutating func address(_ town: Catalogue.Town) -> String {
        "\(town.province) \(town.city) \(town.district) \(random.pick(Catalogue.secretWords))\(1 + random.below(90))号(100000)"
    }
}
