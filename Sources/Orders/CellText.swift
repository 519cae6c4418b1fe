/// A cell's bytes, cleaned of the wrappings that shop systems and spreadsheets put around them.
struct CellText {
    let bytes: UnsafeBufferPointer<UInt8>

    /// Cleans a cell: white space and invisible characters at both ends, a leading `'` or `` ` ``, `="…"`.
    ///
    /// What stands for "nothing" (`-`, `--`, `null`, `NULL`, `N/A`, `0000-00-00…`) becomes empty.
    init(cleaning raw: UnsafeBufferPointer<UInt8>) {
        var bytes = CellText.trimmed(raw)
        if bytes.count >= 3, bytes[0] == UInt8(ascii: "="), bytes[1] == UInt8(ascii: "\""),
            bytes[bytes.count - 1] == UInt8(ascii: "\"")
        {
            bytes = CellText.trimmed(UnsafeBufferPointer(rebasing: bytes[2..<(bytes.count - 1)]))
        }
        while let first = bytes.first, first == UInt8(ascii: "'") || first == UInt8(ascii: "`") {
            bytes = CellText.trimmed(UnsafeBufferPointer(rebasing: bytes[1...]))
        }
        self.bytes = CellText.isNothing(bytes) ? UnsafeBufferPointer(start: nil, count: 0) : bytes
    }

    var isEmpty: Bool { bytes.isEmpty }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    func equals(_ text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount && hasPrefix(text)
    }

    func hasPrefix(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard bytes.count >= length else { return false }
        for index in 0..<length where bytes[index] != text.utf8Start[index] { return false }
        return true
    }

    func hasSuffix(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard bytes.count >= length else { return false }
        for index in 0..<length where bytes[bytes.count - length + index] != text.utf8Start[index] { return false }
        return true
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = bytes.count
        while start < end {
            let width = leadingBlank(bytes, at: start, end: end)
            if width == 0 { break }
            start += width
        }
        while end > start {
            let width = trailingBlank(bytes, start: start, end: end)
            if width == 0 { break }
            end -= width
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    private static func leadingBlank(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> Int {
        let byte = bytes[index]
        if byte <= 0x20 { return 1 }
        if byte < 0xC2 { return 0 }
        if index + 1 < end, byte == 0xC2, bytes[index + 1] == 0xA0 { return 2 }
        if index + 2 < end, isBlank(byte, bytes[index + 1], bytes[index + 2]) { return 3 }
        return 0
    }

    private static func trailingBlank(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int) -> Int {
        let byte = bytes[end - 1]
        if byte <= 0x20 { return 1 }
        if byte < 0x80 { return 0 }
        if end - 2 >= start, bytes[end - 2] == 0xC2, byte == 0xA0 { return 2 }
        if end - 3 >= start, isBlank(bytes[end - 3], bytes[end - 2], byte) { return 3 }
        return 0
    }

    /// U+200B…200F zero width, U+2060 word joiner, U+3000 ideographic space, U+FEFF byte order mark.
    private static func isBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0xE2, 0x80): third >= 0x8B && third <= 0x8F
        case (0xE2, 0x81): third == 0xA0
        case (0xE3, 0x80): third == 0x80
        case (0xEF, 0xBB): third == 0xBF
        default: false
        }
    }

    private static func isNothing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch bytes.count {
        case 0: return true
        case 1: return bytes[0] == UInt8(ascii: "-")
        case 2:
            return bytes[0] == UInt8(ascii: "-") && bytes[1] == UInt8(ascii: "-")
                || (bytes[0] == UInt8(ascii: "N") && bytes[1] == UInt8(ascii: "A"))
        default: break
        }
        let first = bytes[0]
        guard first == UInt8(ascii: "n") || first == UInt8(ascii: "N") || first == UInt8(ascii: "0") else {
            return false
        }
        let text = CellText(unchecked: bytes)
        return text.equals("null") || text.equals("NULL") || text.equals("N/A") || text.hasPrefix("0000-00-00")
    }

    init(unchecked bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }
}
