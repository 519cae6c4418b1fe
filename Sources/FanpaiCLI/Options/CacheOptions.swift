import ArgumentParser
import Fanpai

/// Whether and where encoded segments are kept.
struct CacheOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder in which encoded segments are kept for later renders.",
            discussion: "Default: $FANPAI_CACHE, else fanpai in $XDG_CACHE_HOME or ~/.cache; see fanpai cache --help.",
            valueName: "folder"))
    var cache: String?

    @Flag(name: .customLong("no-cache"), help: "Uses and keeps no segments.")
    var isOff = false

    /// The cache, or nil; the user's own may be unusable, one that was named may not.
    func store() throws -> SegmentStore? {
        if isOff {
            guard cache == nil else {
                throw FanpaiError(.usage, "--cache and --no-cache contradict each other", remedy: "leave one out")
            }
            return nil
        }
        let maximum = try CacheLocation.maximum()
        if let cache { return try SegmentStore(at: cache, maximumBytes: maximum) }
        guard let path = CacheLocation.standard else { return nil }
        do {
            return try SegmentStore(at: path, maximumBytes: maximum)
        } catch {
            StandardStreams.note("fanpai: warning: no segments are kept: \(error)\n")
            return nil
        }
    }
}
