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
}
