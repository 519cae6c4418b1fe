/// What a platform's interface answers about orders, as JSON: read order by order into the rows of that shop's own export.
///
/// Doudian's `order.searchList` and `order.orderDetail` (whole answers, their `data` alone), Shopify's `orders.json` and
/// webhooks, WooCommerce's orders; pages in an array, or one behind the other. Of an order only what a feed needs is looked
/// at, and it is gone with the next order: remarks, addresses, phones and ciphertext are skipped where they stand.
enum PlatformJSON {
    /// Whether the beginning of a text that opens with a brace is a platform's answer rather than an order log.
    static func isPlatform(_ head: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: head.prefix(4096), as: UTF8.self)
        let firstLine = text.prefix { $0 != "\n" && $0 != "\r\n" }
        if firstLine.contains("\"event\"") || firstLine.contains("\"log\"") { return false }
        return PlatformShape.of(head) != nil
    }

    /// Reads every order of every page.
    static func read(
        _ source: consuming ByteSource, head: [UInt8], room: Int = 1 << 17, into rows: inout OrderRows
    ) throws(OrdersError) {
        guard let shape = PlatformShape.of(head[...]) else {
            throw OrdersError(
                kind: .badData, what: "is JSON of a kind that is not known",
                remedy: "name an answer of Doudian's order.searchList, Shopify's orders.json or WooCommerce's orders")
        }
        var reader = PlatformReader(JSONScanner(source, room: room), shape)
        try reader.read(into: &rows)
    }
}

/// Walks the JSON along a shape and hands an order's rows on when the order is over.
private struct PlatformReader: ~Copyable {
    private var json: JSONScanner
    private let shape: PlatformShape
    private var order: PlatformOrder
    private var orders = 0
    private var testOrders = 0
    private var announced: Int64 = 0
    private var errorCode: Int64 = 0

    init(_ json: consuming JSONScanner, _ shape: PlatformShape) {
        self.json = json
        self.shape = shape
        order = PlatformOrder()
    }

    mutating func read(into rows: inout OrderRows) throws(OrdersError) {
        try order.takeHeader(shape, into: &rows)
        while true {
            let token = try json.next()
            if token == .finish { break }
            try walk(shape.root, token, &rows)
        }
        if orders == 0, testOrders == 0 {
            guard errorCode == 0 || errorCode == 10_000 else {
                throw OrdersError(
                    kind: .badData, what: "is an error answer of the platform, code \(errorCode)",
                    remedy: "ask the platform again")
            }
            throw OrdersError(kind: .badData, what: "holds no orders", remedy: "ask for a period with orders")
        }
        // Several files are gone through twice where two of them belong together.
        if rows.join.skipsTable { return }
        if testOrders > 0 {
            rows.warnings.append(counted(testOrders, "test order was", "test orders were") + " left out")
        }
        if announced > 0 {
            rows.announcedOrders = max(rows.announcedOrders, announced)
            rows.pagedOrders += Int64(orders)
        }
    }

    private mutating func walk(
        _ node: PlatformShape.Node, _ token: JSONScanner.Token, _ rows: inout OrderRows
    ) throws(OrdersError) {
        switch token {
        case .objectStart:
            let isOrder = node.role == .order || node.role == .page
            let isItem = node.role == .item
            if isOrder { order.begin(line: json.line, position: json.position, path: json.path) }
            if isItem { order.beginItem() }
            if node.role == .transaction { order.beginTransaction() }
            try walkMembers(node, &rows)
            if isItem { order.endItem() }
            if node.role == .transaction {
                do throws(CellFault) { try order.endTransaction() } catch { note(error) }
            }
            // A page has orders inside; a webhook's body is an order itself.
            if node.role == .order || (node.role == .page && order.isBegun) { try handOn(&rows) }
        case .arrayStart:
            while true {
                let element = try json.next()
                if element == .arrayEnd { return }
                try walk(node, element, &rows)
            }
        case .string, .number, .yes, .no:
            guard let slot = node.slot else { return }
            try take(slot, node.form, token)
        case .objectEnd, .arrayEnd, .key, .null, .finish: return
        }
    }

    private mutating func walkMembers(_ node: PlatformShape.Node, _ rows: inout OrderRows) throws(OrdersError) {
        while true {
            guard try json.next() == .key else { return }
            let member = node.members.first { json.isKey($0.key) }
            let value = try json.next()
            if let member {
                try walk(member.node, value, &rows)
            } else {
                try json.skip(value)
            }
        }
    }

    private mutating func take(
        _ slot: PlatformSlot, _ form: PlatformShape.Form, _ token: JSONScanner.Token
    ) throws(OrdersError) {
        if token == .yes || token == .no {
            if slot == .isTest, token == .yes { order.isTest = true }
            return
        }
        let text = try json.text()
        if slot == .announced || slot == .errorCode {
            guard token == .number, let value = PlatformValue.integer(text) else { return }
            if slot == .announced { announced = max(announced, value) } else { errorCode = value }
            return
        }
        do throws(CellFault) {
            try order.set(slot, try PlatformValue.text(text, form, isNumber: token == .number))
        } catch {
            note(error)
        }
    }

    private mutating func note(_ fault: CellFault) {
        order.fault =
            order.fault
            ?? PlatformOrder.Fault(
                place: json.path, line: json.line, position: json.position, shape: fault.shape, hint: fault.hint)
    }

    private mutating func handOn(_ rows: inout OrderRows) throws(OrdersError) {
        if order.isTest {
            testOrders += 1
        } else {
            orders += 1
            try order.handOn(shape, into: &rows)
        }
        order.clear()
    }
}
