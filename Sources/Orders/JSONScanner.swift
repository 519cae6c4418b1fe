internal import Glibc

/// Reads JSON (RFC 8259) token by token from a source of any length, in memory for the longest token.
///
/// Strict: no comments, no trailing commas, no key twice in an object. Several values may follow each other (JSON Lines).
/// Numbers stay text: an id of 19 digits is never a floating-point number.
struct JSONScanner: ~Copyable {
    enum Token {
        case objectStart, objectEnd, arrayStart, arrayEnd
        /// A member's key; its value follows.
        case key
        case string, number, yes, no, null
        /// Nothing is left.
        case finish
    }

    private struct Level {
        let isObject: Bool
        /// Elements or members begun.
        var count = 0
        /// Where this object's keys begin in `keyHashes`.
        let firstKey: Int
        var name = ""
    }

    static let depthLimit = 32
    static let memberLimit = 1024
    static let tokenLimit = 1 << 22
    /// Longer keys are none that anybody asks for.
    static let keyLimit = 48

    private var source: ByteSource
    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var index = 0
    private var limit = 0
    private var consumed = 0
    private var isSourceAtEnd = false
    private var lineStart = 0
    /// Line of what is read next, counted from 1.
    private(set) var line = 1

    private var levels: [Level] = []
    private var keyHashes: ContiguousArray<UInt64> = []
    private var expectsValue = false
    private var tokenStart = 0
    private var tokenLength = 0
    private var hasEscapes = false
    /// The current key, which is asked for after its value's first byte has been looked for.
    private let keyBytes: UnsafeMutablePointer<UInt8>
    private var keyLength = 0

    /// - Parameter room: bytes of the buffer to begin with.
    init(_ source: consuming ByteSource, room: Int = 1 << 17) {
        self.source = source
        capacity = room
        storage = .allocate(capacity: capacity)
        keyBytes = .allocate(capacity: JSONScanner.keyLimit)
    }

    deinit {
        storage.deallocate()
        keyBytes.deallocate()
    }

    var depth: Int { levels.count }

    /// Byte column of what is read next, in its line, from 1.
    var position: Int { consumed + index - lineStart + 1 }

    /// Where the current token stands, such as `data.shop_order_list[3].order_id`.
    ///
    /// A key that looks like no name of a programmer's is shown as `?`: it may be anybody's data.
    var path: String {
        var text = ""
        for level in levels where level.count > 0 {
            if level.isObject {
                text += (text.isEmpty ? "" : ".") + level.name
            } else {
                text += "[\(level.count - 1)]"
            }
        }
        return text
    }

    /// Reads on to the next token.
    mutating func next() throws(OrdersError) -> Token {
        while true {
            guard try skipBlank() else {
                guard levels.isEmpty else { throw fault("it is cut off") }
                return .finish
            }
            let byte = storage[index]
            guard let level = levels.last else { return try value(byte) }
            if expectsValue { return try value(byte) }
            let closing = level.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if byte == closing {
                index += 1
                keyHashes.removeLast(keyHashes.count - level.firstKey)
                levels.removeLast()
                return level.isObject ? .objectEnd : .arrayEnd
            }
            if level.count > 0 {
                guard byte == UInt8(ascii: ",") else {
                    throw fault("here a comma or the closing bracket is missing")
                }
                index += 1
                guard try skipBlank() else { throw fault("it is cut off") }
                guard storage[index] != closing else {
                    throw fault("a comma before the closing bracket")
                }
            }
            levels[levels.count - 1].count += 1
            guard level.isObject else { return try value(storage[index]) }
            try key(level)
            return .key
        }
    }

    /// Skips the value whose first token has just been read.
    mutating func skip(_ token: Token) throws(OrdersError) {
        guard token == .objectStart || token == .arrayStart else { return }
        let outside = depth - 1
        while depth > outside { _ = try next() }
    }

    // MARK: The current token

    /// Whether the current key is this.
    func isKey(_ name: StaticString) -> Bool {
        keyLength == name.utf8CodeUnitCount && memcmp(keyBytes, name.utf8Start, keyLength) == 0
    }

    /// The current string without quotes and escapes, or the current number's digits; valid until the next token.
    mutating func text() throws(OrdersError) -> UnsafeBufferPointer<UInt8> {
        let raw = UnsafeBufferPointer(start: UnsafePointer(storage + tokenStart), count: tokenLength)
        if UTF8Check.fault(in: raw) != nil { throw fault("text that is not UTF-8") }
        guard hasEscapes else { return raw }
        try unescape(raw)
        return UnsafeBufferPointer(start: UnsafePointer(storage + tokenStart), count: tokenLength)
    }

    func fault(_ what: String) -> OrdersError {
        let path = path
        return OrdersError(
            kind: .badData,
            what: "is no whole JSON at line \(line), byte \(position)\(path.isEmpty ? "" : " (\(path))"): \(what)",
            remedy: "save the platform's answer again, as it came")
    }

    // MARK: Scanning

    private mutating func key(_ level: Level) throws(OrdersError) {
        guard storage[index] == UInt8(ascii: "\"") else { throw fault("a key without quotes") }
        try string()
        if hasEscapes { _ = try text() }
        let name = UnsafeBufferPointer(start: UnsafePointer(storage + tokenStart), count: tokenLength)
        let hash = ByteTable.hash(name)
        guard keyHashes.count - level.firstKey < JSONScanner.memberLimit else {
            throw fault("an object of more than \(JSONScanner.memberLimit) members")
        }
        guard !keyHashes[level.firstKey...].contains(hash) else { throw fault("a key that stands twice") }
        keyHashes.append(hash)
        keyLength = tokenLength <= JSONScanner.keyLimit ? tokenLength : 0
        for byte in 0..<keyLength { keyBytes[byte] = name[byte] }
        let isName =
            keyLength > 0 && (name[0] | 0x20) &- 0x61 < 26
            && name.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "_") || $0 &- 0x30 < 10 }
        levels[levels.count - 1].name = isName ? String(decoding: name, as: UTF8.self) : "?"
        guard try skipBlank(), storage[index] == UInt8(ascii: ":") else { throw fault("a key without a colon") }
        index += 1
        expectsValue = true
    }

    private mutating func value(_ byte: UInt8) throws(OrdersError) -> Token {
        expectsValue = false
        switch byte {
        case UInt8(ascii: "\""):
            try string()
            return .string
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < JSONScanner.depthLimit else {
                throw fault("values inside more than \(JSONScanner.depthLimit) others")
            }
            index += 1
            levels.append(Level(isObject: byte == UInt8(ascii: "{"), firstKey: keyHashes.count))
            return byte == UInt8(ascii: "{") ? .objectStart : .arrayStart
        case UInt8(ascii: "t"): return try word("true", .yes)
        case UInt8(ascii: "f"): return try word("false", .no)
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw fault("something that is no JSON value")
        }
    }

    private mutating func word(_ word: StaticString, _ token: Token) throws(OrdersError) -> Token {
        while limit - index < word.utf8CodeUnitCount {
            guard try fill() else { throw fault("it is cut off") }
        }
        guard memcmp(storage + index, word.utf8Start, word.utf8CodeUnitCount) == 0 else {
            throw fault("something that is no JSON value")
        }
        index += word.utf8CodeUnitCount
        return token
    }

    private mutating func string() throws(OrdersError) {
        var at = index + 1
        hasEscapes = false
        scanning: while true {
            while at < limit {
                let byte = storage[at]
                if byte == UInt8(ascii: "\"") { break scanning }
                guard byte >= 0x20 else { throw fault("a control character in a text") }
                if byte == UInt8(ascii: "\\") {
                    if at + 1 == limit { break }
                    hasEscapes = true
                    at += 1
                }
                at += 1
            }
            let length = at - index
            guard try fill() else { throw fault("a text that is not closed") }
            at = index + length
        }
        tokenStart = index + 1
        tokenLength = at - tokenStart
        index = at + 1
    }

    private mutating func number() throws(OrdersError) -> Token {
        var at = index
        while true {
            while at < limit, JSONScanner.isNumberByte(storage[at]) { at += 1 }
            if at < limit { break }
            let length = at - index
            let isMore = try fill()
            // What is here has moved, even where there is no more.
            at = index + length
            if !isMore { break }
        }
        tokenStart = index
        tokenLength = at - index
        hasEscapes = false
        guard JSONScanner.isNumber(UnsafeBufferPointer(start: storage + tokenStart, count: tokenLength)) else {
            throw fault("a malformed number")
        }
        index = at
        return .number
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
            || byte | 0x20 == UInt8(ascii: "e")
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = text.first == UInt8(ascii: "-") ? 1 : 0
        func digits() -> Int {
            let start = index
            while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
            return index - start
        }
        let first = index
        let whole = digits()
        guard whole > 0, whole == 1 || text[first] != 0x30 else { return false }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            guard digits() > 0 else { return false }
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
            guard digits() > 0 else { return false }
        }
        return index == text.count
    }

    /// False at the end of the source.
    private mutating func skipBlank() throws(OrdersError) -> Bool {
        while true {
            while index < limit {
                switch storage[index] {
                case 0x20, 0x09, 0x0D: index += 1
                case 0x0A:
                    index += 1
                    line += 1
                    lineStart = consumed + index
                default: return true
                }
            }
            guard try fill() else { return false }
        }
    }

    /// Reads more behind what is here, which begins at `index` from then on; false at the end of the source.
    private mutating func fill() throws(OrdersError) -> Bool {
        guard !isSourceAtEnd else { return false }
        let outcome = try SourceWindow.refill(
            &storage, capacity: &capacity, index: &index, used: &limit, consumed: &consumed, from: &source,
            limit: JSONScanner.tokenLimit)
        guard case .read(let count) = outcome else { throw fault("a text of more than 4 MiB") }
        if count == 0 { isSourceAtEnd = true }
        if consumed == 0, limit == count, count >= 3, storage[0] == 0xEF, storage[1] == 0xBB, storage[2] == 0xBF {
            index = 3
            lineStart = 3
        }
        return count > 0
    }

    // MARK: Text

    /// Resolves the escapes of the current string in place: a character is never longer than its escape.
    private mutating func unescape(_ raw: UnsafeBufferPointer<UInt8>) throws(OrdersError) {
        var from = 0
        var to = 0
        let target = storage + tokenStart
        while from < raw.count {
            let byte = raw[from]
            guard byte == UInt8(ascii: "\\") else {
                target[to] = byte
                from += 1
                to += 1
                continue
            }
            let letter = raw[from + 1]
            from += 2
            var scalar: Unicode.Scalar
            switch letter {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(letter)
            case UInt8(ascii: "b"): scalar = "\u{8}"
            case UInt8(ascii: "f"): scalar = "\u{C}"
            case UInt8(ascii: "n"): scalar = "\n"
            case UInt8(ascii: "r"): scalar = "\r"
            case UInt8(ascii: "t"): scalar = "\t"
            case UInt8(ascii: "u"):
                guard var value = JSONScanner.hex(raw, at: from) else { throw fault("a malformed escape") }
                from += 4
                if value >= 0xD800, value < 0xDC00 {
                    guard from + 6 <= raw.count, raw[from] == UInt8(ascii: "\\"), raw[from + 1] == UInt8(ascii: "u"),
                        let second = JSONScanner.hex(raw, at: from + 2), second >= 0xDC00, second < 0xE000
                    else { throw fault("half a surrogate pair") }
                    value = 0x10000 + (value - 0xD800) << 10 + (second - 0xDC00)
                    from += 6
                }
                guard let made = Unicode.Scalar(value) else { throw fault("half a surrogate pair") }
                scalar = made
            default: throw fault("an escape that JSON does not know")
            }
            for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                target[to] = unit
                to += 1
            }
        }
        tokenLength = to
        hasEscapes = false
    }

    private static func hex(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
        guard start + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for byte in raw[start..<(start + 4)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
