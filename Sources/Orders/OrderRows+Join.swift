/// Two tables that make one feed: Taobao's orders file has times, buyers and places, its details file has rows and refunds.
///
/// The first pass over the data collects the orders and passes over the details, the second does the reverse; their sequence does not matter.
struct OrderJoin {
    enum Phase {
        /// Every table stands for itself.
        case off
        case survey, details
    }

    enum Role {
        case other, orders, details
    }

    /// An order of the orders file, without anything personal but what a feed holds; 64 bytes, `.min` for no time.
    struct Head: BitwiseCopyable {
        private let ordered: Int64
        private let paid: Int64
        private let shipped: Int64
        private let completed: Int64
        private let closed: Int64
        private let place: UInt32
        private let buyer: UInt32
        let row: UInt32
        let source: UInt16
        private let status: UInt8
        var isUsed = false

        init(_ facts: RowFacts, row: Int, source: Int) {
            ordered = facts.ordered ?? .min
            paid = facts.paid ?? .min
            shipped = facts.shipped ?? .min
            completed = facts.completed ?? .min
            closed = facts.closed ?? .min
            place = facts.place
            buyer = facts.buyer
            status = facts.status.map { UInt8($0.rawValue) } ?? .max
            self.row = UInt32(truncatingIfNeeded: row)
            self.source = UInt16(truncatingIfNeeded: source)
        }

        var isPaid: Bool { paid != .min }

        var facts: RowFacts {
            func time(_ value: Int64) -> Int64? { value == .min ? nil : value }
            return RowFacts(
                ordered: time(ordered), paid: time(paid), shipped: time(shipped), completed: time(completed),
                closed: time(closed), status: RowStatus(rawValue: UInt32(status)), place: place, buyer: buyer)
        }
    }

    var phase = Phase.off
    /// What the table being read is.
    var role = Role.other
    var hasOrders = false
    var hasDetails = false
    /// Numbers of `heads` by order; only made where there are two such files.
    var orders: OrderTable?
    var heads = ChunkedArray<Head>()
    var sources: [String?] = []

    var isActive: Bool { phase != .off && role != .other }
    var isCollecting: Bool { phase == .survey && role == .orders }
    var givesTimes: Bool { phase == .details && role == .details }
    /// Whether the table's rows belong to the other pass.
    var skipsTable: Bool {
        switch phase {
        case .off: false
        case .survey: role == .details
        case .details: role != .details
        }
    }
}

extension OrderRows {
    /// Notes what part the table plays that a header begins.
    mutating func enter(_ shop: Shop) {
        if shop.joins != nil {
            join.role = .details
            join.hasDetails = true
        } else if Shop.all.contains(where: { $0.joins == shop.name }) {
            join.role = .orders
            join.hasOrders = true
            if join.isCollecting {
                join.sources.append(source)
                if join.orders == nil { join.orders = OrderTable() }
            }
        } else {
            join.role = .other
        }
    }

    /// Keeps an order of the orders file for its rows in the details file.
    mutating func collect(_ facts: RowFacts, id: UnsafeBufferPointer<UInt8>, _ row: CellRow) throws(RowFault) {
        var facts = facts
        facts.place = placeNumber(row)
        facts.buyer = buyerNumber(text(.buyer, row))
        let number = join.orders?.number(of: options.key.pseudonym(of: id)) ?? PackedEvent.none
        guard Int(number) == join.heads.count else {
            throw RowFault(
                field: .order, shape: "an order that an earlier row has",
                hint: "name each file once, and export periods that do not overlap")
        }
        join.heads.append(OrderJoin.Head(facts, row: row.number, source: join.sources.count - 1))
    }

    /// Adds to a row of the details file what the orders file says of its order.
    mutating func complete(_ facts: inout RowFacts, id: UnsafeBufferPointer<UInt8>) throws(RowFault) {
        guard join.givesTimes else { return }
        guard let number = join.orders?.find(options.key.pseudonym(of: id)) else {
            throw RowFault(
                field: .order, shape: "an order that the orders file does not have",
                hint: "export both files for the same period")
        }
        var head = join.heads[Int(number)]
        facts.fill(from: head.facts)
        if head.isUsed { return }
        head.isUsed = true
        join.heads.replace(at: Int(number), with: head)
    }

    /// An order without rows would silently be missing from every count.
    mutating func reportOrdersWithoutDetails() {
        for index in 0..<join.heads.count {
            let head = join.heads[index]
            if head.isUsed || !head.isPaid { continue }
            source = join.sources[Int(head.source)]
            report(
                RowFault(
                    field: nil, shape: "a paid order that the details file does not have",
                    hint: "export both files for the same period"), row: Int(head.row))
        }
        // Sorting the feed needs the room.
        join = OrderJoin()
    }
}
