extension ShopSamples {
    static func domestic() -> [Export] {
        let (orders, details) = taobao()
        return [douyinOrders(), orders, details, jd(), pinduoduo(), kuaishou(), weixin(), erp()]
    }

    /// 订单维度: a row an order.
    private static func douyinOrders() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header: "主订单编号,选购商品,商品数量,订单提交时间,支付完成时间,订单完成时间,订单状态,售后状态,发货时间,订单应付金额,收件人,收件人手机号,"
                + "省,市,区,详细地址,流量体裁,商家备注", seed: 11, lineEnd: "\r\n")
        let words = StateWords(
            unpaid: "待支付", open: "待发货", shipped: "已发货", completed: "已完成", closed: "已关闭", refunded: "已关闭")
        for (number, order) in ShopOrders.make(seed: 10, count: 60).enumerated() {
            let order = ShopOrders.single(order)
            truth.add(order)
            let row = order.rows[0]
            writer.row(
                [
                    "主订单编号": "\"\t" + id(number, length: 19) + "\"",
                    "选购商品": ShopWriter.quoted("\t" + row.product.title),
                    "商品数量": "\(row.quantity)", "订单提交时间": writer.time(order.orderedAt, none: "-"),
                    "支付完成时间": writer.time(order.paidAt, none: "-"), "订单完成时间": writer.time(order.completedAt, none: "-"),
                    "订单状态": order.word(words), "售后状态": row.isRefunded ? "\"同意退款，退款成功\"" : "-",
                    "发货时间": writer.time(order.shippedAt, none: "-"), "订单应付金额": writer.money(row.fen),
                    "收件人": writer.buyer(), "收件人手机号": "1********35", "省": order.town.province, "市": order.town.city,
                    "区": order.town.district, "详细地址": "##" + Catalogue.cipher(&writer.random, length: 10) + "*#1##",
                    "流量体裁": order.channel,
                    "商家备注": writer.random.chance(10) ? ShopWriter.quoted(Catalogue.remark(&writer.random)) : "-",
                ], empty: "-")
        }
        return Export(name: "douyin-orders.csv", text: writer.text, isGB18030: false, truth: truth)
    }

    private static func taobao() -> (Export, Export) {
        var truth = Truth()
        var heads = ShopWriter(
            header: "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,"
                + "联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,宝贝总数量,打款商家金额", seed: 21, lineEnd: "\r\n")
        var rows = ShopWriter(
            header: "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,买家应付货款,买家实际支付金额,退款状态",
            seed: 22, lineEnd: "\r\n")
        let words = StateWords(
            unpaid: "等待买家付款", open: "买家已付款，等待卖家发货", shipped: "卖家已发货，等待买家确认", completed: "交易成功", closed: "交易关闭",
            refunded: "交易关闭")
        // An order of which a row was refunded goes on with the others.
        var kept = words
        kept.refunded = nil
        for (number, order) in ShopOrders.make(seed: 20, count: 70).enumerated() {
            truth.add(order)
            let main = id(number, length: 19)
            let isPaid = order.paidAt != nil
            heads.row([
                "订单编号": "=\"\(main)\"", "买家会员名": Catalogue.cipher(&heads.random, length: 6), "买家支付宝账号": "a@example.com",
                "买家应付货款": ShopWriter.plain(order.fen), "买家应付邮费": "0.00", "总金额": ShopWriter.plain(order.fen),
                "买家实际支付金额": isPaid ? ShopWriter.plain(order.fen) : "0.00",
                "订单状态": order.word(order.rows.allSatisfy(\.isRefunded) ? words : kept),
                "买家留言": heads.random.chance(20) ? ShopWriter.quoted(Catalogue.remark(&heads.random)) : "",
                "收货人姓名": heads.random.pick(Catalogue.clearNames), "收货地址 ": heads.address(order.town), "运送方式": "快递",
                "联系手机": "'" + Catalogue.phone(&heads.random), "订单创建时间": heads.time(order.orderedAt, none: ""),
                "订单付款时间 ": heads.time(order.paidAt, none: "0000-00-00 00:00:00"),
                "宝贝标题 ": ShopWriter.quoted(order.rows.map(\.product.title).joined(separator: "，")),
                "宝贝种类 ": "\(order.rows.count)", "宝贝总数量": "\(order.rows.reduce(0) { $0 + $1.quantity })",
                "打款商家金额": "\(ShopWriter.plain(isPaid ? order.fen : 0))元",
            ])
            for (index, row) in order.rows.enumerated() {
                rows.row([
                    "子订单编号": "=\"\(id(number, length: 19, salt: 7_927))\(order.rows.count > 1 ? "\(index)" : "")\"",
                    "主订单编号": "=\"\(main)\"", "标题": ShopWriter.quoted(row.product.title),
                    "价格": ShopWriter.plain(row.product.fen), "购买数量": "\(row.quantity)", "外部系统编号": "null",
                    "商品属性": "颜色分类：云白", "备注": "'null",
                    "订单状态": row.isRefunded
                        ? "交易关闭" : SampleOrder(order, onlyRow: index).word(words),
                    "商家编码": row.product.code, "买家应付货款": ShopWriter.plain(row.fen),
                    "买家实际支付金额": ShopWriter.plain(row.fen), "退款状态": row.isRefunded ? "退款成功" : "没有申请退款",
                ])
            }
        }
        return (
            Export(name: "taobao-orders.csv", text: heads.text, isGB18030: true, truth: truth),
            Export(name: "taobao-details.csv", text: rows.text, isGB18030: true, truth: truth)
        )
    }

    private static func jd() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header: "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,应付金额,订单状态,下单帐号,客户姓名,客户地址,联系电话,"
                + "商家备注,仓库名称,付款确认时间,订单完成时间", seed: 31, lineEnd: "\r\n")
        let words = StateWords(unpaid: "等待付款", open: "等待出库", shipped: "等待确认收货", completed: "完成", closed: "已取消")
        for (number, order) in ShopOrders.make(seed: 30, count: 60).enumerated() {
            let order = ShopOrders.whole(order, knowsRefunds: false)
            truth.add(order)
            for row in order.rows {
                writer.row([
                    "订单号": id(number, length: 12), "商品ID": "\(100_012_345 + row.product.fen)",
                    "商品名称": ShopWriter.quoted(row.product.title), "订购数量": "\(row.quantity)", "支付方式": "在线支付",
                    "下单时间": writer.time(order.orderedAt, none: ""), "京东价": ShopWriter.plain(row.product.fen),
                    "订单金额": ShopWriter.plain(order.fen + 100), "应付金额": ShopWriter.plain(order.fen),
                    "订单状态": order.word(words), "下单帐号": "jd_" + Catalogue.cipher(&writer.random, length: 6),
                    "客户姓名": writer.random.pick(Catalogue.clearNames),
                    "客户地址": writer.address(order.town).replacing(" ", with: ""),
                    "联系电话": Catalogue.phone(&writer.random),
                    "商家备注": writer.random.chance(10) ? ShopWriter.quoted(Catalogue.remark(&writer.random)) : "",
                    "付款确认时间": writer.time(order.paidAt, none: ""), "订单完成时间": writer.time(order.completedAt, none: ""),
                ])
            }
        }
        return Export(name: "jd.csv", text: writer.text, isGB18030: true, truth: truth)
    }

    private static func pinduoduo() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header: "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),商家实收金额(元),"
                + "商品数量(件),收货人,手机,省,市,区,街道,支付时间,发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,售后状态", seed: 41)
        let words = StateWords(
            unpaid: "待支付", open: "待发货", shipped: "已发货，待签收", completed: "已收货", closed: "已取消", refunded: "已发货，退款成功")
        for (number, order) in ShopOrders.make(seed: 40, count: 60).enumerated() {
            let order = ShopOrders.single(order)
            truth.add(order)
            let row = order.rows[0]
            writer.row(
                [
                    "商品": ShopWriter.quoted(row.product.title),
                    "订单号": "991111-" + String(100_000 + number * 7919).leftPadded(15),
                    "订单状态": order.word(words), "商品总价(元)": ShopWriter.plain(row.product.fen * row.quantity),
                    "用户实付金额(元)": writer.money(row.fen), "商品数量(件)": "\(row.quantity)",
                    "收货人": writer.buyer(), "手机": "1********35", "省": order.town.province, "市": order.town.city,
                    "区": order.town.district, "支付时间": writer.time(order.paidAt, none: "\t"),
                    "发货时间": writer.time(order.shippedAt, none: "\t"),
                    "确认收货时间": writer.time(order.completedAt, none: "\t"),
                    "商品id": "9912345678", "商品规格": "云白,标准", "样式ID": "99123",
                    "售后状态": row.isRefunded ? "退款成功" : "无售后或售后取消",
                ].mapValues { $0.contains(",") && !$0.hasPrefix("\"") ? ShopWriter.quoted($0) : $0 })
        }
        return Export(name: "pinduoduo.csv", text: writer.text, isGB18030: false, truth: truth)
    }

    private static func kuaishou() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header: "订单号,订单创建时间,支付时间,订单状态,实付款,商品名称,成交数量,售后状态,发货时间,收货人姓名,收货人电话,收货地址,省,市,区", seed: 51,
            delimiter: "\t")
        let words = StateWords(
            unpaid: "待付款", open: "已付款", shipped: "已发货", completed: "交易成功", closed: "交易失败", refunded: "交易失败")
        for (number, order) in ShopOrders.make(seed: 50, count: 60).enumerated() {
            let order = ShopOrders.single(order)
            truth.add(order)
            let row = order.rows[0]
            // Milliseconds and seconds of the open platform, and Excel's days, beside written times.
            func time(_ second: Int?, _ form: Int) -> String {
                guard let second else { return form == 1 ? "0" : "" }
                // 2026-11-11 00:00 in Beijing.
                let unix = 1_794_326_400 + second
                return switch form {
                case 1: "\(unix)000"
                case 2: "\(unix)"
                case 3: "\(46_337 + second / 86_400)." + String(second % 86_400 * 100_000_000 / 864).leftPadded(10)
                default: ShopWriter.time(second)
                }
            }
            let form = writer.random.below(4)
            writer.row([
                "订单号": id(number, length: 16), "订单创建时间": time(order.orderedAt, form), "支付时间": time(order.paidAt, form),
                "订单状态": order.word(words), "实付款": ShopWriter.plain(row.fen),
                "商品名称": ShopWriter.quoted(row.product.title),
                "成交数量": "\(row.quantity)", "售后状态": row.isRefunded ? "退款成功" : "--", "发货时间": time(order.shippedAt, 0),
                "收货人姓名": "##" + Catalogue.cipher(&writer.random, length: 8) + "*#1##",
                "收货人电话": "$$" + Catalogue.cipher(&writer.random, length: 8) + "*$1$$", "收货地址": "#abc",
                "省": order.town.province,
                "市": order.town.city, "区": order.town.district,
            ])
        }
        return Export(name: "kuaishou.tsv", text: writer.text, isGB18030: false, truth: truth)
    }

    private static func weixin() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header: "订单号,订单下单时间,支付时间,订单状态,商品名称,商品编码(平台),商品数量,商品价格,订单实际支付金额,商品售后,收件人姓名,收件人手机,省,市,区,"
                + "收货地址", seed: 91, above: ["微信小店 订单导出", ""])
        let words = StateWords(
            unpaid: "待付款", open: "待发货", shipped: "待收货", completed: "已完成", closed: "已取消", refunded: "已取消")
        for (number, order) in ShopOrders.make(seed: 90, count: 60).enumerated() {
            let order = ShopOrders.whole(order)
            truth.add(order)
            for row in order.rows {
                writer.row([
                    "订单号": "\"\t" + id(number, length: 19) + "\"", "订单下单时间": writer.time(order.orderedAt, none: "-"),
                    "支付时间": writer.time(order.paidAt, none: "-"), "订单状态": order.word(words),
                    "商品名称": ShopWriter.quoted(row.product.title), "商品编码(平台)": "9912345", "商品数量": "\(row.quantity)",
                    "商品价格": ShopWriter.plain(row.product.fen), "订单实际支付金额": ShopWriter.plain(order.fen),
                    "商品售后": row.isRefunded ? "退款成功" : "无售后", "收件人姓名": writer.buyer(), "收件人手机": "`1********35",
                    "省": order.town.province, "市": order.town.city, "区": order.town.district,
                    "收货地址": ShopWriter.quoted(writer.address(order.town)),
                ])
            }
        }
        return Export(name: "weixin.csv", text: writer.text, isGB18030: false, truth: truth)
    }

    /// Orders that an ERP system has split: `…A` and `…-1` are rows of one order; a row of sums ends the file.
    private static func erp() -> Export {
        var truth = Truth()
        var writer = ShopWriter(
            header: "店铺,订单编号,原始单号,订单状态,货品名称,货品数量,分摊后总价,应收金额,下单时间,付款时间,发货时间,退款状态,收件人,收货地区", seed: 101,
            lineEnd: "\r\n")
        let words = StateWords(
            unpaid: "待付款", open: "待审核", shipped: "已发货", completed: "已完成", closed: "已取消", refunded: "已取消")
        var sum = 0
        for (number, order) in ShopOrders.make(seed: 100, count: 60).enumerated() {
            truth.add(order)
            sum += order.fen
            for (index, row) in order.rows.enumerated() {
                let suffix =
                    order.rows.count == 1 ? "" : number % 2 == 0 ? ["A", "B", "C", "D"][index] : "-\(index + 1)"
                writer.row([
                    "店铺": "云朵家居", "订单编号": "\"=\"\"JY2026\(String(number * 10 + index).leftPadded(8))\"\"\"",
                    "原始单号": "\"=\"\"\(id(number, length: 19))\(suffix)\"\"\"",
                    "订单状态": SampleOrder(order, onlyRow: index).word(words),
                    "货品名称": ShopWriter.quoted(row.product.title),
                    "货品数量": "\(row.quantity)", "分摊后总价": writer.money(row.fen), "应收金额": ShopWriter.plain(order.fen),
                    "下单时间": writer.time(order.orderedAt, none: ""), "付款时间": writer.time(order.paidAt, none: ""),
                    "发货时间": writer.time(order.shippedAt, none: "NULL"), "退款状态": row.isRefunded ? "已退款" : "无退款",
                    "收件人": writer.buyer(), "收货地区": "\(order.town.province) \(order.town.city) \(order.town.district)",
                ])
            }
        }
        writer.row(["店铺": "合计", "分摊后总价": ShopWriter.plain(sum)])
        return Export(name: "erp.csv", text: writer.text, isGB18030: false, truth: truth)
    }
}

extension SampleOrder {
    /// The order as if it had one row only, for words that go by the row.
    init(_ order: SampleOrder, onlyRow index: Int) {
        self = order
        rows = [order.rows[index]]
    }
}
