import FoundationEssentials
import Glibc
import Testing

/// What a film says of its making, and whether that is still true.
@Suite struct ProvenanceTests {
    /// The key of RFC 8410, section 10.3, and its public half (section 10.1).
    static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----

        """
    static let publicDigits = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"

    private static func run(_ arguments: [String], _ folder: TemporaryFolder) throws -> CommandLineTool.Outcome {
        try CommandLineTool.run(arguments, in: folder)
    }

    /// A film of 60 frames, signed.
    private static func film(_ name: String, _ folder: TemporaryFolder, _ options: [String] = []) throws {
        let key = try folder.write(privateKey, "sign.pem")
        let outcome = try run(["render"] + CommandTests.film + ["-o", name, "--sign", key] + options, folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private static func change(_ path: String, _ edit: (inout String) -> Void) throws {
        var text = TemporaryFolder.read(path)
        let old = text
        edit(&text)
        try #require(text != old)
        let file = try #require(fopen(path, "wb"))
        defer { fclose(file) }
        try #require(fwrite(text, 1, text.utf8.count, file) == text.utf8.count)
    }

    @Test func aFilmSaysWhatItWasMadeOf() throws {
        let folder = try TemporaryFolder()
        try Self.film("a.mp4", folder)
        let video = String(decoding: TemporaryFolder.bytes(folder("a.mp4")).prefix(20_000), as: UTF8.self)
        let manifest = TemporaryFolder.read(folder("a.mp4.json"))
        let digest = try #require(manifest.firstMatch(of: /"orders": \{[^\]]*"sha256": "([0-9a-f]{64})"/)).1
        for word in ["template", "period", "source", "engine", "fanpai 0.", "..2026-", String(digest)] {
            #expect(video.contains(word), "\(word)")
        }
        #expect(manifest.contains("\"title\": \""))
    }

    @Test func unchangedFilmsAreSound() throws {
        let folder = try TemporaryFolder()
        try Self.film("a.mp4", folder)
        try Self.film("b.mp4", folder)
        #expect(TemporaryFolder.read(folder("a.mp4.json")).contains(Self.publicDigits))
        let publicKey = try folder.write(Self.publicKey, "public.pem")
        for signer in [[], [publicKey], [Self.publicDigits], [folder.hidden("sign.pem")]] {
            let outcome = try Self.run(["verify", "a.mp4"] + signer.flatMap { ["--signer", $0] }, folder)
            #expect(outcome.status == 0 && outcome.output.contains("unchanged"), "\(outcome.output)\(outcome.errors)")
        }
        // Equal films have equal manifests but for their names; any of them belongs to either.
        #expect(try Self.run(["verify", "a.mp4", "--manifest", "b.mp4.json"], folder).status == 0)
        // The same keys as openssl writes them with -outform DER.
        for (pem, name) in [(Self.privateKey, "sign.der"), (Self.publicKey, "public.der")] {
            let body = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
            let der = try #require(Data(base64Encoded: body))
            let file = try #require(fopen(folder.hidden(name), "wb"))
            #expect(fwrite(Array(der), 1, der.count, file) == der.count)
            fclose(file)
            let outcome = try Self.run(["verify", "a.mp4", "--signer", folder.hidden(name)], folder)
            #expect(outcome.status == 0, "\(name): \(outcome.errors)")
        }
        let again = try Self.run(
            ["render"] + CommandTests.film + ["-o", "c.mp4", "--sign", folder.hidden("sign.der")], folder)
        #expect(again.status == 0, "\(again.errors)")
        #expect(TemporaryFolder.read(folder("c.mp4.json")).contains(Self.publicDigits))
        // Another indentation says the same.
        try Self.change(folder("a.mp4.json")) { $0.replace("\n  ", with: "\n\t ") }
        #expect(try Self.run(["verify", "a.mp4", "--signer", publicKey, "--json"], folder).status == 0)
    }

    @Test func picturesAreKnownAgain() throws {
        let folder = try TemporaryFolder()
        try Self.film("frames/", folder, ["--frames", "3..8"])
        #expect(try Self.run(["verify", "frames/"], folder).status == 0)
        let two = folder("frames/frames-000002.png")
        #expect(rename(two, folder.hidden("x")) == 0)
        let missing = try Self.run(["verify", "frames"], folder)
        #expect(missing.status == 65 && missing.output.contains("frames-000002.png is missing"), "\(missing.output)")
        #expect(rename(folder.hidden("x"), two) == 0)
        #expect(try Self.run(["verify", "frames"], folder).status == 0)
        // One picture more, which an editor would take for the film's end.
        let more = folder("frames/frames-000005.png")
        #expect(link(two, more) == 0)
        let longer = try Self.run(["verify", "frames/"], folder)
        #expect(longer.status == 65 && longer.output.contains("frames-000005.png is there"), "\(longer.output)")
        let behind = try Self.run(["trace", "frames/", "--at", "0s"], folder)
        #expect(behind.status == 65, "\(behind)")
        unlink(more)
        #expect(try Self.run(["verify", "frames"], folder).status == 0)
        #expect(truncate(two, 40) == 0)
        let cut = try Self.run(["verify", "frames/"], folder)
        #expect(cut.status == 65 && cut.output.contains("pictures are not those"), "\(cut.output)")
    }

    @Test func everyChangeIsFound() throws {
        let folder = try TemporaryFolder()
        try Self.film("a.mp4", folder)
        try Self.film("other.mp4", folder, ["--frames", "0..30"])
        let swapped = try Self.run(["verify", "a.mp4", "--manifest", "other.mp4.json"], folder)
        #expect(swapped.status == 65 && swapped.output.contains("problem"), "\(swapped.output)")
        let foreign = try Self.run(
            ["verify", "a.mp4", "--signer", String(repeating: "0", count: 64), "--json"], folder)
        #expect(foreign.status == 65 && foreign.output.contains("another key"), "\(foreign.output)")
        for (old, new) in [
            ("\"counting\": \"net\"", "\"counting\": \"gross\""), ("\"skippedRows\": 0", "\"skippedRows\": 1"),
            (Self.publicDigits, "2" + Self.publicDigits.dropFirst()), ("\"Ed25519\"", "\"none\""),
            ("\"markers\": []", "\"markers\": [],\n  \"more\": 1"),
        ] {
            let manifest = TemporaryFolder.read(folder("a.mp4.json"))
            try #require(manifest.contains(old), "\(old)")
            _ = try folder.write(manifest.replacing(old, with: new, maxReplacements: 1), "changed.json")
            let outcome = try Self.run(["verify", "a.mp4", "--manifest", folder.hidden("changed.json")], folder)
            #expect(outcome.status == 65 && outcome.output.contains("signature does not hold"), "\(old): \(outcome)")
        }
        // One bit of the film.
        var video = TemporaryFolder.bytes(folder("a.mp4"))
        video[video.count / 2] ^= 1
        let file = try #require(fopen(folder("a.mp4"), "wb"))
        #expect(fwrite(video, 1, video.count, file) == video.count)
        fclose(file)
        let outcome = try Self.run(["verify", "a.mp4"], folder)
        #expect(outcome.status == 65 && outcome.output.contains("its bytes are not those"), "\(outcome.output)")
    }

    @Test func mistakesHaveTheirCodes() throws {
        let folder = try TemporaryFolder()
        try Self.film("a.mp4", folder)
        let manifest = TemporaryFolder.read(folder("a.mp4.json"))
        let cut = try folder.write(String(manifest.prefix(manifest.count / 2)), "cut.json")
        let newer = try folder.write(manifest.replacing("\"manifest\": 1", with: "\"manifest\": 2"), "newer.json")
        let other = try folder.write("[1, 2]", "other.json")
        let secret = try folder.write("not a key", "not.pem")
        let render = ["render"] + CommandTests.film
        let mistakes: [(arguments: [String], status: Int32, words: String)] = [
            (["verify", "nope.mp4"], 66, "is not there"), (["verify", "a.mp4.json"], 66, "has no manifest"),
            (["verify", "-"], 64, "is no file"), (["verify", "a.mp4", "--manifest", "x"], 66, "--manifest"),
            (["verify", "a.mp4", "--manifest", cut], 65, "cut.json:"),
            (["verify", "a.mp4", "--manifest", newer], 65, "version 2"),
            (["verify", "a.mp4", "--manifest", other], 65, "manifest is missing"),
            (["verify", "a.mp4", "--signer", "nope"], 66, "64 hexadecimal digits"),
            (["verify", "a.mp4", "--signer", secret], 65, "openssl pkey"),
            (render + ["-o", "b.mp4", "--sign", secret], 65, "openssl genpkey"),
            (render + ["-o", "b.mp4", "--sign", "nope"], 66, "openssl genpkey"),
            (render + ["-o", "-", "--sign", folder.hidden("sign.pem")], 64, "stream"),
        ]
        for (arguments, status, words) in mistakes {
            let outcome = try Self.run(arguments, folder)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome)")
            #expect(!outcome.errors.contains("not a key"))
            #expect(folder.contents == ["a.mp4", "a.mp4.json"])
        }
    }

    // MARK: Trace

    /// The codes of a list in a document.
    private static func codes(_ text: String, _ key: String) -> [String] {
        guard let list = text.split(separator: "\"\(key)\": [", maxSplits: 1).dropFirst().first else { return [] }
        return list.prefix { $0 != "]" }.matches(of: /"([A-Z0-9]{8})"/).map { String($0.1) }
    }

    @Test func aFrameNamesItsOrders() throws {
        let folder = try TemporaryFolder()
        try Self.film("a.mp4", folder)
        try Self.film("part.mp4", folder, ["--frames", "30..60"])
        let whole = try Self.run(["trace", "a.mp4", "--at", "1.5s", "--json"], folder)
        #expect(whole.status == 0, "\(whole.errors)")
        let codes = Self.codes(whole.output, "codes")
        #expect(codes.count > 100)
        // Half a second into the part is the same frame.
        let part = try Self.run(["trace", "part.mp4", "--at", "500ms", "--json"], folder)
        #expect(part.output.contains("\"frame\": 45") && whole.output.contains("\"frame\": 45"))
        #expect(Set(Self.codes(part.output, "codes")) == Set(codes))
        let text = try Self.run(["trace", "a.mp4", "--at", "1.5s"], folder)
        #expect(text.output.contains("counted \(codes.count)") && text.output.contains(codes[0]))
        let last = try Self.run(["trace", "a.mp4", "--at", "1.99s", "--order", codes[0]], folder)
        #expect(last.output.contains("order \(codes[0]): stands behind it"), "\(last.output)")
        // At the end as many as the manifest's own number.
        // As somebody types it.
        let typed = try Self.run(["trace", "a.mp4", "--at", "1.99s", "--order", codes[0].lowercased()], folder)
        #expect(typed.output.contains("order \(codes[0]): stands behind it"), "\(typed.output)\(typed.errors)")
        let end = try Self.run(["trace", "a.mp4", "--at", "1.99s", "--json"], folder)
        let value = try #require(
            TemporaryFolder.read(folder("a.mp4.json")).firstMatch(of: /"measure": "orders",[^}]*"value": (\d+)/)
        ).1
        #expect(Self.codes(end.output, "codes").count == Int(value))
    }

    /// An order of the export is found by its own id, with the film's key and with no other.
    @Test func anOrderIsFoundByItsId() throws {
        let folder = try TemporaryFolder()
        let key = try folder.write(String(repeating: "5a", count: 32), "project.key")
        let other = try folder.write(String(repeating: "a5", count: 32), "other.key")
        try Self.film("a.mp4", folder, ["--key", key])
        let rows = PersonalInformationTests.records(TemporaryFolder.read(CommandLineTool.orders))
        let column = try #require(rows.first?.firstIndex(of: "主订单编号"))
        var answers: [String: Int] = [:]
        for row in rows.dropFirst().prefix(12) {
            let outcome = try Self.run(
                ["trace", "a.mp4", "--at", "1.9s", "--order", row[column], "--key", key, "--json"], folder)
            #expect(outcome.status == 0 && !outcome.output.contains(row[column]), "\(outcome)")
            answers[outcome.output.contains("\"among\": true") ? "yes" : "no", default: 0] += 1
        }
        #expect(answers["yes", default: 0] > 3)
        let unknown = ["trace", "a.mp4", "--at", "1.9s", "--order", "6999999999999999999"]
        let stranger = try Self.run(unknown + ["--key", key], folder)
        #expect(stranger.status == 0 && stranger.output.contains("does not stand behind it"), "\(stranger)")
        let wrong = try Self.run(unknown + ["--key", other], folder)
        #expect(wrong.status == 65 && wrong.errors.contains("--key") && !wrong.errors.contains("69999"), "\(wrong)")
        #expect(try Self.run(unknown, folder).status == 66)
        // No key is made for a question.
        #expect(TemporaryFolder.names(in: folder.hiddenPath).contains(".config") == false)
    }

    @Test func questionsThatHaveNoAnswer() throws {
        let folder = try TemporaryFolder()
        try Self.film("a.mp4", folder)
        let manifest = TemporaryFolder.read(folder("a.mp4.json"))
        let unsigned = try #require(manifest.firstRange(of: ",\n  \"signature\""))
        let plain = String(manifest[..<unsigned.lowerBound]) + "\n}\n"
        let trace = ["trace", "a.mp4", "--at", "1s"]
        for (old, new, words) in [
            ("\"trace\": {", "\"traces\": {", "render the film again"),
            ("\"rate\": \"30\"", "\"rate\": \"0\"", "output.rate"),
            ("\"frames\": 60", "\"frames\": -60", "output.frames"),
            ("\"shown\": [", "\"shown\": [\"K7Q2M9XA 9..3\"", "trace.shown[0]"),
            ("\"steps\": [", "\"steps\": [\"99999999999999999999 +K7Q2M9XA\",", "trace.numbers[0].steps[0]"),
            ("\"steps\": [", "\"steps\": [\"0 +secret\",", "trace.numbers[0].steps[0]"),
            ("\"steps\": [", "\"steps\": [\"70 \",", "trace.numbers[0].steps"),
        ] {
            try #require(plain.contains(old), "\(old)")
            let path = try folder.write(
                plain.replacing(old, with: new, maxReplacements: 1), "m.json")
            let outcome = try Self.run(trace + ["--manifest", path], folder)
            #expect(outcome.status == 65 && outcome.errors.contains(words), "\(new): \(outcome)")
        }
        let mistakes: [(arguments: [String], status: Int32, words: String)] = [
            (["trace", "a.mp4", "--at", "2s"], 64, "it lasts 2.00s, 60 frames"),
            (["trace", "a.mp4", "--at", "nan"], 64, "--at"),
            (["trace", "a.mp4", "--at", "9e99s"], 64, "--at"), (["trace", "a.mp4", "--at", "86400s"], 64, "it lasts"),
            (["trace", "a.mp4", "--at", "99999999999s"], 64, "--at"), (["trace", "a.mp4", "--at=-1s"], 64, "--at"),
            (["trace", "a.mp4"], 64, "--at"), (["trace", "nope.mp4", "--at", "1s"], 66, "is not there"),
            (trace + ["--order", "张三 13812345678"], 64, "--order"),
        ]
        for (arguments, status, words) in mistakes {
            let outcome = try Self.run(arguments, folder)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome)")
            #expect(!outcome.errors.contains("13812345678"))
        }
        #expect(truncate(folder("a.mp4"), 4000) == 0)
        let cut = try Self.run(trace, folder)
        #expect(cut.status == 65 && cut.errors.contains("fanpai verify"), "\(cut)")
    }
}
