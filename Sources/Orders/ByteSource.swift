internal import Glibc

/// Bytes to decode, from memory or a file, read once from front to back.
///
/// A source is opened again for every pass: finding out that a file is not UTF-8 costs a second pass, not memory.
struct ByteSource: ~Copyable {
    private let descriptor: Int32
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// A source over bytes that outlive it.
    init(bytes: UnsafeRawBufferPointer) {
        descriptor = -1
        self.bytes = bytes
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
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills as much of `buffer` as there is; 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
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

    /// The whole of a small file.
    static func readWhole(path: String, limit: Int) throws(OrdersError) -> [UInt8] {
        var source = try ByteSource(path: path)
        var result = [UInt8](repeating: 0, count: limit + 1)
        let outcome: Result<Int, OrdersError> = result.withUnsafeMutableBytes { buffer in
            do throws(OrdersError) {
                return .success(try source.read(into: buffer))
            } catch {
                return .failure(error.inFile(path))
            }
        }
        let count = try outcome.get()
        guard count <= limit else {
            throw OrdersError(
                kind: .badData, what: "has more than \(limit) bytes", remedy: "name the right file", file: path)
        }
        result.removeLast(result.count - count)
        return result
    }
}
