internal import Glibc

// Text of XML: references and line ends.
extension XMLScanner {
    mutating func decoded(
        start: Int, length: Int, flags: UInt8
    ) throws(OrdersError) -> UnsafeBufferPointer<UInt8> {
        let raw = UnsafeBufferPointer(start: UnsafePointer(storage + start), count: length)
        if flags & XMLScanner.isWide != 0, UTF8Check.fault(in: raw) != nil { throw fault("text that is not UTF-8") }
        guard flags & XMLScanner.hasEntity != 0 else { return raw }
        if length > scratchCapacity {
            scratch.deallocate()
            scratch = .allocate(capacity: length)
            scratchCapacity = length
        }
        var at = 0
        var made = 0
        while at < length {
            let byte = raw[at]
            guard byte == UInt8(ascii: "&") else {
                scratch[made] = byte
                made += 1
                at += 1
                continue
            }
            guard let end = raw[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = XMLScanner.entity(UnsafeBufferPointer(rebasing: raw[(at + 1)..<end])),
                let encoded = UTF8.encode(scalar)
            else { throw fault("an entity that XML does not know") }
            for unit in encoded {
                scratch[made] = unit
                made += 1
            }
            at = end + 1
        }
        return UnsafeBufferPointer(start: scratch, count: made)
    }

    /// The character of `amp`, `#8364`, `#x20AC`.
    static func entity(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case let text where text.first == "#":
            let isHex = text.dropFirst().first == "x"
            let digits = text.dropFirst(isHex ? 2 : 1)
            guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
                let value = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value)
            else { return nil }
            // XML's own characters: no controls but tab and line ends, no U+FFFE and U+FFFF.
            switch value {
            case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...: return scalar
            default: return nil
            }
        default: return nil
        }
    }
}
