import Orders
import Testing

/// An order log stands for the data that it was made from.
@Suite struct ConversionTests {
    private func log(_ feed: Feed, period: Period?, knowsRefunds: Bool = true) -> [UInt8] {
        let selection = PeriodSelection(of: feed, period: period)
        var bytes = OrderLogWriter.header(for: feed, knowsRefunds: knowsRefunds)
        var count = 0
        for index in 0..<feed.count where selection.contains(index, in: feed) {
            OrderLogWriter.append(feed[index], to: &bytes)
            count += 1
        }
        #expect(count == selection.count)
        return bytes
    }

    private func expectSame(_ feed: Feed, period: Period?) throws {
        let again = try decoder.decode(bytes: log(feed, period: nil)).feed
        let part = try decoder.decode(bytes: log(feed, period: period)).feed
        for counting in Counting.allCases {
            #expect(PeriodReport(of: again, counting: counting) == PeriodReport(of: feed, counting: counting))
            let whole = PeriodReport(of: feed, period: period, counting: counting)
            #expect(PeriodReport(of: again, period: period, counting: counting) == whole)
            #expect(PeriodReport(of: part, period: period, counting: counting) == whole)
            #expect(PeriodReport(of: part, counting: counting).places == whole.places)
            #expect(PeriodReport(of: part, counting: counting).refunds == whole.refunds)
        }
    }

    @Test func randomFeedsReadBackAlike() throws {
        var dice = Dice(31)
        let half = try Period("2026-11-11 06:00..2026-11-11 20:00")
        for _ in 0..<40 {
            var feed = Feed()
            for event in ReportTests.randomEvents(&dice, count: 20 + dice.below(300), orders: 1 + dice.below(100)) {
                feed.append(event)
            }
            try expectSame(feed, period: half)
        }
    }

    @Test(arguments: ["douyin-1111.csv", "douyin-1111-gb18030.csv", "live-session.jsonl"])
    func samplesReadBackAlike(_ name: String) throws {
        let feed = try decoder.decode(path: "\(checkout)/Samples/\(name)").feed
        try expectSame(feed, period: try Period("2026-11-11 19:00..2026-11-11 20:30"))
    }

    @Test func provincesOfTheSampleAreTheGenerators() throws {
        let feed = try decoder.decode(path: "\(checkout)/Samples/douyin-1111.csv").feed
        let report = PeriodReport(of: feed, period: try Period("2026-11-11"), counting: .net)
        #expect(report.totals.orders.value == 3108 && report.totals.revenue.value == 124_626_686)
        #expect(report.places.unknownOrders == 0 && report.places.provinces.count == 27)
        #expect(report.refunds.orders == Share(part: 373, of: 3386))
        #expect(report.times.peakHourOfDay?.sums.orders == 574 && report.times.peakHourOfDay?.key == 0)
    }

    @Test func aLogSaysThatRefundsAreNotKnown() throws {
        let text = export(["1001,1001,衣,1,12.00,2026-11-11 10:00:00"], header: "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,支付完成时间")
        let orders = try decode(text)
        #expect(!orders.knowsRefunds && orders.standardCounting == .gross)
        let bytes = log(orders.feed, period: nil, knowsRefunds: orders.knowsRefunds)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("{\"log\":1,\"refunds\":false}\n"))
        let again = try decoder.decode(bytes: bytes)
        #expect(!again.knowsRefunds && again.standardCounting == .gross)
        #expect(try #require(failure("{\"log\":1,\"refunds\":0}\n")).problems.first?.column == "refunds")
    }

    @Test func closedOrdersNeverCount() throws {
        let text = export(
            [
                "1001,1001,衣,1,12.00,2026-11-11 10:00:00,已关闭", "1002,1002,衣,1,5.00,2026-11-11 10:00:01,已取消",
                "1003,1003,衣,1,7.00,2026-11-11 10:00:02,已完成",
            ], header: "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,支付完成时间,订单状态")
        let orders = try decode(text)
        #expect(!orders.knowsRefunds && orders.feed.knowsClosures && orders.standardCounting == .net)
        #expect(
            orders.warnings == ["the file lacks 售后状态 (afterSale): refunded orders may be counted, closed ones are not"])
        #expect(PeriodStatistics(of: orders.feed, counting: orders.standardCounting).revenue.value == 700)
        let bytes = log(orders.feed, period: nil, knowsRefunds: false)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("{\"log\":1,\"refunds\":false,\"closures\":true}\n"))
        let again = try decoder.decode(bytes: bytes)
        #expect(!again.knowsRefunds && again.standardCounting == .net)
    }

    @Test func captionsClaimWhatIsKnown() {
        for counting in Counting.allCases {
            #expect(counting.caption(knowsRefunds: true, knowsClosures: true) == counting.caption)
        }
        #expect(Counting.net.caption(knowsRefunds: false, knowsClosures: true) == "支付成功订单，不含已关闭；退款情况未知")
        for counting in [Counting.net, .asSeen] {
            #expect(!counting.caption(knowsRefunds: false, knowsClosures: false).contains("不含"))
            #expect(!counting.caption(knowsRefunds: false, knowsClosures: true).contains("已退款"))
        }
    }

    @Test func titlesOfAnyKindComeBack() throws {
        for title in ["\"引号\"", "反\\斜", "行\n列\t\u{1}", "𠮷🎁", "\u{7F}\u{2028}", String(repeating: "长", count: 400)] {
            var feed = Feed()
            feed.append(
                OrderEvent(
                    .paid, order: ProjectKey.demo.pseudonym(of: "o"), at: instant("2026-11-11"), amount: 0,
                    product: title))
            #expect(try decoder.decode(bytes: OrderLogWriter.text(of: feed)).feed[0] == feed[0])
        }
    }
}
