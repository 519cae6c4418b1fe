internal import Glibc

/// Reads an order log: JSON Lines, one event a line, after an optional first line that describes it.
///
/// Event keys: `event` (paid, shipped, completed, refunded, closed, stock), `id`, `row`, `at`, `seen`, `amount` (fen), `scope` (`"order"`: the
/// amount is the whole order's), `quantity`, `product`, `province`, `city`, `buyer`, `channel` (live, video, card, other), `gift`, `left`.
/// Header keys: `log` (1), `synthetic`, `exported`, `start`, `rate` (`"30"` or `"30000/1001"`), `unsent` (`[3,[10,12]]`),
/// `refunds` (false: refunds and closed orders were not known).
func readOrderLog(_ stream: consuming TextStream, options: OrderDecodingOptions) throws(OrdersError) -> DecodedOrders {
    var reader = LogReader(stream: stream, options: options)
    return try reader.read()
}

private struct LogReader: ~Copyable {
    private let options: OrderDecodingOptions
    private var buffer: RowBuffer
    private var feed = Feed()
    private var events: ContiguousArray<(key: Int64, event: PackedEvent)> = []
    /// Events past a limit of the feed.
    private var refused = 0
    /// Places and masked names that were written as they come out: nearly all, and thinking them over again took most of the time.
    private var canonicalPlaces: Set<Place> = []
    private var canonicalBuyers: Set<String> = []
    private var summary = DecodedOrders.Summary()
    private var problems: [OrdersError.RowProblem] = []
    private var problemCount = 0
    private var line = 0
    private var hasHeader = false
    private var knowsClosures: Bool?
    private var isAnyReserved = false

    private struct Fault: Error {
        let member: JSONLine.Member?
        let shape: String
        let hint: String
    }

    init(stream: consuming TextStream, options: OrderDecodingOptions) {
        self.options = options
        buffer = RowBuffer(stream)
    }

    mutating func read() throws(OrdersError) -> DecodedOrders {
        _ = try buffer.fill()
        while true {
            let bytes = UnsafeBufferPointer(buffer.bytes)
            if bytes.isEmpty, buffer.isFinal { break }
            guard let length = LogReader.lineLength(bytes, isFinal: buffer.isFinal) else {
                guard try buffer.fill() else {
                    throw error("line \(line + 1) is longer than \(RowBuffer.rowLimit >> 20) MiB", "check the file")
                }
                continue
            }
            line += 1
            let lineEnd = bytes[length - 1] == 10 ? length - 1 : length
            let text = UnsafeBufferPointer(rebasing: bytes[0..<lineEnd])
            switch UTF8Check.fault(in: text) {
            case .malformed: throw error("line \(line) is not UTF-8", "order logs are UTF-8 text")
            case .binary: throw error("is not a text file", "name a CSV export or an order log")
            case nil: break
            }
            if text.contains(where: { $0 > 0x20 }) { try take(text) }
            buffer.consume(length)
        }
        return try finish()
    }

    /// Bytes of the first line with its line end; nil when more must be read to know.
    private static func lineLength(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) -> Int? {
        guard let base = bytes.baseAddress, let found = memchr(base, 10, bytes.count) else {
            return isFinal ? bytes.count : nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }

    private mutating func take(_ text: UnsafeBufferPointer<UInt8>) throws(OrdersError) {
        let members: [JSONLine.Member]
        do throws(JSONLine.Fault) {
            members = try JSONLine.members(of: text)
        } catch {
            summary.rows += 1
            report(
                OrdersError.RowProblem(
                    row: line, column: nil, position: error.position, shape: error.shape, hint: error.hint))
            return
        }
        do throws(Fault) {
            if members.contains(where: { $0.key == "log" }) {
                guard summary.rows == 0, !hasHeader else {
                    throw Fault(member: members.first, shape: "a second header", hint: "only the first line may be one")
                }
                hasHeader = true
                try takeHeader(members)
            } else {
                summary.rows += 1
                guard summary.rows < Feed.eventLimit / 4 else {
                    throw Fault(member: nil, shape: "too many events", hint: "split the log")
                }
                try takeEvent(members)
            }
        } catch {
            report(
                OrdersError.RowProblem(
                    row: line, column: error.member.map { LogReader.isKnown($0.key) ? $0.key : "a key" },
                    position: error.member?.position, shape: error.shape, hint: error.hint))
        }
    }

    // MARK: Lines

    private static let eventKeys = [
        "event", "id", "row", "at", "seen", "amount", "scope", "quantity", "product", "province", "city", "buyer",
        "channel", "gift", "left",
    ]
    private static let headerKeys = ["log", "synthetic", "exported", "start", "rate", "unsent", "refunds", "closures"]

    private static func isKnown(_ key: String) -> Bool {
        eventKeys.contains(key) || headerKeys.contains(key)
    }

    private mutating func takeHeader(_ members: [JSONLine.Member]) throws(Fault) {
        var start: Instant?
        var rate: (Int, Int)?
        var unsent: [Range<Int>] = []
        for member in members {
            switch (member.key, member.value) {
            case ("log", .integer(1)): break
            case ("log", _):
                throw Fault(member: member, shape: "a version this program does not know", hint: "use a newer program")
            case ("synthetic", .boolean(let value)): feed.isSynthetic = value
            case ("exported", _): feed.exportedAt = try instant(member)
            case ("refunds", .boolean(let value)): feed.knowsRefunds = value
            case ("closures", .boolean(let value)): knowsClosures = value
            case ("start", _): start = try instant(member)
            case ("rate", .string(let text)):
                let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
                guard let numerator = parts.first ?? nil, parts.count <= 2,
                    let denominator = parts.count == 2 ? parts[1] : 1
                else { throw Fault(member: member, shape: "no rate", hint: "write \"30\" or \"30000/1001\"") }
                rate = (numerator, denominator)
            case ("rate", .integer(let value)):
                rate = (Int(value), 1)
            case ("unsent", .ranges(let value)): unsent = value
            default: throw unexpected(member, keys: LogReader.headerKeys)
            }
        }
        guard (start == nil) == (rate == nil), rate != nil || unsent.isEmpty else {
            throw Fault(member: members.first, shape: "half a session", hint: "a session has start and rate")
        }
        guard let start, let rate else { return }
        guard
            let session = Session(
                start: start, rateNumerator: rate.0, rateDenominator: rate.1, unsentFrames: unsent)
        else {
            throw Fault(
                member: members.first, shape: "a rate out of range", hint: "rates are 1 to 1000 frames a second")
        }
        feed.session = session
    }

    private mutating func takeEvent(_ members: [JSONLine.Member]) throws(Fault) {
        var event = OrderEvent(.paid, order: nil, at: Instant(microseconds: 0))
        var kind: OrderEvent.Kind?
        var at: Instant?
        var province: String?
        var city: String?
        var gift: Bool?
        var amount: Int64?
        for member in members {
            switch (member.key, member.value) {
            case ("event", .string(let word)):
                guard let index = OrderEvent.Kind.names.firstIndex(of: word) else {
                    throw Fault(
                        member: member, shape: "an unknown event",
                        hint: "events are " + OrderEvent.Kind.names.joined(separator: ", "))
                }
                kind = OrderEvent.Kind(rawValue: UInt8(index))
            case ("id", _): event.order = try orderID(member)
            case ("at", _): at = try instant(member)
            case ("row", .integer): event.row = try integer(member, 0...(OrderEvent.rowLimit - 1))
            case ("seen", .integer): event.seen = try integer(member, 0...Int(Int32.max))
            case ("amount", .integer):
                amount = Int64(try integer(member, 0...Int(OrderEvent.amountLimit)))
            case ("scope", .string("order")): event.isOrderAmount = true
            case ("scope", .string("row")): event.isOrderAmount = false
            case ("quantity", .integer): event.quantity = try integer(member, 0...OrderEvent.quantityLimit)
            case ("left", .integer): event.stockLeft = try integer(member, 0...OrderEvent.quantityLimit)
            case ("product", .string(let text)):
                guard text.utf8.count <= 1200 else {
                    throw Fault(
                        member: member, shape: "too long a text", hint: "a product title has at most 400 characters")
                }
                event.product = text.isEmpty ? nil : text
            case ("province", .string(let text)): province = text
            case ("city", .string(let text)): city = text
            case ("buyer", .string(let text)): event.buyer = buyer(text)
            case ("channel", .string(let text)):
                guard let channel = Channel(rawValue: text) else {
                    throw Fault(
                        member: member, shape: "an unknown channel", hint: "channels are live, video, card, other")
                }
                event.channel = channel
            case ("gift", .boolean(let value)): gift = value
            case (_, .null) where LogReader.eventKeys.contains(member.key): break
            default: throw unexpected(member, keys: LogReader.eventKeys)
            }
        }
        guard let kind else { throw Fault(member: nil, shape: "no event", hint: "every line needs \"event\"") }
        guard let at else { throw Fault(member: nil, shape: "no at", hint: "every event needs \"at\"") }
        event.kind = kind
        event.at = at
        event.amount = amount ?? 0
        event.isGift = gift ?? (kind == .paid && amount == 0)
        event.place = province.flatMap { place(province: $0, city: city) }
        if kind == .paid { event.row = event.row ?? 0 }
        try check(event, hasAmount: amount != nil)
        guard let packed = feed.pack(event) else {
            refused += 1
            return
        }
        events.append((visibleKey(event), packed))
    }

    private mutating func place(province: String, city: String?) -> Place? {
        let written = Place(province: province, city: city)
        if canonicalPlaces.contains(written) { return written }
        let place = Place.normalised(province: province, city: city, district: nil)
        // Anything else may be more than a place, and is not kept.
        if place == written { canonicalPlaces.insert(written) }
        return place
    }

    private mutating func buyer(_ text: String) -> String? {
        guard text.utf8.count <= 200 else { return nil }
        if canonicalBuyers.contains(text) { return text }
        let masked = NameMask.masked(text)
        if masked == text { canonicalBuyers.insert(text) }
        return masked
    }

    private func check(_ event: OrderEvent, hasAmount: Bool) throws(Fault) {
        if event.kind == .stock {
            guard event.stockLeft != nil, event.order == nil else {
                throw Fault(
                    member: nil, shape: "a stock event with an id or without left", hint: "write \"left\" and no \"id\""
                )
            }
            return
        }
        guard event.order != nil else {
            throw Fault(member: nil, shape: "no id", hint: "every order event needs \"id\"")
        }
        guard event.stockLeft == nil else {
            throw Fault(member: nil, shape: "left on an order", hint: "only stock events have \"left\"")
        }
        guard event.kind != .paid || hasAmount else {
            throw Fault(member: nil, shape: "no amount", hint: "a paid event needs \"amount\" in fen")
        }
    }

    private mutating func orderID(_ member: JSONLine.Member) throws(Fault) -> OrderID {
        let text: String
        switch member.value {
        case .string(let value): text = value
        case .integer(let value) where value >= 0: text = String(value)
        case .number(let digits) where digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }): text = digits
        default: throw Fault(member: member, shape: "no id", hint: "write ids as text")
        }
        if let pseudonym = OrderID(pseudonym: text) { return pseudonym }
        var copy = text
        let outcome: Result<(OrderID, Bool), CellFault> = copy.withUTF8 { bytes in
            do throws(CellFault) {
                let id = try CellText(cleaning: bytes).orderID()
                return .success((options.key.pseudonym(of: id), Shop.common.isReserved(id)))
            } catch {
                return .failure(error)
            }
        }
        switch outcome {
        case .success((let id, let isReserved)):
            if isReserved { isAnyReserved = true }
            return id
        case .failure(let fault): throw Fault(member: member, shape: fault.shape, hint: fault.hint)
        }
    }

    private func instant(_ member: JSONLine.Member) throws(Fault) -> Instant {
        guard case .string(let text) = member.value, let instant = Instant(text) else {
            throw Fault(member: member, shape: "no moment", hint: "write it as \"2026-11-11T20:00:03+08:00\"")
        }
        return instant
    }

    private func integer(_ member: JSONLine.Member, _ range: ClosedRange<Int>) throws(Fault) -> Int {
        guard case .integer(let value) = member.value, range.contains(Int(value)) else {
            throw Fault(
                member: member, shape: "a number out of range", hint: "from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(value)
    }

    private func unexpected(_ member: JSONLine.Member, keys: [String]) -> Fault {
        guard keys.contains(member.key) else {
            return Fault(member: member, shape: "an unknown key", hint: "keys are " + keys.joined(separator: ", "))
        }
        let hint = member.key == "amount" ? "amounts are whole fen: 12900 for 129.00 yuan" : "check its type and value"
        return Fault(member: member, shape: "a value of the wrong kind", hint: hint)
    }

    // MARK: End

    /// Where an event lies in visible order: a session's events by their frame, others by their own time.
    private func visibleKey(_ event: OrderEvent) -> Int64 {
        guard let seen = event.seen else { return event.at.microseconds }
        guard let session = feed.session else { return .max / 2 + Int64(seen) }
        return session.instant(ofFrame: seen).microseconds
    }

    private mutating func report(_ problem: OrdersError.RowProblem) {
        problemCount += 1
        if problems.count < OrdersError.problemLimit { problems.append(problem) }
    }

    private func error(_ what: String, _ remedy: String) -> OrdersError {
        OrdersError(kind: .badData, what: what, remedy: remedy)
    }

    private mutating func finish() throws(OrdersError) -> DecodedOrders {
        guard problemCount == 0 || (options.skipBadRows && problemCount < summary.rows) else {
            throw OrdersError(
                kind: .badData, what: "has " + counted(problemCount, "bad line", "bad lines"),
                remedy: options.skipBadRows
                    ? "no line is left" : OrdersError.correction(of: problemCount),
                problems: problems, problemCount: problemCount)
        }
        if isAnyReserved { feed.isSynthetic = true }
        summary.skippedRows = problemCount
        var warnings: [String] = []
        if problemCount > 0 {
            warnings.append(counted(problemCount, "bad line was", "bad lines were") + " skipped")
        }
        var order = Array(events.indices)
        // What this program wrote is in order already.
        let isInOrder = order.dropFirst().allSatisfy { events[$0 - 1].key <= events[$0].key }
        if !isInOrder {
            order.sort { events[$0].key != events[$1].key ? events[$0].key < events[$1].key : $0 < $1 }
        }
        for index in order where !feed.append(events[index].event) { refused += 1 }
        guard refused == 0 || options.skipBadRows else {
            throw error(
                "has \(refused) events past the limit of \(Feed.eventsPerOrderLimit) for one order",
                "check how ids are made, or leave them out with --skip-bad-rows")
        }
        summary.skippedRows += refused
        if refused > 0 {
            warnings.append(
                counted(refused, "event was", "events were")
                    + " skipped, past the limit of \(Feed.eventsPerOrderLimit) for one order")
        }
        count()
        // A log that knows of no refunds knows of no closures, unless it says so.
        feed.knowsClosures = knowsClosures ?? feed.knowsRefunds
        return DecodedOrders(feed: feed, summary: summary, warnings: warnings)
    }

    private mutating func count() {
        for (_, event) in events {
            switch event.kind {
            case .paid: if event.isGift { summary.giftRows += 1 }
            case .refunded: summary.refundedRows += 1
            case .closed: summary.closedRows += 1
            case .shipped, .completed, .stock: break
            }
        }
        summary.orders = feed.orderCount
    }
}
