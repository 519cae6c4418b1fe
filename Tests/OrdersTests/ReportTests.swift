import Orders
import Testing

/// Reports against their definition, computed the slow way.
@Suite struct ReportTests {
    static let titles: [String?] = ["羽绒服", "抱枕", "咖啡豆", "连衣裙", nil]
    static let towns: [(String?, String?)] = [
        ("浙江", "杭州"), ("浙江", "宁波"), ("广东", "深圳"), ("北京", nil), ("广东", nil), (nil, nil), ("湖北", "武汉"),
    ]

    /// A random feed of many small orders with everything that a report looks at.
    static func randomEvents(_ dice: inout Dice, count: Int, orders: Int) -> [OrderEvent] {
        var events: [OrderEvent] = []
        for number in 0..<count {
            let kind: OrderEvent.Kind =
                switch dice.below(12) {
                case 0...7: .paid
                case 8: .shipped
                case 9, 10: .refunded
                default: .closed
                }
            let order = dice.below(orders)
            // Half of the orders have one amount for all rows.
            let isOrderAmount = order % 2 == 0 && order % 3 != 0
            let town = towns[dice.below(2) == 0 ? dice.below(towns.count) : 0]
            let amount = [0, 4_999, 5_000, 12_000, 20_000, 49_999, 50_000, 150_000][dice.below(8)]
            events.append(
                OrderEvent(
                    kind, order: ProjectKey.demo.pseudonym(of: "o\(order)"),
                    row: dice.below(6) == 0 ? nil : dice.below(3),
                    at: Instant(unixSeconds: 1_794_326_400 + Int64(number * 97 + dice.below(86_400))),
                    amount: Int64(amount), isOrderAmount: isOrderAmount, quantity: 1 + dice.below(3),
                    product: titles[dice.below(titles.count)], province: town.0, city: town.1,
                    channel: dice.below(5) == 0 ? nil : Channel.allCases[dice.below(4)], isGift: dice.below(8) == 0))
        }
        return events.sorted { $0.at < $1.at }
    }

    @Test func agreesWithTheDefinition() throws {
        var dice = Dice(2026)
        let half = try Period("2026-11-11 06:00..2026-11-11 20:00")
        for round in 0..<60 {
            let events = Self.randomEvents(&dice, count: 30 + dice.below(300), orders: 1 + dice.below(120))
            var feed = Feed()
            for event in events { feed.append(event) }
            let period = round % 2 == 0 ? nil : half
            for counting in Counting.allCases {
                let report = PeriodReport(of: feed, period: period, counting: counting)
                let naive = NaiveReport(events, period: period, counting: counting)
                naive.expectEqual(report)
                // Refunds are the same under every counting, and the totals are those of the statistics.
                #expect(report.totals == PeriodStatistics(of: feed, period: period, counting: counting))
                #expect(report.refunds.amount.part == report.totals.refundedAmount.value)
            }
        }
    }

    @Test func partsAddUpToTheWhole() throws {
        var dice = Dice(77)
        for _ in 0..<30 {
            var feed = Feed()
            for event in Self.randomEvents(&dice, count: 400, orders: 90) { feed.append(event) }
            let report = PeriodReport(of: feed, counting: .net)
            let totals = report.totals
            func expectWhole(_ sums: [PeriodReport.Sums], _ what: String) {
                #expect(sums.reduce(0) { $0 + $1.orders } == totals.orders.value, "\(what)")
                #expect(sums.reduce(0) { $0 + $1.items } == totals.items.value, "\(what)")
                #expect(sums.reduce(0) { $0 + $1.revenue } == totals.revenue.value, "\(what)")
            }
            expectWhole(report.times.hoursOfDay.map(\.sums), "hours")
            expectWhole(report.times.days.map(\.sums), "days")
            expectWhole(report.priceBands.map(\.sums), "bands")
            expectWhole(report.channels.map(\.sums), "channels")
            let products = report.products
            #expect(
                products.byRevenue.reduce(products.untitled.revenue + products.unattributedRevenue) {
                    $0 + $1.sums.revenue
                } == totals.revenue.value)
            #expect(Set(products.byRevenue) == Set(products.byOrders))
            let places = report.places
            let placed = places.provinces.reduce(0) { $0 + $1.sums.orders }
            #expect(placed + places.unknownOrders == totals.orders.value)
            #expect(places.cities.reduce(places.unnamedCityOrders) { $0 + $1.sums.orders } == placed)
            #expect(places.cities.allSatisfy { $0.sums.orders >= 10 })
        }
    }

    @Test func repeatBuyersAreThoseWithSeveralCountingOrders() throws {
        var feed = Feed()
        func buy(_ order: String, _ account: String?, at time: String = "2026-11-11 12:00") {
            let id = ProjectKey.demo.pseudonym(of: order)
            feed.append(OrderEvent(.paid, order: id, at: instant(time), amount: 100, buyer: "张三丰"))
            if let account { feed.identify(buyer: account, of: id, key: .demo) }
        }
        for (order, account) in [
            ("a", "wang88"), ("b", "wang88"), ("c", "wang88"), ("d", "li_7"), ("e", "li_7"), ("f", "zhao"),
        ] {
            buy(order, account)
        }
        // Masked, ciphertext, nobody, and none: no identity, though the masked names agree.
        for (order, account) in [("g", "w**8"), ("h", "##abc##"), ("i", "匿名"), ("j", nil), ("k", "w**8"), ("l", "-")]
            as [(String, String?)]
        {
            buy(order, account)
        }
        buy("m", "zhao", at: "2026-11-12 12:00")
        feed.append(OrderEvent(.refunded, order: ProjectKey.demo.pseudonym(of: "e"), at: instant("2026-11-13")))
        let day = try Period("2026-11-11")
        let net = try #require(PeriodReport(of: feed, period: day, counting: .net).buyers)
        #expect(net.knownOrders == Share(part: 5, of: 11) && net.repeatBuyers == Share(part: 1, of: 3))
        #expect(net.repeatOrders == Share(part: 3, of: 5))
        let gross = try #require(PeriodReport(of: feed, counting: .gross).buyers)
        #expect(gross.knownOrders == Share(part: 7, of: 13) && gross.repeatBuyers == Share(part: 3, of: 3))
        // A log does not hold buyers: what was known is not known from it.
        let log = OrderLogWriter.text(of: feed)
        let again = try decoder.decode(bytes: log).feed
        #expect(PeriodReport(of: again, counting: .net).buyers == nil)
        #expect(!String(decoding: log, as: UTF8.self).contains("wang88"))
    }

    @Test func buyersAreKnownBehindUnknownOnes() throws {
        var feed = Feed()
        for number in 0..<3000 {
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "o\(number)"), at: instant("2026-11-11"), amount: 100))
        }
        #expect(PeriodReport(of: feed, counting: .net).buyers == nil)
        for number in [2900, 5] {
            feed.identify(buyer: "wang88", of: ProjectKey.demo.pseudonym(of: "o\(number)"), key: .demo)
        }
        feed.identify(buyer: "li_7", of: ProjectKey.demo.pseudonym(of: "o5"), key: .demo)
        let buyers = try #require(PeriodReport(of: feed, counting: .net).buyers)
        #expect(buyers.knownOrders == Share(part: 2, of: 3000) && buyers.repeatBuyers == Share(part: 1, of: 1))
    }

    @Test func anEmptyFeedHasAReport() {
        let report = PeriodReport(of: Feed(), counting: .net)
        #expect(report.totals.orders.value == 0 && report.totals.firstPayment == nil)
        #expect(report.times.peakHourOfDay == nil && report.times.busiestHour == nil && report.times.days.isEmpty)
        #expect(report.refunds.orders.text == "-" && report.products.revenueConcentration.herfindahlPoints == nil)
        #expect(report.priceBands.count == 6 && report.channels.count == 5 && report.times.hoursOfDay.count == 24)
    }

    @Test func nineOrdersShowTheProvinceAndTenTheCity() {
        for (count, isNamed) in [(9, false), (10, true)] {
            var feed = Feed()
            for number in 0..<count {
                feed.append(
                    OrderEvent(
                        .paid, order: ProjectKey.demo.pseudonym(of: "o\(number)"), at: instant("2026-11-11 12:00"),
                        amount: 100, province: "浙江省", city: "杭州市"))
            }
            let places = PeriodReport(of: feed, counting: .net).places
            #expect(places.provinces.map(\.key) == ["浙江"])
            #expect(places.cities.map { $0.key.city } == (isNamed ? ["杭州"] : []))
            #expect(places.unnamedCityOrders == (isNamed ? 0 : 9))
            // One refund later the city has only nine orders to show again.
            feed.append(
                OrderEvent(.refunded, order: ProjectKey.demo.pseudonym(of: "o0"), at: instant("2026-11-11 13:00")))
            #expect(PeriodReport(of: feed, counting: .net).places.cities.isEmpty)
        }
    }

    @Test func midnightInBeijingStartsTheDay() {
        var feed = Feed()
        for (number, time) in ["2026-11-10 23:59:59", "2026-11-11", "2026-11-11 00:59:59", "2026-11-11 01:00"]
            .enumerated()
        {
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "o\(number)"), at: instant(time), amount: 100))
        }
        let times = PeriodReport(of: feed, counting: .net).times
        #expect(times.days.map(\.key) == [instant("2026-11-10"), instant("2026-11-11")])
        #expect(times.days.map(\.sums.orders) == [1, 3])
        #expect(times.hoursOfDay.filter { $0.sums.orders > 0 }.map(\.key) == [0, 1, 23])
        #expect(times.peakHourOfDay?.key == 0 && times.busiestHour?.key == instant("2026-11-11"))
        #expect(times.busiestHour?.sums.orders == 2)
    }

    @Test(
        arguments: [
            (0, 0, "-"), (0, 7, "0.0%"), (1, 1_000_000, "<0.1%"), (573, 3108, "18.4%"), (999_999, 1_000_000, "99.9%"),
            (7, 7, "100.0%"), (2_000_000_000_000_000_000, 2_600_000_000_000_000_000, "76.9%"),
        ] as [(Int64, Int64, String)])
    func sharesRoundDown(_ part: Int64, _ whole: Int64, _ text: String) {
        #expect(Share(part: part, of: whole).text == text)
    }

    @Test func concentrationIsTheHerfindahlIndex() {
        var feed = Feed()
        let huge = OrderEvent.amountLimit
        for (number, part) in [5, 3, 1, 1].enumerated() {
            for row in 0..<part {
                feed.append(
                    OrderEvent(
                        .paid, order: ProjectKey.demo.pseudonym(of: "o\(number) \(row)"), at: instant("2026-11-11"),
                        amount: huge, product: "p\(number)"))
            }
        }
        let products = PeriodReport(of: feed, counting: .net).products
        // (25 + 9 + 1 + 1) / 100
        #expect(products.revenueConcentration.herfindahlPoints == 3600)
        #expect(products.orderConcentration == .init(of: [1, 1, 3, 5]))
        #expect(products.orderConcentration.topThree == Share(part: 9, of: 10))
        let largest = PeriodReport.Concentration(of: [2_600_000_000_000_000_000])
        #expect(largest.herfindahlPoints == 10_000 && largest.topThree.text == "100.0%")
        #expect(PeriodReport.Concentration(of: [1, 1, 1]).herfindahlPoints == 3333)
    }

    @Test func anOrderAmountCountsOnceAndBelongsToItsOnlyProduct() {
        var feed = Feed()
        for (order, products) in [("one", ["甲", "甲"]), ("two", ["甲", "乙"])] {
            for (row, product) in products.enumerated() {
                feed.append(
                    OrderEvent(
                        .paid, order: ProjectKey.demo.pseudonym(of: order), row: row, at: instant("2026-11-11"),
                        amount: 1000, isOrderAmount: true, product: product))
            }
        }
        let report = PeriodReport(of: feed, counting: .net)
        #expect(report.totals.revenue.value == 2000 && report.products.unattributedRevenue == 1000)
        #expect(report.products.byRevenue.first?.key == "甲" && report.products.byRevenue.first?.sums.revenue == 1000)
        #expect(report.products.byOrders.first?.sums.orders == 2)
        // One row of an order that is refunded leaves the whole amount standing, whatever is counted.
        feed.append(
            OrderEvent(.refunded, order: ProjectKey.demo.pseudonym(of: "one"), row: 0, at: instant("2026-11-12")))
        for counting in Counting.allCases {
            let refunds = PeriodReport(of: feed, counting: counting).refunds
            #expect(refunds.orders.part == 1 && refunds.amount.part == 0, "\(counting)")
            #expect(MeasureSeries(.refundedAmount, of: feed, counting: counting).last == 0, "\(counting)")
        }
    }

    @Test func aMillionOrdersAreQuick() {
        var feed = Feed()
        var dice = Dice(9)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for number in 0..<200_000 {
            let name = "O" + String((0..<11).map { _ in letters[dice.below(26)] })
            let town = Self.towns[dice.below(Self.towns.count)]
            let order = OrderID(pseudonym: name)
            var event = OrderEvent(
                .paid, order: order, row: 0, at: Instant(unixSeconds: 1_794_326_400 + Int64(number)), amount: 5000,
                product: Self.titles[dice.below(5)], province: town.0, city: town.1, channel: .live)
            feed.append(event)
            (event.kind, event.row) = (.shipped, 0)
            feed.append(event)
        }
        var report: PeriodReport?
        let taken = ContinuousClock().measure { report = PeriodReport(of: feed, counting: .net) }
        #expect(report?.totals.orders.value == 200_000)
        // A million in two seconds is 400 ms for these; a busy machine may take three times as long.
        #expect(taken < .milliseconds(1200), "\(taken)")
    }
}
