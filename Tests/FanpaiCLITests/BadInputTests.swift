import Glibc
import Testing

/// Every mistake a user can make: the right exit code, one message with place and remedy, nothing left behind.
@Suite struct BadInputTests {
    static let template = CommandLineTool.root + "/Tests/FanpaiCLITests/Fixtures/counter"
    static let orders = CommandLineTool.orders

    /// A command and what must come of it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let title: String
        let arguments: [String]
        let status: Int32
        /// Words that the message must have: the place or the value, and the remedy.
        let words: [String]
        var testDescription: String { title }

        init(_ title: String, _ arguments: [String], _ status: Int32, _ words: String...) {
            (self.title, self.arguments, self.status, self.words) = (title, arguments, status, words)
        }

        /// `render` of the small film with further arguments.
        static func render(_ title: String, _ arguments: [String], _ status: Int32, _ words: String...) -> Mistake {
            var mistake = Mistake(
                title, ["render", template, "--orders", orders, "-o", "out.mp4"] + arguments, status)
            mistake = Mistake(title: title, arguments: mistake.arguments, status: status, words: words)
            return mistake
        }

        private init(title: String, arguments: [String], status: Int32, words: [String]) {
            (self.title, self.arguments, self.status, self.words) = (title, arguments, status, words)
        }
    }

    static let mistakes: [Mistake] = [
        Mistake("no such verb", ["paint"], 64, "paint", "--help"),
        Mistake("no such option", ["render", template, "--bogus"], 64, "bogus", "--help"),
        Mistake("no template", ["render"], 64, "template"),
        Mistake("unknown template", ["render", "nope", "--orders", orders], 66, "nope", "choose one of"),
        Mistake("folder without template", ["render", "/tmp", "--orders", orders], 66, "/tmp", "template.yaml"),
        Mistake("no orders", ["render", template], 64, "--orders", "--demo"),
        Mistake("missing orders", ["render", template, "--orders", "nope.csv"], 66, "nope.csv", "check"),
        Mistake("orders are a folder", ["render", template, "--orders", "/tmp"], 74, "/tmp", "name the file"),
        Mistake("missing key file", ["stats", orders, "--key", "nope.key"], 66, "nope.key", "check"),
        Mistake("stats of nothing", ["stats", "nope.csv"], 66, "nope.csv", "check"),
        Mistake(
            "stats of an empty period", ["stats", orders, "--period", "2030-01-01"], 65, "2030-01-01", "2026-11-12"),
        Mistake("schema of nothing", ["schema", "orders"], 64, "stats"),
        Mistake("no verb for orders", ["orders", "mix"], 64, "mix"),
        Mistake("a log without a name", ["orders", "convert", orders], 64, "--output"),
        Mistake("a log over its own input", ["orders", "convert", orders, "-o", orders], 64, "another name"),
        Mistake("a log of nothing", ["orders", "convert", "nope.csv", "-o", "out.jsonl"], 66, "nope.csv", "check"),
        Mistake(
            "a log into no folder", ["orders", "convert", orders, "-o", "nowhere/out.jsonl"], 73, "nowhere/out.jsonl"),
        Mistake("a log into a folder", ["orders", "convert", orders, "-o", "/tmp"], 73, "/tmp", "folder"),
        Mistake("a log on a full disk", ["orders", "convert", orders, "-o", "/dev/full"], 74, "/dev/full", "space"),
        Mistake(
            "a log of an empty period", ["orders", "convert", orders, "-o", "out.jsonl", "--period", "2030-01-01"], 65,
            "2030-01-01", "--period"),
        Mistake(
            "a log and its facts on one stream", ["orders", "convert", orders, "-o", "-", "--json"], 64, "--json",
            "file"),
        Mistake("no such folder of templates", ["templates", "--templates", "nope"], 66, "nope", "--templates"),
        Mistake("no such folder of fonts", ["fonts", "--fonts", "nope"], 66, "nope", "--fonts"),
        Mistake(
            "sheet of nothing", ["sheet", "nope.mp4", "-o", "x.png"], 66, "nope.mp4", "no such video", "name a template"
        ),
        Mistake("sheet of a text", ["sheet", orders, "-o", "x.png"], 65, "douyin-1111.csv"),
        Mistake(
            "sheet of no frame", ["sheet", template, "--orders", orders, "-o", "x.png", "--count", "0"], 64, "--count",
            "from 1"),
        Mistake(
            "still after the end", ["still", template, "--orders", orders, "--at", "9s", "-o", "x.png"], 64, "--at",
            "2.0 s"),
        Mistake(
            "still at no time", ["still", template, "--orders", orders, "--at", "soon", "-o", "x.png"], 64, "soon",
            "3.2s"),
        Mistake(
            "still into no folder", ["still", template, "--orders", orders, "-o", "nowhere/x.png"], 73, "nowhere/x.png",
            "folder"),
        .render("unknown parameter", ["--set", "heedline=x"], 64, "heedline", "headline"),
        .render("parameter without value", ["--set", "headline"], 64, "headline", "KEY=VALUE"),
        .render("parameter of the wrong type", ["--set", "size=big"], 64, "big", "number"),
        .render("parameter out of range", ["--set", "size=1000"], 64, "1000", "20 to 90"),
        .render("text too long", ["--set", "headline=一二三四五六七八九十一二三"], 64, "13", "12"),
        .render("a glyph that no font has", ["--set", "headline=\u{10FFFD}"], 65, "10FFFD"),
        .render("no colour", ["--set", "accent=red-ish"], 64, "red-ish", "#rrggbb"),
        .render("unknown profile", ["--profile", "vhs"], 64, "vhs", "douyin"),
        .render("size of no layout", ["--size", "1000x100"], 64, "1000x100", "portrait"),
        .render("size that is none", ["--size", "huge"], 64, "huge", "1080x1920"),
        .render("odd size", ["--size", "361x641"], 64, "361x641", "362x642"),
        .render("decimal rate", ["--fps", "29.97"], 64, "29.97", "30000/1001"),
        .render("rate of nothing", ["--fps", "0"], 64, "0", "30"),
        .render("length of nothing", ["--duration", "0s"], 64, "0s", "3.2s"),
        .render("length without unit", ["--duration", "12"], 64, "12", "unit"),
        .render("length too short for the scenes", ["--duration", "0.5s"], 64, "--duration", "more than"),
        .render(
            "period that ends before it starts", ["--period", "2026-11-12..2026-11-10"], 64, "--period", "earlier"),
        .render("period that is none", ["--period", "yesterday"], 64, "yesterday", "FROM..TO"),
        .render("period without orders", ["--period", "2030-01-01"], 65, "2030-01-01", "check the period"),
        .render("now that is none", ["--now", "soon"], 64, "soon", "2026-11-11"),
        .render("seed that is none", ["--seed", "-1"], 64, "seed"),
        .render("frames backwards", ["--frames", "20..10"], 64, "20..10", "A..B"),
        .render("frames after the end", ["--frames", "0..1000"], 64, "1000", "60 frames"),
        .render("shop that is none", ["--shop", "amazon"], 64, "amazon", "douyin"),
        .render("order of dates that is none", ["--date-order", "ymd"], 64, "ymd", "mdy"),
        .render("zone that is none", ["--zone", "Beijing"], 64, "Beijing", "+08:00"),
        .render("currency that is none", ["--currency", "yuan"], 64, "yuan", "USD"),
        .render("rate that is none", ["--rate", "USD=cheap"], 64, "cheap", "USD=7.12"),
        .render("the same orders twice", ["--orders", orders], 65, "douyin-1111.csv"),
        .render("no worker", ["--jobs", "0"], 64, "--jobs", "1 to 256"),
        .render("field that is none", ["--map", "colour=颜色"], 64, "colour", "amount"),
        .render("column that is not there", ["--map", "amount=不存在的列"], 65, "douyin-1111.csv"),
        Mistake("orders are a device", ["stats", "/dev/null"], 74, "/dev/null", "save it to a file"),
        Mistake(
            "a video with options of films", ["sheet", orders, "--set", "a=b", "-o", "x.png"], 64, "--set",
            "leave it out"),
        .render("a claim that the law forbids", ["--set", "headline=全网第一"], 65, "全网第一", "advertising law"),
        .render("text that turns round", ["--set", "headline=\u{202E}单爆"], 64, "202E", "remove"),
        .render("text that shows nothing", ["--set", "headline=\u{200B}"], 64, "nothing to draw"),
        .render("a stream of what is none", ["-o", "-", "--profile", "douyin"], 64, "douyin", "obs-stream"),
        .render("the extension of another profile", ["-o", "out.png", "--profile", "douyin"], 64, ".mp4"),
        .render("two outputs of one name", ["--dump-yuv", "./out.mp4"], 64, "out.mp4", "two outputs"),
        .render("two results on one stream", ["-o", "-", "--json"], 64, "--json", "file"),
        .render("extension of nothing", ["-o", "out.docx"], 64, "out.docx", "--profile"),
        .render("folder that is missing", ["-o", "nowhere/out.mp4"], 73, "nowhere/out.mp4", "folder"),
        .render("a folder instead of a file", ["-o", "/tmp", "--profile", "douyin"], 73, "/tmp"),
        .render("a full disk", ["-o", "/dev/full", "--profile", "douyin"], 74, "/dev/full", "space"),
        .render("no address", ["-o", "tcp://localhost"], 64, "tcp://localhost"),
    ]

    @Test(arguments: mistakes) func mistakesAreExplained(mistake: Mistake) throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(mistake.arguments, in: folder)
        Self.expectExplained(outcome, status: mistake.status, words: mistake.words)
        #expect(folder.contents.isEmpty, "left behind: \(folder.contents)")
    }

    static func expectExplained(_ outcome: CommandLineTool.Outcome, status: Int32, words: [String]) {
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
        for word in words { #expect(outcome.errors.contains(word), "no “\(word)” in: \(outcome.errors)") }
        for word in ["Fatal error", "Crash", "Stack dump", "*** ", "Thread 0", "Optional(", "fault of fanpai"] {
            #expect(!outcome.errors.contains(word), "\(outcome.errors)")
        }
        #expect(outcome.errors.utf8.count < 6000)
        #expect(outcome.output.isEmpty, "\(outcome.output.prefix(200))")
    }

    /// A file of orders that is no such thing.
    struct BadFile: CustomTestStringConvertible, Sendable {
        let title: String
        let bytes: [UInt8]
        var testDescription: String { title }
    }

    static let header = "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,支付完成时间,订单状态,售后状态\n"
    static let badFiles: [BadFile] = [
        BadFile(title: "empty", bytes: []),
        BadFile(title: "only a mark", bytes: [0xEF, 0xBB, 0xBF]),
        BadFile(title: "only a header", bytes: Array(header.utf8)),
        BadFile(title: "binary", bytes: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ $0 >> 3) }),
        BadFile(title: "zeros", bytes: [UInt8](repeating: 0, count: 5000)),
        BadFile(title: "UTF-16", bytes: Array(header.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
        BadFile(title: "neither UTF-8 nor GB18030", bytes: Array(header.utf8) + [0xFF, 0xFE, 0xFD, 0x0A]),
        BadFile(title: "an open quote", bytes: Array((header + "\"\t6917,\n").utf8)),
        BadFile(title: "a cut row", bytes: Array((header + "6917926768823643751,69179267").utf8)),
        BadFile(
            title: "scientific ids",
            bytes: Array((header + "6.93648E+18,6.93648E+18,衣,1,12.00,2026-11-11 10:00:00,已完成,-\n").utf8)),
        BadFile(
            title: "words for numbers",
            bytes: Array((header + "6917926768823643751,6917926768823643751,衣,two,dear,then,已完成,-\n").utf8)),
        BadFile(title: "no header", bytes: Array("1,2,3\n4,5,6\n".utf8)),
        BadFile(title: "a log with a broken line", bytes: Array("{\"log\":1}\n{\"event\":\"paid\",\"id\":\"\n".utf8)),
        BadFile(title: "a log of another version", bytes: Array("{\"log\":99}\n".utf8)),
        BadFile(title: "a picture", bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]),
        BadFile(title: "a zip", bytes: [0x50, 0x4B, 3, 4] + [UInt8](repeating: 9, count: 200)),
    ]

    @Test(arguments: badFiles) func badOrderFilesAreExplained(file: BadFile) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(file.bytes, "orders.csv")
        for arguments in [
            ["stats", path], ["orders", "convert", path, "-o", "out.jsonl"],
            ["render", Self.template, "--orders", path, "-o", "out.mp4"],
        ] {
            let outcome = try CommandLineTool.run(arguments, in: folder)
            Self.expectExplained(outcome, status: 65, words: ["orders.csv"])
        }
        #expect(folder.contents.isEmpty)
    }

    @Test func aGiganticFileIsRefusedOrReadInBoundedTime() throws {
        let folder = try TemporaryFolder()
        let path = folder.hidden("orders.csv")
        // Sparse: 40 GB of zeros that take no room.
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0 && ftruncate(file, 40 << 30) == 0)
        close(file)
        let outcome = try CommandLineTool.run(["stats", path], in: folder)
        Self.expectExplained(outcome, status: 65, words: ["orders.csv"])
        #expect(outcome.seconds < 10)
    }

    @Test func anUnreadableFileIsExplained() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.header, "orders.csv")
        chmod(path, 0)
        // Root may read everything but what cannot be read at all.
        let unreadable = getuid() == 0 ? "/proc/self/mem" : path
        let outcome = try CommandLineTool.run(["stats", unreadable], in: folder)
        Self.expectExplained(outcome, status: 74, words: [unreadable])
    }

    /// Whatever the output is called, the data that it is made from stays as it was.
    @Test func noInputIsOverwritten() throws {
        let folder = try TemporaryFolder()
        let data = TemporaryFolder.bytes(Self.orders)
        let path = try folder.write(data, "orders.mp4")
        #expect(symlink(path, folder.hidden("link.mp4")) == 0)
        for (arguments, name) in [
            (["still", Self.template, "--orders", path, "-o", path], "orders.mp4"),
            (["render", Self.template, "--orders", path, "-o", folder.hidden("link.mp4")], "link.mp4"),
            (["render", Self.template, "--orders", path, "-o", "out.mp4", "--dump-yuv", path], "orders.mp4"),
            (["sheet", path, "-o", path], "orders.mp4"),
        ] {
            let outcome = try CommandLineTool.run(arguments, in: folder)
            Self.expectExplained(outcome, status: 64, words: [name, "would overwrite", "choose another name"])
            #expect(TemporaryFolder.bytes(path) == data)
        }
        let log = try folder.write(data, "out.mp4.json")
        let outcome = try CommandLineTool.run(
            ["render", Self.template, "--orders", log, "-o", folder.hidden("out.mp4")], in: folder)
        Self.expectExplained(outcome, status: 64, words: ["out.mp4.json", "would overwrite"])
        #expect(folder.contents.isEmpty)
    }

    /// Nor do a template's own sample, pictures and text change, whichever of them a film shows.
    @Test func noFileOfTheTemplateIsOverwritten() throws {
        let folder = try TemporaryFolder()
        let text = String(decoding: TemporaryFolder.bytes(Self.template + "/template.yaml"), as: UTF8.self)
            .replacing("data:\n", with: "sample: {orders: sample.csv}\ndata:\n")
            .replacing(
                "parameters:\n",
                with: "parameters:\n  logo: {type: image, default: logo.png, title: {zh: 店标, en: Logo}}\n"
            )
            .replacing(
                "    elements:\n",
                with:
                    "    elements:\n      - {type: image, image: $logo, position: [40, 40], size: [40, 40]}\n      - {type: image, image: {portrait: a.png, square: a.png}, position: [90, 40], size: [40, 40]}\n"
            )
        let picture = TemporaryFolder.bytes(CommandLineTool.root + "/Templates/live-wall/stills/wall.png")
        let files = [
            ("template.yaml", Array(text.utf8)), ("sample.csv", TemporaryFolder.bytes(Self.orders)),
            ("logo.png", picture), ("a.png", picture),
        ]
        let own = folder.hidden("own")
        #expect(mkdir(own, 0o700) == 0)
        for (name, bytes) in files { _ = try folder.write(bytes, "own/" + name) }
        for (name, bytes) in files {
            for orders in [["--orders", Self.orders], ["--demo"]] {
                let outcome = try CommandLineTool.run(
                    ["still", own, "--at", "0.5s", "-o", own + "/" + name] + orders, in: folder)
                Self.expectExplained(outcome, status: 64, words: [name, "would overwrite", "choose another name"])
                // Compared before it is expected: what differs in a file as large as a picture takes minutes to describe.
                let isKept = TemporaryFolder.bytes(own + "/" + name) == bytes
                #expect(isKept, "\(name)")
            }
        }
    }

    @Test func framesOfTwoFilmsAreNotMixed() throws {
        let folder = try TemporaryFolder()
        let film = ["render", Self.template, "--orders", Self.orders, "-o", "frames/"]
        #expect(try CommandLineTool.run(film + ["--frames", "0..3"], in: folder).status == 0)
        #expect(try CommandLineTool.run(film + ["--frames", "1..4"], in: folder).status == 0)
        let outcome = try CommandLineTool.run(film + ["--frames", "0..2"], in: folder)
        Self.expectExplained(outcome, status: 73, words: ["frames-000002.png", "empty the folder"])
    }

    /// A template that is no such thing.
    static let badTemplates: [(title: String, text: String, words: [String])] = [
        ("empty", "", ["template.yaml"]),
        ("no mapping", "- a\n- b\n", ["template.yaml"]),
        ("not YAML", "fanpai: 1\n  x: [\n", ["template.yaml", "2"]),
        ("another version", "fanpai: 99\nlayouts: {a: {size: [100, 100]}}\nscenes: []\n", ["99"]),
        ("unknown key", "fanpai: 1\nlayouts: {a: {size: [360, 640]}}\nsceens: []\n", ["sceens", "scenes", ":3:"]),
        (
            "unknown font",
            "fanpai: 1\nlayouts: {a: {size: [360, 640]}}\nscenes:\n  - id: one\n    duration: 1s\n    elements:\n"
                + "      - {type: text, text: 好, font: Comic Sans, fontSize: 40, position: [1, 1]}\n", ["Comic Sans"]
        ),
        (
            "measures without disclosure",
            "fanpai: 1\nlayouts: {a: {size: [360, 640]}}\ndata: {measures: {sold: {of: orders}}}\nscenes:\n  - id: one\n"
                + "    duration: 1s\n    elements:\n      - {type: text, text: \"{sold}\", font: Noto Sans CJK SC, "
                + "fontSize: 40, position: [180, 100], size: [300, 80]}\n", ["disclosure"]
        ),
        (
            "alias bomb", "a: &a [x,x,x,x,x,x,x,x,x]\n" + (0..<9).map { "b\($0): &b\($0) [*a,*a,*a,*a]\n" }.joined(),
            ["template.yaml"]
        ),
        ("deep", String(repeating: "[", count: 5000), ["template.yaml"]),
    ]

    @Test(arguments: badTemplates.indices) func badTemplatesAreExplained(index: Int) throws {
        let (title, text, words) = Self.badTemplates[index]
        let folder = try TemporaryFolder()
        mkdir(folder.hidden("bad"), 0o700)
        _ = try folder.write(text, "bad/template.yaml")
        let outcome = try CommandLineTool.run(
            ["render", folder.hidden("bad"), "--orders", Self.orders, "-o", "out.mp4"], in: folder)
        Self.expectExplained(outcome, status: 65, words: words)
        #expect(folder.contents.isEmpty, "\(title)")
        let check = try CommandLineTool.run(["check", folder.hidden("bad"), "--orders", Self.orders], in: folder)
        #expect(check.status == 65, "\(title): \(check.errors)")
    }

    /// Findings of documents that do not decode, as programs read them.
    @Test func whatDoesNotDecodeIsFoundLikeTheRest() throws {
        let folder = try TemporaryFolder()
        mkdir(folder.hidden("bad"), 0o700)
        let elements = [
            "{type: text, text: 你好, colour: red, position: [180, 100]}",
            "{type: text, text: 你好, color: \"#12\", position: [180, 100]}",
            "{type: txt, text: 你好, position: [180, 100]}",
        ]
        let template = try folder.write(
            "fanpai: 1\nlayouts: {a: {size: [360, 640]}}\nscenes:\n  - id: one\n    duration: 1s\n    elements:\n"
                + elements.map { "      - \($0)\n" }.joined(), "bad/template.yaml")
        try Self.expectFindings(
            ["check", folder.hidden("bad")],
            [
                ("unknown-key", template, 7, "scenes[0].elements[0].colour"),
                ("type", template, 8, "scenes[0].elements[1].color"),
                ("unknown-name", template, 9, "scenes[0].elements[2].type"),
            ], in: folder)

        let brand = try folder.write("brand: 1\nparameters: {headlnie: 一}\nnothing: 1\n", "brand.yaml")
        try Self.expectFindings(
            ["check", "starter", "--brand", brand], [("unknown-key", brand, 3, "nothing")], in: folder)
        let font = try folder.write("brand: 1\nfonts: {headline: Nobody Sans}\n", "brand.yaml")
        try Self.expectFindings(
            ["check", "starter", "--brand", font], [("font", font, 2, "fonts.headline")], in: folder)
        // What is asked for wrongly is no finding.
        let usage = try CommandLineTool.run(["check", "starter", "--set", "nobody=1", "--json"], in: folder)
        #expect(usage.status == 64 && usage.output.contains("\"error\""), "\(usage.output)")
    }

    private static func expectFindings(
        _ arguments: [String], _ wanted: [(code: String, file: String, line: Int, path: String)],
        in folder: TemporaryFolder
    ) throws {
        let outcome = try CommandLineTool.run(arguments + ["--json"], in: folder)
        #expect(outcome.status == 65, "\(outcome.errors)")
        let pattern =
            /"severity": "error",\s+"code": "([a-z-]+)",\s+"message": "[^\n]+",\s+"hint": "[^\n]+",\s+"file": "([^"]+)",\s+"line": (\d+),\s+"column": \d+,\s+"path": "([^"]+)"/
        let found = outcome.output.matches(of: pattern).map { "\($0.1) \($0.2):\($0.3) \($0.4)" }
        #expect(found == wanted.map { "\($0.code) \($0.file):\($0.line) \($0.path)" }, "\(outcome.output)")
        #expect(outcome.output.contains("\"errors\": \(wanted.count)"))
        let text = try CommandLineTool.run(arguments, in: folder)
        let lines = text.output.matches(of: /([^\n]+):(\d+):\d+: ([^\n ]+): error\[([a-z-]+)\]: [^\n]+; [^\n]+\n/)
        #expect(
            lines.map { "\($0.4) \($0.1):\($0.2) \($0.3)" }
                == wanted.map { "\($0.code) \($0.file):\($0.line) \($0.path)" }, "\(text.output)")
        #expect(text.status == 65 && text.output.hasSuffix("\(wanted.count) errors, 0 warnings\n"), "\(text.output)")
    }

    @Test func errorsAreJSONWhereAskedFor() throws {
        let folder = try TemporaryFolder()
        let outcome = try CommandLineTool.run(["stats", "nope.csv", "--json"], in: folder)
        #expect(outcome.status == 66)
        #expect(outcome.output.hasPrefix("{\n  \"error\": {\n    \"code\": \"missingInput\""))
        #expect(outcome.errors.contains("nope.csv"))
        let usage = try CommandLineTool.run(["stats", "--json"], in: folder)
        #expect(usage.status == 64 && usage.output.contains("\"code\": \"usage\""), "\(usage.output)")
    }

    @Test func skippingBadRowsSaysHowMany() throws {
        let folder = try TemporaryFolder()
        let good = "6917926768823643751,6917926768823643751,衣,1,12.00,2026-11-11 10:00:00,已完成,-\n"
        let bad = "6917926768823643752,6917926768823643752,衣,two,12.00,2026-11-11 10:00:00,已完成,-\n"
        let path = try folder.write(Self.header + good + bad, "orders.csv")
        let refused = try CommandLineTool.run(["stats", path], in: folder)
        #expect(refused.status == 65)
        #expect(
            refused.errors.contains("has 1 bad row of 2; correct it, or leave it out")
                && refused.errors.contains("row 3") && refused.errors.contains("商品数量"))
        let skipped = try CommandLineTool.run(["stats", path, "--skip-bad-rows"], in: folder)
        #expect(skipped.status == 0)
        #expect(
            skipped.errors.split(whereSeparator: \.isNewline).filter { $0.contains("1 bad row was skipped") }.count == 1
        )
        #expect(!skipped.errors.contains("left out"), "\(skipped.errors)")
        #expect(skipped.output.contains("1 skipped"))
    }
}
