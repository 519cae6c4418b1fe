import Glibc

/// Where a stream goes.
public enum StreamAddress: Hashable, Sendable {
    /// This process's standard output.
    case standardOutput
    /// A port of this machine at which clients connect. Port 0 is any free one.
    case listen(host: String, port: Int)

    /// Reads `-` or `tcp://127.0.0.1:PORT?listen`.
    ///
    /// - Parameter allowsRemote: accept addresses that other machines can reach.
    /// - Throws: `MediaError` with exit 64 for anything else.
    public init(parsing text: String, allowsRemote: Bool = false) throws(MediaError) {
        if text == "-" {
            self = .standardOutput
            return
        }
        let usage = "write - or tcp://127.0.0.1:PORT?listen"
        guard text.hasPrefix("tcp://") else {
            throw MediaError(.destination, "\"\(text.prefix(60))\" is no stream", hint: usage, exit: .usage)
        }
        let parts = text.dropFirst(6).split(separator: "?", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == "listen" || parts[1] == "listen=1" else {
            throw MediaError(
                .destination, "\"\(text.prefix(60))\" does not say who listens",
                hint: "the engine listens and OBS connects: \(usage)", exit: .usage)
        }
        let ends = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard ends.count == 2, let port = Int(ends[1]), (0...65535).contains(port) else {
            throw MediaError(
                .destination, "\"\(text.prefix(60))\" has no port from 0 to 65535", hint: usage, exit: .usage)
        }
        let host = ends[0] == "localhost" ? "127.0.0.1" : String(ends[0])
        var address = in_addr()
        guard inet_pton(AF_INET, host, &address) == 1 else {
            throw MediaError(
                .destination, "\"\(host.prefix(40))\" is no IPv4 address", hint: "use 127.0.0.1", exit: .usage)
        }
        guard allowsRemote || host.hasPrefix("127.") else {
            throw MediaError(
                .destination, "\(host) can be reached from other machines", hint: "use 127.0.0.1", exit: .usage)
        }
        self = .listen(host: host, port: port)
    }
}
