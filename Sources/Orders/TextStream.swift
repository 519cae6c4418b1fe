internal import Glibc

/// A source's bytes as UTF-8 without byte order mark, converted from GB18030 where the data is that.
struct TextStream: ~Copyable {
    private var source: ByteSource
    private let converter: iconv_t?
    private let input: UnsafeMutableRawBufferPointer
    private var pending = 0
    private var isSourceAtEnd = false
    private var isAtStart = true

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

    deinit {
        if let converter { iconv_close(converter) }
        input.deallocate()
    }

    /// Fills some of `buffer`; 0 only at the end. Throws when GB18030 is malformed or cut off.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(OrdersError) -> Int {
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

    static let notText = OrdersError(
        kind: .badData, what: "is neither UTF-8 nor GB18030 text",
        remedy: "export it again, or open it and save it as “CSV UTF-8”")
}
