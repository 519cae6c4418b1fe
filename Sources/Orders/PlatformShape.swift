/// Where a platform's JSON holds what, as data: a tree of keys, and the columns that its orders become.
struct PlatformShape: Sendable {
    /// How a value is written out as a cell.
    enum Form: Sendable {
        case text, id, decimal
        /// Whole fen.
        case fen
        /// Unix seconds or milliseconds, 0 for none.
        case unix
        /// ISO 8601, in UTC where it has no zone.
        case utc
        /// One of several words or codes, and the export's word for each.
        case word([(String, String)])
        /// Whether there is anything: an id that is neither empty nor 0.
        case presence
    }

    enum Role: Sendable {
        case plain
        /// Each object is an order.
        case order
        /// An object that holds orders, or is one.
        case page
        /// Each object is an item of an order.
        case item
        /// Each object is a payment or a refund, of which only refunds that succeeded count.
        case transaction
    }

    struct Member: Sendable {
        let key: StaticString
        let node: Node
    }

    struct Node: Sendable {
        var role = Role.plain
        var slot: PlatformSlot?
        var form = Form.text
        var members: [Member] = []
    }

    struct Column: Sendable {
        /// The column's name in the platform's own export, by which its orders are read.
        let header: String
        let slot: PlatformSlot
        /// Where it stands below an order, for messages.
        let key: String
        /// Whether the order's own value stands for an item that has none.
        var isShared = true
    }

    let root: Node
    let columns: [Column]
    let itemsKey: String
    /// Makes cells of an item out of what several keys say.
    let finish: @Sendable (_ item: inout [ContiguousArray<UInt8>], _ order: [ContiguousArray<UInt8>]) -> Void

    /// The platform whose keys stand at the beginning of a document; nil when it is none.
    static func of(_ head: ArraySlice<UInt8>) -> PlatformShape? {
        let text = String(decoding: head.prefix(1 << 16), as: UTF8.self)
        func holds(_ keys: [String]) -> Bool { keys.contains { text.contains("\"\($0)\"") } }
        if holds(["shop_order_list", "sku_order_list", "shop_order_detail"]) { return .doudian }
        if holds(["financial_status", "admin_graphql_api_id", "checkout_token"]) { return .shopify }
        if holds(["date_created_gmt", "date_created", "order_key"]) { return .wooCommerce }
        // Empty and error answers.
        if holds(["log_id", "sub_code"]) { return .doudian }
        return text.filter { !$0.isWhitespace }.hasPrefix("{\"orders\":[") ? .shopify : nil
    }

    static func leaf(_ key: StaticString, _ slot: PlatformSlot, _ form: Form = .text) -> Member {
        Member(key: key, node: Node(slot: slot, form: form))
    }

    static func branch(_ key: StaticString, _ members: [Member], role: Role = .plain) -> Member {
        Member(key: key, node: Node(role: role, members: members))
    }
}
