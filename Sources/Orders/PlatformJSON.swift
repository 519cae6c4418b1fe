/// What a platform's interface answers about orders, as JSON.
enum PlatformJSON {
    /// Whether the beginning of a text that opens with a brace is a platform's answer rather than an order log.
    static func isPlatform(_ head: ArraySlice<UInt8>) -> Bool { false }

    static func read(_ source: consuming ByteSource, head: [UInt8], into rows: inout OrderRows) throws(OrdersError) {
        throw OrdersError(kind: .badData, what: "is JSON", remedy: "name an export or an order log")
    }
}
