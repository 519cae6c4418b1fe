import Drawing
import Orders

extension OrderTotals {
    /// The report for programs, as ``statsSchema()`` describes it.
    public var json: OrderedJSON {
        let totals = report.totals
        return .object([
            "stats": .integer(1),
            "files": .array(files.map(\.json)),
            "data": .object([
                "shop": summary.shop.map { .text($0) }, "encoding": .text(summary.encoding.rawValue),
                "rowsStandFor": .text(summary.dimension.rawValue), "rows": .integer(Int64(summary.rows)),
                "skippedRows": .integer(Int64(summary.skippedRows)), "unpaidRows": .integer(Int64(summary.unpaidRows)),
                "closedRows": .integer(Int64(summary.closedRows)), "giftRows": .integer(Int64(summary.giftRows)),
                "exportedAt": exportedAt.map { .text($0.isoText) }, "synthetic": .bool(isSynthetic),
            ]),
            "period": totals.period.map { .object(["from": .text($0.from.isoText), "to": .text($0.to.isoText)]) },
            "counting": .text(report.counting.rawValue),
            "caption": .text(caption),
            "orders": .integer(totals.orders.value),
            "items": .integer(totals.items.value),
            "revenueFen": .integer(totals.revenue.value),
            "averageOrderFen": .integer(totals.averageOrderValue.value),
            "grossOrders": .integer(totals.grossOrders.value),
            "grossRevenueFen": .integer(totals.grossRevenue.value),
            "refundedOrders": .integer(totals.refundedOrders.value),
            "refundedFen": .integer(totals.refundedAmount.value),
            "firstPayment": totals.firstPayment.map { .text($0.isoText) },
            "lastPayment": totals.lastPayment.map { .text($0.isoText) },
            "rows": .object([
                "counting": .text("all-rows"), "paid": .integer(totals.rows), "gifts": .integer(totals.gifts),
            ]),
            "refunds": .object([
                "counting": .text(Counting.gross.rawValue), "known": .bool(knowsRefunds),
                "orders": Self.share(report.refunds.orders), "amountFen": Self.share(report.refunds.amount),
                "closedOrders": .integer(report.refunds.closedOrders),
                "closedFen": .integer(report.refunds.closedAmount),
            ]),
            "places": places, "times": times, "priceBands": priceBands, "products": products, "channels": channels,
            "buyers": .object([
                "counting": counting, "known": .bool(report.buyers != nil),
                // No export of Doudian's names one; an order log never does.
                "reason": report.buyers == nil ? .text("no-buyer-identity") : nil,
                "knownOrders": report.buyers.map { Self.share($0.knownOrders) },
                "repeatBuyers": report.buyers.map { Self.share($0.repeatBuyers) },
                "repeatOrders": report.buyers.map { Self.share($0.repeatOrders) },
            ]),
        ])
    }

    private var counting: OrderedJSON { .text(report.counting.rawValue) }

    private static func share(_ share: Share) -> OrderedJSON {
        .object([
            "part": .integer(share.part), "whole": .integer(share.whole),
            // A quotient by ten of so few digits prints as one decimal.
            "percent": share.perMille.map { .number(Double($0) / 10) },
        ])
    }

    /// The members of a group: its key, what it adds up to, and its shares of the totals.
    private func group(_ key: KeyValuePairs<String, OrderedJSON?>, _ sums: PeriodReport.Sums) -> OrderedJSON {
        var members = key.compactMap { key, value in value.map { OrderedJSON.Member(key: key, value: $0) } }
        let figures: KeyValuePairs<String, OrderedJSON?> = [
            "orders": .integer(sums.orders), "items": .integer(sums.items), "revenueFen": .integer(sums.revenue),
            "averageOrderFen": sums.averageOrderValue.map { .integer($0) },
            "orderShare": Self.share(Share(part: sums.orders, of: report.totals.orders.value)),
            "revenueShare": Self.share(Share(part: sums.revenue, of: report.totals.revenue.value)),
        ]
        members += figures.compactMap { key, value in value.map { OrderedJSON.Member(key: key, value: $0) } }
        return .object(members)
    }

    private var places: OrderedJSON {
        let places = report.places
        return .object([
            "counting": counting,
            "provinces": .array(places.provinces.map { group(["province": .text($0.key)], $0.sums) }),
            "cities": .array(
                places.cities.prefix(Self.listLimit).map {
                    group(["province": .text($0.key.province), "city": $0.key.city.map { .text($0) }], $0.sums)
                }),
            "namedCities": .integer(Int64(places.cities.count)),
            "leastOrdersOfANamedCity": .integer(Int64(PlacePolicy.threshold)),
            "unnamedCityOrders": .integer(places.unnamedCityOrders),
            "unknownOrders": .integer(places.unknownOrders),
        ])
    }

    private var times: OrderedJSON {
        let times = report.times
        return .object([
            "counting": counting,
            "hoursOfDay": .array(times.hoursOfDay.map { group(["hour": .integer(Int64($0.key))], $0.sums) }),
            "days": .array(times.days.map { group(["from": .text($0.key.isoText)], $0.sums) }),
            "peakHourOfDay": times.peakHourOfDay.map { .integer(Int64($0.key)) },
            "busiestHour": times.busiestHour.map { group(["from": .text($0.key.isoText)], $0.sums) },
        ])
    }

    private var priceBands: OrderedJSON {
        .object([
            "counting": counting,
            "bands": .array(
                report.priceBands.map {
                    group(["fromFen": .integer($0.key.from), "toFen": $0.key.to.map { .integer($0) }], $0.sums)
                }),
        ])
    }

    private var products: OrderedJSON {
        let products = report.products
        func list(_ groups: [PeriodReport.Group<String>]) -> OrderedJSON {
            .array(groups.prefix(Self.listLimit).map { group(["product": .text($0.key)], $0.sums) })
        }
        func concentration(_ concentration: PeriodReport.Concentration) -> OrderedJSON {
            .object([
                "topThree": Self.share(concentration.topThree),
                "herfindahl": concentration.herfindahlPoints.map { .number(Double($0) / 10_000) },
            ])
        }
        return .object([
            "counting": counting,
            "count": .integer(Int64(products.byRevenue.count)),
            "byRevenue": list(products.byRevenue), "byOrders": list(products.byOrders),
            "revenueConcentration": concentration(products.revenueConcentration),
            "orderConcentration": concentration(products.orderConcentration),
            "untitled": group([:], products.untitled),
            "unattributedFen": .integer(products.unattributedRevenue),
        ])
    }

    private var channels: OrderedJSON {
        .object([
            "counting": counting,
            "lines": .array(
                report.channels.map {
                    group(
                        [
                            "channel": .text($0.channel?.rawValue ?? "unknown"),
                            "refunds": Self.share($0.refunds),
                        ], $0.sums)
                }),
        ])
    }
}
