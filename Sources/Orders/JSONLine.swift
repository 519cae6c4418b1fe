/// One flat JSON object on one line, read strictly (RFC 8259) with positions; ids and amounts are never floating point.
struct JSONLine {
    enum Value {
        case string(String)
        case integer(Int64)
        /// A whole number too long for 64 bits, or any other number: its text.
        case number(String)
        case boolean(Bool)
        case null
        /// An array of whole numbers or pairs of them.
        case ranges([Range<Int>])
    }

    struct Member {
        let key: String
        let value: Value
        /// Byte column of the key, from 1.
        let position: Int
    }

    struct Fault: Error {
        let position: Int
        let shape: String
        let hint: String
    }

    static let memberLimit = 64
    static let rangeLimit = 100_000

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The members of the object in a line, in order; a key stands once.
    static func members(of line: UnsafeBufferPointer<UInt8>) throws(Fault) -> [Member] {
        var parser = JSONLine(line)
        return try parser.object()
    }

    private mutating func object() throws(Fault) -> [Member] {
        var members: [Member] = []
        skipBlank()
        try expect(UInt8(ascii: "{"), "an object")
        skipBlank()
        if take(UInt8(ascii: "}")) {
            try end()
            return members
        }
        while true {
            skipBlank()
            let position = index + 1
            let key = try string()
            if members.contains(where: { $0.key == key }) || members.count >= JSONLine.memberLimit {
                throw Fault(position: position, shape: "a key that stands twice", hint: "write each key once")
            }
            skipBlank()
            try expect(UInt8(ascii: ":"), "a colon")
            skipBlank()
            members.append(Member(key: key, value: try value(), position: position))
            skipBlank()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "}"), "a comma or closing brace")
            try end()
            return members
        }
    }

    private mutating func end() throws(Fault) {
        skipBlank()
        guard index == bytes.count else { throw fault("text after the object", "write one object a line") }
    }

    private mutating func value() throws(Fault) -> Value {
        guard index < bytes.count else { throw fault("the end of the line", "the line is cut off") }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "["): return .ranges(try ranges())
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        case UInt8(ascii: "{"): throw fault("an object inside the object", "an order log is flat")
        default: throw fault("something that is no JSON value", "check the quotes")
        }
    }

    private mutating func number() throws(Fault) -> Value {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let first = index
        while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
        guard index > first, index == first + 1 || bytes[first] != 0x30 else {
            throw fault("a malformed number", "write whole numbers without leading zeros")
        }
        var isWhole = true
        while index < bytes.count {
            switch bytes[index] {
            case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isWhole = false
            default:
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                return isWhole ? Int64(text).map(Value.integer) ?? .number(text) : .number(text)
            }
            index += 1
        }
        throw fault("the end of the line", "the line is cut off")
    }

    /// `[3, [10, 12]]`: single frames and pairs of first and last frame.
    private mutating func ranges() throws(Fault) -> [Range<Int>] {
        var result: [Range<Int>] = []
        try expect(UInt8(ascii: "["), "an array")
        skipBlank()
        if take(UInt8(ascii: "]")) { return result }
        while true {
            skipBlank()
            guard result.count < JSONLine.rangeLimit else { throw fault("too long an array", "shorten it") }
            if take(UInt8(ascii: "[")) {
                let first = try frame()
                skipBlank()
                try expect(UInt8(ascii: ","), "a comma")
                let last = try frame()
                skipBlank()
                try expect(UInt8(ascii: "]"), "a closing bracket")
                guard first <= last else { throw fault("a range that runs backwards", "write [first, last]") }
                result.append(first..<(last + 1))
            } else {
                let only = try frame()
                result.append(only..<(only + 1))
            }
            if let before = result.dropLast().last, let last = result.last, last.lowerBound < before.upperBound {
                throw fault("frames out of order", "write frames in rising order")
            }
            skipBlank()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "]"), "a comma or closing bracket")
            return result
        }
    }

    private mutating func frame() throws(Fault) -> Int {
        skipBlank()
        guard index < bytes.count, bytes[index] &- 0x30 < 10, case .integer(let value) = try number(),
            value <= Int32.max
        else { throw fault("something that is no frame number", "write frames as whole numbers") }
        return Int(value)
    }

    private mutating func string() throws(Fault) -> String {
        try expect(UInt8(ascii: "\""), "a quoted text")
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return String(decoding: text, as: UTF8.self)
            }
            guard byte >= 0x20 else { throw fault("a control character in a text", "escape it") }
            index += 1
            if byte != UInt8(ascii: "\\") {
                text.append(byte)
                continue
            }
            let scalar = try escape()
            text.append(contentsOf: String(Character(scalar)).utf8)
        }
        throw fault("a text that is not closed", "the line is cut off or a quote is missing")
    }

    private mutating func escape() throws(Fault) -> Unicode.Scalar {
        guard index < bytes.count else { throw fault("the end of the line", "the line is cut off") }
        defer { index += 1 }
        switch bytes[index] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try hex(at: index + 1)
            guard first >= 0xD800, first <= 0xDFFF else {
                index += 4
                return try scalar(first)
            }
            guard first < 0xDC00, index + 6 < bytes.count, bytes[index + 5] == UInt8(ascii: "\\"),
                bytes[index + 6] == UInt8(ascii: "u")
            else { throw fault("half a surrogate pair", "write both halves") }
            let second = try hex(at: index + 7)
            guard (0xDC00...0xDFFF).contains(second) else { throw fault("half a surrogate pair", "write both halves") }
            index += 10
            return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        default: throw fault("an unknown escape", "JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
        }
    }

    private func scalar(_ value: UInt32) throws(Fault) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw fault("no character", "check the escape") }
        return scalar
    }

    private func hex(at start: Int) throws(Fault) -> UInt32 {
        guard start + 4 <= bytes.count else { throw fault("the end of the line", "the line is cut off") }
        var value: UInt32 = 0
        for byte in bytes[start..<(start + 4)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault("a malformed escape", "write \\u and four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private mutating func word(_ word: StaticString) throws(Fault) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count, bytes[index] == word.utf8Start[offset] else {
                throw fault("something that is no JSON value", "write true, false or null")
            }
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ what: String) throws(Fault) {
        guard take(byte) else {
            throw fault(index == bytes.count ? "the end of the line" : "something else", "here stands \(what)")
        }
    }

    private mutating func skipBlank() {
        while index < bytes.count, JSONLine.isBlank(bytes[index]) { index += 1 }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private func fault(_ shape: String, _ hint: String) -> Fault {
        Fault(position: index + 1, shape: shape, hint: hint)
    }
}
