/// Writes orders as the platforms' interfaces answer them.
struct PlatformSample {
    /// Midnight of 2026-11-11 in Beijing.
    static let midnight = 1_794_326_400

    private var random: Random

    init(seed: UInt64) {
        random = Random(seed: seed)
    }

    // MARK: Doudian

    /// Answers of `order.searchList`, one page a line.
    mutating func doudian(_ orders: [SampleOrder]) -> String {
        var text = ""
        for (page, start) in stride(from: 0, to: orders.count, by: 50).enumerated() {
            let list = orders[start..<min(start + 50, orders.count)].map { doudian($0) }
            text +=
                #"{"code":10000,"msg":"success","sub_code":"","sub_msg":"","data":{"page":\#(page),"size":50,"total":\#(orders.count),"#
                + #""shop_order_list":["# + list.joined(separator: ",") + "]},\"log_id\":\"20261112\(page)\"}\n"
        }
        return text
    }

    private mutating func doudian(_ order: SampleOrder) -> String {
        let codes: [String: (Int, String)] = [
            "open": (2, "待发货"), "shipped": (3, "已发货"), "completed": (5, "已完成"), "unpaid": (1, "待支付"),
            "cancelled": (4, "已关闭"), "closedAfterPayment": (4, "已关闭"),
        ]
        let (code, word) = codes["\(order.fate)"] ?? (2, "")
        let items = order.rows.map { row in
            let status = row.isRefunded ? 4 : code
            return
                #"{"order_id":"\#(row.id)","parent_order_id":"\#(order.id)","product_id":\#(3_660_207_428_038_974_464 + row.product.fen),"#
                + #""product_name":\#(quoted(row.product.title)),"item_num":\#(row.quantity),"order_amount":\#(row.fen),"#
                + #""given_product_type":"\#(row.isGift ? "FREE" : "MASTER")","order_status":\#(status),"main_status":\#(status),"#
                + #""after_sale_info":{"after_sale_status":\#(row.isRefunded ? 12 : 0),"after_sale_type":0,"refund_status":\#(row.isRefunded ? 3 : 0)},"#
                + #""spec":[{"name":"规格","value":"默认"}],"room_id":\#(order.channel == "直播" ? "7299000000000000001" : "0"),"ad_env_type":"\#(order.channel == "短视频" ? "video" : "")"}"#
        }
        func cipher(_ mark: String) -> String {
            "\(mark)\(Catalogue.cipher(&random, length: 8))*\(mark == "##" ? "#1##" : "$1$$")"
        }
        let town = order.town
        return
            #"{"order_id":"\#(order.id)","order_status":\#(code),"order_status_desc":"\#(word)","create_time":\#(unix(order.orderedAt)),"#
            + #""pay_time":\#(unix(order.paidAt)),"ship_time":\#(unix(order.shippedAt)),"finish_time":\#(unix(order.completedAt)),"#
            + #""order_expire_time":1800,"order_amount":\#(order.rows.reduce(0) { $0 + $1.fen }),"buyer_words":\#(quoted(Catalogue.remark(&random))),"#
            + #""seller_words":"","encrypt_post_receiver":"\#(cipher("##"))","encrypt_post_tel":"\#(cipher("$$"))","#
            + #""mask_post_receiver":"\#(random.pick(Catalogue.surnames))*","mask_post_tel":"1********35","#
            + #""post_addr":{"province":{"name":"\#(town.province)","id":"0"},"city":{"name":"\#(town.city)","id":"0"},"town":{"name":"\#(town.district)","id":"0"},"encrypt_detail":"\#(cipher("##"))"},"#
            + #""sku_order_list":["# + items.joined(separator: ",") + "]}"
    }

    // MARK: Shops outside China

    /// Shopify's `orders.json`.
    mutating func shopify(_ orders: [SampleOrder]) -> String {
        let list = orders.enumerated().map { number, order in
            let (status, isCancelled) =
                switch order.fate {
                case .unpaid: ("pending", false)
                case .cancelled: ("voided", true)
                case .closedAfterPayment: ("refunded", true)
                case .open, .shipped, .completed: ("paid", false)
                }
            let items = order.rows.enumerated().map { index, row in
                #"{"id":\#(14_990_000_000_000 + number * 10 + index),"title":\#(quoted(row.product.title)),"quantity":\#(row.quantity),"price":"\#(yuan(row.product.fen))"}"#
            }
            let total = order.rows.reduce(0) { $0 + $1.fen }
            let shipped = order.shippedAt.map { #"{"created_at":"\#(iso($0))"}"# } ?? ""
            return
                #"{"id":\#(5_990_000_000_000 + number),"admin_graphql_api_id":"gid://shopify/Order/\#(number)","name":"#
                + "\"#99\(String(number).leftPadded(10))\","
                + #""created_at":"\#(iso(order.orderedAt))","processed_at":"\#(iso(order.paidAt ?? order.orderedAt))","#
                + #""cancelled_at":\#(isCancelled ? "\"\(iso(max(order.orderedAt, order.paidAt ?? 0) + 60))\"" : "null"),"financial_status":"\#(status)","#
                + #""currency":"CNY","total_price":"\#(yuan(total))","test":false,"note":\#(quoted(Catalogue.remark(&random))),"#
                + #""customer":{"email":"nobody@example.com","phone":"\#(Catalogue.phone(&random))"},"#
                + #""shipping_address":{"first_name":"\#(random.pick(Catalogue.clearNames))","last_name":"","province":"\#(order.town.province)","city":"\#(order.town.city)"},"#
                + #""fulfillments":[\#(shipped)],"refunds":[],"line_items":[\#(items.joined(separator: ","))]}"#
        }
        return "{\"orders\": [\n" + list.joined(separator: ",\n") + "\n]}\n"
    }

    /// WooCommerce's list of orders.
    mutating func wooCommerce(_ orders: [SampleOrder]) -> String {
        let list = orders.enumerated().map { number, order in
            let status =
                switch order.fate {
                case .unpaid: "pending"
                case .cancelled: "cancelled"
                case .closedAfterPayment: "refunded"
                case .open, .shipped: "processing"
                case .completed: "completed"
                }
            let items = order.rows.enumerated().map { index, row in
                #"{"id":\#(number * 10 + index + 1),"name":\#(quoted(row.product.title)),"quantity":\#(row.quantity),"price":\#(yuan(row.product.fen))}"#
            }
            let total = order.rows.reduce(0) { $0 + $1.fen }
            func utc(_ second: Int?) -> String {
                second.map { "\"\(String(iso($0 - 28_800).dropLast(6)))\"" } ?? "null"
            }
            return
                #"{"id":99\#(String(number).leftPadded(8)),"number":"\#(number)","status":"\#(status)","currency":"CNY","#
                + #""date_created":"\#(String(iso(order.orderedAt).dropLast(6)))","date_created_gmt":\#(utc(order.orderedAt)),"#
                + #""date_paid_gmt":\#(utc(order.paidAt)),"date_completed_gmt":\#(utc(order.completedAt)),"total":"\#(yuan(total))","#
                + #""customer_note":\#(quoted(Catalogue.remark(&random))),"billing":{"first_name":"\#(random.pick(Catalogue.clearNames))","phone":"\#(Catalogue.phone(&random))"},"#
                + #""shipping":{"first_name":"","state":"\#(order.town.province)","city":"\#(order.town.city)"},"#
                + #""refunds":[],"line_items":[\#(items.joined(separator: ","))]}"#
        }
        return "[" + list.joined(separator: ",\n ") + "]\n"
    }

    // MARK: Values

    private func unix(_ second: Int?) -> String { second.map { String(PlatformSample.midnight + $0) } ?? "0" }

    private func yuan(_ fen: Int) -> String { "\(fen / 100)." + String(fen % 100).leftPadded(2) }

    /// A moment in November in Beijing's time, `2026-11-11T20:00:03+08:00`.
    private func iso(_ second: Int) -> String {
        let day = 11 + (second + 86_400) / 86_400 - 1
        let clock = (second + 86_400) % 86_400
        let parts = [clock / 3600, clock / 60 % 60, clock % 60].map { String($0).leftPadded(2) }
        return "2026-11-\(day)T" + parts.joined(separator: ":") + "+08:00"
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            // As some writers escape all that is no ASCII.
            case "杯": result += "\\u676f"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
