import Drawing
import Glibc

/// A folder of contents by their SHA-256, and of keys that lead to them; several processes may use it at the same time.
///
/// ```
/// v1/objects/ab/cdef…   a content; its name is the SHA-256 of its bytes
/// v1/keys/01/2345…      the key, the SHA-256 of the content, and the SHA-256 of these two
/// v1/new/…              what is being written; locked by who writes it
/// ```
///
/// A file is written aside and renamed, so that nobody sees half of one. Nothing is synchronised to the disk: what a crash of
/// the machine leaves half written does not have its digest, and counts as missing. Times of files decide only what goes first when the folder
/// is full.
struct StoreFolder: Sendable {
    /// The two kinds of file.
    enum Kind: String, CaseIterable { case objects, keys }

    /// An entry of the folder.
    struct Entry {
        let name: String
        let bytes: Int
        /// When it was last of use.
        let time: Int
    }

    /// The folder as the user named it.
    let root: String
    private var base: String { root + "/v1" }
    private var unfinished: String { base + "/new" }

    /// A folder that is there, or not; nothing is made.
    init(_ root: String) { self.root = root }

    /// Makes what is missing of the folder.
    ///
    /// - Throws: `FanpaiError` with code `cannotCreate` when that is not possible or nothing can be written there.
    func create() throws(FanpaiError) {
        func fail(_ number: Int32) -> FanpaiError {
            FanpaiError(
                .cannotCreate, "cannot be used as a cache",
                remedy: "name another folder with --cache, or use --no-cache",
                location: root, cause: String(cString: strerror(number)))
        }
        var path = root.hasPrefix("/") ? "" : "."
        for part in base.split(separator: "/") {
            path += "/" + part
            if mkdir(path, 0o777) != 0, errno != EEXIST { throw fail(errno) }
        }
        for folder in [unfinished] + Kind.allCases.map({ "\(base)/\($0.rawValue)" }) {
            if mkdir(folder, 0o777) != 0, errno != EEXIST { throw fail(errno) }
            if access(folder, R_OK | W_OK | X_OK) != 0 { throw fail(errno) }
        }
        // What backups leave out: https://bford.info/cachedir/
        let tag = root + "/CACHEDIR.TAG"
        if FileAccess.kind(of: tag) == nil {
            let text = "Signature: 8a477f597d28d172789f06886806bc55\n# Encoded segments of fanpai; may be deleted.\n"
            let number = write(Array(text.utf8), to: tag)
            if number == EROFS || number == EACCES { throw fail(number) }
        }
    }

    /// Where a digest lies.
    func path(_ kind: Kind, _ name: String) -> String {
        "\(base)/\(kind.rawValue)/\(name.prefix(2))/\(name.dropFirst(2))"
    }

    /// The content that a key leads to; nil when there is none or it is not what it was. What is damaged is removed.
    func content(forKey key: Digest) -> (digest: Digest, bytes: [UInt8])? {
        guard let digest = target(ofKey: key) else { return nil }
        let path = path(.objects, digest.description)
        guard let bytes = Self.read(path) else { return nil }
        guard Digest.sha256(of: bytes) == digest else {
            unlink(path)
            return nil
        }
        // What is of use stays.
        utimensat(AT_FDCWD, path, nil, 0)
        return (digest, bytes)
    }

    /// The digest that a key leads to.
    func target(ofKey key: Digest) -> Digest? {
        guard let bytes = Self.read(path(.keys, key.description), limit: 96), bytes.count == 96,
            Digest(bytes: bytes[..<32]) == key, Digest(bytes: bytes[64...]) == Digest.sha256(of: Array(bytes[..<64]))
        else { return nil }
        return Digest(bytes: bytes[32..<64])
    }

    /// Keeps a content, and returns its name and 0 or an error number of the system.
    func keep(_ bytes: [UInt8]) -> (digest: Digest, error: Int32) {
        let digest = Digest.sha256(of: bytes)
        let path = path(.objects, digest.description)
        var status = stat()
        if stat(path, &status) == 0, Int(status.st_size) == bytes.count {
            utimensat(AT_FDCWD, path, nil, 0)
            return (digest, 0)
        }
        return (digest, write(bytes, to: path))
    }

    /// Lets a key lead to a content; returns 0 or an error number of the system.
    func link(_ key: Digest, to content: Digest) -> Int32 {
        var bytes = key.bytes + content.bytes
        bytes += Digest.sha256(of: bytes).bytes
        return write(bytes, to: path(.keys, key.description))
    }

    /// Writes a file aside and gives it its name; returns 0 or an error number of the system.
    private func write(_ bytes: [UInt8], to path: String) -> Int32 {
        let temporary = "\(unfinished)/\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { return errno }
        defer { close(file) }
        // Whoever finds it unlocked knows that its writer was killed.
        flock(file, LOCK_EX | LOCK_NB)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let number = count == 0 ? ENOSPC : errno
                unlink(temporary)
                return number
            }
            done += count
        }
        if rename(temporary, path) == 0 { return 0 }
        if errno == ENOENT {
            mkdir(FileAccess.folder(of: path), 0o777)
            if rename(temporary, path) == 0 { return 0 }
        }
        let number = errno
        unlink(temporary)
        return number
    }

    /// A whole file of at most `limit` bytes; nil when there is none or it cannot be read.
    static func read(_ path: String, limit: Int = 1 << 30) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, (0...limit).contains(Int(status.st_size))
        else { return nil }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let taken = Glibc.read(file, buffer.baseAddress.map { $0 + count }, size - count)
                if taken < 0, errno == EINTR { continue }
                guard taken > 0 else { break }
                count += taken
            }
        }
        return bytes.count == size ? bytes : nil
    }

    /// The files of a kind with names that are digests, in order of names; others are nobody's business.
    func entries(_ kind: Kind) -> [Entry] {
        let folder = "\(base)/\(kind.rawValue)"
        return FileAccess.names(in: folder).filter { Self.isHexadecimal($0, count: 2) }.flatMap { first in
            FileAccess.names(in: folder + "/" + first).filter { Self.isHexadecimal($0, count: 62) }.compactMap { rest in
                var status = stat()
                guard lstat("\(folder)/\(first)/\(rest)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                    return nil
                }
                let time = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
                return Entry(name: first + rest, bytes: Int(status.st_size), time: time)
            }
        }
    }

    /// Runs `body` unless another process is doing the same.
    func exclusively(_ body: () -> Void) {
        let file = open(base + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard file >= 0 else { return }
        defer { close(file) }
        if flock(file, LOCK_EX | LOCK_NB) == 0 { body() }
    }

    /// Removes what killed writers left; returns how many files.
    func removeUnfinished() -> Int {
        FileAccess.names(in: unfinished).filter { name in
            let path = unfinished + "/" + name
            let file = open(path, O_RDWR | O_CLOEXEC)
            guard file >= 0 else { return false }
            defer { close(file) }
            return flock(file, LOCK_EX | LOCK_NB) == 0 && unlink(path) == 0
        }.count
    }

    private static func isHexadecimal(_ name: String, count: Int) -> Bool {
        name.utf8.count == count && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

extension Digest {
    /// The 32 bytes.
    var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    /// The digest that `description` writes.
    init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 48...57: byte - 48
            case 97...102: byte - 87
            default: nil
            }
        }
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        self.init(bytes: stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }
}
