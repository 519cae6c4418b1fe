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

    /// An order of the orders file, without anything personal but what a feed holds.
    struct Head {
        var facts: RowFacts
        let row: UInt32
        let source: UInt32
        var isUsed = false
    }

    var phase = Phase.off
    /// What the table being read is.
    var role = Role.other
    var hasOrders = false
    var hasDetails = false
    var orders = OrderTable()
    var heads: ContiguousArray<Head> = []
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
            if join.isCollecting { join.sources.append(source) }
        } else {
            join.role = .other
        }
    }

    /// Keeps an order of the orders file for its rows in the details file.
    mutating func collect(_ facts: RowFacts, id: UnsafeBufferPointer<UInt8>, _ row: CellRow) throws(RowFault) {
        var facts = facts
        facts.place = placeNumber(row)
        facts.buyer = buyerNumber(text(.buyer, row))
        let number = Int(join.orders.number(of: options.key.pseudonym(of: id)))
        guard number == join.heads.count else {
            throw RowFault(
                field: .order, shape: "an order that an earlier row has",
                hint: "name each file once, and export periods that do not overlap")
        }
        join.heads.append(
            OrderJoin.Head(
                facts: facts, row: UInt32(truncatingIfNeeded: row.number),
                source: UInt32(truncatingIfNeeded: join.sources.count - 1)))
    }

    /// Adds to a row of the details file what the orders file says of its order.
    mutating func complete(_ facts: inout RowFacts, id: UnsafeBufferPointer<UInt8>) throws(RowFault) {
        guard join.givesTimes else { return }
        guard let number = join.orders.find(options.key.pseudonym(of: id)) else {
            throw RowFault(
                field: .order, shape: "an order that the orders file does not have",
                hint: "export both files for the same period")
        }
        join.heads[Int(number)].isUsed = true
        facts.fill(from: join.heads[Int(number)].facts)
    }

    /// An order without rows would silently be missing from every count.
    mutating func reportOrdersWithoutDetails() {
        for head in join.heads where !head.isUsed && head.facts.paid != nil {
            source = join.sources[Int(head.source)]
            report(
                RowFault(
                    field: nil, shape: "a paid order that the details file does not have",
                    hint: "export both files for the same period"), row: Int(head.row))
        }
    }
}
