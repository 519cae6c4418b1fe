import Glibc

/// Room on the disk for a small file that is written last, taken first: so that hours of work do not end with a full disk or a folder
/// that takes no file.
final class ReservedFile {
    /// Far more than a manifest has.
    private static let room: off_t = 1 << 18

    private let path: String
    private let temporary: String
    private var descriptor: Int32

    /// - Throws: `FanpaiError` with code `cannotCreate` when the folder does not take it, `inputOutput` when the disk has no room.
    init(path: String) throws(FanpaiError) {
        guard FileAccess.kind(of: path) != .folder else {
            throw FanpaiError(
                .cannotCreate, "is a folder, and the manifest needs that name", remedy: "choose another name",
                location: path)
        }
        self.path = path
        temporary = "\(FileAccess.folder(of: path))/.fanpai-\(getpid())-manifest.part"
        descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw FanpaiError(
                .cannotCreate, "cannot be created", remedy: "make the folder, or choose one that you may write to",
                location: path, cause: String(cString: strerror(errno)))
        }
        let code = posix_fallocate(descriptor, 0, Self.room)
        if code == ENOSPC || code == EDQUOT || code == EFBIG {
            discard()
            throw FanpaiError(
                .inputOutput, "cannot be written", remedy: "free some space, or write to another place",
                location: path, cause: String(cString: strerror(code)))
        }
    }

    deinit { discard() }

    /// Writes the file and gives it its name.
    func commit(_ bytes: [UInt8]) throws(FanpaiError) {
        do throws(FanpaiError) {
            try FileAccess.write(bytes, descriptor: descriptor, path: path)
        } catch {
            discard()
            throw error
        }
        let isCut = ftruncate(descriptor, off_t(bytes.count)) == 0
        close(descriptor)
        descriptor = -1
        guard isCut, rename(temporary, path) == 0 else {
            let cause = String(cString: strerror(errno))
            unlink(temporary)
            throw FanpaiError(
                .cannotCreate, "cannot be created", remedy: "choose another name", location: path, cause: cause)
        }
    }

    private func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporary)
    }
}
