/// Totals as the generator itself knows them: kept while making the orders, never read back from the files.
struct Truth {
    var fileOrders = 0
    var fileRows = 0
    var unpaidRows = 0
    var closedRows = 0
    var refundedRows = 0
    var giftRows = 0
    /// Of orders paid on 2026-11-11.
    var rows = 0
    var gifts = 0
    var netOrders = 0
    var netItems = 0
    var netRevenue = 0
    var grossOrders = 0
    var grossRevenue = 0
    var refundedOrders = 0
    var refundedAmount = 0
    var netOrdersByHour = [Int](repeating: 0, count: 24)

    mutating func add(_ order: SampleOrder) {
        fileRows += order.rows.count
        for row in order.rows where row.isRefunded || order.fate == .cancelled || order.fate == .closedAfterPayment {
            _ = row
            closedRows += 1
        }
        guard let paid = order.paidAt else {
            unpaidRows += order.rows.count
            return
        }
        fileOrders += 1
        refundedRows += order.rows.filter(\.isRefunded).count
        giftRows += order.rows.filter(\.isGift).count
        guard paid < 86_400 else { return }
        rows += order.rows.count
        gifts += order.rows.filter(\.isGift).count
        let goods = order.rows.filter { !$0.isGift }
        let lost = goods.filter { $0.isRefunded || order.fate == .closedAfterPayment }
        let kept = goods.filter { !$0.isRefunded && order.fate != .closedAfterPayment }
        grossOrders += goods.isEmpty ? 0 : 1
        grossRevenue += goods.reduce(0) { $0 + $1.fen }
        refundedOrders += lost.isEmpty ? 0 : 1
        refundedAmount += lost.reduce(0) { $0 + $1.fen }
        netRevenue += kept.reduce(0) { $0 + $1.fen }
        netItems += kept.reduce(0) { $0 + $1.quantity }
        if !kept.isEmpty {
            netOrders += 1
            netOrdersByHour[paid / 3600] += 1
        }
    }

    var json: String {
        let figures: [(String, Int)] = [
            ("fileOrders", fileOrders), ("fileRows", fileRows), ("unpaidRows", unpaidRows), ("closedRows", closedRows),
            ("refundedRows", refundedRows), ("giftRows", giftRows), ("rows", rows), ("gifts", gifts),
            ("netOrders", netOrders), ("netItems", netItems), ("netRevenue", netRevenue), ("grossOrders", grossOrders),
            ("grossRevenue", grossRevenue), ("refundedOrders", refundedOrders), ("refundedAmount", refundedAmount),
        ]
        let lines = figures.map { "    \"\($0.0)\": \($0.1)" }
        let hours = "    \"netOrdersByHour\": [" + netOrdersByHour.map(String.init).joined(separator: ", ") + "]"
        return "{\n" + (lines + [hours]).joined(separator: ",\n") + "\n  }"
    }
}
