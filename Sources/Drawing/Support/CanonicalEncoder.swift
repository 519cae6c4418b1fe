import Crypto

/// Collects values in one versioned byte form and names them by SHA-256.
///
/// Integers are written in 8 or 4 bytes, little-endian; arrays after their length; every node after a tag of its own, so
/// that no two different lists give the same bytes. A change of the form raises `version`.
public struct CanonicalEncoder {
    /// The version of the byte form; part of every digest.
    public static let version: UInt8 = 1

    private var bytes: [UInt8]

    /// Starts a value of the kind `tag`.
    public init(tag: UInt8) {
        bytes = []
        bytes.reserveCapacity(512)
        bytes.append(Self.version)
        bytes.append(tag)
    }

    /// Adds one byte.
    public mutating func add(_ value: UInt8) { bytes.append(value) }

    /// Adds four bytes.
    public mutating func add(_ value: Int32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Adds eight bytes.
    public mutating func add(_ value: Int) {
        withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Adds the bits of a number; 0 and -0 are the same.
    public mutating func add(_ value: Double) {
        withUnsafeBytes(of: (value == 0 ? 0 : value).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Adds a digest.
    public mutating func add(_ digest: Digest) {
        let words = (
            digest.words.0.bigEndian, digest.words.1.bigEndian, digest.words.2.bigEndian, digest.words.3.bigEndian
        )
        withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) }
    }

    /// Adds a text after its length.
    public mutating func add(_ text: String) {
        let utf8 = Array(text.utf8)
        add(utf8.count)
        bytes.append(contentsOf: utf8)
    }

    /// Adds bytes after their length.
    public mutating func add(_ values: [UInt8]) {
        add(values.count)
        bytes.append(contentsOf: values)
    }

    /// Adds numbers after their count.
    public mutating func add(_ values: [Int32]) {
        add(values.count)
        for value in values { add(value) }
    }

    /// The SHA-256 of all that was added.
    public func finish() -> Digest { Digest.sha256(of: bytes) }
}

extension Digest {
    /// The SHA-256 of bytes in memory.
    public static func sha256(of bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { sha256(of: $0) } }

    /// The SHA-256 of bytes in memory.
    public static func sha256(of bytes: UnsafeRawBufferPointer) -> Digest {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return Digest(hasher.finalize())
    }

    fileprivate init(_ digest: SHA256Digest) {
        words = digest.withUnsafeBytes { raw in
            func word(_ offset: Int) -> UInt64 {
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            return (word(0), word(8), word(16), word(24))
        }
    }
}

/// A running SHA-256 over parts.
public struct DigestBuilder {
    private var hasher = SHA256()

    /// Starts with nothing.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

    /// The digest of all parts so far.
    public func finish() -> Digest { Digest(hasher.finalize()) }
}
