import Orders

extension OrderTotals {
    /// The report for people, in lines of at most `width` columns of a terminal (40 at least); every section says its counting.
    public func text(width: Int) -> String {
        let width = max(40, width)
        return ([overview(width)] + tables.map { $0.text(width) }).joined(separator: "\n")
    }

    /// A title, a table or none, and remarks below it.
    private struct Section {
        let title: String
        var table: ReportTable?
        var remarks: [String] = []

        func text(_ width: Int) -> String {
            var text = TextTable.fitted(title, width: width) + "\n"
            if let table { text += table.text(width: width) }
            for remark in remarks {
                for (index, line) in TextTable.wrapped(remark, width: width - 4).enumerated() {
                    text += (index == 0 ? "  " : "    ") + line + "\n"
                }
            }
            return text
        }
    }

    private var net: String { report.counting.rawValue }

    private var tables: [Section] {
        [provinces, cities, hours, days, bands, productsByRevenue, productsByOrders, channels, buyers].compactMap { $0 }
    }

    private func overview(_ width: Int) -> String {
        let totals = report.totals
        let refunds = report.refunds
        let counted = " (\(net))"
        let unknown = "unknown: the file does not say what was refunded"
        let closed = "\(ChineseNumber.grouped(refunds.closedOrders)), \(Self.yuan(refunds.closedAmount)) (gross)"
        let refunded =
            !knowsRefunds
            ? [unknown, unknown, knowsClosures ? closed : unknown]
            : [
                "\(ChineseNumber.grouped(refunds.orders.part)), \(refunds.orders.text) of paid orders (gross)",
                "\(Self.yuan(refunds.amount.part)), \(refunds.amount.text) of paid revenue (gross)",
                "\(ChineseNumber.grouped(refunds.closedOrders)) of these without a refund, "
                    + "\(Self.yuan(refunds.closedAmount)) (gross)",
            ]
        let lines: [(String, String)] = [
            ("period", totals.period.map { "\($0.from.text) to \($0.lastSecond.text)" } ?? "all of the data"),
            ("first payment", totals.firstPayment?.text ?? "-"),
            ("last payment", totals.lastPayment?.text ?? "-"),
            ("counting", "\(net) (\(caption))"),
            ("orders", ChineseNumber.grouped(totals.orders.value) + counted),
            ("items", ChineseNumber.grouped(totals.items.value) + counted),
            ("revenue", Self.yuan(totals.revenue.value) + counted),
            ("average order", Self.yuan(totals.averageOrderValue.value) + counted),
            ("gross orders", ChineseNumber.grouped(totals.grossOrders.value) + " (gross)"),
            ("gross revenue", Self.yuan(totals.grossRevenue.value) + " (gross)"),
            ("refunded orders", refunded[0]), ("refunded", refunded[1]), ("closed", refunded[2]),
            (
                "rows",
                "\(ChineseNumber.grouped(Int64(summary.rows))) \(summary.dimension == .events ? "events " : "")in the file, \(summary.skippedRows) skipped; "
                    + "\(ChineseNumber.grouped(totals.rows)) paid, \(ChineseNumber.grouped(totals.gifts)) gifts (all rows)"
            ),
        ]
        let label = (lines.map { $0.0.utf8.count }.max() ?? 0) + 2
        var text = "总览 totals\n"
        for (name, value) in lines {
            for (index, part) in TextTable.wrapped(value, width: width - label - 2).enumerated() {
                let left = index == 0 ? name : ""
                text += "  " + left + String(repeating: " ", count: label - left.utf8.count) + part + "\n"
            }
        }
        return text
    }

    // MARK: Sections

    private static let figures: [ReportTable.Column] = [
        .init(title: "orders"), .init(title: "share", rank: 1), .init(title: "revenue", rank: 2),
        .init(title: "share", rank: 3),
    ]

    private func row(_ first: [String], _ sums: PeriodReport.Sums, bar: Int64? = nil, more: [String] = [])
        -> ReportTable.Row
    {
        let totals = report.totals
        return ReportTable.Row(
            cells: first + [
                ChineseNumber.grouped(sums.orders), Share(part: sums.orders, of: totals.orders.value).text,
                Self.yuan(sums.revenue), Share(part: sums.revenue, of: totals.revenue.value).text,
            ] + more, bar: bar)
    }

    private func ranked<Key>(
        _ title: String, _ column: String, _ groups: [PeriodReport.Group<Key>], hasBars: Bool = false,
        name: (Key) -> String
    ) -> Section {
        var table = ReportTable(
            columns: [.init(title: "", rank: 4), .init(title: column, isText: true)] + Self.figures)
        for (index, group) in groups.prefix(Self.listLimit).enumerated() {
            let title = TextTable.harmless(name(group.key))
            table.rows.append(row(["\(index + 1)", title], group.sums, bar: hasBars ? group.sums.orders : nil))
        }
        let section = Section(title: title, table: groups.isEmpty ? nil : table)
        return section
    }

    private var provinces: Section {
        let places = report.places
        var section = ranked("省份 provinces (\(net))", "province", places.provinces, hasBars: true) { $0 }
        let rest = places.provinces.dropFirst(Self.listLimit)
        if !rest.isEmpty {
            let orders = rest.reduce(0) { $0 + $1.sums.orders }
            section.remarks.append(
                "\(rest.count) more provinces: \(ChineseNumber.grouped(orders)) orders, \(orderShare(orders))")
        }
        section.remarks.append(
            "no place known: \(ChineseNumber.grouped(places.unknownOrders)) orders, \(orderShare(places.unknownOrders))"
        )
        return section
    }

    private var cities: Section? {
        let places = report.places
        guard !places.provinces.isEmpty else { return nil }
        var section = ranked("城市 cities (\(net))", "city", places.cities) { $0.province + ($0.city ?? "") }
        let rest = places.cities.dropFirst(Self.listLimit)
        if !rest.isEmpty {
            let orders = rest.reduce(0) { $0 + $1.sums.orders }
            section.remarks.append(
                "\(rest.count) more cities: \(ChineseNumber.grouped(orders)) orders, \(orderShare(orders))")
        }
        section.remarks.append(
            "shown as their province only (fewer than \(PlacePolicy.threshold) orders, or no city known): "
                + "\(ChineseNumber.grouped(places.unnamedCityOrders)) orders, \(orderShare(places.unnamedCityOrders))")
        return section
    }

    private func orderShare(_ orders: Int64) -> String { Share(part: orders, of: report.totals.orders.value).text }

    private var hours: Section {
        let times = report.times
        var table = ReportTable(columns: [.init(title: "hour")] + Self.figures)
        for hour in times.hoursOfDay {
            table.rows.append(row([Self.clock(hour.key)], hour.sums, bar: hour.sums.orders))
        }
        var section = Section(title: "时段 hours of the day, Beijing time (\(net))", table: table)
        if let peak = times.peakHourOfDay, let busiest = times.busiestHour {
            section.remarks.append(
                "peak hour of the day \(Self.clock(peak.key)): \(ChineseNumber.grouped(peak.sums.orders)) orders; busiest single hour "
                    + "\(busiest.key.text): \(ChineseNumber.grouped(busiest.sums.orders)) orders")
        }
        return section
    }

    private static func clock(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }

    /// The days when there are several; of more than a month the busiest.
    private var days: Section? {
        var days = report.times.days
        guard days.count > 1 else { return nil }
        var title = "日期 days (\(net))"
        if days.count > 31 {
            title = "日期 busiest of \(days.count) days (\(net))"
            let busiest = days.sorted { ($1.sums.orders, $0.key) < ($0.sums.orders, $1.key) }
            days = busiest.prefix(Self.listLimit).sorted { $0.key < $1.key }
        }
        var table = ReportTable(columns: [.init(title: "day")] + Self.figures)
        for day in days { table.rows.append(row([String(day.key.text.prefix(10))], day.sums, bar: day.sums.orders)) }
        return Section(title: title, table: table)
    }

    private var bands: Section {
        var table = ReportTable(columns: [.init(title: "revenue of an order", isText: true)] + Self.figures)
        for band in report.priceBands {
            let from = "¥" + ChineseNumber.grouped(band.key.from / 100)
            let name = band.key.to.map { "\(from) to below ¥" + ChineseNumber.grouped($0 / 100) } ?? "\(from) and more"
            table.rows.append(row([name], band.sums, bar: band.sums.orders))
        }
        return Section(title: "价格带 price bands (\(net))", table: table)
    }

    private var productsByRevenue: Section? {
        let products = report.products
        guard !products.byRevenue.isEmpty else { return nil }
        var section = ranked("商品 products by revenue (\(net))", "product", products.byRevenue) { $0 }
        section.remarks.append(concentration(products.revenueConcentration, of: "revenue"))
        let unknown = products.untitled.revenue + products.unattributedRevenue
        if unknown > 0 {
            section.remarks.append(
                "no product known: \(Self.yuan(unknown)), \(Share(part: unknown, of: report.totals.revenue.value).text)"
            )
        }
        return section
    }

    private var productsByOrders: Section? {
        let products = report.products
        guard !products.byOrders.isEmpty else { return nil }
        var section = ranked(
            "商品 products by orders (\(net); an order of two products is in both)", "product", products.byOrders
        ) { $0 }
        section.remarks.append(concentration(products.orderConcentration, of: "the products' orders"))
        return section
    }

    private func concentration(_ figure: PeriodReport.Concentration, of what: String) -> String {
        var text = "the top 3 of \(report.products.byRevenue.count) products have \(figure.topThree.text) of \(what)"
        if let points = figure.herfindahlPoints {
            let digits = String(points % 10_000)
            text +=
                "; Herfindahl index \(points / 10_000)." + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
        return text
    }

    private var channels: Section {
        var table = ReportTable(
            columns: [.init(title: "channel", isText: true)] + Self.figures + [
                .init(title: "average", rank: 4), .init(title: "refunded"),
            ])
        for line in report.channels where line.sums.orders > 0 || line.refunds.whole > 0 {
            table.rows.append(
                row(
                    [Self.name(of: line.channel)], line.sums,
                    more: [line.sums.averageOrderValue.map(Self.yuan) ?? "-", knowsRefunds ? line.refunds.text : "?"]))
        }
        return Section(
            title: "渠道 channels (\(net); refunded: orders, gross)", table: table)
    }

    private static func name(of channel: Channel?) -> String {
        switch channel {
        case .live: "直播 live"
        case .video: "短视频 video"
        case .card: "商品卡 card"
        case .other: "其他 other"
        case nil: "未知 unknown"
        }
    }

    private var buyers: Section {
        guard let buyers = report.buyers else {
            return Section(
                title: "复购 repeat buyers",
                remarks: [
                    "unknown: the data names no buyer by an identity; masked names are none, many people share one"
                ])
        }
        func part(_ share: Share) -> String {
            "\(ChineseNumber.grouped(share.part)) of \(ChineseNumber.grouped(share.whole))"
        }
        return Section(
            title: "复购 repeat buyers (\(net))",
            remarks: [
                "\(part(buyers.repeatBuyers)) buyers came again (\(buyers.repeatBuyers.text)); they have "
                    + "\(part(buyers.repeatOrders)) orders (\(buyers.repeatOrders.text))",
                "buyer known: \(part(buyers.knownOrders)) orders (\(buyers.knownOrders.text))",
            ])
    }
}
