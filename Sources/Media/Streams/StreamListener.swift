import Glibc

/// A listening socket.
final class StreamListener: Sendable {
    /// The port, also when any was asked for.
    let port: Int
    let descriptor: Int32

    /// - Throws: `MediaError` with exit 73 when the port is taken.
    init(host: String, port: Int) throws(MediaError) {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw MediaError.create("a socket") }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) != 0 || listen(descriptor, 4) != 0
                    || getsockname(descriptor, $0, &length) != 0
            }
        }
        if failed {
            let number = errno
            close(descriptor)
            throw MediaError(
                .create, "cannot listen at \(host):\(port)", hint: "choose another port",
                cause: MediaError.text(number),
                exit: .cannotCreate)
        }
        self.port = Int(in_port_t(bigEndian: address.sin_port))
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Takes a client that waits; nil when there is none.
    func accept() -> ByteChannel? {
        let client = Glibc.accept(descriptor, nil, nil)
        guard client >= 0 else { return nil }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        _ = fcntl(client, F_SETFL, O_NONBLOCK)
        var on: Int32 = 1
        setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return ByteChannel(owning: client, kind: .socket)
    }
}
