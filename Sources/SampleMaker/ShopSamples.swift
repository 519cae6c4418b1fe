/// One small export of every shop, with the shop's own quirks.
///
/// Ids lie in ranges that are reserved for made-up data: they begin with 99 and have the length that `Shops.txt` names for the shop.
package enum ShopSamples {
    /// An export before it is encoded, and what it must add up to.
    package struct Export: Sendable {
        package let name: String
        package let text: String
        /// Whether the shop writes GB18030 rather than UTF-8 with byte order mark.
        package let isGB18030: Bool
        let truth: Truth
    }

    /// All exports. `taobao-orders.csv` and `taobao-details.csv` have one truth: that of the pair.
    package static func make() -> [Export] {
        domestic() + [shopify(), wooCommerce(), tikTok()]
    }

    /// Their totals, as `truth-shops.json` holds them.
    package static func truth() -> String {
        let sections = make().map { "  \"\($0.name)\": \($0.truth.json)" }
        return "{\n  \"comment\": \"made by SampleMaker; period 2026-11-11..2026-11-11, amounts in fen\",\n"
            + sections.joined(separator: ",\n") + "\n}\n"
    }

    /// Digits in the reserved range for the order of a number.
    static func id(_ number: Int, length: Int, salt: Int = 7_919) -> String {
        "99" + String(12_345 + number * salt).leftPadded(length - 2)
    }

    // MARK: Abroad

    private static func shopify() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header:
                "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,"
                + "Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Shipping Name,"
                + "Shipping City,Shipping Zip,Shipping Province Name,Shipping Country,Notes,Cancelled at,Refunded Amount",
            seed: 61)
        let words = StateWords(
            unpaid: "pending", open: "paid", shipped: "paid", completed: "paid", closed: "voided", refunded: "refunded")
        for (number, order) in ShopOrders.make(seed: 60, count: 70).enumerated() {
            var order = ShopOrders.whole(order)
            if order.paidAt == nil { for index in order.rows.indices { order.rows[index].isRefunded = false } }
            let total = order.fen
            // Some give a part back: what remains is what counts.
            let isKept = order.paidAt != nil && !order.rows[0].isRefunded && order.fate != .closedAfterPayment
            let part = isKept && number % 9 == 4 ? total / 4 : 0
            if part > 0 { order.rows[0].fen -= part }
            truth.add(order)
            for (index, row) in order.rows.enumerated() {
                var cells = ["Name": "#" + id(number, length: 12), "Lineitem quantity": "\(row.quantity)"]
                cells["Lineitem name"] = ShopWriter.quoted(row.product.title)
                cells["Lineitem price"] = ShopWriter.plain(row.product.fen)
                if index == 0 {
                    cells["Email"] = "buyer\(number)@example.com"
                    cells["Financial Status"] = part > 0 ? "partially_refunded" : order.word(words)
                    cells["Paid at"] = order.paidAt.map(offsetTime) ?? ""
                    cells["Fulfilled at"] = order.shippedAt.map(offsetTime) ?? ""
                    cells["Created at"] = offsetTime(order.orderedAt)
                    cells["Currency"] = "CNY"
                    cells["Total"] = ShopWriter.plain(total)
                    cells["Refunded Amount"] = ShopWriter.plain(order.rows[0].isRefunded ? total : part)
                    cells["Shipping Name"] = writer.random.pick(Catalogue.clearNames)
                    cells["Shipping Zip"] = "'75008"
                    cells["Shipping Province Name"] = order.town.province
                    cells["Shipping City"] = order.town.city
                    cells["Notes"] = writer.random.chance(20) ? ShopWriter.quoted(Catalogue.remark(&writer.random)) : ""
                }
                writer.row(cells)
            }
        }
        return Export(name: "shopify.csv", text: writer.text, isGB18030: false, truth: truth)
    }

    /// `2026-11-11 13:00:03 +0200`.
    private static func offsetTime(_ second: Int) -> String {
        let local = second - 6 * 3600
        let day = local < 0 ? 10 : 11 + local / 86_400
        return "2026-11-\(day) " + ShopWriter.clock((local + 86_400) % 86_400) + " +0200"
    }

    private static func wooCommerce() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header:
                "order_id,order_number,status,date_created_gmt,date_paid_gmt,order_total,currency,Item #,Item Name,Item Quantity,"
                + "Item Cost,Province,City (Shipping),First Name (Shipping),customer_note", seed: 71, delimiter: ";")
        let words = StateWords(
            unpaid: "wc-pending", open: "processing", shipped: "processing", completed: "completed",
            closed: "cancelled",
            refunded: "refunded")
        for (number, order) in ShopOrders.make(seed: 70, count: 60).enumerated() {
            let order = ShopOrders.whole(order)
            truth.add(order)
            for (index, row) in order.rows.enumerated() {
                writer.row([
                    "order_id": "\(number + 7)", "order_number": id(number, length: 10, salt: 31),
                    "status": order.word(words), "date_created_gmt": utcTime(order.orderedAt),
                    "date_paid_gmt": order.paidAt.map(utcTime) ?? "", "order_total": ShopWriter.plain(order.fen),
                    "currency": "CNY", "Item #": "\(index + 1)",
                    "Item Name": ShopWriter.quoted(row.product.title),
                    "Item Quantity": "\(row.quantity)",
                    "Item Cost": ShopWriter.plain(row.product.fen), "Province": order.town.province,
                    "City (Shipping)": order.town.city,
                    "First Name (Shipping)": writer.random.pick(Catalogue.clearNames),
                ])
            }
        }
        return Export(name: "woocommerce.csv", text: writer.text, isGB18030: false, truth: truth)
    }

    /// `2026-11-11T12:00:03`, in UTC by the column's name.
    private static func utcTime(_ second: Int) -> String {
        let local = second - 8 * 3600
        let day = local < 0 ? 10 : 11 + local / 86_400
        return "2026-11-\(day)T" + ShopWriter.clock((local + 86_400) % 86_400)
    }

    /// Yuan for one unit of the currency of ``tikTok``.
    package static let tikTokRate = 7

    private static func tikTok() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header:
                "Order ID,Order Status,Order Substatus,Cancelation/Return Type,SKU ID,Seller SKU,Product Name,Variation,Quantity,"
                + "SKU Unit Original Price,SKU Subtotal After Discount,Order Amount,Order Refund Amount,Created Time,Paid Time,"
                + "Shipped Time,Delivered Time,Cancelled Time,Buyer Message,Buyer Username,Recipient,Phone #,Country,State,City",
            seed: 81, delimiter: ",", lineEnd: "\r\n")
        writer.line(
            "Platform unique order ID.,Current order status.,Current order substatus.,Cancel or return.,Platform SKU ID.,"
                + "Seller SKU.,Product name.,SKU variation.,SKU sold quantity.,Original price.,Subtotal.,Amount paid.,"
                + "Amount refunded.,Order created time.,Order paid time.,Shipped time.,Delivered time.,Cancelled time.,"
                + "Message.,Username.,Recipient name.,Phone.,Country.,State.,City.")
        let words = StateWords(
            unpaid: "Unpaid", open: "To ship", shipped: "Shipped", completed: "Completed", closed: "Canceled",
            refunded: "Completed")
        for (number, order) in ShopOrders.make(seed: 80, count: 60).enumerated() {
            let order = ShopOrders.converted(ShopOrders.whole(order), rate: tikTokRate)
            truth.add(order)
            let amount = ShopWriter.plain(order.fen / tikTokRate)
            for (index, row) in order.rows.enumerated() {
                var cells = ["Order ID": "\"" + id(number, length: 18) + "\t\"", "Order Status": order.word(words)]
                cells["Product Name"] = ShopWriter.quoted(row.product.title)
                cells["Variation"] = "Style \(index + 1)"
                cells["Quantity"] = "\(row.quantity)"
                cells["SKU Unit Original Price"] = ShopWriter.plain(row.product.fen / tikTokRate)
                cells["Order Amount"] = amount
                cells["Order Refund Amount"] = row.isRefunded ? amount : "0.00"
                cells["Cancelation/Return Type"] = row.isRefunded ? "Return/Refund" : ""
                // A cancelled order from before settles which number is the day.
                cells["Created Time"] =
                    order.fate == .cancelled ? "10/31/2026 11:00:00 PM\t" : monthFirst(order.orderedAt)
                cells["Paid Time"] = order.paidAt.map(monthFirst) ?? ""
                cells["Shipped Time"] = order.shippedAt.map(monthFirst) ?? ""
                cells["Buyer Message"] =
                    writer.random.chance(10) ? ShopWriter.quoted(Catalogue.remark(&writer.random)) : ""
                cells["Recipient"] = writer.random.pick(Catalogue.clearNames)
                cells["Phone #"] = Catalogue.phone(&writer.random)
                cells["Country"] = "中国"
                cells["State"] = order.town.province
                cells["City"] = order.town.city
                writer.row(cells)
            }
        }
        return Export(name: "tiktok.csv", text: writer.text, isGB18030: false, truth: truth)
    }

    /// `11/11/2026 8:00:03 PM`.
    private static func monthFirst(_ second: Int) -> String {
        let hour = second / 3600 % 24
        let rest = ShopWriter.clock(second).dropFirst(2)
        return "11/\(11 + second / 86_400)/2026 \((hour + 11) % 12 + 1)\(rest) \(hour < 12 ? "AM" : "PM")\t"
    }
}
