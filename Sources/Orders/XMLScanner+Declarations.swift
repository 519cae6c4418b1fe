internal import Glibc

// What stands between elements: declarations, comments, instructions.
extension XMLScanner {
    /// Comments are passed over, CDATA is text (true), a document type is refused.
    mutating func scanDeclaration() throws(OrdersError) -> Bool {
        while limit - index < 9 {
            if try !fill() { throw fault("it is cut off") }
        }
        if starts(with: "<!--") {
            index += 4
            index += try length(upTo: "-->")
            return false
        }
        guard starts(with: "<![CDATA["), depth > 0 else {
            throw OrdersError(
                kind: .badData, what: "is XML with a document type, which no spreadsheet program writes",
                remedy: "open it in a spreadsheet program and save it again")
        }
        index += 9
        let length = try length(upTo: "]]>")
        tokenStart = index
        tokenLength = length - 3
        tokenFlags = 0
        for byte in UnsafeBufferPointer(start: storage + index, count: tokenLength) {
            tokenFlags |= classes[Int(byte)]
        }
        tokenFlags &= ~XMLScanner.hasEntity
        guard tokenFlags & XMLScanner.isForbidden == 0 else { throw fault("a character that XML forbids") }
        index += length
        return true
    }

    /// Bytes from `index` to the end of a mark.
    mutating func length(upTo mark: StaticString) throws(OrdersError) -> Int {
        let wanted = mark.utf8CodeUnitCount
        let first = mark.utf8Start[0]
        var from = 0
        while true {
            let count = limit - index
            while from + wanted <= count, let found = memchr(storage + index + from, Int32(first), count - from) {
                from = UnsafeRawPointer(found) - UnsafeRawPointer(storage + index)
                if from + wanted > count { break }
                if memcmp(found, mark.utf8Start, wanted) == 0 { return from + wanted }
                from += 1
            }
            from = max(0, count - wanted)
            if try !fill() { throw fault("it is cut off") }
        }
    }

    func starts(with text: StaticString) -> Bool {
        limit - index >= text.utf8CodeUnitCount
            && memcmp(storage + index, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// `<?xml … encoding="…"?>` must say UTF-8.
    func checkDeclaration(_ length: Int) throws(OrdersError) {
        guard !hasRoot, starts(with: "<?xml ") else { return }
        let text = String(decoding: UnsafeBufferPointer(start: storage + index, count: length), as: UTF8.self)
        guard let found = text.firstRange(of: "encoding") else { return }
        let value = text[found.upperBound...].prefix(24).lowercased()
        guard value.contains("utf-8") || value.contains("ascii") else {
            throw fault("text in another encoding than UTF-8")
        }
    }
}
