import Fanpai
import Glibc

/// Results on standard output, everything else on standard error.
enum StandardStreams {
    /// Whoever read the results has gone away: nothing is wrong and nobody is left to tell.
    struct OutputClosed: Error {}

    /// Writes results.
    ///
    /// - Throws: `OutputClosed` when the reader is gone, `FanpaiError` when the bytes cannot be written.
    static func print(_ text: String) throws {
        let status = write(text, to: STDOUT_FILENO)
        if status == EPIPE { throw OutputClosed() }
        if status != 0 {
            throw FanpaiError(
                .inputOutput, "standard output cannot be written", remedy: "check where it is redirected to",
                cause: String(cString: strerror(status)))
        }
    }

    /// Writes a message for people; nobody can be told when that fails.
    static func note(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// True when standard error is a terminal.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal: `$COLUMNS`, else what the terminal on standard output says, else 80; from 40 to 120.
    static var columns: Int {
        var size = winsize()
        let asked = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
        let found = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
        return min(max(asked ?? found, 40), 120)
    }

    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if count < 0 && errno == EINTR { continue }
                if count < 0 && errno == EAGAIN {
                    var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&poller, 1, 1000)
                    continue
                }
                if count <= 0 { return count == 0 ? ENOSPC : errno }
                done += count
            }
            return 0
        }
    }
}
