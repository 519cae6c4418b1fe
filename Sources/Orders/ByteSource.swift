internal import Glibc

/// Bytes to decode, from memory, a file or an archive's entry, read from front to back.
///
/// A source is opened again for every pass: finding out that a file is not UTF-8 costs a second pass, not memory.
struct ByteSource: ~Copyable {
    private let descriptor: Int32
    private let bytes: UnsafeRawBufferPointer
    private let entry: ArchiveReader?
    private var position = 0

    /// A source over bytes that outlive it.
    init(bytes: UnsafeRawBufferPointer) {
        descriptor = -1
        self.bytes = bytes
        entry = nil
    }

    /// The data of the entry at which an archive's reader stands.
    init(entry: ArchiveReader) {
        descriptor = -1
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        self.entry = entry
    }

    /// Opens a regular file.
    init(path: String) throws(OrdersError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            let code = errno
            let text = String(cString: strerror(code))
            throw OrdersError(
                kind: code == ENOENT || code == ENOTDIR ? .missingInput : .inputOutput, what: "cannot open (\(text))",
                remedy: code == ENOENT ? "check the path" : "check that it is a readable file", file: path)
        }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(opened)
            throw OrdersError(kind: .inputOutput, what: "is a folder", remedy: "name the file in it", file: path)
        }
        // It is read several times: to tell its kind, its encoding, its rows, its digest.
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw OrdersError(
                kind: .inputOutput, what: "is no regular file but a pipe or device, which gives its bytes only once",
                remedy: "save it to a file and name that", file: path)
        }
        descriptor = opened
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        entry = nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills as much of `buffer` as there is; 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
        if let entry { return try entry.read(into: buffer) }
        guard descriptor >= 0 else {
            let count = min(buffer.count, bytes.count - position)
            guard count > 0 else { return 0 }
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]))
            position += count
            return count
        }
        var filled = 0
        while filled < buffer.count {
            let count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw OrdersError(
                    kind: .inputOutput, what: "cannot read (\(String(cString: strerror(errno))))",
                    remedy: "check the disk and the file's permissions")
            }
            filled += count
        }
        return filled
    }

    /// Whether ``seek(to:from:)`` works: not within an archive's entry, nor on a pipe.
    var isSeekable: Bool {
        if entry != nil { return false }
        return descriptor < 0 || lseek(descriptor, 0, SEEK_CUR) >= 0
    }

    /// Goes to an offset from the start, the current place or the end (`SEEK_SET` and so on); nil when that is nowhere.
    mutating func seek(to offset: Int, from whence: Int32) -> Int? {
        if descriptor >= 0 {
            let reached = lseek(descriptor, offset, whence)
            return reached < 0 ? nil : reached
        }
        let base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position : bytes.count
        let (target, overflow) = base.addingReportingOverflow(offset)
        guard entry == nil, !overflow, target >= 0, target <= bytes.count else { return nil }
        position = target
        return target
    }

    /// The whole of a small file.
    static func readWhole(path: String, limit: Int) throws(OrdersError) -> [UInt8] {
        var source = try ByteSource(path: path)
        do throws(OrdersError) {
            return try source.readWhole(limit: limit)
        } catch {
            throw error.inFile(path)
        }
    }

    /// All that is left, which must not be more than `limit` bytes.
    mutating func readWhole(limit: Int) throws(OrdersError) -> [UInt8] {
        var result: [UInt8] = []
        while true {
            let filled = result.count
            // Grows with what there is: a limit is not a size.
            result.append(contentsOf: repeatElement(0, count: min(max(1 << 12, filled), limit + 1 - filled)))
            let room = result.count - filled
            let outcome: Result<Int, OrdersError> = result.withUnsafeMutableBytes { buffer in
                do throws(OrdersError) {
                    return .success(try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])))
                } catch {
                    return .failure(error)
                }
            }
            let count = try outcome.get()
            result.removeLast(room - count)
            if count < room { return result }
            guard result.count <= limit else {
                throw OrdersError(kind: .badData, what: "has more than \(limit) bytes", remedy: "name the right file")
            }
        }
    }
}
