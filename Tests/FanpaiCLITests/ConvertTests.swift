import Foundation
import Glibc
import Testing

/// `fanpai orders convert`.
@Suite struct ConvertTests {
    private static let key = ["--key", CommandLineTool.root + "/Samples/truth.json"]

    /// The figures without what says which file they are of.
    private func figures(_ path: String, _ more: [String] = [], in folder: TemporaryFolder) throws -> Substring {
        let outcome = try CommandLineTool.run(["stats", path, "--json"] + more, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let start = try #require(outcome.output.firstRange(of: "\"counting\":")?.lowerBound)
        return outcome.output[start...]
    }

    @Test(arguments: ["douyin-1111.csv", "douyin-1111-gb18030.csv", "live-session.jsonl"])
    func aLogGivesTheFiguresOfItsSource(name: String) throws {
        let folder = try TemporaryFolder()
        let path = CommandLineTool.root + "/Samples/" + name
        let outcome = try CommandLineTool.run(["orders", "convert", path, "-o", "out.jsonl"] + Self.key, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("out.jsonl: ") && folder.contents == ["out.jsonl"])
        #expect(try figures(path, in: folder) == figures(folder("out.jsonl"), in: folder))
        let period = ["--period", "2026-11-11 19:00..2026-11-11 20:30"]
        #expect(try figures(path, period, in: folder) == figures(folder("out.jsonl"), period, in: folder))
        // A part of the source is what the period of the source is.
        let part = try CommandLineTool.run(
            ["orders", "convert", path, "-o", "part.jsonl"] + period + Self.key, in: folder)
        #expect(part.status == 0, "\(part.errors)")
        #expect(try figures(path, period, in: folder) == figures(folder("part.jsonl"), in: folder))
        // What was converted once converts to itself.
        let again = try CommandLineTool.run(["orders", "convert", "out.jsonl", "-o", "-"] + Self.key, in: folder)
        #expect(again.status == 0 && again.output == TemporaryFolder.read(folder("out.jsonl")))
        #expect(again.output.hasPrefix("{\"log\":1,\"synthetic\":true"))
    }

    private static let everySample =
        ShopFilesTests.samples
        + ["jd.csv", "shopify-orders.json", "woocommerce-orders.json"].map { .init(files: [$0], section: $0) }

    /// All figures but those of repeat buyers: a log holds no accounts, not even as pseudonyms.
    @Test(arguments: everySample)
    func aLogOfAnyShopGivesItsFigures(sample: ShopFilesTests.Sample) throws {
        let folder = try TemporaryFolder()
        let data = sample.files.map { CommandLineTool.root + "/Samples/" + $0 } + sample.arguments
        let outcome = try CommandLineTool.run(
            ["orders", "convert"] + data + ["-o", "out.jsonl"] + Self.key, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        func figures(_ data: [String]) throws -> NSDictionary {
            let stats = try CommandLineTool.run(["stats", "--json"] + data, in: folder)
            #expect(stats.status == 0, "\(stats.errors)")
            let all = try ShopFilesTests.document(stats.output)
            #expect(all["buyers"] != nil && all["products"] != nil)
            return NSDictionary(dictionary: all.filter { !["files", "data", "buyers"].contains($0.key) })
        }
        #expect(try figures(data).isEqual(to: figures(["out.jsonl"]) as? [AnyHashable: Any] ?? [:]))
    }

    @Test func theExportsMomentAndTheKeyStay() throws {
        let folder = try TemporaryFolder()
        let row = "6917926768823643751,6917926768823643751,衣,1,12.00,2026-11-11 10:00:00,已完成,-\n"
        let path = try folder.write(BadInputTests.header + row, "1794500000_orders.csv")
        let outcome = try CommandLineTool.run(["orders", "convert", path, "-o", "out.jsonl", "--json"], in: folder)
        #expect(outcome.status == 0 && outcome.output.contains("\"payments\": 1"), "\(outcome.errors)")
        let log = TemporaryFolder.read(folder("out.jsonl"))
        #expect(log.hasPrefix("{\"log\":1,\"exported\":\"2026-11-13T00:13:20+08:00\"}\n"))
        #expect(!log.contains("6917926768823643751"))
        // The key was made at first use, so that the same file gives the same pseudonyms again.
        let again = try CommandLineTool.run(["orders", "convert", path, "-o", "-"], in: folder)
        #expect(again.output == log)
        let other = try CommandLineTool.run(["orders", "convert", path, "-o", "-"] + Self.key, in: folder)
        #expect(other.status == 0 && other.output != log)
    }

    @Test func itsInputIsNeverWrittenOver() throws {
        let folder = try TemporaryFolder()
        let text = TemporaryFolder.read(CommandLineTool.orders)
        let path = try folder.write(text, "orders.csv")
        #expect(symlink(path, folder("link.csv")) == 0)
        for output in [
            path, folder.hiddenPath + "/../" + (folder.hiddenPath.split(separator: "/").last ?? "") + "/orders.csv",
            folder("link.csv"),
        ] {
            let outcome = try CommandLineTool.run(["orders", "convert", path, "-o", output] + Self.key, in: folder)
            BadInputTests.expectExplained(outcome, status: 64, words: ["would overwrite", "another name"])
            #expect(TemporaryFolder.read(path) == text)
        }
    }

    @Test func anOldFileStaysUntilTheNewOneIsWhole() throws {
        let folder = try TemporaryFolder()
        let old = try CommandLineTool.run(
            ["orders", "convert", CommandLineTool.orders, "-o", "out.jsonl", "--period", "2026-11-12"] + Self.key,
            in: folder)
        #expect(old.status == 0)
        let before = TemporaryFolder.read(folder("out.jsonl"))
        let failed = try CommandLineTool.run(
            ["orders", "convert", CommandLineTool.orders, "-o", "out.jsonl", "--period", "2030-01-01"] + Self.key,
            in: folder)
        #expect(failed.status == 65 && TemporaryFolder.read(folder("out.jsonl")) == before)
        let new = try CommandLineTool.run(
            ["orders", "convert", CommandLineTool.orders, "-o", "out.jsonl"] + Self.key, in: folder)
        #expect(new.status == 0 && TemporaryFolder.read(folder("out.jsonl")).utf8.count > before.utf8.count)
        #expect(folder.contents == ["out.jsonl"])
    }

    @Test func aClosedReaderIsNoCrash() throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(
            ["orders", "convert", CommandLineTool.orders, "-o", "-"] + Self.key, in: folder, output: .closedPipe)
        #expect(outcome.status == 74 && !outcome.errors.contains("Fatal"), "\(outcome.status) \(outcome.errors)")
    }
}
