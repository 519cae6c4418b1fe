import Drawing
import Glibc
import Synchronization

/// The bytes of a font file, mapped into memory for as long as anybody holds it.
///
/// The mapping is private and read-only. Nothing is read before it is asked for: the digest of 16 MB takes 10 ms and more,
/// and most runs use two or three of the fonts.
final class FontFile: Sendable {
    /// The path as it was given.
    let path: String
    private let address: UInt
    private let count: Int
    private let knownDigest = Mutex<Digest?>(nil)

    /// Maps the file.
    init(path: String) throws(TypesettingError) {
        func failure(_ what: String) -> TypesettingError {
            TypesettingError(
                .fontFile, what, hint: "give the path of a readable .otf, .ttf or .ttc file", file: path)
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be opened: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw failure("is not a file")
        }
        let size = Int(information.st_size)
        guard (12...1 << 30).contains(size) else { throw failure("is empty or too large to be a font") }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw failure("cannot be read: \(String(cString: strerror(errno)))")
        }
        self.path = path
        address = UInt(bitPattern: start)
        count = size
    }

    deinit { munmap(UnsafeMutableRawPointer(bitPattern: address), count) }

    /// The bytes; valid while the file is held.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }

    /// The SHA-256 of the bytes; computed once.
    var digest: Digest {
        knownDigest.withLock { known in
            if let known { return known }
            let digest = Digest.sha256(of: bytes)
            // Few of its pages are looked at again; they need not count as memory of this process.
            madvise(UnsafeMutableRawPointer(bitPattern: address), count, MADV_DONTNEED)
            known = digest
            return digest
        }
    }
}
