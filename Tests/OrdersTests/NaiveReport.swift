import Orders
import Testing

/// A report by definition, with a dictionary for everything and no shortcut.
struct NaiveReport {
    struct Sums: Equatable {
        var orders: Int64 = 0
        var items: Int64 = 0
        var revenue: Int64 = 0

        mutating func add(_ orders: Int64, _ items: Int64, _ revenue: Int64) {
            self.orders += orders
            self.items += items
            self.revenue += revenue
        }
    }

    var total = Sums()
    var gross = Sums()
    var rows: Int64 = 0
    var gifts: Int64 = 0
    var refunds: Int64 = 0
    var refundedAmount: Int64 = 0
    var closedOrders: Int64 = 0
    var closedAmount: Int64 = 0
    var provinces: [String: Sums] = [:]
    var cities: [Place: Sums] = [:]
    var placeless: Int64 = 0
    var unnamed: Int64 = 0
    var hours: [Int: Sums] = [:]
    var days: [Instant: Sums] = [:]
    var bands: [Int64: Sums] = [:]
    var products: [String: Sums] = [:]
    var untitled = Sums()
    var unattributed: Int64 = 0
    var channels: [Channel?: Sums] = [:]
    var channelRefunds: [Channel?: [Int64]] = [:]

    init(_ events: [OrderEvent], period: Period?, counting: Counting) {
        for order in Set(events.compactMap(\.order)) {
            add(events.filter { $0.order == order }, period: period, counting: counting)
        }
        for (place, sums) in cities where sums.orders < 10 || (place.city == nil && place.province != "北京") {
            unnamed += sums.orders
            cities[place] = nil
        }
    }

    private mutating func add(_ own: [OrderEvent], period: Period?, counting: Counting) {
        var paid: [OrderEvent] = []
        for event in own where event.kind == .paid && (period?.contains(event.at) ?? true) {
            if !paid.contains(where: { $0.row ?? 0 == event.row ?? 0 }) { paid.append(event) }
        }
        func isGone(_ row: OrderEvent, _ kind: OrderEvent.Kind) -> Bool {
            own.contains { $0.kind == kind && ($0.row == nil || $0.row == row.row ?? 0) }
        }
        rows += Int64(paid.count)
        let goods = paid.filter { !$0.isGift }
        gifts += Int64(paid.count - goods.count)
        guard let head = goods.first else { return }
        let gone = goods.filter { isGone($0, .refunded) || isGone($0, .closed) }
        let onlyClosed = gone.filter { !isGone($0, .refunded) }
        let kept = counting == .gross ? goods : goods.filter { !gone.contains($0) }
        let channel = goods.first { $0.channel != nil }?.channel

        gross.add(1, goods.reduce(0) { $0 + Int64($1.quantity) }, Self.amount(goods))
        if !gone.isEmpty { refunds += 1 }
        if !onlyClosed.isEmpty { closedOrders += 1 }
        channelRefunds[channel, default: [0, 0]][0] += gone.isEmpty ? 0 : 1
        channelRefunds[channel, default: [0, 0]][1] += 1
        refundedAmount += gone.reduce(0) { $0 + ($1.isOrderAmount ? 0 : $1.amount) }
        closedAmount += onlyClosed.reduce(0) { $0 + ($1.isOrderAmount ? 0 : $1.amount) }
        if let amount = gone.first(where: \.isOrderAmount)?.amount,
            !goods.contains(where: { $0.isOrderAmount && !gone.contains($0) })
        {
            refundedAmount += amount
            if gone.allSatisfy({ !$0.isOrderAmount || onlyClosed.contains($0) }) { closedAmount += amount }
        }

        guard !kept.isEmpty else { return }
        let items = kept.reduce(0) { $0 + Int64($1.quantity) }
        let revenue = Self.amount(kept)
        total.add(1, items, revenue)
        channels[channel, default: Sums()].add(1, items, revenue)
        if let place = goods.first(where: { $0.place != nil })?.place {
            provinces[place.province, default: Sums()].add(1, items, revenue)
            cities[place, default: Sums()].add(1, items, revenue)
        } else {
            placeless += 1
        }
        hours[head.at.calendar.hour, default: Sums()].add(1, items, revenue)
        days[head.at.startOfDay, default: Sums()].add(1, items, revenue)
        let bounds: [Int64] = [0, 5000, 10_000, 20_000, 50_000, 100_000]
        bands[bounds.last { $0 <= revenue } ?? 0, default: Sums()].add(1, items, revenue)
        for title in Set(kept.map(\.product)) {
            let same = kept.filter { $0.product == title }
            let items = same.reduce(0) { $0 + Int64($1.quantity) }
            let amount = same.reduce(0) { $0 + ($1.isOrderAmount ? 0 : $1.amount) }
            if let title {
                products[title, default: Sums()].add(1, items, amount)
            } else {
                untitled.add(1, items, amount)
            }
        }
        if let amount = kept.first(where: \.isOrderAmount)?.amount {
            if Set(kept.map(\.product)).count > 1 {
                unattributed += amount
            } else if let title = kept[0].product {
                products[title, default: Sums()].add(0, 0, amount)
            } else {
                untitled.add(0, 0, amount)
            }
        }
    }

    /// Row amounts, and the first order amount once.
    private static func amount(_ rows: [OrderEvent]) -> Int64 {
        rows.reduce(rows.first(where: \.isOrderAmount)?.amount ?? 0) { $0 + ($1.isOrderAmount ? 0 : $1.amount) }
    }

    func expectEqual(_ report: PeriodReport) {
        func same(_ left: PeriodReport.Sums, _ right: Sums?) -> Bool {
            Sums(orders: left.orders, items: left.items, revenue: left.revenue) == right ?? Sums()
        }
        let totals = report.totals
        #expect(
            [totals.orders.value, totals.items.value, totals.revenue.value] == [
                total.orders, total.items, total.revenue,
            ])
        #expect(totals.grossOrders.value == gross.orders && totals.grossRevenue.value == gross.revenue)
        #expect(totals.rows == rows && totals.gifts == gifts)
        #expect(report.refunds.orders == Share(part: refunds, of: gross.orders))
        #expect(report.refunds.amount == Share(part: refundedAmount, of: gross.revenue))
        #expect(report.refunds.closedOrders == closedOrders && report.refunds.closedAmount == closedAmount)
        #expect(report.places.provinces.count == provinces.count)
        #expect(report.places.provinces.allSatisfy { same($0.sums, provinces[$0.key]) })
        #expect(report.places.cities.count == cities.count)
        #expect(report.places.cities.allSatisfy { same($0.sums, cities[$0.key]) })
        #expect(report.places.unnamedCityOrders == unnamed && report.places.unknownOrders == placeless)
        #expect(report.times.hoursOfDay.allSatisfy { same($0.sums, hours[$0.key]) })
        #expect(report.times.days.count == days.count && report.times.days.allSatisfy { same($0.sums, days[$0.key]) })
        let most = hours.values.map(\.orders).max()
        #expect(report.times.peakHourOfDay?.key == hours.filter { $0.value.orders == most }.keys.min())
        #expect(report.priceBands.allSatisfy { same($0.sums, bands[$0.key.from]) })
        #expect(report.products.byRevenue.count == products.count)
        #expect(report.products.byRevenue.allSatisfy { same($0.sums, products[$0.key]) })
        #expect(same(report.products.untitled, untitled) && report.products.unattributedRevenue == unattributed)
        for line in report.channels {
            let refunds = channelRefunds[line.channel] ?? [0, 0]
            #expect(same(line.sums, channels[line.channel]))
            #expect(line.refunds == Share(part: refunds[0], of: refunds[1]))
        }
        let ranked = report.places.provinces.map(\.sums.orders)
        #expect(ranked == ranked.sorted(by: >))
        let revenues = report.products.byRevenue.map(\.sums.revenue)
        #expect(revenues == revenues.sorted(by: >))
        let squares = products.values.reduce(0.0) { $0 + Double($1.revenue) * Double($1.revenue) }
        let sum = Double(products.values.reduce(0) { $0 + $1.revenue })
        if let points = report.products.revenueConcentration.herfindahlPoints {
            #expect(abs(squares / (sum * sum) * 10_000 - Double(points)) < 1.001)
        } else {
            #expect(sum == 0)
        }
    }
}
