import Glibc
import Synchronization

/// A file beside the one that it will become: nobody sees it half written.
///
/// What is dropped before `commit()` leaves nothing behind. A destination that is a link stays one, and a device is written to directly.
struct TemporaryFile: ~Copyable {
    private static let counter = Atomic<Int>(0)

    /// The path as the user wrote it, for errors.
    private let path: String
    private let destination: String
    /// Nil where there is nothing to rename.
    private let temporary: String?
    private let descriptor: Int32

    /// - Throws: `FanpaiError` with code `cannotCreate` when the folder does not take it.
    init(_ path: String) throws(FanpaiError) {
        self.path = path
        let kind = FileAccess.kind(of: path)
        guard kind != .folder, !FileAccess.name(of: path).isEmpty else {
            (destination, temporary, descriptor) = (path, nil, -1)
            throw FanpaiError(.cannotCreate, "is a folder", remedy: "name a file in it", location: path)
        }
        destination = FileAccess.resolved(path)
        if kind == .other {
            temporary = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            // Of its own length: the file's name may be as long as the file system allows.
            let serial = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
            let name = "\(FileAccess.folder(of: destination))/.fanpai-\(getpid())-f\(serial).part"
            temporary = name
            descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        }
        guard descriptor >= 0 else {
            throw FanpaiError(
                .cannotCreate, "cannot be created", remedy: "make the folder, or choose one that you may write to",
                location: path, cause: String(cString: strerror(errno)))
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        // After `commit()` there is nothing of this name.
        if let temporary { unlink(temporary) }
    }

    /// Takes room on the disk before there is anything to write.
    ///
    /// - Throws: `FanpaiError` with code `inputOutput` when there is none.
    func reserve(_ bytes: Int) throws(FanpaiError) {
        guard temporary != nil else { return }
        let code = posix_fallocate(descriptor, 0, off_t(bytes))
        if code == ENOSPC || code == EDQUOT || code == EFBIG { throw FileAccess.full(path, code) }
    }

    /// Appends bytes.
    ///
    /// - Throws: `FanpaiError` with code `inputOutput` when the disk does not take them.
    func write(_ bytes: [UInt8]) throws(FanpaiError) {
        try FileAccess.write(bytes, descriptor: descriptor, path: path)
    }

    /// Cuts off what was reserved and not written, and gives the file its name.
    ///
    /// - Throws: `FanpaiError` with code `cannotCreate` when the name cannot be had.
    consuming func commit() throws(FanpaiError) {
        guard let temporary else { return }
        let end = lseek(descriptor, 0, SEEK_CUR)
        guard end >= 0, ftruncate(descriptor, end) == 0, rename(temporary, destination) == 0 else {
            throw FanpaiError(
                .cannotCreate, "cannot be created", remedy: "choose another name", location: path,
                cause: String(cString: strerror(errno)))
        }
    }
}
