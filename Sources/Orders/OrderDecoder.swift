/// Reads order data of any supported kind into a feed.
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

    /// Decodes a file.
    public func decode(path: String) throws(OrdersError) -> DecodedOrders {
        throw OrdersError(kind: .badData, what: "not yet", remedy: "wait", file: path)
    }

    /// Decodes bytes in memory.
    public func decode(bytes: [UInt8]) throws(OrdersError) -> DecodedOrders {
        throw OrdersError(kind: .badData, what: "not yet", remedy: "wait")
    }
}
