/// One made-up order, as the generator knows it.
struct SampleOrder {
    enum Fate {
        case open, shipped, completed, unpaid, cancelled, closedAfterPayment
    }

    struct Row {
        var id: String
        var product: Catalogue.Product
        var quantity: Int
        var fen: Int
        var isGift: Bool
        var isRefunded: Bool
    }

    var id: String
    var fate: Fate
    /// Seconds from the day's Beijing midnight.
    var orderedAt: Int
    /// Seconds from the day's Beijing midnight; nil when never paid.
    var paidAt: Int?
    var shippedAt: Int?
    var completedAt: Int?
    var rows: [Row]
    var town: Catalogue.Town
    var channel: String
}

/// Makes the orders of 2026-11-11.
struct Day {
    var random: Random
    private let minuteWeights: [Int]
    private let weightSum: Int
    private let townSum: Int

    init(seed: UInt64) {
        random = Random(seed: seed)
        let hours = [6, 3, 1, 1, 1, 1, 2, 3, 5, 7, 9, 9, 8, 7, 7, 7, 8, 8, 9, 12, 14, 14, 12, 10]
        minuteWeights = (0..<1440).map { minute in
            // Midnight opens the sale, 20:00 the live show; both fade within three quarters of an hour.
            hours[minute / 60] * 2 + max(0, 46 - minute) * 4 + (minute >= 1200 ? max(0, 1246 - minute) * 3 : 0)
        }
        weightSum = minuteWeights.reduce(0, +)
        townSum = Catalogue.towns.reduce(0) { $0 + $1.weight }
    }

    mutating func orders(count: Int) -> [SampleOrder] {
        var result: [SampleOrder] = []
        // One order that is partly refunded over three rows, whatever the dice say.
        result.append(partlyRefunded(number: 0))
        for number in 1..<count { result.append(order(number: number)) }
        return result.sorted { ($0.orderedAt, $0.id) < ($1.orderedAt, $1.id) }
    }

    /// 19 digits in the reserved range 99….
    private func id(number: Int, row: Int) -> String {
        let digits = String(69_179_267_688_236_00 + number * 7_919 * 16 + row)
        return "99" + String(repeating: "0", count: 17 - digits.count) + digits
    }

    private mutating func second() -> Int {
        var rest = random.below(weightSum)
        var minute = 0
        while rest >= minuteWeights[minute] {
            rest -= minuteWeights[minute]
            minute += 1
        }
        return minute * 60 + random.below(60)
    }

    private mutating func town() -> Catalogue.Town {
        var rest = random.below(townSum)
        var index = 0
        while rest >= Catalogue.towns[index].weight {
            rest -= Catalogue.towns[index].weight
            index += 1
        }
        return Catalogue.towns[index]
    }

    private mutating func partlyRefunded(number: Int) -> SampleOrder {
        let rows = (0..<3).map { row in
            SampleOrder.Row(
                id: id(number: number, row: row + 1), product: Catalogue.products[row], quantity: row + 1,
                fen: Catalogue.products[row].fen * (row + 1), isGift: false, isRefunded: row == 1)
        }
        return SampleOrder(
            id: id(number: number, row: 0), fate: .shipped, orderedAt: 43_200, paidAt: 43_211, shippedAt: 50_000,
            completedAt: nil, rows: rows, town: Catalogue.towns[0], channel: "直播")
    }

    private mutating func order(number: Int) -> SampleOrder {
        let ordered = second()
        let dice = random.below(1000)
        let fate: SampleOrder.Fate =
            switch dice {
            case ..<50: .cancelled
            case ..<65: .unpaid
            case ..<71: .closedAfterPayment
            case ..<500: .open
            case ..<960: .shipped
            default: .completed
            }
        let isPaid = fate != .cancelled && fate != .unpaid
        // Some pay across midnight: the period decides by the payment.
        let paid = ordered + 3 + random.below(random.chance(5) ? 900 : 60)
        let isShipped = fate == .shipped || fate == .completed
        let shipped = paid + 1800 + random.below(36_000)
        let rowCount = random.chance(80) ? 1 : random.chance(70) ? 2 : 3
        let isRefunded = isPaid && random.chance(7)
        let isPartly = isPaid && !isRefunded && rowCount > 1 && random.chance(12)
        let hasGift = random.chance(8)
        var rows: [SampleOrder.Row] = []
        for row in 0..<rowCount {
            let product = random.pick(Catalogue.products)
            let quantity = random.chance(85) ? 1 : 2 + random.below(3)
            let discount = random.below(4) * 500
            let fen = max(990, product.fen * quantity - discount - random.below(100))
            rows.append(
                SampleOrder.Row(
                    id: id(number: number, row: row + 1), product: product, quantity: quantity, fen: fen, isGift: false,
                    isRefunded: isRefunded || (isPartly && row == 0)))
        }
        if hasGift {
            let gift = random.pick(Catalogue.gifts)
            rows.append(
                SampleOrder.Row(
                    id: id(number: number, row: rowCount + 1), product: gift, quantity: 1, fen: 0, isGift: true,
                    isRefunded: isRefunded))
        }
        if rows.count == 1 { rows[0].id = id(number: number, row: 0) }
        let channels = ["直播", "直播", "直播", "直播", "直播", "短视频", "短视频", "商品卡", "商品卡", "其他"]
        return SampleOrder(
            id: id(number: number, row: 0), fate: fate, orderedAt: ordered, paidAt: isPaid ? paid : nil,
            shippedAt: isShipped ? shipped : nil, completedAt: fate == .completed ? shipped + 7200 : nil, rows: rows,
            town: town(), channel: random.chance(2) ? "数据将于第二天更新" : random.pick(channels))
    }
}
