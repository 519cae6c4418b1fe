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
        let (isLog, hasMark) = try sniff(try open())
        if isLog { return try readOrderLog(TextStream(utf8: try open()), options: options) }
        var rows = OrderRows(options: options)
        rows.begin()
        guard case .notUTF8(let row) = try readDelimitedText(TextStream(utf8: try open()), into: &rows) else {
            return try rows.finish()
        }
        if hasMark {
            throw OrdersError(
                kind: .badData, what: "has a UTF-8 byte order mark but is not UTF-8 in row \(row)",
                remedy: "export it again: the file is damaged")
        }
        rows = OrderRows(options: options, encoding: .gb18030)
        rows.begin()
        guard case .read = try readDelimitedText(TextStream(gb18030: try open()), into: &rows) else {
            throw TextStream.notText
        }
        return try rows.finish()
    }

    /// Tells the kind of data by its first bytes.
    private static func sniff(_ source: consuming ByteSource) throws(OrdersError) -> (isLog: Bool, hasMark: Bool) {
        var source = source
        let outcome: Result<[UInt8], OrdersError> = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) {
            room in
            do throws(OrdersError) {
                let count = try source.read(into: room)
                return .success(Array(room[0..<count]))
            } catch {
                return .failure(error)
            }
        }
        var head = try outcome.get()[...]
        guard !head.isEmpty else {
            throw OrdersError(kind: .badData, what: "is empty", remedy: "export the orders again")
        }
        for (start, what, remedy) in OrderDecoder.otherKinds where head.starts(with: start) {
            throw OrdersError(kind: .badData, what: what, remedy: remedy)
        }
        let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
        if hasMark { head = head.dropFirst(3) }
        guard let first = head.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
            if head.count >= 4000 { return (false, hasMark) }
            throw OrdersError(kind: .badData, what: "holds nothing but white space", remedy: "export the orders again")
        }
        return (first == UInt8(ascii: "{"), hasMark)
    }

    private static let otherKinds: [([UInt8], String, String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "is a ZIP archive or XLSX workbook", "unpack it, or save it as “CSV UTF-8”"),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an old Excel workbook", "save it as “CSV UTF-8”"),
        ([0x1F, 0x8B], "is compressed with gzip", "unpack it first"),
        ([0xFF, 0xFE], "is UTF-16 text", "save it as “CSV UTF-8”"),
        ([0xFE, 0xFF], "is UTF-16 text", "save it as “CSV UTF-8”"),
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

    /// Whether a shop's id lies in the range of made-up data: 19 digits that begin with 99.
    static func isReserved(_ id: some Collection<UInt8>) -> Bool {
        id.count == 19 && id.prefix(2).allSatisfy { $0 == UInt8(ascii: "9") } && id.allSatisfy { $0 &- 0x30 < 10 }
    }
}
