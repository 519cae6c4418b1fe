import Glibc
import Synchronization

/// A file that appears under its name only when it is whole: written beside it under a temporary name, then renamed.
///
/// A destination that is a device (`/dev/null`) is written to directly. Whoever lets go of it without `commit` has discarded it.
final class OutputFile {
    private static let counter = Atomic<Int>(0)

    let path: String
    private let temporary: String?
    private var descriptor: Int32

    /// - Throws: `MediaError` with exit 73 when the folder is missing or not writable, or the name is taken by a folder.
    init(path: String) throws(MediaError) {
        var destination = path
        var status = stat()
        if stat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                // A link stays one: what it points at is replaced.
                if let real = realpath(path, nil) {
                    destination = String(cString: real)
                    free(real)
                }
            case S_IFCHR:
                self.path = path
                temporary = nil
                descriptor = open(path, O_WRONLY | O_CLOEXEC)
                if descriptor < 0 { throw MediaError.create(path) }
                return
            default:
                throw MediaError(
                    .create, "\(path) is not a file", hint: "choose a file name that is free", exit: .cannotCreate)
            }
        }
        let (folder, name) = Self.split(destination)
        guard !name.isEmpty else {
            throw MediaError(.create, "\(path) names no file", hint: "add a file name", exit: .cannotCreate)
        }
        let serial = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
        // A name may be as long as the file system allows: the temporary one must not be longer.
        let temporary = "\(folder)/.fanpai-\(getpid())-\(serial).part"
        self.path = destination
        self.temporary = temporary
        descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw MediaError.create(path) }
    }

    deinit { discard() }

    /// Whether it can be read back: a device cannot.
    var isRegular: Bool { temporary != nil }

    /// Where the bytes are while it is being written.
    var readablePath: String { temporary ?? path }

    /// Writes bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(MediaError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == ESPIPE && temporary == nil {
                throw MediaError(
                    .destination, "\(path) cannot be written out of order", hint: "write to a file", exit: .usage)
            }
            if count <= 0 { throw MediaError.write(path, count == 0 ? ENOSPC : errno) }
            done += count
        }
    }

    /// Writes bytes at an offset.
    func write(_ bytes: [UInt8], at offset: Int) throws(MediaError) {
        try bytes.span.withUnsafeBytes { (raw) throws(MediaError) in try write(raw, at: offset) }
    }

    /// Flushes it to the disk and gives it its name.
    func commit() throws(MediaError) {
        guard descriptor >= 0 else { return }
        if temporary != nil && fsync(descriptor) != 0 && errno != EINVAL { throw MediaError.write(path) }
        let closed = close(descriptor)
        descriptor = -1
        guard closed == 0 else { throw failed(MediaError.write(path)) }
        guard let temporary else { return }
        if rename(temporary, path) != 0 { throw failed(MediaError.create(path)) }
    }

    private func failed(_ error: MediaError) -> MediaError {
        if let temporary { unlink(temporary) }
        return error
    }

    /// Closes and removes it, unless it was committed.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        if let temporary { unlink(temporary) }
    }

    /// The folder (`.` when none is named) and the last part of a path.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }
}
