internal import Glibc

/// A source's bytes as UTF-8 without byte order mark, converted from GB18030 where the data is that.
struct TextStream: ~Copyable {
    private var source: ByteSource
    private let converter: iconv_t?
    private let input: UnsafeMutableRawBufferPointer
    private var pending = 0
    private var isSourceAtEnd = false
    private var isAtStart = true
    private var utf16 = UTF16Order.none

    private enum UTF16Order {
        case none, little, big
    }

    /// A stream over UTF-8 bytes; their validity is for the reader of rows to check, who knows where they stand.
    init(utf8 source: consuming ByteSource) {
        self.source = source
        converter = nil
        input = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    /// A stream over GB18030 bytes (glibc's converter: all of the standard, four-byte forms too).
    init(gb18030 source: consuming ByteSource) throws(OrdersError) {
        let opened = iconv_open("UTF-8", "GB18030")
        guard let opened, Int(bitPattern: opened) != -1 else {
            throw OrdersError(
                kind: .inputOutput, what: "this system cannot convert GB18030",
                remedy: "install glibc's gconv modules or save the file as UTF-8")
        }
        self.source = source
        converter = opened
        input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 8)
    }

    /// A stream over UTF-16 bytes behind their byte order mark, as Excel's "Unicode text".
    init(utf16 source: consuming ByteSource, isBigEndian: Bool) throws(OrdersError) {
        self.source = source
        converter = nil
        utf16 = isBigEndian ? .big : .little
        input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 8)
    }

    deinit {
        if let converter { iconv_close(converter) }
        input.deallocate()
    }

    /// Fills some of `buffer`; 0 only at the end. Throws when GB18030 is malformed or cut off.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
        if utf16 != .none { return try convertUTF16(into: buffer) }
        guard converter == nil else { return try convert(into: buffer) }
        let count = try source.read(into: buffer)
        guard isAtStart, count > 0 else { return count }
        isAtStart = false
        guard count >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF else { return count }
        if count == 3 { return try source.read(into: buffer) }
        buffer.baseAddress.map { _ = memmove($0, $0 + 3, count - 3) }
        return count - 3
    }

    private mutating func convert(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
        while true {
            if !isSourceAtEnd, pending < input.count {
                let free = UnsafeMutableRawBufferPointer(rebasing: input[pending...])
                let count = try source.read(into: free)
                isSourceAtEnd = count < free.count
                pending += count
            }
            if pending == 0 { return 0 }
            var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
            var fromLeft = pending
            var to = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var toLeft = buffer.count
            let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
            let code = errno
            if result == Int.max || result == -1, code == EILSEQ || (code == EINVAL && isSourceAtEnd) {
                throw TextStream.notText
            }
            let used = pending - fromLeft
            let made = buffer.count - toLeft
            if let base = input.baseAddress, fromLeft > 0 { memmove(base, base + used, fromLeft) }
            pending = fromLeft
            if made > 0 { return made }
            if isSourceAtEnd, used == 0 { throw TextStream.notText }
        }
    }

    private mutating func convertUTF16(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
        while true {
            if !isSourceAtEnd, pending < input.count {
                let free = UnsafeMutableRawBufferPointer(rebasing: input[pending...])
                let count = try source.read(into: free)
                isSourceAtEnd = count < free.count
                pending += count
            }
            var from = 0
            if isAtStart, pending >= 2 {
                isAtStart = false
                from = 2
            }
            var made = 0
            let high = utf16 == .big ? 0 : 1
            while from + 2 <= pending, made + 4 <= buffer.count {
                var scalar = UInt32(input[from + high]) << 8 | UInt32(input[from + 1 - high])
                var used = 2
                if scalar & 0xFC00 == 0xD800 {
                    if from + 4 > pending, !isSourceAtEnd { break }
                    guard from + 4 <= pending, input[from + 2 + high] & 0xFC == 0xDC else { throw TextStream.badUTF16 }
                    let low = UInt32(input[from + 2 + high]) << 8 | UInt32(input[from + 3 - high])
                    scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
                    used = 4
                } else if scalar & 0xFC00 == 0xDC00 {
                    throw TextStream.badUTF16
                }
                made += TextStream.write(scalar, to: buffer, at: made)
                from += used
            }
            if let base = input.baseAddress, from > 0 { memmove(base, base + from, pending - from) }
            pending -= from
            if made > 0 { return made }
            if isSourceAtEnd {
                guard pending == 0 else { throw TextStream.badUTF16 }
                return 0
            }
        }
    }

    /// Writes one scalar as UTF-8, of which there is room for four bytes; how many it took.
    private static func write(_ scalar: UInt32, to buffer: UnsafeMutableRawBufferPointer, at index: Int) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80:
            buffer[index] = UInt8(scalar)
            return 1
        case ..<0x800:
            buffer[index] = UInt8(0xC0 | scalar >> 6)
            buffer[index + 1] = tail(0)
            return 2
        case ..<0x10000:
            buffer[index] = UInt8(0xE0 | scalar >> 12)
            buffer[index + 1] = tail(6)
            buffer[index + 2] = tail(0)
            return 3
        default:
            buffer[index] = UInt8(0xF0 | scalar >> 18)
            buffer[index + 1] = tail(12)
            buffer[index + 2] = tail(6)
            buffer[index + 3] = tail(0)
            return 4
        }
    }

    static let badUTF16 = OrdersError(
        kind: .badData, what: "has a UTF-16 byte order mark but is no UTF-16 text, or is cut off",
        remedy: "export it again, or save it as “CSV UTF-8”")

    static let notText = OrdersError(
        kind: .badData, what: "is neither UTF-8 nor GB18030 text",
        remedy: "export it again, or open it and save it as “CSV UTF-8”")
}
