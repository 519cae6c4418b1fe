internal import Crypto
internal import Glibc

/// The secret under which order ids become pseudonyms: same key, same pseudonyms.
public struct ProjectKey: Sendable {
    /// HMAC's two hashes (RFC 2104), each with its padded key already in: an id then costs two blocks, and none of the
    /// generic set-up that made CryptoKit's `HMAC` a third of the time of an import.
    private let inner: SHA256
    private let outer: SHA256

    /// A key from at least 16 bytes of secret.
    public init(bytes: [UInt8]) throws(OrdersError) {
        guard (16...4096).contains(bytes.count) else {
            throw OrdersError(
                kind: .badData, what: "the project key has \(bytes.count) bytes, not 16 to 4096",
                remedy: "name a file that holds 64 hexadecimal digits or at least 16 random bytes")
        }
        self.init(unchecked: bytes)
    }

    /// The fixed key of demonstrations: its pseudonyms protect nothing and are the same everywhere.
    public static let demo = ProjectKey(unchecked: Array("fanpai demonstration key, not a secret".utf8))

    private init(unchecked bytes: [UInt8]) {
        var block = bytes.count <= 64 ? bytes : Array(SHA256.hash(data: bytes))
        block += [UInt8](repeating: 0, count: 64 - block.count)
        var inner = SHA256()
        inner.update(data: block.map { $0 ^ 0x36 })
        var outer = SHA256()
        outer.update(data: block.map { $0 ^ 0x5C })
        self.inner = inner
        self.outer = outer
    }

    /// The pseudonym of a shop's order id.
    public func pseudonym(of id: String) -> OrderID {
        var copy = id
        return copy.withUTF8 { pseudonym(of: $0) }
    }

    func pseudonym(of id: UnsafeBufferPointer<UInt8>) -> OrderID {
        var inner = inner
        inner.update(bufferPointer: UnsafeRawBufferPointer(id))
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        return outer.finalize().withUnsafeBytes { OrderID(authenticationCode: $0) }
    }

    /// Eight characters that tell two keys apart without giving either away, for manifests.
    public var fingerprint: String {
        pseudonym(of: "fanpai key fingerprint").traceCode
    }
}

extension ProjectKey {
    /// Reads a key file: 64 hexadecimal digits with any white space around, or at least 16 raw bytes.
    public init(file path: String) throws(OrdersError) {
        try self.init(bytes: ProjectKey.decode(try ByteSource.readWhole(path: path, limit: 65_536)))
    }

    /// Reads the key file, or makes it with a fresh random key, readable by its owner only, when there is none.
    ///
    /// The folder is made too. Two processes that do this at once end up with the same key.
    public init(creatingIfMissing path: String) throws(OrdersError) {
        if access(path, F_OK) != 0 {
            try ProjectKey.create(path: path)
        }
        try self.init(file: path)
    }

    private static func decode(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        guard text.count == 64 else { return bytes }
        var result: [UInt8] = []
        var nibble: UInt8?
        for byte in text {
            guard let value = Character(Unicode.Scalar(byte)).hexDigitValue else { return bytes }
            if let high = nibble {
                result.append(high << 4 | UInt8(value))
                nibble = nil
            } else {
                nibble = UInt8(value)
            }
        }
        return result
    }

    private static func create(path: String) throws(OrdersError) {
        func failure(_ action: String) -> OrdersError {
            OrdersError(
                kind: .inputOutput, what: "cannot \(action) the project key (\(String(cString: strerror(errno))))",
                remedy: "make the folder writable or name a key file", file: path)
        }
        makeFolders(for: path)
        var random = SystemRandomNumberGenerator()
        var text = ""
        for _ in 0..<32 {
            let byte = UInt8.random(in: .min ... .max, using: &random)
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        text += "\n"
        // Written whole under another name, then linked: whoever comes second finds the first one's key complete.
        let temporary = path + ".\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create") }
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let closed = close(descriptor)
        defer { unlink(temporary) }
        guard written == bytes.count, closed == 0 else { throw failure("write") }
        guard link(temporary, path) == 0 || errno == EEXIST else { throw failure("place") }
    }

    private static func makeFolders(for path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var folder = ""
        for part in parts {
            folder += part + "/"
            if folder != "/" { mkdir(folder, 0o700) }
        }
    }
}
