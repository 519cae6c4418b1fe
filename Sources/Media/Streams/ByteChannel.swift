import Glibc

/// One connection or pipe that bytes are pushed into, in slices of a tenth of a second.
final class ByteChannel {
    // Flags as numbers: the importer gives some versions of glibc enums and others plain constants.
    private static let peek: Int32 = 0x02
    private static let dontWait: Int32 = 0x40
    private static let noSignal: Int32 = 0x4000

    enum Kind { case socket, pipe, file }
    enum Outcome { case sent, closed, full, cancelled }

    private let descriptor: Int32
    private let kind: Kind

    init(owning descriptor: Int32, kind: Kind) { (self.descriptor, self.kind) = (descriptor, kind) }

    deinit { close(descriptor) }

    /// Standard output, if it leads to something that can take a stream.
    ///
    /// - Throws: `MediaError` with exit 64 for a terminal.
    static func standardOutput() throws(MediaError) -> ByteChannel {
        if isatty(1) != 0 {
            throw MediaError(
                .destination, "standard output is a terminal",
                hint: "pipe it into a program, for example ffplay -f nut -",
                exit: .usage)
        }
        return try duplicating(1)
    }

    /// A channel of its own to whatever a descriptor leads to.
    static func duplicating(_ original: Int32) throws(MediaError) -> ByteChannel {
        signal(SIGPIPE, SIG_IGN)
        var status = stat()
        guard fstat(original, &status) == 0 else { throw MediaError.create("the stream") }
        let type = status.st_mode & S_IFMT
        // Opened again, a pipe can be made non-blocking without doing so to other processes that hold it.
        if type == S_IFIFO {
            let again = open("/proc/self/fd/\(original)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if again >= 0 { return ByteChannel(owning: again, kind: .pipe) }
        }
        let copy = fcntl(original, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw MediaError.create("the stream") }
        return ByteChannel(owning: copy, kind: type == S_IFSOCK ? .socket : type == S_IFIFO ? .pipe : .file)
    }

    /// Whether the other side has gone; never waits.
    var isClosed: Bool {
        if kind == .socket {
            // Clients send nothing: an end of their side is the end.
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, Self.peek | Self.dontWait)
            return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
        }
        var poller = pollfd(fd: descriptor, events: 0, revents: 0)
        return kind == .pipe && poll(&poller, 1, 0) > 0 && Int32(poller.revents) & (POLLHUP | POLLERR) != 0
    }

    /// Pushes all bytes, however long the other side takes.
    func send(_ bytes: UnsafeRawBufferPointer, _ isCancelled: () -> Bool) -> Outcome {
        var done = 0
        while done < bytes.count {
            if isCancelled() { return .cancelled }
            let from = bytes.baseAddress?.advanced(by: done)
            let count =
                switch kind {
                case .socket:
                    Glibc.send(
                        descriptor, from, bytes.count - done,
                        Self.noSignal | Self.dontWait)
                case .pipe: push(from, bytes.count - done)
                case .file: write(descriptor, from, bytes.count - done)
                }
            if count > 0 {
                done += count
            } else if count < 0 && errno == EINTR {
                continue
            } else if count < 0 && errno == EAGAIN {
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&poller, 1, 100)
            } else {
                return count < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) ? .full : .closed
            }
        }
        return .sent
    }

    /// A pipe that could not be opened again may block: it takes what it has said it has room for.
    private func push(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        if fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0 { return write(descriptor, bytes, count) }
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&poller, 1, 0) > 0 else {
            errno = EAGAIN
            return -1
        }
        return write(descriptor, bytes, min(count, 4096))
    }
}
