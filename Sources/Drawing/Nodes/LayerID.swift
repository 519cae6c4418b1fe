/// The identity of a layer from frame to frame: a stable hash of its place in the template and of its data's ordinal.
///
/// Damage matches layers by it; digests and equality leave it out.
public struct LayerID: Hashable, Sendable, CustomStringConvertible {
    /// 64 bits of FNV-1a.
    public let value: UInt64

    /// The identity of the thing at `path` (for example `scenes/main/elements/counter`).
    public init(_ path: String) {
        value = Self.hash(0xcbf2_9ce4_8422_2325, path.utf8)
    }

    private init(value: UInt64) { self.value = value }

    /// The identity of a part of this thing.
    public func child(_ name: StaticString, _ ordinal: Int = 0) -> LayerID {
        let named = name.withUTF8Buffer { Self.hash(value ^ 0x2f, $0) }
        return withUnsafeBytes(of: Int64(ordinal).littleEndian) { LayerID(value: Self.hash(named, $0)) }
    }

    /// 16 hexadecimal digits.
    public var description: String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    private static func hash(_ start: UInt64, _ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = start
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
