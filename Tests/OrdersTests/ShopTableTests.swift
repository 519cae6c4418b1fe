import Orders
import Testing

/// FACTS §1.1, row by row: the names a mapper needs, and the words of states.
@Suite struct ShopTableTests {
    @Test func everyLineOfTheTableIsUnderstood() {
        let (shops, unknown) = Shop.parse(Shop.text)
        #expect(unknown == [])
        #expect(
            OrderDecoder.shops == [
                "douyin", "taobao", "jd", "pinduoduo", "kuaishou", "weixin", "shopify", "woocommerce", "tiktok", "erp",
            ])
        #expect(Shop.parse("shop x\nnonsense y\norder A | B@fen").unknown == ["nonsense y"])
        #expect(Shop.parse("order A").unknown == ["order A"])
        for shop in shops where shop.name != "*" {
            #expect(!shop.fingerprints.isEmpty && !shop.title.isEmpty, "\(shop.name)")
            #expect(!shop.aliases[OrderField.order.index].isEmpty, "\(shop.name)")
        }
    }

    /// A header in which one field has the given name: the other needed fields have common ones.
    private func column(_ field: OrderField, named name: String) -> Int? {
        let others: [(OrderField, String)] = [
            (.order, "订单号"), (.paidAt, "付款时间"), (.amount, "实付款"), (.channel, "流量体裁"),
        ].filter { $0.0 != field }
        let header = others.map(\.1) + [name]
        return ColumnTable(header: header, map: [:]).map { $0[field] == header.count - 1 ? header.count - 1 : -1 }
    }

    @Test(
        arguments: [
            (.order, "主订单编号 订单编号 订单号 父订单号 主订单ID pid shop_order_id"),
            (.item, "子订单编号 子订单号 商品单号 商品订单编号 order_id item_order_id"),
            (.product, "选购商品 商品名称 商品 商品标题 宝贝标题 product_name"),
            (.quantity, "商品数量 数量 商品数量(件) 订购数量 宝贝总数量 购买数量"), (.unitPrice, "商品单价 商品金额 商品总价"),
            (.amount, "订单应付金额 用户实付金额 实付款 买家实付金额 买家实际支付金额 支付金额 成交金额"),
            (.orderedAt, "订单提交时间 下单时间 订单创建时间 买家下单时间"), (.paidAt, "支付完成时间 付款时间 订单付款时间 买家付款时间"),
            (.status, "订单状态"), (.afterSale, "售后状态 退款状态"), (.province, "省"), (.city, "市"), (.district, "区"),
            (.address, "收货地址"), (.buyer, "收件人 收货人姓名 买家会员名 买家 客户姓名"),
        ] as [(OrderField, String)])
    func aliases(_ field: OrderField, _ names: String) {
        for name in names.split(separator: " ").map(String.init) {
            #expect((column(field, named: name) ?? -1) >= 0, "\(name)")
            // After trim, NFKC, and without units.
            #expect((column(field, named: "\u{FEFF} \(name)（元）\u{A0}") ?? -1) >= 0, "\(name)")
            #expect((column(field, named: "\(name)：") ?? -1) >= 0, "\(name)")
        }
    }

    /// Names that stand beside those of fields and must not be taken for them.
    @Test(arguments: ["商品规格", "规格", "宝贝规格", "商家编码", "货号", "街道", "优惠总金额", "承诺发货时间", "收件人手机号", "买家支付宝账号", "退款原因"])
    func othersAreNoField(_ name: String) throws {
        let header = ["订单号", "付款时间", "实付款", name]
        let table = try #require(ColumnTable(header: header, map: [:]))
        for field in OrderField.allCases { #expect(table[field] != 3, "\(field)") }
    }

    @Test func fieldNumbersAreTheirPlaces() {
        for (index, field) in OrderField.allCases.enumerated() { #expect(field.index == index) }
    }

    @Test(
        arguments: [
            ("待支付", .unpaid), ("待付款", .unpaid), ("待支付(待付款)", .unpaid), ("待发货", .open), ("部分发货", .open), ("已发货", .open),
            ("已完成", .completed), ("已关闭", .closed), ("发明", nil), ("", nil),
        ] as [(String, RowStatus?)])
    func commonStatuses(_ word: String, _ status: RowStatus?) {
        #expect(Shop.common.status(word) == status)
    }

    @Test(
        arguments: [
            ("退款成功", true), ("同意退款，退款成功", true), ("售后关闭", false), ("售后已拒绝", false), ("换货成功", false), ("补寄成功", false),
            ("待收退货", false), ("待退货", false), ("售后待处理", false), ("售后处理中", false), ("没有申请退款", false), ("发明", nil),
            ("未退款成功", nil), ("退款中（已退款0元）", nil), ("部分退款成功", nil), ("退款成功(部分)", nil), ("退款成功后关闭", nil), ("换货转退款成功", nil),
            ("退款中", false), ("待买家退货", false), ("退款关闭", false), ("已退款", true), ("退货退款成功", true), ("未发货，退款成功", true),
            ("买家已经申请退款，等待卖家同意", false), ("无售后或售后取消", false), ("中转", nil),
        ] as [(String, Bool?)])
    func afterSales(_ word: String, _ isReturned: Bool?) {
        #expect(Shop.common.isReturned(word) == isReturned)
    }

    @Test(
        arguments: [
            ("douyin", "1 101 105 2 3 4 5", "unpaid open open open open closed completed"),
            (
                "taobao", "等待买家付款 买家已付款，等待卖家发货 买家已付款,等待卖家发货 卖家已发货，等待买家确认 交易成功 交易关闭",
                "unpaid open open open completed closed"
            ),
            (
                "taobao",
                "WAIT_SELLER_SEND_GOODS WAIT_BUYER_CONFIRM_GOODS TRADE_FINISHED TRADE_CLOSED TRADE_CLOSED_BY_TAOBAO",
                "open open completed closed closed"
            ),
            (
                "jd",
                "等待付款 等待出库 WAIT_SELLER_STOCK_OUT WAIT_GOODS_RECEIVE_CONFIRM FINISHED_L 完成 TRADE_CANCELED LOCKED PAUSE 已取消",
                "unpaid open open open completed completed closed open open closed"
            ),
            (
                "pinduoduo", "待支付 待发货 已发货，待签收 已收货 已取消 已发货，退款成功 未发货,退款成功",
                "unpaid open open completed closed refunded refunded"
            ),
            (
                "kuaishou", "10 30 40 50 70 80 待付款 已付款 已签收 交易失败",
                "unpaid open open open completed closed unpaid open open closed"
            ),
            ("weixin", "10 20 21 30 100 200 250 待收货", "unpaid open open open completed refunded closed open"),
            (
                "shopify", "paid pending authorized refunded partially_refunded voided",
                "open unpaid unpaid refunded open closed"
            ),
            (
                "woocommerce", "pending processing on-hold completed cancelled refunded failed wc-completed",
                "unpaid open open completed closed refunded closed completed"
            ),
            ("tiktok", "Unpaid Shipped Completed Canceled Delivered", "unpaid open completed closed open"),
            ("erp", "已发货 已审核 已取消 已完成", "open open closed completed"),
        ])
    func shopStatuses(_ name: String, _ words: String, _ expected: String) throws {
        let shop = try #require(Shop.all.first { $0.name == name })
        let states = words.split(separator: " ").map { shop.status(String($0)).map { "\($0)" } ?? "nil" }
        #expect(states == expected.split(separator: " ").map(String.init))
    }

    @Test(
        arguments: [
            ("douyin", "主订单编号,子订单编号,选购商品,订单应付金额,支付完成时间"),
            ("taobao", "订单编号,买家会员名,买家支付宝账号,买家应付货款,总金额,买家实际支付金额,订单状态,收货地址 ,订单付款时间 ,宝贝标题 ,宝贝总数量"),
            ("taobao-details", "子订单编号,主订单编号,标题,价格,购买数量,商品属性,订单状态,买家应付货款,买家实际支付金额,退款状态"),
            ("jd", "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,应付金额,订单状态,下单帐号,客户姓名,客户地址,付款确认时间"),
            ("pinduoduo", "商品,订单号,订单状态,商品总价(元),邮费(元),用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,样式ID,支付时间"),
            ("kuaishou", "订单号,订单创建时间,支付时间,订单状态,实付款,商品名称"), ("weixin", "订单号,订单下单时间,商品名称,商品编码(平台),商品数量,订单实际支付金额,支付时间"),
            (
                "shopify",
                "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price"
            ),
            ("woocommerce", "Order Number,Order Status,Order Date,Paid Date,Item Name,Quantity,Order Total Amount"),
            (
                "tiktok",
                "Order ID,Order Status,Order Substatus,SKU ID,Product Name,Quantity,Order Amount,Created Time,Paid Time"
            ),
            ("erp", "店铺,原始单号,货品名称,货品数量,分摊后总价,付款时间,订单状态"), ("*", "订单号,付款时间,实付款"),
        ])
    func headersTellTheShop(_ name: String, _ header: String) throws {
        let names = header.split(separator: ",").map(String.init)
        let table = try #require(ColumnTable(header: names, map: [:]))
        #expect(table.shop.name == name)
        let isDetails = name == "taobao-details"
        #expect(table[.paidAt] >= 0 || isDetails)
        #expect(table[.amount] >= 0 || table[.orderAmount] >= 0)
    }
}
