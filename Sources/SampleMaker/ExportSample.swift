/// Writes orders as a Doudian export, with the quirks of real files.
struct ExportSample {
    /// The 75 columns of a recent file, verbatim.
    static let header =
        "主订单编号,子订单编号,支付方式,选购商品,货号,商品ID,商家编码,商品数量,商品金额,订单提交时间,支付完成时间,订单完成时间,承诺发货时间,"
        + "预约发货时间,买家留言,旗帜颜色,商家备注,APP渠道,订单状态,取消原因,售后状态,订单类型,发货时间,车型,是否是以旧换新,换新额外补贴,"
        + "换新额外补贴发放状态,订单应付金额,运费,优惠总金额,平台优惠,商家优惠,达人优惠,商家改价,支付优惠,手续费,红包抵扣,降价类优惠,"
        + "平台实际承担优惠金额,商家实际承担优惠金额,达人实际承担优惠金额,收件人,收件人手机号,省,市,区,街道,详细地址,是否修改过地址,"
        + "快递信息,序列号,达人ID,达人昵称,拼团订单团编号,商品单价是否含税,税费,鲁班落地页ID,所属门店ID,流量来源,仓库ID,仓库名称,"
        + "是否安心购,广告渠道,流量类型,流量体裁,流量渠道,发货主体,发货主体明细,教育优惠,预计送达时间,是否平台仓自流转,是否是渠道商品,"
        + "预约送达时间,建议发货时间（起）,建议发货时间（止）"

    var random: Random
    let lineEnd: String
    private let columns: [String: Int]
    private let width: Int
    private(set) var text: String

    init(seed: UInt64, lineEnd: String) {
        random = Random(seed: seed)
        self.lineEnd = lineEnd
        let names = ExportSample.header.split(separator: ",").map(String.init)
        width = names.count
        columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        text = ExportSample.header + lineEnd
    }

    mutating func append(_ order: SampleOrder) {
        let buyer = buyer()
        let phone = random.chance(70) ? "$$" + Catalogue.cipher(&random, length: 8) + "*$1$$" : "1********35"
        let address = "##" + Catalogue.cipher(&random, length: 10) + "*#1##"
        let remark = random.chance(4) ? quoted(Catalogue.remark(&random)) : "-"
        let note = random.chance(3) ? quoted(Catalogue.remark(&random)) : "-"
        for row in order.rows {
            var cells = [String](repeating: "-", count: width)
            func set(_ name: String, _ value: String) {
                if let column = columns[name] { cells[column] = value }
            }
            set("主订单编号", id(order.id))
            set("子订单编号", id(row.id))
            set("支付方式", order.paidAt == nil ? "-" : "抖音支付")
            set("选购商品", title(row.product.title))
            set("商品ID", id("99" + String(36_602_074_280_389_74 + row.product.fen * 31).leftPadded(17)))
            set("商家编码", "\"\t\(row.product.code)\"")
            set("商品数量", String(row.quantity))
            set("商品金额", money(row.product.fen))
            set("订单提交时间", time(order.orderedAt))
            set("支付完成时间", order.paidAt.map { time($0) } ?? "-")
            set("订单完成时间", order.completedAt.map { time($0) } ?? "-")
            set("承诺发货时间", order.paidAt.map { plainTime($0 + 172_800) } ?? "-")
            set("买家留言", remark)
            set("商家备注", note)
            set("APP渠道", "抖音")
            set("订单状态", status(order, row))
            set("取消原因", order.fate == .cancelled ? "超时未支付" : "-")
            set("售后状态", afterSale(row))
            set("订单类型", "普通订单")
            set("发货时间", order.shippedAt.map { time($0) } ?? "-")
            set("订单应付金额", money(row.fen))
            set("运费", "0.00")
            set("优惠总金额", money(max(0, row.product.fen * row.quantity - row.fen)))
            set("收件人", buyer)
            set("收件人手机号", phone)
            set("省", order.town.province)
            set("市", order.town.city)
            set("区", order.town.district)
            set("详细地址", address)
            set("是否修改过地址", "否")
            set("达人ID", order.channel == "直播" ? "\"\t9900000012\"" : "-")
            set("流量体裁", order.channel)
            text += cells.joined(separator: ",") + lineEnd
        }
    }

    // MARK: Cells

    private mutating func buyer() -> String {
        switch random.below(10) {
        case 0...3: return "##" + Catalogue.cipher(&random, length: 8) + "*#1##"
        case 4...6: return random.pick(Catalogue.surnames) + "*"
        case 7, 8: return random.pick(Catalogue.surnames) + "**"
        default: return random.chance(30) ? random.pick(Catalogue.clearNames) : "欧阳**"
        }
    }

    private mutating func id(_ digits: String) -> String {
        switch random.below(200) {
        case 0: "'" + digits
        case 1: "`" + digits
        case 2: "\"=\"\"\(digits)\"\"\""
        case 3: "=\"\(digits)\""
        default: "\"\t\(digits)\""
        }
    }

    private mutating func title(_ text: String) -> String {
        switch random.below(100) {
        case 0: quoted("\t" + text + "\u{A0}")
        case 1: quoted("\u{200B}" + text + "  ")
        default: quoted("\t" + text)
        }
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            result.append(character)
            if character == "\"" { result.append("\"") }
        }
        return result + "\""
    }

    private mutating func money(_ fen: Int) -> String {
        let yuan = fen / 100
        let plain = "\(yuan)." + String(fen % 100).leftPadded(2)
        if yuan >= 1000, random.chance(50) {
            return "\"\(yuan / 1000)," + String(yuan % 1000).leftPadded(3) + "." + String(fen % 100).leftPadded(2)
                + "\""
        }
        switch random.below(300) {
        case 0: return "¥" + plain
        case 1: return "￥" + plain
        case 2: return plain + "元"
        default: return plain
        }
    }

    private mutating func time(_ second: Int) -> String {
        // What Excel makes of a time, where it loses nothing: on full minutes.
        let isMinute = second % 60 == 0
        let text = plainTime(second)
        guard isMinute, random.chance(50) else { return text }
        let day = second / 86_400
        return "2026/11/\(11 + day) \(second / 3600 % 24):" + String(second / 60 % 60).leftPadded(2)
    }

    private func plainTime(_ second: Int) -> String {
        let parts = [second / 3600 % 24, second / 60 % 60, second % 60].map { String($0).leftPadded(2) }
        return "2026-11-\(11 + second / 86_400) " + parts.joined(separator: ":")
    }

    private func status(_ order: SampleOrder, _ row: SampleOrder.Row) -> String {
        if row.isRefunded { return "已关闭" }
        return switch order.fate {
        case .open: "待发货"
        case .shipped: "已发货"
        case .completed: "已完成"
        case .unpaid: "待支付"
        case .cancelled, .closedAfterPayment: "已关闭"
        }
    }

    private mutating func afterSale(_ row: SampleOrder.Row) -> String {
        if row.isRefunded { return random.chance(50) ? "退款成功" : "\"同意退款，退款成功\"" }
        return random.chance(3) ? random.pick(["售后关闭", "售后已拒绝", "换货成功", "补寄成功", "待退货", "售后处理中"]) : "-"
    }
}

extension String {
    func leftPadded(_ width: Int) -> String {
        String(repeating: "0", count: Swift.max(0, width - utf8.count)) + self
    }
}
