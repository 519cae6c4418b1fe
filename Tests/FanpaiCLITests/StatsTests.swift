import Foundation
import Testing

/// `fanpai stats` and `fanpai schema stats`.
@Suite struct StatsTests {
    private static let session = CommandLineTool.root + "/Samples/live-session.jsonl"

    /// Written with: fanpai stats Samples/douyin-1111.csv --period 2026-11-11
    private static let snapshot = CommandLineTool.root + "/Tests/FanpaiCLITests/Fixtures/stats-1111.txt"

    private func output(_ arguments: [String], columns: Int? = nil) throws -> String {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(
            arguments, in: folder, environment: columns.map { ["COLUMNS": "\($0)"] } ?? [:])
        #expect(outcome.status == 0, "\(outcome.errors)")
        // Totals need no key, so none is made.
        #expect(TemporaryFolder.names(in: folder.hiddenPath).sorted() == ["stderr", "stdout"])
        return outcome.output
    }

    @Test func theTableOfTheSampleIsTheCommittedOne() throws {
        let table = try output(["stats", CommandLineTool.orders, "--period", "2026-11-11"])
        #expect(table == TemporaryFolder.read(Self.snapshot))
        for section in ["总览", "省份", "城市", "时段", "价格带", "商品", "渠道", "复购"] {
            #expect(table.contains("\n\(section) ") || table.hasPrefix(section), "\(section)")
        }
    }

    /// The samples' own truth, which another program wrote.
    @Test func theFiguresAreTheTruth() throws {
        let truth = try Self.object(TemporaryFolder.read(CommandLineTool.root + "/Samples/truth.json"))
        for name in ["douyin-1111.csv", "douyin-1111-gb18030.csv"] {
            let path = CommandLineTool.root + "/Samples/" + name
            let stats = try Self.object(output(["stats", path, "--period", "2026-11-11", "--json"]))
            let expected = try #require(truth[name] as? [String: Any])
            for (key, theirs) in [
                ("orders", "netOrders"), ("items", "netItems"), ("revenueFen", "netRevenue"),
                ("grossOrders", "grossOrders"),
                ("grossRevenueFen", "grossRevenue"), ("refundedOrders", "refundedOrders"),
                ("refundedFen", "refundedAmount"),
            ] { #expect(try #require(stats[key] as? Int) == expected[theirs] as? Int, "\(name) \(key)") }
            let rows = try #require(stats["rows"] as? [String: Any])
            #expect(
                rows["paid"] as? Int == expected["rows"] as? Int && rows["gifts"] as? Int == expected["gifts"] as? Int)
            let hours = try #require((stats["times"] as? [String: Any])?["hoursOfDay"] as? [[String: Any]])
            #expect(hours.compactMap { $0["orders"] as? Int } == expected["netOrdersByHour"] as? [Int])
        }
    }

    @Test(arguments: [40, 44, 57, 80, 100, 120]) func linesFitTheTerminal(columns: Int) throws {
        for path in [CommandLineTool.orders, Self.session] {
            let table = try output(["stats", path], columns: columns)
            let widths = table.split(separator: "\n").map { Self.width(of: $0) }
            #expect((widths.max() ?? 0) <= columns)
            // Wider terminals get more: bars at the least.
            #expect(columns < 80 || table.contains("###"))
            #expect(table.contains("广东") && table.contains("net") || table.contains("as-seen"))
        }
    }

    @Test func numbersStandBelowEachOther() throws {
        let table = try output(["stats", CommandLineTool.orders])
        let section = try #require(table.components(separatedBy: "\n\n").first { $0.hasPrefix("城市") })
        let rows = section.split(separator: "\n").dropFirst(2).filter { $0.contains("¥") }
        #expect(rows.count == 10)
        #expect(Set(rows.map { Self.width(of: $0) }).count == 1)
    }

    /// Columns of a terminal; Chinese characters take two.
    private static func width(of line: Substring) -> Int {
        line.unicodeScalars.reduce(0) {
            $0 + ((0x2E80...0x9FFF).contains($1.value) || (0xFF00...0xFF60).contains($1.value) ? 2 : 1)
        }
    }

    @Test func whatATerminalWouldActOnIsNotShown() throws {
        let folder = try TemporaryFolder()
        let row = "6917926768823643751,6917926768823643751,衣\u{1B}[2J\u{202E}裳,1,12.00,2026-11-11 10:00:00,已完成,-\n"
        let path = try folder.write(BadInputTests.header + row, "orders.csv")
        let outcome = try CommandLineTool.run(["stats", path], in: folder)
        #expect(outcome.status == 0 && outcome.output.contains("衣"))
        #expect(!outcome.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        let json = try CommandLineTool.run(["stats", path, "--json"], in: folder)
        #expect(json.output.contains("衣\\u001b"))
    }

    @Test func unknownRefundsAreSaidToBeUnknown() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,支付完成时间\n"
                + "6917926768823643751,6917926768823643751,衣,1,12.00,2026-11-11 10:00:00\n", "orders.csv")
        let text = try CommandLineTool.run(["stats", path], in: folder)
        #expect(text.output.contains("unknown: the file does not say what was refunded"))
        let log = try CommandLineTool.run(["orders", "convert", path, "-o", "out.jsonl"], in: folder)
        #expect(log.status == 0, "\(log.errors)")
        for input in [path, folder("out.jsonl")] {
            let json = try Self.object(CommandLineTool.run(["stats", input, "--json"], in: folder).output)
            #expect((json["refunds"] as? [String: Any])?["known"] as? Bool == false)
            #expect(json["counting"] as? String == "gross")
        }
    }

    @Test func repeatBuyersAreCountedWhereTheyAreKnown() throws {
        let folder = try TemporaryFolder()
        var text = "主订单编号,买家会员名,选购商品,订单应付金额,支付完成时间,订单状态,售后状态\n"
        for (order, account) in [("1001", "wang88"), ("1002", "wang88"), ("1003", "li_7"), ("1004", "w**8")] {
            text += "\(order),\(account),衣,12.00,2026-11-11 10:00:00,已完成,-\n"
        }
        let path = try folder.write(text, "orders.csv")
        let table = try CommandLineTool.run(["stats", path], in: folder).output
        #expect(table.contains("复购 repeat buyers (net)\n  1 of 2 buyers came again (50.0%); they have 2 of 3 orders"))
        #expect(table.contains("buyer known: 3 of 4 orders (75.0%)"))
        let json = try CommandLineTool.run(["stats", path, "--json"], in: folder).output
        let log = try CommandLineTool.run(["orders", "convert", path, "-o", "-"], in: folder).output
        for shown in [table, json, log] {
            #expect(!shown.contains("wang88") && !shown.contains("li_7") && !shown.contains("w**8"))
        }
        let schema = try Self.object(output(["schema", "stats"]))
        let check = SchemaCheck(definitions: schema["$defs"] as? [String: Any] ?? [:])
        #expect(try check.problems(Self.object(json), schema, path: "") == [])
        #expect(try check.undescribed(Self.object(json), schema, path: "") == [])
    }

    /// The figures name no order, so that `stats` needs no key and makes none.
    @Test func theHelpSaysWhatTheKeyIsGoodFor() throws {
        let folder = try TemporaryFolder()
        func help(_ verb: [String]) throws -> String {
            let text = try CommandLineTool.run(verb + ["--help"], in: folder).output
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let stats = try help(["stats"])
        #expect(
            stats.contains("--key <file>") && stats.contains("The figures are the same under every key"), "\(stats)")
        #expect(!stats.contains("made at first use"))
        for verb in [["orders", "convert"], ["render"]] {
            let text = try help(verb)
            #expect(text.contains("--key <file>") && text.contains("a key made at first use"), "\(text)")
        }
    }

    // MARK: Schema

    private static func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func theJSONIsAsTheSchemaSays() throws {
        let schema = try Self.object(output(["schema", "stats"]))
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let check = SchemaCheck(definitions: schema["$defs"] as? [String: Any] ?? [:])
        for arguments in [
            [CommandLineTool.orders], [CommandLineTool.orders, "--period", "2026-11-11"], [Self.session],
        ] {
            let stats = try Self.object(output(["stats", "--json"] + arguments))
            let problems = check.problems(stats, schema, path: "")
            #expect(problems.isEmpty, "\(problems)")
            // Every key is described.
            #expect(check.undescribed(stats, schema, path: "") == [])
        }
        var broken = try Self.object(output(["stats", "--json", CommandLineTool.orders]))
        broken["orders"] = "many"
        broken["revenueFen"] = NSNumber(value: -1)
        broken["firstPayment"] = "2026-11-11 00:00"
        broken["counting"] = "all"
        broken["places"] = nil
        broken["nonsense"] = 1
        broken["refunds"] = (broken["refunds"] as? [String: Any])?.merging(["nonsense": 1]) { $1 }
        #expect(check.problems(broken, schema, path: "").count == 7)
        for unit in ["count", "fen"] {
            #expect((check.definitions[unit] as? [String: Any])?["description"] is String, "\(unit)")
        }
    }

    @Test func theTemplateSchemaStaysTheDefault() throws {
        #expect(try output(["schema"]) == output(["schema", "template"]))
        #expect(try output(["schema"]).contains("Fanpai template"))
    }
}

/// As much of JSON Schema as the schema of statistics uses.
struct SchemaCheck {
    let definitions: [String: Any]

    private func resolved(_ schema: [String: Any]) -> [String: Any] {
        guard let reference = schema["$ref"] as? String else { return schema }
        return definitions[String(reference.split(separator: "/").last ?? "")] as? [String: Any] ?? ["enum": []]
    }

    func problems(_ value: Any, _ schema: [String: Any], path: String) -> [String] {
        let schema = resolved(schema)
        var found: [String] = []
        if let type = schema["type"] as? String, !matches(value, type) { return ["\(path): not \(type)"] }
        if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
            found.append("\(path): word")
        }
        if let constant = schema["const"] as? Int, value as? Int != constant {
            found.append("\(path): not \(constant)")
        }
        if let number = value as? Double {
            if let least = schema["minimum"] as? Double, number < least { found.append("\(path): too little") }
            if let most = schema["maximum"] as? Double, number > most { found.append("\(path): too much") }
        }
        if let pattern = schema["pattern"] as? String, let text = value as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(path): pattern")
        }
        if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
            for (index, item) in list.enumerated() { found += problems(item, items, path: "\(path)[\(index)]") }
        }
        if let object = value as? [String: Any] {
            for key in schema["required"] as? [String] ?? [] where object[key] == nil {
                found.append("\(path): no \(key)")
            }
            for (key, form) in schema["properties"] as? [String: [String: Any]] ?? [:] {
                if let member = object[key] { found += problems(member, form, path: "\(path).\(key)") }
            }
            if schema["additionalProperties"] as? Bool == false {
                let known = schema["properties"] as? [String: Any] ?? [:]
                for key in object.keys where known[key] == nil { found.append("\(path): \(key) is not known") }
            }
        }
        return found
    }

    func undescribed(_ value: Any, _ schema: [String: Any], path: String) -> [String] {
        let schema = resolved(schema)
        if let list = value as? [Any] {
            return list.flatMap { undescribed($0, schema["items"] as? [String: Any] ?? [:], path: path + "[]") }
        }
        guard let object = value as? [String: Any] else { return [] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        return object.flatMap { key, member in
            properties[key].map { undescribed(member, $0, path: "\(path).\(key)") } ?? ["\(path).\(key)"]
        }
    }

    private func matches(_ value: Any, _ type: String) -> Bool {
        // A truth value is a number to Foundation; JSON keeps them apart.
        let isFlag = (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
        return switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": isFlag
        case "integer": !isFlag && value is Int
        case "number": !isFlag && value is Double
        default: false
        }
    }
}
