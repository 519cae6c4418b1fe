import ArgumentParser
import Fanpai

/// `fanpai verify`: whether a film is what its manifest says.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Says whether a film and its manifest belong together and are unchanged.",
        discussion: """
            FILE is a film as it was named for rendering; its manifest is FILE.json. Every byte is read. A signature that is there
            must hold; with --signer it must be there, and that key's. The exit code is 65 when something differs, 66 when
            film or manifest are not there.

            openssl genpkey -algorithm ed25519 -out sign.pem makes a key for fanpai render --sign, and
            openssl pkey -in sign.pem -pubout shows its public half to others.

            EXAMPLES
              fanpai render flip-board --orders orders.csv --sign sign.pem -o out.mp4
              fanpai verify out.mp4
              fanpai verify out.mp4 --signer public.pem --json
            """)

    @OptionGroup var film: FinishedFilmOptions

    @Option(
        help: ArgumentHelp(
            "Whose signature the manifest must have: a file with the key, or its 64 hexadecimal digits.",
            valueName: "key"))
    var signer: String?

    @Flag(help: "Prints the result as JSON.")
    var json = false

    mutating func run() throws {
        let result = try FilmVerification(
            of: film.file, manifest: film.manifest, signer: signer.map { try VerificationKey($0) })
        try StandardStreams.print(json ? result.json.document : result.text)
        if !result.isSound { throw CheckFailed() }
    }
}

/// A film that was rendered before.
struct FinishedFilmOptions: ParsableArguments {
    @Argument(help: "The film: a file, or a sequence of pictures as it was named for rendering.")
    var file: String

    @Option(help: ArgumentHelp("The manifest. Default: FILE.json.", valueName: "file"))
    var manifest: String?
}

/// `fanpai trace`: which orders stand behind a frame.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Says which orders stand behind a frame of a film, and whether a given one is among them.",
        discussion: """
            Orders are named by trace codes, the first eight characters of the pseudonyms that they have under the project key: the
            manifest of a film holds no ids and no names. An id of the shop is found with the key of the film (--key), a trace
            code without any. Film and manifest are compared first, as fanpai verify does. Whether an order is among them is an
            answer, not an error: the exit code is 0, and --json says it in "among".

            EXAMPLES
              fanpai trace out.mp4 --at 3.2s
              fanpai trace out.mp4 --at 3.2s --order 6936482716253849571
              fanpai trace out.mp4 --at 3.2s --order K7Q2M9XA --json
            """)

    @OptionGroup var film: FinishedFilmOptions

    @Option(help: ArgumentHelp("The moment of the film, for example 3.2s.", valueName: "time"))
    var at: String

    @Option(help: ArgumentHelp("An order: its id in the shop, or a trace code.", valueName: "id"))
    var order: String?

    @OptionGroup var keyOptions: KeyOptions

    @Flag(help: "Prints the result as JSON.")
    var json = false

    mutating func run() throws {
        let moment = try UserText.microseconds(at, "--at")
        let trace = try FilmTrace(
            of: film.file, manifest: film.manifest, at: moment, order: order, keyFile: keyOptions.key)
        try StandardStreams.print(json ? trace.json.document : trace.text)
    }
}
