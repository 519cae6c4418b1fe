/// What a feed needs of an order, by the names of no platform.
enum PlatformSlot: Int, CaseIterable {
    case id, item, product, quantity, price, amount, total, refund, currency
    case orderedAt, paidAt, shippedAt, completedAt, closedAt
    case status, afterSale, province, city, district, buyer, lastName, channel
    // Not columns: what they are made of.
    case number, given, room, video, isTest, announced, errorCode, state
    case transactionKind, transactionStatus, transactionAmount
}

/// One order while it is read: texts of the order and of its items. What an item lacks is the order's.
struct PlatformOrder: ~Copyable {
    struct Fault {
        let place: String
        let line: Int
        let position: Int
        let shape: String
        let hint: String
    }

    static let itemLimit = 1000

    private var order = [ContiguousArray<UInt8>](repeating: [], count: PlatformSlot.allCases.count)
    private var items: [[ContiguousArray<UInt8>]] = []
    private var isInItem = false
    private var line = 1
    private var position = 1
    private var path = ""
    private var cells = CellRowBytes()
    var fault: Fault?
    var isTest = false
    /// Whether anything of an order was seen.
    private(set) var isBegun = false

    init() {}

    mutating func begin(line: Int, position: Int, path: String) {
        clear()
        self.line = line
        self.position = position
        self.path = path
    }

    mutating func clear() {
        for index in order.indices { order[index].removeAll(keepingCapacity: true) }
        items.removeAll(keepingCapacity: true)
        isInItem = false
        isBegun = false
        isTest = false
        fault = nil
    }

    mutating func beginItem() {
        isBegun = true
        if items.count >= PlatformOrder.itemLimit {
            fault =
                fault
                ?? Fault(
                    place: path, line: line, position: position,
                    shape: "an order of more than \(PlatformOrder.itemLimit) items", hint: "split it")
            items.removeLast()
        }
        items.append([ContiguousArray<UInt8>](repeating: [], count: PlatformSlot.allCases.count))
        isInItem = true
    }

    mutating func endItem() {
        isInItem = false
    }

    mutating func beginTransaction() {
        for slot in [PlatformSlot.transactionKind, .transactionStatus, .transactionAmount] {
            order[slot.rawValue].removeAll(keepingCapacity: true)
        }
    }

    /// Adds a refund that went through: others are still under way, or failed.
    mutating func endTransaction() throws(CellFault) {
        guard order[PlatformSlot.transactionKind.rawValue].elementsEqual("refund".utf8),
            order[PlatformSlot.transactionStatus.rawValue].elementsEqual("success".utf8)
        else { return }
        try set(.refund, order[PlatformSlot.transactionAmount.rawValue])
    }

    /// Keeps a text. Where several keys fill a slot, the first that says something does; refunds add up.
    mutating func set(_ slot: PlatformSlot, _ text: ContiguousArray<UInt8>) throws(CellFault) {
        if slot == .id || slot == .number { isBegun = true }
        if slot == .refund {
            order[slot.rawValue] = try PlatformOrder.sum(order[slot.rawValue], text)
        } else if isInItem {
            if items[items.count - 1][slot.rawValue].isEmpty { items[items.count - 1][slot.rawValue] = text }
        } else if order[slot.rawValue].isEmpty {
            order[slot.rawValue] = text
        }
    }

    /// Adds the size of a decimal number to another, in hundredths.
    private static func sum(
        _ sum: ContiguousArray<UInt8>, _ text: ContiguousArray<UInt8>
    ) throws(CellFault) -> ContiguousArray<UInt8> {
        let total: (Result<Int64, CellFault>) = [sum, text].reduce(.success(0)) { result, part in
            let digits = part.first == UInt8(ascii: "-") ? part.dropFirst() : part[...]
            if digits.isEmpty { return result }
            return ContiguousArray(digits).withUnsafeBufferPointer { bytes in
                do throws(CellFault) {
                    return .success(try result.get() + CellText(cleaning: bytes).fen())
                } catch {
                    return .failure(error)
                }
            }
        }
        let fen = try total.get()
        let cents = String(fen % 100)
        return ContiguousArray("\(fen / 100).\(cents.utf8.count < 2 ? "0" : "")\(cents)".utf8)
    }

    // MARK: Rows

    mutating func takeHeader(_ shape: PlatformShape, into rows: inout OrderRows) throws(OrdersError) {
        cells.removeAll()
        for column in shape.columns {
            cells.beginCell(column: cells.width)
            for byte in column.header.utf8 { cells.append(byte) }
            cells.endCell()
        }
        try rows.take(cells.row(number: 1))
    }

    /// Hands the order on, a row an item.
    mutating func handOn(_ shape: PlatformShape, into rows: inout OrderRows) throws(OrdersError) {
        if let fault {
            rows.reject(row: fault.line, shape: fault.shape, hint: fault.hint)
            rows.replaceLastProblem { _ in (fault.place, fault.position) }
            return
        }
        let hasItems = !items.isEmpty
        if !hasItems { items.append(order) }
        for index in items.indices {
            shape.finish(&items[index], order)
            cells.removeAll()
            for column in shape.columns {
                cells.beginCell(column: cells.width)
                let slot = column.slot.rawValue
                let text = items[index][slot].isEmpty && column.isShared ? order[slot] : items[index][slot]
                text.withUnsafeBufferPointer { cells.append($0) }
                cells.endCell()
            }
            let problems = rows.problemCount
            try rows.take(cells.row(number: line))
            guard rows.problemCount > problems else { continue }
            let path = path
            let position = position
            rows.replaceLastProblem { header in
                let key = shape.columns.first { $0.header == header }?.key
                let place = [path, key ?? shape.itemsKey].filter { !$0.isEmpty }.joined(separator: ".")
                return (place.replacing("[]", with: hasItems ? "[\(index)]" : ""), position)
            }
        }
    }
}

extension OrderRows {
    /// Says of the problem reported last where in a document of another form it is.
    mutating func replaceLastProblem(_ place: (_ column: String?) -> (String, Int)) {
        // Only the first few are kept at all.
        guard problemCount <= OrdersError.problemLimit, let last = problems.popLast() else { return }
        let (column, position) = place(last.column)
        problems.append(
            OrdersError.RowProblem(
                row: last.row, column: column, position: position, shape: last.shape, hint: last.hint))
    }
}
