/// A SHA-256 value: the name of a content.
public struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The 32 bytes as four big-endian words, first byte first.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    /// Makes a digest from four big-endian words.
    public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Makes a digest from exactly 32 bytes, or nil.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var parts: [UInt64] = [0, 0, 0, 0]
        for (index, byte) in bytes.enumerated() { parts[index / 8] = parts[index / 8] << 8 | UInt64(byte) }
        words = (parts[0], parts[1], parts[2], parts[3])
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 60, through: 0, by: -4) { text.append(digits[Int(word >> UInt64(shift) & 15)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Equal when all bytes are.
    public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }
    /// By the bytes, first byte first.
    public static func < (a: Digest, b: Digest) -> Bool { a.words < b.words }
    /// Feeds the first word: it is as good as random already.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
