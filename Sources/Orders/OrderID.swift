internal import Crypto

/// The pseudonym of an order: the first 20 characters of `base32(HMAC-SHA256(project key, shop's id))`, in 16 bytes.
///
/// Base32 is RFC 4648's (A–Z, 2–7), so that coreutils' `base32` checks it. 20 characters are 100 bits: among a million orders
/// two meet with a probability below 1e-18. The first 8 are the trace code that a pop-up may show.
public struct OrderID: BitwiseCopyable, Hashable, Sendable {
    /// Up to 20 characters of six bits each (0 = none, 1–26 letters, 27–36 digits), ten a word, first character lowest.
    let low: UInt64
    let high: UInt64

    /// Reads a text that already is a pseudonym; nil for anything that could be a shop's own id.
    ///
    /// A pseudonym has at least one letter, and is either 8 to 20 characters of RFC 4648's base32 alphabet, or a bare trace
    /// code: exactly 8 characters of A–Z and 0–9 (`K7Q2M9XA`).
    public init?(pseudonym text: String) {
        var copy = text
        guard let id = copy.withUTF8({ OrderID(pseudonym: $0) }) else { return nil }
        self = id
    }

    init?(pseudonym bytes: UnsafeBufferPointer<UInt8>) {
        guard (8...OrderID.length).contains(bytes.count) else { return nil }
        var hasLetter = false
        var isBase32 = true
        var low: UInt64 = 0
        var high: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            let code: UInt64
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                hasLetter = true
                code = UInt64(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if !(UInt8(ascii: "2")...UInt8(ascii: "7")).contains(byte) { isBase32 = false }
                code = UInt64(byte - UInt8(ascii: "0")) + 27
            default: return nil
            }
            if index < 10 { low |= code << UInt64(index * 6) } else { high |= code << UInt64((index - 10) * 6) }
        }
        guard hasLetter, isBase32 || bytes.count == 8 else { return nil }
        self.low = low
        self.high = high
    }

    /// The pseudonym of a shop's id under a key, of the first 100 bits of the code.
    init(authenticationCode code: UnsafeRawBufferPointer) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var accumulator: UInt32 = 0
        var bits = 0
        var index = 0
        for byte in code {
            accumulator = accumulator << 8 | UInt32(byte)
            bits += 8
            while bits >= 5, index < OrderID.length {
                bits -= 5
                let value = UInt64(accumulator >> UInt32(bits)) & 31
                // Values 0–25 are letters (codes 1–26); 26–31 are the digits 2–7 (codes 29–34).
                let character = value < 26 ? value + 1 : value + 3
                if index < 10 {
                    low |= character << UInt64(index * 6)
                } else {
                    high |= character << UInt64((index - 10) * 6)
                }
                index += 1
            }
            accumulator &= 0xFF
            if index == OrderID.length { break }
        }
        self.low = low
        self.high = high
    }

    /// Characters of a whole pseudonym.
    public static let length = 20

    /// The pseudonym as text, 8 to 20 characters.
    public var text: String {
        String(decoding: characters, as: UTF8.self)
    }

    /// The first eight characters: enough to find the order again, too few to tell anything.
    public var traceCode: String {
        String(decoding: characters.prefix(8), as: UTF8.self)
    }

    private var characters: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(OrderID.length)
        append(to: &result)
        return result
    }

    /// Appends the pseudonym as text.
    func append(to bytes: inout [UInt8]) {
        for index in 0..<OrderID.length {
            let word = index < 10 ? low >> UInt64(index * 6) : high >> UInt64((index - 10) * 6)
            let code = UInt8(word & 63)
            if code == 0 { break }
            bytes.append(code <= 26 ? UInt8(ascii: "A") + code - 1 : UInt8(ascii: "0") + code - 27)
        }
    }

    /// A hash that is the same in every run (splitmix64's finaliser over both words).
    var stableHash: UInt64 {
        var value = low ^ (high &* 0x9E37_79B9_7F4A_7C15)
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension OrderID: CustomStringConvertible, Comparable {
    /// The pseudonym as text.
    public var description: String { text }

    /// Any fixed order, for stable output: that of the packed words.
    public static func < (left: OrderID, right: OrderID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
