/// Reads order data of any supported kind into a feed.
///
/// The kind is told by content, not by name: a first character `{` is an order log, anything else an export.
///
/// ```swift
/// let orders = try OrderDecoder(options: .init(key: .demo)).decode(path: "Samples/douyin-1111.csv")
/// orders.feed.count
/// ```
public struct OrderDecoder: Sendable {
    /// How to read.
    public var options: OrderDecodingOptions

    /// A decoder.
    public init(options: OrderDecodingOptions) {
        self.options = options
    }

    /// The shops that ``OrderDecodingOptions/shop`` may name.
    public static var shops: [String] { Shop.names }

    /// Decodes a file in a few megabytes of memory beside the feed.
    ///
    /// Throws when the file is missing, cannot be read, is no order data, or has bad rows that may not be skipped.
    public func decode(path: String) throws(OrdersError) -> DecodedOrders {
        var options = options
        options.fileName = options.fileName ?? path.split(separator: "/").last.map(String.init)
        do throws(OrdersError) {
            return try OrderDecoder.decode(options: options) { () throws(OrdersError) in try ByteSource(path: path) }
        } catch {
            throw error.inFile(path)
        }
    }

    /// Decodes several exports into one feed: files of a shop that belong together, periods, or shops.
    ///
    /// Taobao's orders file and details file complete each other, in any sequence. An order that two files hold is a bad row. An order
    /// log can only be read alone. Row problems name their file.
    public func decode(paths: [String]) throws(OrdersError) -> DecodedOrders {
        guard let first = paths.first else {
            throw OrdersError(kind: .usage, what: "no order data is named", remedy: "name at least one file")
        }
        if paths.count == 1 { return try decode(path: first) }
        var guesses = [TextKind?](repeating: nil, count: paths.count)
        var options = options
        // The moment in one file's name says nothing of the others.
        options.fileName = nil
        return try OrderRows.read(options: options, mayJoin: true) { (rows: inout OrderRows) throws(OrdersError) in
            for (index, path) in paths.enumerated() where !rows.mustReadAgain {
                do throws(OrdersError) {
                    rows.begin(source: path.split(separator: "/").last.map(String.init))
                    try OrderDecoder.read(&guesses[index], into: &rows) { () throws(OrdersError) in
                        try ByteSource(path: path)
                    }
                    guard guesses[index] != .log else {
                        throw OrdersError(
                            kind: .badData, what: "is an order log, which can only be read alone",
                            remedy: "name the exports without it")
                    }
                    if rows.width == 0, !rows.mustReadAgain { throw rows.noHeader }
                } catch {
                    throw error.inFile(path)
                }
            }
        }
    }

    /// Decodes bytes in memory.
    public func decode(bytes: [UInt8]) throws(OrdersError) -> DecodedOrders {
        let outcome: Result<DecodedOrders, OrdersError> = bytes.withUnsafeBytes { buffer in
            do throws(OrdersError) {
                return .success(try decode(buffer: buffer))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// Decodes bytes that stay where they are during the call.
    package func decode(buffer: UnsafeRawBufferPointer) throws(OrdersError) -> DecodedOrders {
        do throws(OrdersError) {
            return try OrderDecoder.decode(options: options) { () throws(OrdersError) in ByteSource(bytes: buffer) }
        } catch {
            throw error.inFile(options.fileName)
        }
    }

    private static func decode(
        options: OrderDecodingOptions, open: () throws(OrdersError) -> ByteSource
    ) throws(OrdersError) -> DecodedOrders {
        var kind: TextKind? = try sniff(try open())
        if kind == .log { return try readOrderLog(TextStream(utf8: try open()), options: options) }
        return try OrderRows.read(options: options) { (rows: inout OrderRows) throws(OrdersError) in
            rows.begin()
            try read(&kind, into: &rows, open: open)
        }
    }

    /// Reads a table of text; where it is not what its first bytes seemed to be, corrects the guess and asks to be called again.
    private static func read(
        _ kind: inout TextKind?, into rows: inout OrderRows, open: () throws(OrdersError) -> ByteSource
    ) throws(OrdersError) {
        let guess = if let kind { kind } else { try sniff(try open()) }
        kind = guess
        let stream: TextStream
        switch guess {
        case .log: return
        case .utf8, .markedUTF8: stream = TextStream(utf8: try open())
        case .gb18030: stream = try TextStream(gb18030: try open())
        case .utf16(let isBigEndian): stream = try TextStream(utf16: try open(), isBigEndian: isBigEndian)
        }
        if rows.tables == 1 { rows.summary.encoding = guess.encoding }
        guard case .notUTF8(let row) = try readDelimitedText(stream, into: &rows) else { return }
        switch guess {
        case .utf8:
            kind = .gb18030
            rows.mustReadAgain = true
        case .markedUTF8:
            throw OrdersError(
                kind: .badData, what: "has a UTF-8 byte order mark but is not UTF-8 in row \(row)",
                remedy: "export it again: the file is damaged")
        default: throw TextStream.notText
        }
    }

    /// Tells the kind of data by its first bytes.
    private static func sniff(_ source: consuming ByteSource) throws(OrdersError) -> TextKind {
        var source = source
        let outcome: Result<[UInt8], OrdersError> = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) {
            room in
            do throws(OrdersError) {
                let count = try source.read(into: room)
                return .success(Array(room[0..<count]))
            } catch {
                return .failure(error)
            }
        }
        let head = try outcome.get()
        guard !head.isEmpty else {
            throw OrdersError(kind: .badData, what: "is empty", remedy: "export the orders again")
        }
        for (start, what, remedy) in OrderDecoder.otherKinds where head.starts(with: start) {
            throw OrdersError(kind: .badData, what: what, remedy: remedy)
        }
        if head.starts(with: [0xFF, 0xFE]) { return .utf16(isBigEndian: false) }
        if head.starts(with: [0xFE, 0xFF]) { return .utf16(isBigEndian: true) }
        let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
        let text = head.dropFirst(hasMark ? 3 : 0)
        guard let first = text.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
            if head.count == 1 << 16 { return .utf8 }
            throw OrdersError(kind: .badData, what: "holds nothing but white space", remedy: "export the orders again")
        }
        if first == UInt8(ascii: "{") { return .log }
        if hasMark { return .markedUTF8 }
        // Whole lines only: the last one may be cut inside a character.
        let lines = text[..<(text.lastIndex(of: 10) ?? text.endIndex)]
        let isUTF8 = lines.withUnsafeBufferPointer { UTF8Check.fault(in: $0) != .malformed }
        return isUTF8 || !text.contains(10) ? .utf8 : .gb18030
    }

    private static let otherKinds: [([UInt8], String, String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "is a ZIP archive or XLSX workbook", "unpack it, or save it as “CSV UTF-8”"),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an old Excel workbook", "save it as “CSV UTF-8”"),
        ([0x1F, 0x8B], "is compressed with gzip", "unpack it first"),
        (Array("%PDF".utf8), "is a PDF", "name the CSV that the shop exports"),
    ]

    /// The moment in the name of a Doudian export, `1791213782_….csv`: ten digits of unix seconds up to `_`, `.` or the end.
    static func exportMoment(inFileName name: String) -> Instant? {
        let digits = name.utf8.prefix { $0 &- 0x30 < 10 }
        let next = name.utf8.dropFirst(10).first ?? UInt8(ascii: ".")
        guard digits.count == 10, let seconds = Int64(String(Substring(digits))),
            (1_000_000_000..<4_102_444_800).contains(seconds),
            next == UInt8(ascii: "_") || next == UInt8(ascii: ".") || next == UInt8(ascii: "-")
        else { return nil }
        return Instant(unixSeconds: seconds)
    }
}

/// What a text file is, as far as its beginning tells.
private enum TextKind: Equatable {
    case log
    case utf8, markedUTF8, gb18030
    case utf16(isBigEndian: Bool)

    var encoding: DecodedOrders.Encoding {
        switch self {
        case .gb18030: .gb18030
        case .utf16: .utf16
        default: .utf8
        }
    }
}
