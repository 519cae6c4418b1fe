extension PlatformShape {
    /// `order.searchList` and `order.orderDetail` of Doudian's open platform: money in fen, times in unix seconds.
    static let doudian: PlatformShape = {
        // order_status and main_status; 103 has paid a deposit.
        let states: Form = .word([
            ("1", "待支付"), ("103", "待支付"), ("105", "已支付"), ("2", "备货中"), ("101", "部分发货"), ("3", "已发货"),
            ("4", "已关闭"), ("5", "已完成"), ("21", "已关闭"), ("22", "已关闭"), ("39", "已关闭"),
        ])
        // What is under way has not gone back.
        let refunds: Form = .word([("0", "-"), ("1", "待退款"), ("2", "退款中"), ("3", "退款成功"), ("4", "退款失败")])
        let name = [leaf("name", .province)]
        func place(_ key: StaticString) -> Member {
            branch(
                key,
                [
                    branch("province", name), branch("city", [leaf("name", .city)]),
                    branch("town", [leaf("name", .district)]),
                ])
        }
        let times = [
            leaf("create_time", .orderedAt, .unix), leaf("pay_time", .paidAt, .unix),
            leaf("ship_time", .shippedAt, .unix), leaf("finish_time", .completedAt, .unix),
            leaf("order_status", .status, states), leaf("main_status", .state, .text),
        ]
        let item =
            times + [
                leaf("order_id", .item, .id), leaf("product_name", .product), leaf("item_num", .quantity, .decimal),
                leaf("order_amount", .amount, .fen), leaf("given_product_type", .given),
                leaf("ad_env_type", .channel, .word([("live", "直播"), ("video", "短视频"), ("", "")])),
                leaf("room_id", .room, .presence), leaf("room_id_str", .room, .presence),
                leaf("video_id", .video, .presence),
                branch("after_sale_info", [leaf("refund_status", .afterSale, refunds)]),
            ]
        let order =
            times + [
                leaf("order_id", .id, .id), leaf("order_amount", .total, .fen),
                leaf("mask_post_receiver", .buyer), leaf("post_receiver", .lastName),
                place("post_addr"), place("mask_post_addr"), branch("sku_order_list", item, role: .item),
            ]
        let pages = [
            branch("shop_order_list", order, role: .order), branch("shop_order_detail", order, role: .order),
            leaf("total", .announced),
        ]
        let data = branch("data", pages)
        let items = "sku_order_list[]."
        return PlatformShape(
            root: Node(role: .page, members: pages + [data, leaf("code", .errorCode)] + order),
            columns: [
                Column(header: "主订单编号", slot: .id, key: "order_id"),
                Column(header: "子订单编号", slot: .item, key: items + "order_id", isShared: false),
                Column(header: "选购商品", slot: .product, key: items + "product_name"),
                Column(header: "商品数量", slot: .quantity, key: items + "item_num"),
                Column(header: "订单应付金额", slot: .amount, key: items + "order_amount", isShared: false),
                Column(header: "订单提交时间", slot: .orderedAt, key: items + "create_time"),
                Column(header: "支付完成时间", slot: .paidAt, key: items + "pay_time"),
                Column(header: "发货时间", slot: .shippedAt, key: items + "ship_time"),
                Column(header: "订单完成时间", slot: .completedAt, key: items + "finish_time"),
                Column(header: "订单状态", slot: .status, key: items + "order_status"),
                Column(header: "售后状态", slot: .afterSale, key: items + "after_sale_info.refund_status"),
                Column(header: "省", slot: .province, key: "post_addr.province.name"),
                Column(header: "市", slot: .city, key: "post_addr.city.name"),
                Column(header: "区", slot: .district, key: "post_addr.town.name"),
                Column(header: "收件人", slot: .buyer, key: "mask_post_receiver"),
                Column(header: "流量体裁", slot: .channel, key: items + "ad_env_type"),
            ], itemsKey: "sku_order_list[]"
        ) { item, order in
            func text(_ slot: PlatformSlot) -> ContiguousArray<UInt8> { item[slot.rawValue] }
            // An answer without items has the order's amount.
            if text(.item).isEmpty, text(.amount).isEmpty { item[PlatformSlot.amount.rawValue] = text(.total) }
            if order[PlatformSlot.buyer.rawValue].isEmpty {
                item[PlatformSlot.buyer.rawValue] = order[PlatformSlot.lastName.rawValue]
            }
            let state = text(.state).isEmpty ? order[PlatformSlot.state.rawValue] : text(.state)
            // Settled refunds before shipping, after it, and after receipt, whatever the items say.
            if ["21", "22", "39"].contains(where: { state.elementsEqual($0.utf8) }) {
                item[PlatformSlot.afterSale.rawValue] = ContiguousArray("退款成功".utf8)
            }
            if text(.channel).isEmpty {
                let isLive = !text(.room).isEmpty
                let word = isLive ? "直播" : text(.video).isEmpty ? "" : "短视频"
                item[PlatformSlot.channel.rawValue] = ContiguousArray(word.utf8)
            }
            if text(.given).elementsEqual("FREE".utf8), !text(.product).starts(with: "赠品".utf8) {
                item[PlatformSlot.product.rawValue] = ContiguousArray("赠品 ".utf8) + text(.product)
            }
        }
    }()
}
