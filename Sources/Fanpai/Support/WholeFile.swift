import Glibc

/// A file that is written piece by piece and appears under its name only when it is whole; `-` is standard output, and what is there
/// and is no file (`/dev/null`) is written to directly.
///
/// What is dropped before `finish()` leaves nothing behind.
struct WholeFile: ~Copyable {
    private let path: String
    /// Nil where there is nothing to rename.
    private let temporary: String?
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    private static let blockSize = 1 << 18

    /// - Throws: `FanpaiError` with code `cannotCreate` when the folder does not take it.
    init(_ path: String) throws(FanpaiError) {
        self.path = path == "-" ? "standard output" : path
        buffer.reserveCapacity(WholeFile.blockSize + 4096)
        guard path != "-" else {
            (descriptor, temporary) = (STDOUT_FILENO, nil)
            return
        }
        let kind = FileAccess.kind(of: path)
        guard kind != .folder, !FileAccess.name(of: path).isEmpty else {
            (descriptor, temporary) = (-1, nil)
            throw FanpaiError(.cannotCreate, "is a folder", remedy: "name a file in it", location: path)
        }
        let part = "\(FileAccess.folder(of: path))/.fanpai-\(getpid())-\(FileAccess.name(of: path).utf8.count).part"
        temporary = kind == .other ? nil : part
        descriptor = open(
            temporary ?? path, (temporary == nil ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC) | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw FanpaiError(
                .cannotCreate, "cannot be created", remedy: "make the folder, or choose one that you may write to",
                location: path, cause: String(cString: strerror(errno)))
        }
    }

    deinit {
        guard descriptor > STDERR_FILENO else { return }
        close(descriptor)
        // After `finish()` there is nothing of this name.
        if let temporary { unlink(temporary) }
    }

    /// Takes what `body` appends.
    ///
    /// - Throws: `FanpaiError` with code `inputOutput` when the disk does not take it.
    mutating func append(_ body: (inout [UInt8]) -> Void) throws(FanpaiError) {
        body(&buffer)
        if buffer.count >= WholeFile.blockSize { try flush() }
    }

    /// Writes the rest and gives the file its name.
    consuming func finish() throws(FanpaiError) {
        try flush()
        guard let temporary, rename(temporary, path) != 0 else { return }
        throw FanpaiError(
            .cannotCreate, "cannot be created", remedy: "choose another name", location: path,
            cause: String(cString: strerror(errno)))
    }

    private mutating func flush() throws(FanpaiError) {
        defer { buffer.removeAll(keepingCapacity: true) }
        try FileAccess.write(buffer, descriptor: descriptor, path: path)
    }
}
