import Motion
import Testing

/// The list of claims against sentences of the kind that shops write.
@Suite struct ClaimTests {
    /// The gravest finding of a sentence.
    enum Verdict: String, Sendable { case error, warning, rival, clean }

    static let corpus: [(Verdict, String)] = [
        (.error, "全网第一的爆款"), (.error, "全 网 第 一"), (.error, "销量第①名"), (.error, "行业第一品牌"),
        (.error, "国家级工艺"), (.error, "世界级享受"), (.error, "顶级面料"), (.error, "顶 级 面 料"), (.error, "頂級面料"),
        (.error, "最好的选择"), (.error, "最低价，仅此一天"), (.error, "蕞低价"), (.error, "最·便·宜"), (.error, "全场最便宜"),
        (.error, "史上最低"), (.error, "唯一指定店铺"), (.error, "独一无二的礼物"), (.error, "獨一無二"), (.error, "NO.1 好物"),
        (.error, "Ｎｏ．１ 好物"), (.error, "№1 好物"), (.error, "TOP1 单品"), (.error, "销量第壹"), (.error, "销量苐一"),
        (.error, "全球首发"), (.error, "全国首家"), (.error, "首款国产"), (.error, "绝对有效"), (.error, "极致体验"),
        (.error, "完美肌肤"), (.error, "史无前例的优惠"), (.error, "空前绝后"), (.error, "100%有效"), (.error, "永久保修"),
        (.error, "万能胶水"), (.error, "零风险退换"), (.error, "特供酒"), (.error, "国家免检产品"), (.error, "质量最🔥好"),
        (.error, "今日销量第一"), (.error, "品质第1"), (.error, "王牌单品"),
        (.warning, "爆款上新"), (.warning, "遥遥领先"), (.warning, "独家定制"), (.warning, "限时三小时"), (.warning, "清仓处理"),
        (.warning, "原价 199"), (.warning, "正品保证"), (.warning, "马上涨价"), (.warning, "最后一波"), (.warning, "错过不再"),
        (.warning, "金牌客服"), (.warning, "秒 杀 价"), (.warning, "仅此一次的相遇"),
        (.rival, "比某宝便宜一半"), (.rival, "同款京东也有"), (.rival, "加微信领券"), (.rival, "PDD 同源"), (.rival, "淘 宝 同款"),
        (.clean, "今天爆单了"), (.clean, "谢谢每一位下单的你"), (.clean, "第一步：点小黄车"), (.clean, "第一次下单"),
        (.clean, "第一时间发货"), (.clean, "第1位顾客"), (.clean, "第10单已发货"), (.clean, "今日第888单"), (.clean, "第一百单"),
        (.clean, "第一阶段"), (.clean, "市第一人民医院"), (.clean, "最近三天"), (.clean, "最后提醒"), (.clean, "最终解释权"),
        (.clean, "最多可领三张"), (.clean, "最少买两件"), (.clean, "最低消费 99 元"), (.clean, "最大尺寸 2 米"),
        (.clean, "最佳食用期 15 天"), (.clean, "今日最高温 32 度"), (.clean, "首个工作日发货"), (.clean, "唯一码在瓶底"),
        (.clean, "极限运动手套"), (.clean, "累计成交 12.8万 件（11.1–11.11）"), (.clean, "东京直邮"), (.clean, "满 300 减 50"),
        (.clean, "支付成功订单，不含已退款及已关闭"), (.clean, "第一批已发货"), (.clean, "高级灰"), (.clean, "绝对值"),
        (.error, "销量第①"), (.error, "销量第⒈"), (.error, "销量第⑴"), (.error, "销量第¹"), (.error, "销量第❶"), (.error, "销量第㊀"),
        (.error, "销量第Ⅰ"), (.error, "销量第１"), (.error, "№① 好物"), (.error, "Ⓝⓞ.1 好物"), (.error, "𝐍𝐎.𝟏 好物"),
        (.error, "🅃🄾🄿1 单品"), (.error, "销量第一人气王"), (.error, "销量第一场场爆满"), (.error, "行业第一人"), (.error, "排名第一位"),
        (.error, "全网第一，一件包邮"), (.error, "品质第一，一件包邮"), (.error, "销量第1 2026年"), (.error, "销量弟一"), (.error, "弟一品牌"),
        (.error, "全国第一家"), (.error, "本店首次亮相"), (.error, "最便捷的支付"), (.error, "三合一万能胶"), (.error, "iPhone NO.1 配件"),
        (.error, "TOP 1"), (.error, "北极熊极品毛毯"), (.error, "英国特供红茶"), (.error, "品质第一名"), (.error, "全网第一双十一战报"),
        (.error, "南极极品磷虾油"),
        (.warning, "热销中"), (.warning, "本周热销款"), (.warning, "热销 3000 件"), (.warning, "限量款"), (.warning, "名牌包包"),
        (.warning, "高档礼盒"),
        (.rival, "加VX领券"), (.rival, "加V信"), (.rival, "京东自营同款"),
        (.clean, "OPPO Reno10 手机壳"), (.clean, "OPPO Reno 1 代"), (.clean, "piano 1 台"), (.clean, "Laptop 14 寸"),
        (.clean, "Laptop 1 台"), (.clean, "TOP10 收纳盒"), (.clean, "NO.12 色号"), (.clean, "Top 1.5L 水壶"),
        (.clean, "TV信号线"), (.clean, "VXI 耳机"), (.clean, "弟弟一起穿"), (.clean, "兄弟一起省"), (.clean, "给表弟一件"),
        (.clean, "徒弟一人一份"), (.clean, "积极品质"), (.clean, "北极品牌保温杯"), (.clean, "太极品茶杯"), (.clean, "模特供图"),
        (.clean, "独特供应链"), (.clean, "三万能买到"), (.clean, "十万能装修"), (.clean, "1万能买到"), (.clean, "一万能买到"),
        (.clean, "秋天的第一杯奶茶"), (.clean, "宝宝的第一双鞋"), (.clean, "第一眼就喜欢"), (.clean, "人生第一桶金"), (.clean, "第一印象"),
        (.clean, "第一支口红"), (.clean, "第一口鲜"), (.clean, "第一代产品"), (.clean, "第①步：扫码"), (.clean, "第⑩单"),
        (.clean, "销量第⑩名"), (.clean, "销量第10名"), (.clean, "销量第一天破百"), (.clean, "销量第一百名"), (.clean, "销量第一次破千"),
        (.clean, "首次下单送小样"), (.clean, "首次使用请清洗"), (.clean, "拒绝对折"), (.clean, "不限量供应"), (.clean, "不限时畅玩"),
        (.clean, "单独家用包装"), (.clean, "独特效果"), (.clean, "提高档位"), (.clean, "真正品味"), (.clean, "姓名牌定制"),
        (.clean, "上海南京东路店"), (.clean, "快手菜谱锅"), (.clean, "最大承重 150kg"), (.clean, "最高立减 50 元"), (.clean, "最好手洗"),
        (.clean, "治愈系台灯"), (.clean, "有限时间"), (.clean, "阳光玫瑰葡萄 2 斤"), (.clean, "纯棉四件套"), (.clean, "儿童保温杯 500ml"),
        (.error, "最多人买的款"), (.error, "最实惠的价"), (.clean, "特供应商直发"), (.clean, "一万能量"), (.clean, "最新消息"),
        (.clean, "顶级域名"), (.clean, "最好在30天内食用"), (.clean, "最佳观看时间"), (.clean, "领先一步穿搭"), (.clean, "最多购买三件"),
        (.clean, "电饭煲 4L 一级能效"), (.clean, "Ⅰ类红木手串"), (.clean, "小苏打 ① 袋装"),
    ]

    private func verdict(_ sentence: String, _ list: ClaimList = .standard) -> Verdict {
        list.findings(in: sentence).first.flatMap { Verdict(rawValue: $0.kind.rawValue) } ?? .clean
    }

    @Test func theCorpusIsJudgedAsLabelled() {
        #expect(Self.corpus.count >= 180)
        for (expected, sentence) in Self.corpus {
            let found = ClaimList.standard.findings(in: sentence)
            #expect(verdict(sentence) == expected, "\(sentence): \(found.map(\.word))")
        }
    }

    @Test func everyLineOfTheListIsUnderstood() {
        #expect(ClaimList.standard.badLines.isEmpty)
        let list = ClaimList(parsing: "error 最[高\nwarning (a|)\nfoo bar\nfold ab\nfold aa\nerror x^[象] [甲乙]^丙 甲^丁")
        #expect(list.badLines == [1, 2, 3, 5, 6])
        #expect(list.findings(in: "X").map(\.word) == ["X"] && list.findings(in: "x 象").isEmpty)
        #expect(list.findings(in: "x，象").count == 1 && list.findings(in: "xy").isEmpty)
        #expect(list.findings(in: "乙丙").isEmpty && list.findings(in: "丁丙，甲。丙").map(\.word) == ["丙"])
        #expect(list.findings(in: "a").isEmpty)
    }

    @Test func wordsOfTheProjectAreAllowed() {
        let list = ClaimList.standard.allowing(["完美日记", "顶级 玩家", ""])
        #expect(verdict("完美日记旗舰店", list) == .clean)
        #expect(verdict("顶级玩家俱乐部", list) == .clean)
        #expect(verdict("顶级面料", list) == .error)
    }

    @Test func findingsAreShownAsTheTextHasThem() {
        #expect(ClaimList.standard.findings(in: "Ｎｏ．１").map(\.word) == ["Ｎｏ１"])
        #expect(ClaimList.standard.findings(in: "遥遥领先").map(\.word) == ["遥遥领先"])
        #expect(ClaimList.standard.findings(in: "№1").map(\.word) == ["№1"])
        #expect(ClaimList.standard.findings(in: "销量第①名").map(\.word) == ["销量第①"])
        #expect(ClaimList.standard.findings(in: "顶级顶级").count == 1)
        #expect(ClaimList.standard.findings(in: "").isEmpty)
    }
}
