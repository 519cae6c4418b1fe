/// Which column of an export holds which field, found by the names of ``Shop``.
package struct ColumnTable {
    /// A second column for a field, which must agree with the first.
    struct Twin {
        let field: OrderField
        let first: Int
        let second: Int
    }

    private var columns = [Int](repeating: -1, count: OrderField.allCases.count)
    private var aliases = [Shop.Alias?](repeating: nil, count: OrderField.allCases.count)
    private(set) var twins: [Twin] = []
    let names: [String]
    /// Whose names these are; the common block's where no shop is told.
    package let shop: Shop

    /// Index of a field's column, -1 when the file has none.
    package subscript(field: OrderField) -> Int { columns[field.index] }

    /// How the column of a field is written.
    func alias(of field: OrderField) -> Shop.Alias? { aliases[field.index] }

    func name(of field: OrderField) -> String {
        let column = columns[field.index]
        return column >= 0 ? names[column] : field.rawValue
    }

    /// Finds the fields in a header; nil when it holds fewer than three of them, or no order id: then it is none.
    ///
    /// A mapped name comes first, then the shop's own, then the common ones. Where no shop is told, every common name of a field that
    /// decides a number is taken, and its columns must agree row by row.
    package init?(header: [String], map: [OrderField: String], shop wanted: String? = nil) {
        names = header
        let normalised = header.map(ColumnTable.normalised)
        let told = Shop.of(header: Set(normalised), wanted: wanted)
        shop = told ?? Shop.common
        for field in OrderField.allCases {
            let candidates =
                map[field].map { [Shop.Alias(name: ColumnTable.normalised($0))] }
                ?? shop.aliases[field.index]
                + (told == nil || shop.lacksColumn(field) ? [] : Shop.common.aliases[field.index])
            for alias in candidates {
                for (column, name) in normalised.enumerated() where name == alias.name {
                    let first = columns[field.index]
                    if first < 0 {
                        columns[field.index] = column
                        aliases[field.index] = alias
                    } else if normalised[first] == name || (told == nil && field.decidesNumbers) {
                        twins.append(Twin(field: field, first: first, second: column))
                    }
                }
                if told != nil, columns[field.index] >= 0 { break }
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
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0x3000, 0xA0, 0...0x20, 0x22, 0x27, 0x60: break
            default: text += scalar.properties.lowercaseMapping
            }
        }
        for suffix in [":", "(元)", "(件)"] where text.hasSuffix(suffix) && text.utf8.count > suffix.utf8.count {
            text = String(text.dropLast(suffix.count))
        }
        return text
    }
}

extension OrderField {
    /// The case's place in `allCases`.
    package var index: Int {
        switch self {
        case .order: 0
        case .item: 1
        case .product: 2
        case .quantity: 3
        case .unitPrice: 4
        case .amount: 5
        case .orderAmount: 6
        case .refund: 7
        case .currency: 8
        case .orderedAt: 9
        case .paidAt: 10
        case .shippedAt: 11
        case .completedAt: 12
        case .closedAt: 13
        case .status: 14
        case .afterSale: 15
        case .province: 16
        case .city: 17
        case .district: 18
        case .address: 19
        case .buyer: 20
        case .account: 21
        case .channel: 22
        }
    }

    /// Whether another column for the field could give other totals; two addresses could not.
    fileprivate var decidesNumbers: Bool {
        switch self {
        case .order, .item, .quantity, .amount, .orderAmount, .refund, .currency, .paidAt, .status, .afterSale: true
        default: false
        }
    }
}
