/// What is wrong with bytes that should be text.
enum TextFault {
    /// Not well-formed UTF-8.
    case malformed
    /// Holds a zero byte, which no text does.
    case binary
}

enum UTF8Check {
    /// Nil when the bytes are well-formed UTF-8 (Unicode 16, table 3-7) without zero bytes.
    static func fault(in bytes: UnsafeBufferPointer<UInt8>) -> TextFault? {
        guard let base = bytes.baseAddress else { return nil }
        let count = bytes.count
        var index = 0
        while index < count {
            let byte = base[index]
            if byte < 0x80 {
                // Eight ASCII bytes at a time; the second test finds zero bytes.
                while index + 8 <= count {
                    let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                    if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
                    index += 8
                }
                guard index < count, base[index] < 0x80 else { continue }
                if base[index] == 0 { return .binary }
                index += 1
                continue
            }
            if byte & 0xF0 == 0xE0 {
                guard index + 2 < count, base[index + 1] & 0xC0 == 0x80, base[index + 2] & 0xC0 == 0x80 else {
                    return .malformed
                }
                let second = base[index + 1]
                if byte == 0xE0, second < 0xA0 { return .malformed }
                if byte == 0xED, second > 0x9F { return .malformed }
                index += 3
            } else if byte >= 0xC2, byte <= 0xDF {
                guard index + 1 < count, base[index + 1] & 0xC0 == 0x80 else { return .malformed }
                index += 2
            } else {
                guard byte >= 0xF0, byte <= 0xF4, index + 3 < count, base[index + 1] & 0xC0 == 0x80,
                    base[index + 2] & 0xC0 == 0x80, base[index + 3] & 0xC0 == 0x80
                else { return .malformed }
                if byte == 0xF0, base[index + 1] < 0x90 { return .malformed }
                if byte == 0xF4, base[index + 1] > 0x8F { return .malformed }
                index += 4
            }
        }
        return nil
    }
}
