/// Reads the fields of H.264 headers (ITU-T H.264, 7.2 and 9.1) from bytes without emulation prevention.
struct H264BitReader {
    private let bytes: [UInt8]
    /// Bits read so far.
    private(set) var position = 0
    /// Whether something was read that is not there.
    private(set) var isPastEnd = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// u(1).
    mutating func flag() -> Bool {
        guard position < bytes.count * 8 else {
            isPastEnd = true
            return false
        }
        defer { position += 1 }
        return bytes[position >> 3] >> UInt8(7 - position & 7) & 1 == 1
    }

    /// u(n).
    mutating func bits(_ count: Int) -> Int {
        var value = 0
        for _ in 0..<count { value = value << 1 | (flag() ? 1 : 0) }
        return value
    }

    /// ue(v).
    mutating func unsigned() -> Int {
        var zeros = 0
        while !flag() && !isPastEnd && zeros < 32 { zeros += 1 }
        return (1 << zeros) - 1 + bits(zeros)
    }

    /// se(v).
    mutating func signed() -> Int {
        let code = unsigned()
        return code & 1 == 1 ? (code + 1) / 2 : -code / 2
    }
}

/// Writes the fields of H.264 headers as bytes without emulation prevention.
struct H264BitWriter {
    private(set) var bytes: [UInt8] = []
    private var used = 8

    mutating func flag(_ value: Bool) {
        if used == 8 {
            bytes.append(0)
            used = 0
        }
        if value { bytes[bytes.count - 1] |= 0x80 >> UInt8(used) }
        used += 1
    }

    /// u(n): the lower bits of a value.
    mutating func bits(_ value: Int, _ count: Int) {
        for shift in stride(from: count - 1, through: 0, by: -1) { flag(value >> shift & 1 == 1) }
    }

    mutating func unsigned(_ value: Int) {
        let length = (value + 1).bitWidth - (value + 1).leadingZeroBitCount
        bits(value + 1, 2 * length - 1)
    }

    mutating func signed(_ value: Int) { unsigned(value > 0 ? 2 * value - 1 : -2 * value) }

    /// Copies bits from a reader.
    mutating func copy(_ count: Int, from reader: inout H264BitReader) { for _ in 0..<count { flag(reader.flag()) } }

    /// Fills the last byte with `bit`.
    mutating func align(_ bit: Bool) { while used < 8 { flag(bit) } }
}

/// Emulation prevention (ITU-T H.264, 7.3.1): no start code inside of a NAL unit.
package enum H264Escaping {
    /// The bytes of a whole unit without emulation prevention.
    package static func removed(_ unit: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var zeros = 0
        for byte in unit {
            if zeros >= 2 && byte == 3 {
                zeros = 0
                continue
            }
            bytes.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return bytes
    }

    /// Appends bytes with emulation prevention.
    ///
    /// - Parameter zeros: how many of the last bytes of `target` in the same unit are zero.
    static func append(_ bytes: some Sequence<UInt8>, to target: inout [UInt8], zeros: inout Int) {
        for byte in bytes {
            if zeros >= 2 && byte <= 3 {
                target.append(3)
                zeros = 0
            }
            target.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
    }

    /// The bytes of a whole unit with emulation prevention.
    package static func added(_ bytes: [UInt8]) -> [UInt8] {
        var unit: [UInt8] = []
        var zeros = 0
        append(bytes, to: &unit, zeros: &zeros)
        return unit
    }
}
