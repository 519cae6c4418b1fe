/// Which column of an export holds which field, found by names that are data.
struct ColumnTable {
    /// Names by field, the preferred first. Matching ignores white space, full-width forms, case, and `(元)`, `(件)`, `:` at the end.
    static let aliases: [(OrderField, [String])] = [
        (.order, ["主订单编号", "订单编号", "订单号", "父订单号", "主订单id", "shop_order_id", "pid"]),
        (.item, ["子订单编号", "子订单号", "商品单号", "商品订单编号", "item_order_id", "order_id"]),
        (.product, ["选购商品", "商品名称", "商品标题", "宝贝标题", "商品", "product_name"]),
        (.quantity, ["商品数量", "数量", "订购数量", "购买数量", "宝贝总数量"]),
        (.amount, ["订单应付金额", "用户实付金额", "用户实付", "实付款", "买家实付金额", "买家实际支付金额", "支付金额", "成交金额"]),
        (.orderAmount, []),
        (.orderedAt, ["订单提交时间", "下单时间", "订单创建时间", "买家下单时间"]),
        (.paidAt, ["支付完成时间", "付款时间", "订单付款时间", "买家付款时间", "支付时间"]),
        (.shippedAt, ["发货时间"]),
        (.completedAt, ["订单完成时间", "完成时间", "确认收货时间"]),
        (.status, ["订单状态"]),
        (.afterSale, ["售后状态", "退款状态"]),
        (.province, ["省", "省份"]),
        (.city, ["市", "城市"]),
        (.district, ["区", "区县", "区/县"]),
        (.buyer, ["收件人", "收货人姓名", "收件人姓名", "客户姓名"]),
        (.channel, ["流量体裁"]),
    ]

    /// A second column of the same name, which must agree with the first.
    struct Twin {
        let field: OrderField
        let first: Int
        let second: Int
    }

    private var columns = [Int](repeating: -1, count: OrderField.allCases.count)
    private(set) var twins: [Twin] = []
    let names: [String]

    /// Index of a field's column, -1 when the file has none.
    subscript(field: OrderField) -> Int { columns[field.index] }

    func name(of field: OrderField) -> String {
        let column = columns[field.index]
        return column >= 0 ? names[column] : field.rawValue
    }

    /// Finds the fields in a header; nil when it holds fewer than three of them, or no order id: then it is none.
    init?(header: [String], map: [OrderField: String]) {
        names = header
        let normalised = header.map(ColumnTable.normalised)
        for (field, names) in ColumnTable.aliases {
            let wanted = map[field].map { [ColumnTable.normalised($0)] } ?? names
            for name in wanted {
                guard let first = normalised.firstIndex(of: name) else { continue }
                columns[field.index] = first
                for second in (first + 1)..<max(first + 1, normalised.count) where normalised[second] == name {
                    twins.append(Twin(field: field, first: first, second: second))
                }
                break
            }
        }
        guard self[.order] >= 0, columns.filter({ $0 >= 0 }).count >= 3 else { return nil }
    }

    static func normalised(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) {
                    text += narrow.properties.lowercaseMapping
                }
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0x3000, 0xA0, 0...0x20, 0x27, 0x60: break
            default: text += scalar.properties.lowercaseMapping
            }
        }
        for suffix in ["(元)", "(件)", ":"] where text.hasSuffix(suffix) && text.utf8.count > suffix.utf8.count {
            text = String(text.dropLast(suffix.count))
        }
        return text
    }
}

extension OrderField {
    var index: Int { OrderField.allCases.firstIndex(of: self) ?? 0 }
}
