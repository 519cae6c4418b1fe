extension ReportBuilder {
    /// The finished report; places and products are the feed's values by number.
    func report(places: [Place], products: [String]) -> PeriodReport {
        PeriodReport(
            totals: PeriodStatistics(
                counted: counted, gross: gross, period: period, counting: counting, payments: payments),
            counting: counting,
            refunds: PeriodReport.Refunds(
                orders: Share(part: gross.refunds, of: gross.orders),
                amount: Share(part: gross.refundedAmount, of: gross.revenue), closedOrders: closedOrders,
                closedAmount: closedAmount),
            places: placeGroups(places), times: timeGroups(),
            priceBands: zip(PeriodReport.PriceBand.standard, bands).map { .init(key: $0, sums: $1) },
            products: productGroups(products), channels: channelLines(), buyers: buyerFigures())
    }

    private func placeGroups(_ values: [Place]) -> PeriodReport.Places {
        var provinces: [String: Sums] = [:]
        var cities: [PeriodReport.Group<Place>] = []
        var unnamed: Int64 = 0
        for (place, sums) in zip(values, places) where sums.orders > 0 {
            provinces[place.province, default: Sums()] += sums
            let isWhole = place.city != nil || Place.undivided.contains(place.province)
            // The number shown must reach the limit, not only the number of orders before refunds.
            if isWhole, sums.orders >= PlacePolicy.threshold {
                cities.append(.init(key: place, sums: sums))
            } else {
                unnamed += sums.orders
            }
        }
        return PeriodReport.Places(
            provinces: Self.ranked(provinces.map { .init(key: $0, sums: $1) }) { $0 },
            cities: Self.ranked(cities) { $0.province + " " + ($0.city ?? "") },
            unnamedCityOrders: unnamed, unknownOrders: placeless.orders)
    }

    private func timeGroups() -> PeriodReport.Times {
        var ofDay = [Sums](repeating: Sums(), count: 24)
        var days: [PeriodReport.Group<Instant>] = []
        var busiest: PeriodReport.Group<Instant>?
        for (hour, sums) in hours.sorted(by: { $0.key < $1.key }) {
            let instant = Instant(beijingHour: hour)
            ofDay[Int(((hour % 24) + 24) % 24)] += sums
            if let last = days.last, last.key == instant.startOfDay {
                days[days.count - 1] = .init(key: last.key, sums: last.sums + sums)
            } else {
                days.append(.init(key: instant.startOfDay, sums: sums))
            }
            if sums.orders > busiest?.sums.orders ?? 0 { busiest = .init(key: instant, sums: sums) }
        }
        let hoursOfDay = ofDay.enumerated().map { PeriodReport.Group(key: $0, sums: $1) }
        let most = ofDay.map(\.orders).max() ?? 0
        return PeriodReport.Times(
            hoursOfDay: hoursOfDay, days: days,
            peakHourOfDay: hoursOfDay.first { most > 0 && $0.sums.orders == most }, busiestHour: busiest)
    }

    private func productGroups(_ titles: [String]) -> PeriodReport.Products {
        let groups = zip(titles, products).filter { $1.orders > 0 }.map { PeriodReport.Group(key: $0, sums: $1) }
        let byRevenue = groups.sorted {
            ($1.sums.revenue, $1.sums.orders, $0.key) < ($0.sums.revenue, $0.sums.orders, $1.key)
        }
        return PeriodReport.Products(
            byRevenue: byRevenue, byOrders: Self.ranked(groups) { $0 },
            revenueConcentration: .init(of: groups.map(\.sums.revenue)),
            orderConcentration: .init(of: groups.map(\.sums.orders)), untitled: untitled,
            unattributedRevenue: unattributedRevenue)
    }

    private func channelLines() -> [PeriodReport.ChannelLine] {
        let known = Channel.allCases.map { Optional($0) }
        return (known + [nil]).map { channel in
            let sums = channels[PackedEvent.code(of: channel)]
            return PeriodReport.ChannelLine(
                channel: channel, sums: sums.sums, refunds: Share(part: sums.refunds, of: sums.gross))
        }
    }

    private func buyerFigures() -> PeriodReport.Buyers? {
        guard !buyers.isEmpty else { return nil }
        let known = buyers.values.reduce(0, +)
        let again = buyers.values.filter { $0 > 1 }
        return PeriodReport.Buyers(
            knownOrders: Share(part: known, of: counted.orders),
            repeatBuyers: Share(part: Int64(again.count), of: Int64(buyers.count)),
            repeatOrders: Share(part: again.reduce(0, +), of: known))
    }

    /// Most orders first; of equals the larger revenue, then the name.
    private static func ranked<Key>(
        _ groups: [PeriodReport.Group<Key>], name: (Key) -> String
    ) -> [PeriodReport.Group<Key>] {
        groups.sorted {
            ($1.sums.orders, $1.sums.revenue, name($0.key)) < ($0.sums.orders, $0.sums.revenue, name($1.key))
        }
    }
}

extension PeriodReport.Sums {
    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum += right
        return sum
    }
}

extension Instant {
    /// Whole hours since 1970-01-01 00:00 in Beijing, rounded down.
    var beijingHour: Int64 {
        let hour: Int64 = 3_600_000_000
        let day = dayNumber
        return day * 24 + min(23, (microseconds - startOfDay.microseconds) / hour)
    }

    init(beijingHour: Int64) {
        self.init(microseconds: (beijingHour - Int64(Instant.beijingOffsetMinutes / 60)) * 3_600_000_000)
    }
}
