import Orders

/// The JSON Schema (draft 2020-12) of what `fanpai stats --json` prints, as JSON text.
public func statsSchema() -> String { StatsSchema.document.document }

/// Money is whole fen, times are ISO 8601 with `+08:00`, and every section names its counting.
private enum StatsSchema {
    static var document: OrderedJSON {
        .object([
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "$id": .text("https://fanpai.invalid/stats-1.json"),
            "title": .text("Fanpai statistics of order data"),
            "description": .text(
                "Keys that end in Fen are money in whole fen. A later fanpai may add keys, to its own schema too; the "
                    + "meaning of one never changes."),
            "type": .text("object"),
            "required": required(totals + sections),
            "properties": properties(totals + sections),
            "additionalProperties": .bool(false),
            "$defs": .object([
                "count": .object([
                    "description": .text("How many there are: orders, rows, pieces or bytes, as the key says."),
                    "type": .text("integer"), "minimum": .integer(0),
                ]),
                "fen": .object([
                    "description": .text("Money in fen, a hundredth of a yuan."), "type": .text("integer"),
                    "minimum": .integer(0),
                ]),
                "instant": .object([
                    "type": .text("string"),
                    "pattern": .text("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{6})?\\+08:00$"),
                ]),
                "counting": .object([
                    "description": .text(
                        "net: never counted if refunded or closed by the moment of the data; as-seen: taken off at the refund; gross: "
                            + "all paid orders; all-rows: rows, not orders"),
                    "enum": .array((Counting.allCases.map(\.rawValue) + ["all-rows"]).map { .text($0) }),
                ]),
                "share": object([
                    Member("part", "count", "A count, or fen where the key says so."),
                    Member("whole", "count", "In the unit of the part."),
                    Member(
                        "percent", number(0, 100), "Rounded down to one decimal: 100 is all. Absent without a whole.",
                        false),
                ]),
            ]),
        ])
    }

    /// A key, the form of its value, and what it says.
    private struct Member {
        let key: String
        let form: OrderedJSON
        let description: String
        let isRequired: Bool

        init(_ key: String, _ form: OrderedJSON, _ description: String = "", _ isRequired: Bool = true) {
            (self.key, self.form, self.description, self.isRequired) = (key, form, description, isRequired)
        }

        /// A form by its name in `$defs`.
        init(_ key: String, _ definition: String, _ description: String = "", _ isRequired: Bool = true) {
            self.init(key, .object(["$ref": .text("#/$defs/\(definition)")]), description, isRequired)
        }
    }

    // MARK: Parts

    private static let totals = [
        Member("stats", .object(["const": .integer(1)]), "Version of this document's form."),
        Member(
            "files",
            .object([
                "type": .text("array"),
                "items": object([Member("name", text), Member("sha256", text), Member("bytes", "count")]),
                "minItems": .integer(1),
            ]), "What was read."),
        Member("data", object(file), "What is in it, whole, whatever the period."),
        Member(
            "period", object([Member("from", "instant", "Inclusive."), Member("to", "instant", "Exclusive.")]),
            "Orders count when they were paid in it; absent: all.", false),
        Member("counting", "counting", "Of the totals below that are not said to be gross."),
        Member("caption", text, "The counting in words, as a disclosure prints it."),
        Member("orders", "count", "Orders with at least one counting row."),
        Member("items", "count", "Pieces in counting rows."),
        Member("revenueFen", "fen", "Payables of counting rows."),
        Member("averageOrderFen", "fen", "Revenue over orders, rounded down."),
        Member("grossOrders", "count", "Paid orders, refunded or not."),
        Member("grossRevenueFen", "fen", "Payables of all paid rows."),
        Member("refundedOrders", "count", "Of the paid orders those with a refunded or closed row."),
        Member("refundedFen", "fen", "Payables of refunded or closed rows."),
        Member("firstPayment", "instant"), Member("lastPayment", "instant"),
    ]

    private static let file = [
        Member("shop", text, "Whose export it is, where its header tells.", false), Member("encoding", text),
        Member("rowsStandFor", .object(["enum": .array(["items", "orders", "events"].map { .text($0) })])),
        Member("rows", "count"), Member("skippedRows", "count"), Member("unpaidRows", "count"),
        Member("closedRows", "count"), Member("giftRows", "count"),
        Member("exportedAt", "instant", "When the shop wrote the file, where it says so.", false),
        Member("synthetic", flag, "Whether the data is made up."),
    ]

    private static let sections = [
        Member("rows", section([Member("paid", "count", "Gifts included."), Member("gifts", "count")]), "Paid rows."),
        Member(
            "refunds",
            section([
                Member("known", flag, "Whether the file can tell refunded orders from others."),
                Member("orders", "share", "Of all paid orders."), Member("amountFen", "share", "Of all paid revenue."),
                Member("closedOrders", "count", "Of these, with rows closed without a refund."),
                Member("closedFen", "fen"),
            ])),
        Member(
            "places",
            section([
                Member("provinces", list([Member("province", text)]), "All, most orders first."),
                Member(
                    "cities", list([Member("province", text), Member("city", text, "Absent: a municipality.", false)]),
                    "The ten with the most orders."),
                Member("namedCities", "count", "How many cities have enough orders to be named."),
                Member("leastOrdersOfANamedCity", "count"),
                Member("unnamedCityOrders", "count", "Orders that are shown as their province only."),
                Member("unknownOrders", "count", "Orders without any place."),
            ])),
        Member(
            "times",
            section([
                Member("hoursOfDay", list([Member("hour", number(0, 23))]), "24 hours, Beijing time."),
                Member("days", list([Member("from", "instant")]), "Days with orders."),
                Member("peakHourOfDay", number(0, 23), "", false),
                Member("busiestHour", object([Member("from", "instant")] + group), "", false),
            ])),
        Member(
            "priceBands",
            section([
                Member(
                    "bands",
                    list([
                        Member("fromFen", "fen", "Inclusive."),
                        Member("toFen", "fen", "Exclusive; absent: no limit.", false),
                    ]),
                    "By the revenue of an order.")
            ])),
        Member(
            "products",
            section([
                Member("count", "count"), Member("byRevenue", list([Member("product", text)]), "The first ten."),
                Member(
                    "byOrders", list([Member("product", text)]), "The first ten; an order of two products is in both."),
                Member("revenueConcentration", concentration), Member("orderConcentration", concentration),
                Member("untitled", object(group), "Rows without a title."),
                Member("unattributedFen", "fen", "Order-level amounts of orders with several products."),
            ])),
        Member(
            "channels",
            section([
                Member(
                    "lines",
                    list([
                        Member(
                            "channel",
                            .object([
                                "enum": .array((Channel.allCases.map(\.rawValue) + ["unknown"]).map { .text($0) })
                            ])),
                        Member("refunds", "share", "Refunded orders of all paid orders (gross)."),
                    ]))
            ])),
        Member(
            "buyers",
            section([
                Member("known", flag, "Whether buyers can be told apart; a masked name is no identity."),
                Member("reason", text, "Why not.", false),
                Member("knownOrders", "share", "Orders whose buyer is known, of all.", false),
                Member("repeatBuyers", "share", "Buyers with two orders or more, of the known ones.", false),
                Member("repeatOrders", "share", "Orders of repeat buyers, of those of known ones.", false),
            ])),
    ]

    private static let group = [
        Member("orders", "count"), Member("items", "count"), Member("revenueFen", "fen"),
        Member("averageOrderFen", "fen", "Absent without orders.", false),
        Member("orderShare", "share", "Of the totals' orders."),
        Member("revenueShare", "share", "Of the totals' revenue."),
    ]

    private static let concentration = object([
        Member("topThree", "share"),
        Member("herfindahl", number(0, 1), "Sum of squared shares, rounded down to four decimals.", false),
    ])

    // MARK: Forms

    private static let text = OrderedJSON.object(["type": .text("string")])
    private static let flag = OrderedJSON.object(["type": .text("boolean")])

    private static func number(_ least: Int64, _ most: Int64) -> OrderedJSON {
        .object(["type": .text("number"), "minimum": .integer(least), "maximum": .integer(most)])
    }

    private static func section(_ members: [Member]) -> OrderedJSON {
        object([Member("counting", "counting")] + members)
    }

    private static func list(_ key: [Member]) -> OrderedJSON {
        .object(["type": .text("array"), "items": object(key + group)])
    }

    private static func object(_ members: [Member]) -> OrderedJSON {
        .object([
            "type": .text("object"), "required": required(members), "properties": properties(members),
            "additionalProperties": .bool(false),
        ])
    }

    private static func required(_ members: [Member]) -> OrderedJSON {
        .array(members.filter(\.isRequired).map { .text($0.key) })
    }

    private static func properties(_ members: [Member]) -> OrderedJSON {
        .object(
            members.map { member in
                guard case .object(let form) = member.form, !member.description.isEmpty else {
                    return OrderedJSON.Member(key: member.key, value: member.form)
                }
                return OrderedJSON.Member(
                    key: member.key,
                    value: .object(form + [.init(key: "description", value: .text(member.description))]))
            })
    }
}
