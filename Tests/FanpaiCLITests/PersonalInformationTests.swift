import Foundation
import Glibc
import Testing

/// What identifies a buyer stays in the file that it came in.
@Suite struct PersonalInformationTests {
    /// Columns of the export whose cells must never be seen again.
    static let columns = ["主订单编号", "子订单编号", "收件人", "收件人手机号", "详细地址", "买家留言", "商家备注"]

    /// The cells of those columns in a sample, without what is too short to be told from other text.
    static func personalStrings(_ path: String, columns: [String] = columns) -> Set<String> {
        personalStrings(of: TemporaryFolder.read(path), columns: columns)
    }

    static func personalStrings(of text: String, columns: [String]) -> Set<String> {
        let firstLines = text.prefix(2000)
        let delimiter = ["\t", ";"].first { mark in columns.contains { firstLines.contains(mark + $0 + mark) } } ?? ","
        let rows = records(text, delimiter: delimiter.unicodeScalars.first ?? ",")
        // Some have other rows above their header.
        guard let first = rows.firstIndex(where: { $0.contains(where: columns.contains) }) else { return [] }
        let wanted = rows[first].indices.filter { columns.contains(rows[first][$0]) }
        var strings: Set<String> = []
        for row in rows[(first + 1)...] {
            for column in wanted where column < row.count { insert(row[column], into: &strings) }
        }
        return strings
    }

    /// Keeps a cell without what shops put around it. Masked names ("张**") may be shown; nothing else that is longer than a word may.
    private static func insert(_ cell: String, into strings: inout Set<String>) {
        let text = String(cell.drop { "='`#".contains($0) && !cell.hasPrefix("##") })
        if text.count >= 3, !["null", "NULL"].contains(text), text.count > 3 || !text.hasSuffix("*") {
            strings.insert(text)
        }
    }

    /// The texts and ids under some keys, however deep.
    static func personalStrings(inJSON path: String, keys: [String]) throws -> Set<String> {
        var strings: Set<String> = []
        func walk(_ value: Any, _ isWanted: Bool) {
            if let object = value as? [String: Any] {
                for (key, member) in object { walk(member, keys.contains(key)) }
            } else if let array = value as? [Any] {
                for element in array { walk(element, isWanted) }
            } else if isWanted, let text = value as? String {
                insert(text, into: &strings)
            } else if isWanted, let number = value as? NSNumber {
                insert(number.stringValue, into: &strings)
            }
        }
        let bytes = TemporaryFolder.bytes(path)
        if let document = try? JSONSerialization.jsonObject(with: Data(bytes)) {
            walk(document, false)
        } else {
            // Pages behind each other, a line each.
            for line in bytes.split(separator: 10) { walk(try JSONSerialization.jsonObject(with: Data(line)), false) }
        }
        return strings
    }

    /// Rows and cells of a CSV, trimmed of what exports put around them.
    static func records(_ text: String, delimiter: Unicode.Scalar = ",") -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": isQuoted.toggle()
            case delimiter where !isQuoted, "\n" where !isQuoted:
                while cell.last == " " { cell.removeLast() }
                row.append(cell)
                cell = ""
                if scalar == "\n" {
                    rows.append(row)
                    row = []
                }
            case "\t", "\r", "\u{FEFF}": continue
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return rows
    }

    static func expectNone(of strings: Set<String>, in text: String, _ what: String) {
        // One pass for each would take minutes: look for their first three characters first.
        var starts: [String: [String]] = [:]
        for string in strings { starts[String(string.prefix(3)), default: []].append(string) }
        let characters = Array(text)
        guard characters.count >= 3 else { return }
        for index in 0...characters.count - 3 {
            guard let candidates = starts[String(characters[index..<index + 3])] else { continue }
            for candidate in candidates {
                let end = min(characters.count, index + candidate.count)
                if String(characters[index..<end]) == candidate {
                    Issue.record("\(what) has a personal string of \(candidate.count) characters")
                }
            }
        }
    }

    @Test func theSamplesHavePersonalStrings() {
        let strings = Self.personalStrings(CommandLineTool.orders)
        #expect(strings.count > 5000)
        #expect(strings.contains { $0.hasPrefix("##") || $0.hasPrefix("$$") })
    }

    @Test func manifestsStatisticsAndMessagesHaveNone() throws {
        let folder = try TemporaryFolder()
        let strings = Self.personalStrings(CommandLineTool.orders)
        let film = CommandTests.film
        let render = try CommandLineTool.run(["render"] + film + ["-o", "out.mp4", "--frames", "0..30"], in: folder)
        #expect(render.status == 0, "\(render.errors)")
        var texts = [
            ("manifest", TemporaryFolder.read(folder("out.mp4.json"))), ("render's log", render.errors),
            ("the video", String(decoding: TemporaryFolder.bytes(folder("out.mp4")), as: UTF8.self)),
        ]
        for arguments in [
            ["stats", CommandLineTool.orders], ["stats", CommandLineTool.orders, "--json"],
            ["orders", "convert", CommandLineTool.orders, "-o", "out.jsonl", "--json"], ["check"] + film,
            ["check", CommandLineTool.root + "/Templates/three-beats", "--orders", CommandLineTool.orders, "--json"],
            ["check", CommandLineTool.root + "/Templates/live-wall", "--orders", CommandLineTool.orders, "--json"],
            ["check", CommandLineTool.root + "/Templates/live-popups", "--orders", CommandLineTool.orders, "--json"],
        ] {
            let outcome = try CommandLineTool.run(arguments, in: folder)
            texts.append((arguments[0], outcome.output + outcome.errors))
        }
        for (what, text) in texts { Self.expectNone(of: strings, in: text, what) }
        // A log holds masked names, which is all that it may hold of a buyer.
        let log = TemporaryFolder.read(folder("out.jsonl"))
        #expect(log.contains("欧阳**"))
        Self.expectNone(of: strings.filter { !$0.hasSuffix("**") }, in: log, "the order log")
    }

    /// A file that is refused is quoted by row, column and shape, never by what stood there.
    @Test func errorsHaveNone() throws {
        let folder = try TemporaryFolder()
        let strings = Self.personalStrings(CommandLineTool.orders)
        let text = TemporaryFolder.read(CommandLineTool.orders)
        let broken: [(String, String)] = [
            ("a cut file", String(text.unicodeScalars.prefix(40_000))),
            ("money that is none", text.replacing(".00,", with: ".x0,")),
            ("times that are none", text.replacing("2026-11-1", with: "2026-99-1")),
            ("ids that are none", text.replacing("\"\t99", with: "\"\tE+")),
            ("columns that moved", text.replacing("\r\n\"\t", with: "\r\n,\"\t")),
            ("an open quote", text.replacing("商品", with: "\"商品", maxReplacements: 30)),
        ]
        for (what, text) in broken {
            let path = try folder.write(text, "orders.csv")
            for arguments in [["stats", path], ["stats", path, "--skip-bad-rows", "--json"]] {
                let outcome = try CommandLineTool.run(arguments, in: folder)
                let isStrict = arguments.count == 2
                #expect(isStrict ? outcome.status == 65 : [0, 65].contains(outcome.status), "\(what)")
                #expect(!isStrict || outcome.errors.contains("row"), "\(what): \(outcome.errors.prefix(300))")
                Self.expectNone(of: strings, in: outcome.errors + outcome.output, what)
            }
        }
    }
}
