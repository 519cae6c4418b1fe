extension OrderedJSON {
    /// Reads a document (RFC 8259) strictly: UTF-8, one value, no key twice, not deeper than 32.
    ///
    /// What `document` has written is read back equal, so that it can be written again byte for byte.
    ///
    /// - Parameter file: its path, for errors.
    /// - Throws: `FanpaiError` with code `data`, with line and column.
    init(decoding bytes: [UInt8], file: String, remedy: String) throws(FanpaiError) {
        var reader = OrderedJSONReader(bytes: bytes, file: file, remedy: remedy)
        self = try reader.document()
    }

    /// A member of an object; nil when there is none, and for what is no object.
    subscript(_ key: String) -> OrderedJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

/// Reads one JSON document that is in memory.
private struct OrderedJSONReader {
    private static let depthLimit = 32

    let bytes: [UInt8]
    let file: String
    let remedy: String
    private var index = 0
    private var depth = 0

    init(bytes: [UInt8], file: String, remedy: String) { (self.bytes, self.file, self.remedy) = (bytes, file, remedy) }

    mutating func document() throws(FanpaiError) -> OrderedJSON {
        let value = try value()
        skipBlank()
        guard index == bytes.count else { throw fault("something follows the document") }
        return value
    }

    private func fault(_ what: String) -> FanpaiError {
        let before = bytes[..<min(index, bytes.count)]
        let line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
        let column = before.count - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
        return FanpaiError(
            .data, "is no whole JSON: \(what)", remedy: remedy, location: "\(file):\(line):\(column)")
    }

    private mutating func skipBlank() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    /// The next byte that is no blank.
    private mutating func look() throws(FanpaiError) -> UInt8 {
        skipBlank()
        guard index < bytes.count else { throw fault("it is cut off") }
        return bytes[index]
    }

    private mutating func value() throws(FanpaiError) -> OrderedJSON {
        switch try look() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw fault("something that is no value")
        }
    }

    private mutating func word(_ word: String, _ value: OrderedJSON) throws(FanpaiError) -> OrderedJSON {
        guard bytes[index...].starts(with: word.utf8) else { throw fault("something that is no value") }
        index += word.utf8.count
        return value
    }

    private mutating func enter() throws(FanpaiError) {
        depth += 1
        guard depth <= Self.depthLimit else { throw fault("values inside more than \(Self.depthLimit) others") }
        index += 1
    }

    /// True at the closing bracket, which is taken; else what stands between two elements was.
    private mutating func isEnd(_ bracket: UInt8, isFirst: Bool) throws(FanpaiError) -> Bool {
        let next = try look()
        if next == bracket {
            index += 1
            depth -= 1
            return true
        }
        guard !isFirst else { return false }
        guard next == UInt8(ascii: ",") else { throw fault("a comma or the closing bracket is missing") }
        index += 1
        guard try look() != bracket else { throw fault("a comma before the closing bracket") }
        return false
    }

    private mutating func array() throws(FanpaiError) -> OrderedJSON {
        try enter()
        var values: [OrderedJSON] = []
        while try !isEnd(UInt8(ascii: "]"), isFirst: values.isEmpty) { values.append(try value()) }
        return .array(values)
    }

    private mutating func object() throws(FanpaiError) -> OrderedJSON {
        try enter()
        var members: [OrderedJSON.Member] = []
        var keys: Set<String> = []
        while try !isEnd(UInt8(ascii: "}"), isFirst: members.isEmpty) {
            guard try look() == UInt8(ascii: "\"") else { throw fault("a key without quotes") }
            let key = try string()
            guard keys.insert(key).inserted else { throw fault("a key that stands twice") }
            guard try look() == UInt8(ascii: ":") else { throw fault("a key without a colon") }
            index += 1
            members.append(OrderedJSON.Member(key: key, value: try value()))
        }
        return .object(members)
    }

    private mutating func number() throws(FanpaiError) -> OrderedJSON {
        let start = index
        func isDigit(_ at: Int) -> Bool { at < bytes.count && bytes[at] &- 0x30 < 10 }
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let first = index
        while isDigit(index) { index += 1 }
        guard index > first, index == first + 1 || bytes[first] != 0x30 else { throw fault("a malformed number") }
        var isWhole = true
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            guard isDigit(index) else { throw fault("a malformed number") }
            while isDigit(index) { index += 1 }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            guard isDigit(index) else { throw fault("a malformed number") }
            while isDigit(index) { index += 1 }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw fault("a number that is too large") }
        return .number(value)
    }

    /// A text; `index` is at its opening quote.
    private mutating func string() throws(FanpaiError) -> String {
        index += 1
        var text: [UInt8] = []
        while true {
            guard index < bytes.count else { throw fault("a text that is not closed") }
            let byte = bytes[index]
            guard byte >= 0x20 else { throw fault("a control character in a text") }
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                text.append(contentsOf: String(Character(try escape())).utf8)
            } else {
                text.append(byte)
                index += 1
            }
        }
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("text that is not UTF-8") }
        index += 1
        return string
    }

    /// The character of an escape; `index` is at its backslash.
    private mutating func escape() throws(FanpaiError) -> Unicode.Scalar {
        guard index + 1 < bytes.count else { throw fault("it is cut off") }
        let letter = bytes[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = try unit()
            if code >= 0xD800, code < 0xDC00 {
                guard bytes[index...].starts(with: "\\u".utf8) else { throw fault("half a surrogate pair") }
                index += 2
                let low = try unit()
                guard low >= 0xDC00, low < 0xE000 else { throw fault("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
            return scalar
        default: throw fault("an escape that JSON does not know")
        }
    }

    private mutating func unit() throws(FanpaiError) -> UInt32 {
        guard index + 4 <= bytes.count,
            bytes[index..<index + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }),
            let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault("a malformed escape") }
        index += 4
        return code
    }
}
