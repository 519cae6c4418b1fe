import ArgumentParser
import Fanpai

/// `fanpai cache`: the segments that are kept from render to render.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Looks after the encoded segments that are kept from render to render.",
        discussion: """
            A film is encoded in segments of two seconds. Each is kept by what it shows: a render that is repeated or resumed,
            or a variant that differs in a part, takes from here what it need not make. A film is the same, byte for byte, with
            any cache or none. The folder is $FANPAI_CACHE, else fanpai in $XDG_CACHE_HOME or ~/.cache. It holds encoded
            pictures and hashes, at most $FANPAI_CACHE_BYTES (10G), and may be shared or deleted at any time.

            EXAMPLES
              fanpai cache stats
              fanpai cache prune --max-bytes 2G
              fanpai cache verify --remove
            """,
        subcommands: [CacheStatsCommand.self, CachePruneCommand.self, CacheVerifyCommand.self])
}

/// Which cache.
struct CacheFolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the cache.", valueName: "folder"))
    var cache: String?

    @Flag(help: "Prints the result as JSON.")
    var json = false

    /// The folder; one that was named must be there.
    func path() throws -> String {
        guard let path = cache ?? CacheLocation.standard else {
            throw FanpaiError(.usage, "there is no cache: neither HOME nor FANPAI_CACHE is set", remedy: "use --cache")
        }
        if cache != nil, !CacheLocation.isFolder(path) {
            throw FanpaiError(.missingInput, "is not a folder", remedy: "check what --cache names", location: path)
        }
        return path
    }

    func show(_ text: String, _ document: OrderedJSON) throws {
        try StandardStreams.print(json ? document.document : text)
    }
}

/// `fanpai cache stats`.
struct CacheStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "Counts what is kept.")

    @OptionGroup var folder: CacheFolderOptions

    mutating func run() throws {
        let contents = try CacheContents(at: folder.path(), maximumBytes: CacheLocation.maximum())
        try folder.show(contents.text, contents.json)
    }
}

/// `fanpai cache prune`.
struct CachePruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Removes what was of no use for longest, and what killed jobs left.")

    @OptionGroup var folder: CacheFolderOptions

    @Option(
        help: ArgumentHelp(
            "How much may be left: bytes, or a number with K, M, G or T; 0 removes all. Default: $FANPAI_CACHE_BYTES, else 10G.",
            valueName: "size"))
    var maxBytes: String?

    mutating func run() throws {
        let maximum =
            try maxBytes.map { try CacheLocation.bytes($0, name: "--max-bytes") } ?? CacheLocation.maximum()
        let removal = try CacheContents.prune(at: folder.path(), to: maximum)
        try folder.show(removal.text, removal.json)
    }
}

/// `fanpai cache verify`.
struct CacheVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads everything that is kept and compares it with its digests.",
        discussion: """
            A damaged segment never reaches a film: every render compares what it reads. The exit code is 65 when something
            is damaged.
            """)

    @OptionGroup var folder: CacheFolderOptions

    @Flag(help: "Removes what is damaged.")
    var remove = false

    mutating func run() throws {
        let result = try CacheContents.verify(at: folder.path(), removing: remove)
        try folder.show(result.text, result.json)
        if !result.damaged.isEmpty { throw CheckFailed() }
    }
}
