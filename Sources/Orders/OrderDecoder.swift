/// Reads order data of any supported kind into a feed.
///
/// A shop's export as CSV or XLSX, either in a ZIP archive or packed with gzip, what a platform's interface answers as JSON, or an
/// order log: the kind is told by content, not by name.
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
            return try OrderPart.decode(try OrderPart.find(in: .file(path: path)), options: options)
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
        var parts: [OrderPart] = []
        for path in paths {
            do throws(OrdersError) {
                for var part in try OrderPart.find(in: .file(path: path)) {
                    part.file = path
                    parts.append(part)
                }
            } catch {
                throw error.inFile(path)
            }
        }
        var options = options
        // The moment in one file's name says nothing of the others.
        options.fileName = nil
        return try OrderPart.decode(parts, options: options)
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
            return try OrderPart.decode(try OrderPart.find(in: .memory(buffer)), options: options)
        } catch {
            throw error.inFile(options.fileName)
        }
    }

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
