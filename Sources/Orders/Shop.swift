/// What one shop calls its columns and states: a block of `Shops.txt`.
package struct Shop: Sendable {
    /// A column name as `ColumnTable.normalised` writes it.
    package struct Alias: Sendable {
        package let name: String
        /// The name as the table has it, for messages.
        var title = ""
        /// Money in fen rather than yuan.
        var isFen = false
        /// Times without zone are UTC rather than Beijing's.
        var isUTC = false
        /// What is left after refunds, which may be nothing.
        var isRest = false
    }

    /// A rule for words of the after-sale status.
    struct AfterSale {
        enum Match { case whole, prefix, suffix }

        let word: String
        let match: Match
        let isReturned: Bool

        /// `WORD`, `WORD*` or `*WORD`.
        init(_ rule: String, isReturned: Bool) {
            self.isReturned = isReturned
            if rule.hasPrefix("*") {
                (word, match) = (Shop.word(String(rule.dropFirst())), .suffix)
            } else if rule.hasSuffix("*") {
                (word, match) = (Shop.word(String(rule.dropLast())), .prefix)
            } else {
                (word, match) = (Shop.word(rule), .whole)
            }
        }

        func matches(_ key: String) -> Bool {
            switch match {
            case .whole: key == word
            case .prefix: key.hasPrefix(word)
            case .suffix: key.hasSuffix(word)
            }
        }
    }

    package let name: String
    package var title = ""
    /// Sets of columns, each of which tells the shop.
    package var fingerprints: [[String]] = []
    /// By `OrderField.index`.
    package var aliases = [[Alias]](repeating: [], count: OrderField.allCases.count)
    var statuses: [String: RowStatus] = [:]
    var afterSales: [AfterSale] = []
    var reserved: [(prefix: [UInt8], length: Int)] = []
    var statusTellsRefunds = false
    var joins: String?
    var lacks: String?
    var fills = false
    /// Whether a row is an order where the file has no column of sub-orders.
    var isWhole = false
    /// Words in the names of columns by which rows of an order differ.
    var apart: [String] = []
    var hasSuffixes = false
    var hasShortIDs = false
    var asksCurrency = false
    var asksZone = false

    /// How many columns of the best fingerprint a header holds, 0 when it holds none whole.
    func match(_ names: Set<String>) -> Int {
        fingerprints.reduce(0) { best, columns in
            columns.allSatisfy(names.contains) ? max(best, columns.count) : best
        }
    }

    /// Whether a field has no column here, though a common name of it may occur: `FIELD -`.
    func lacksColumn(_ field: OrderField) -> Bool { aliases[field.index].first?.name == "-" }

    /// What the shop calls a column, for messages: its own names, else the common ones, at most three.
    func titles(of field: OrderField) -> String? {
        let own = aliases[field.index].isEmpty ? Shop.common.aliases[field.index] : aliases[field.index]
        return own.isEmpty ? nil : own.prefix(3).map(\.title).joined(separator: " / ")
    }

    /// Whether an id lies in a range of made-up data.
    func isReserved(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
        for range in reserved where id.count == range.length && id.starts(with: range.prefix) {
            return true
        }
        return false
    }

    /// The state a word of the order status stands for; nil for a word that is not known: nothing is guessed.
    package func status(_ word: String) -> RowStatus? {
        let key = Shop.word(word)
        return statuses[key] ?? Shop.common.statuses[key]
    }

    /// Whether an after-sale status says that the money went back; nil for a word that is not known.
    package func isReturned(_ word: String) -> Bool? {
        let key = Shop.word(word)
        let rules = afterSales + Shop.common.afterSales
        if let rule = rules.first(where: { $0.match == .whole && $0.word == key }) { return rule.isReturned }
        // 未退款成功, 部分退款成功, 退款中(已退款0元): what stands beside such a word may turn it round, so no part of the text decides.
        for rule in rules where rule.isReturned && rule.match == .whole && key.contains(rule.word) { return nil }
        let told = Set(rules.filter { $0.matches(key) }.map(\.isReturned))
        return told.count == 1 ? told.first : nil
    }

    /// A status word without white space, in lower case, with narrow commas.
    static func word(_ text: String) -> String {
        ColumnTable.normalised(text)
    }

    // MARK: The table

    /// All shops, in the order of the file.
    package static let all: [Shop] = parse(text).shops
    /// What every shop may use.
    package static let common: Shop = all.first { $0.name == "*" } ?? Shop(name: "*")
    /// The names that `--shop` takes; `taobao` stands for both of its files.
    static var names: [String] { all.filter { $0.name != "*" && $0.joins == nil }.map(\.name) }

    /// The shop a header belongs to: among those `wanted` names, else all; nil when none is told.
    static func of(header: Set<String>, wanted: String?) -> Shop? {
        let candidates = all.filter { shop in
            shop.name != "*" && (wanted.map { shop.name == $0 || shop.joins == $0 } ?? true)
        }
        var best: (shop: Shop, count: Int)?
        for shop in candidates {
            let count = shop.match(header)
            if count > best?.count ?? 0 { best = (shop, count) }
        }
        return best?.shop ?? (wanted == nil ? nil : candidates.first)
    }

    /// The file as it is built in.
    package static var text: String { String(decoding: PackageResources.Shops_txt, as: UTF8.self) }

    /// Reads the table; lines that are not understood are left out and given back, of which a test wants none.
    package static func parse(_ text: String) -> (shops: [Shop], unknown: [String]) {
        var shops: [Shop] = []
        var unknown: [String] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let key = String(line.prefix { $0 != " " })
            let value = String(line.dropFirst(key.count + 1))
            if key == "shop" {
                shops.append(Shop(name: value))
            } else if shops.isEmpty || !shops[shops.count - 1].take(key, value) {
                unknown.append(String(line))
            }
        }
        return (shops, unknown)
    }

    private mutating func take(_ key: String, _ value: String) -> Bool {
        let values = value.split(separator: "|").map { trimmed($0) }
        if let status = RowStatus(key) {
            for value in values { statuses[Shop.word(value)] = status }
            return true
        }
        switch key {
        case "title": title = value
        case "header": fingerprints.append(values.map(ColumnTable.normalised))
        case "returned", "kept":
            for value in values { afterSales.append(AfterSale(value, isReturned: key == "returned")) }
        case "reserved":
            let parts = value.split(separator: " ")
            guard parts.count == 2, let length = Int(parts[1]) else { return false }
            reserved.append((Array(parts[0].utf8), length))
        case "refunds": statusTellsRefunds = true
        case "joins": joins = value
        case "lacks": lacks = value
        case "fills": fills = true
        case "whole": isWhole = true
        case "apart": apart = values.map(ColumnTable.normalised)
        case "suffixes": hasSuffixes = true
        case "short-ids": hasShortIDs = true
        case "currency" where value == "ask": asksCurrency = true
        case "zone" where value == "ask": asksZone = true
        default:
            guard let field = OrderField(rawValue: key) else { return false }
            aliases[field.index] = values.map { value in
                let parts = value.split(separator: "@")
                let mark = parts.count > 1 ? parts[1] : ""
                return Alias(
                    name: ColumnTable.normalised(String(parts.first ?? "")), title: String(parts.first ?? ""),
                    isFen: mark == "fen", isUTC: mark == "utc",
                    isRest: mark == "rest")
            }
        }
        return true
    }
}

/// The state of a row by its order status.
package enum RowStatus: UInt32 {
    case unpaid, open, completed, closed, refunded

    init?(_ key: String) {
        switch key {
        case "unpaid": self = .unpaid
        case "open": self = .open
        case "completed": self = .completed
        case "closed": self = .closed
        case "refunded": self = .refunded
        default: return nil
        }
    }
}

private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
}
