extension PlatformShape {
    /// Shopify's `orders.json` and order webhooks: decimal strings, ISO 8601 with offset.
    static let shopify: PlatformShape = {
        let order = [
            leaf("name", .id), leaf("id", .number, .id), leaf("created_at", .orderedAt), leaf("processed_at", .paidAt),
            leaf("cancelled_at", .closedAt), leaf("financial_status", .status), leaf("currency", .currency),
            leaf("total_price", .total, .decimal), leaf("test", .isTest),
            branch("fulfillments", [leaf("created_at", .shippedAt)]),
            branch(
                "shipping_address",
                [
                    leaf("first_name", .buyer), leaf("last_name", .lastName), leaf("province", .province),
                    leaf("city", .city),
                ]),
            branch(
                "line_items",
                [
                    leaf("id", .item, .id), leaf("title", .product), leaf("quantity", .quantity, .decimal),
                    leaf("price", .price, .decimal),
                ], role: .item),
            branch(
                "refunds",
                [
                    branch(
                        "transactions",
                        [
                            leaf("kind", .transactionKind), leaf("status", .transactionStatus),
                            leaf("amount", .transactionAmount, .decimal),
                        ], role: .transaction)
                ]),
        ]
        return PlatformShape(
            root: Node(
                role: .page,
                members: [branch("orders", order, role: .order), branch("order", order, role: .order)] + order),
            columns: [
                Column(header: "Name", slot: .id, key: "name"),
                Column(header: "item_order_id", slot: .item, key: "line_items[].id", isShared: false),
                Column(header: "Lineitem name", slot: .product, key: "line_items[].title"),
                Column(header: "Lineitem quantity", slot: .quantity, key: "line_items[].quantity"),
                Column(header: "Lineitem price", slot: .price, key: "line_items[].price"),
                Column(header: "Total", slot: .total, key: "total_price"),
                Column(header: "Refunded Amount", slot: .refund, key: "refunds"),
                Column(header: "Currency", slot: .currency, key: "currency"),
                Column(header: "Created at", slot: .orderedAt, key: "created_at"),
                Column(header: "Paid at", slot: .paidAt, key: "processed_at", isShared: false),
                Column(header: "Fulfilled at", slot: .shippedAt, key: "fulfillments[0].created_at"),
                Column(header: "Cancelled at", slot: .closedAt, key: "cancelled_at"),
                Column(header: "Financial Status", slot: .status, key: "financial_status"),
                Column(header: "Shipping Province", slot: .province, key: "shipping_address.province"),
                Column(header: "Shipping City", slot: .city, key: "shipping_address.city"),
                Column(header: "Shipping Name", slot: .buyer, key: "shipping_address.first_name"),
            ], itemsKey: "line_items[]"
        ) { item, order in
            let status = order[PlatformSlot.status.rawValue]
            // There is no time of payment: the order was processed when it was paid, if it was.
            let isPaid = ["paid", "partially_refunded", "refunded"].contains { status.elementsEqual($0.utf8) }
            item[PlatformSlot.paidAt.rawValue] = isPaid ? order[PlatformSlot.paidAt.rawValue] : []
            if order[PlatformSlot.id.rawValue].isEmpty {
                item[PlatformSlot.id.rawValue] = order[PlatformSlot.number.rawValue]
            }
        }
    }()

    /// WooCommerce's orders (REST API and webhooks): decimal strings; only the times that say `gmt` have a known zone.
    static let wooCommerce: PlatformShape = {
        let order = [
            leaf("id", .id, .id), leaf("status", .status), leaf("currency", .currency),
            leaf("date_created_gmt", .orderedAt, .utc), leaf("date_paid_gmt", .paidAt, .utc),
            leaf("date_completed_gmt", .completedAt, .utc), leaf("total", .total, .decimal),
            branch("shipping", [leaf("first_name", .buyer), leaf("state", .province), leaf("city", .city)]),
            branch("billing", [leaf("first_name", .lastName)]),
            branch(
                "line_items",
                [
                    leaf("id", .item, .id), leaf("name", .product), leaf("quantity", .quantity, .decimal),
                    leaf("price", .price, .decimal),
                ],
                role: .item),
            branch("refunds", [leaf("total", .refund, .decimal)]),
        ]
        return PlatformShape(
            root: Node(role: .page, members: order + [branch("orders", order, role: .order)]),
            columns: [
                Column(header: "order_number", slot: .id, key: "id"),
                Column(header: "item_order_id", slot: .item, key: "line_items[].id", isShared: false),
                Column(header: "order_total", slot: .total, key: "total"),
                Column(header: "order_currency", slot: .currency, key: "currency"),
                Column(header: "date_created_gmt", slot: .orderedAt, key: "date_created_gmt"),
                Column(header: "date_paid_gmt", slot: .paidAt, key: "date_paid_gmt"),
                Column(header: "date_completed_gmt", slot: .completedAt, key: "date_completed_gmt"),
                Column(header: "Order Status", slot: .status, key: "status"),
                Column(header: "Item Name", slot: .product, key: "line_items[].name"),
                Column(header: "Quantity", slot: .quantity, key: "line_items[].quantity"),
                Column(header: "Item Cost", slot: .price, key: "line_items[].price"),
                Column(header: "refunded_total", slot: .refund, key: "refunds"),
                Column(header: "State (Shipping)", slot: .province, key: "shipping.state"),
                Column(header: "City (Shipping)", slot: .city, key: "shipping.city"),
                Column(header: "First Name (Shipping)", slot: .buyer, key: "shipping.first_name"),
            ], itemsKey: "line_items[]"
        ) { item, order in
            if order[PlatformSlot.buyer.rawValue].isEmpty {
                item[PlatformSlot.buyer.rawValue] = order[PlatformSlot.lastName.rawValue]
            }
        }
    }()
}
