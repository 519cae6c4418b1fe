/// Words that advertising law or platforms forbid or question; data, so that a user can correct it.
///
/// The source is a union of public lists; the full check with patterns and exemptions comes with the claims issue.
public struct ClaimList: Hashable, Sendable {
    /// A word that was found.
    public struct Finding: Hashable, Sendable {
        /// The word of the list.
        public let word: String
        /// Whether it is always wrong, or only needs proof.
        public let severity: Diagnostic.Severity
    }

    /// Words that are named in the law or always fined.
    public var errors: [String]
    /// Words that need proof or a period.
    public var warnings: [String]
    /// Words in which the words above are harmless.
    public var exemptions: [String]

    /// The built-in list.
    public static let standard = ClaimList(
        errors: [
            "国家级", "世界级", "最高级", "最佳", "顶级", "顶尖", "极品", "第一品牌", "全国第一", "全网第一", "行业第一", "销量第一",
            "全国销量冠军", "销量冠军", "市场占有率第一", "NO.1", "NO1", "TOP1", "唯一", "独一无二", "绝无仅有", "史无前例", "前无古人",
            "空前绝后", "无与伦比", "填补国内空白", "国家领导人推荐", "国家免检", "特供", "专供", "全网最低", "史上最低", "最便宜",
            "100%有效", "永久", "万能", "零风险", "最高", "最低", "最大", "最好", "最优", "最强", "最新", "最快", "最先进", "最受欢迎",
            "最全", "最美", "最热", "最火", "最爽", "最值", "最贵", "全网首发", "全球首发", "绝对", "极致", "终极", "至尊", "王牌",
            "领袖", "领导品牌", "巅峰", "无敌", "完美",
        ],
        warnings: [
            "领先", "遥遥领先", "独家", "金牌", "名牌", "优秀", "权威", "爆款", "抢疯了", "卖爆了", "仅此一次", "最后一波", "错过不再",
            "再不抢就没了", "马上涨价", "随时涨价", "疯抢", "抢爆", "全民抢购", "点击领奖", "恭喜获奖", "清仓", "原价", "正品", "特效",
            "高档", "淘宝", "天猫", "京东", "拼多多", "快手", "小红书", "微信", "某宝", "某东", "pdd",
        ],
        exemptions: [
            "最高温", "最低消费", "最大尺寸", "最佳食用期", "最低温", "唯一码", "第一步", "第一次", "第一时间", "最近", "最后", "最终",
            "最多", "最少", "永久地址",
        ])

    /// What of the list a text has, in the order of the list, each word once.
    public func findings(in text: String) -> [Finding] {
        var folded = Self.folded(text)
        for exemption in exemptions { folded = Self.removing(Self.folded(exemption), from: folded) }
        var findings: [Finding] = []
        for (words, severity) in [(errors, Diagnostic.Severity.error), (warnings, .warning)] {
            for word in words where Self.contains(folded, Self.folded(word)) {
                findings.append(Finding(word: word, severity: severity))
            }
        }
        return findings
    }

    /// Without spaces and most punctuation; full-width letters as half-width, capitals as small ones.
    private static func folded(_ text: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            var scalar = scalar
            if (0xFF01...0xFF5E).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xFEE0) {
                scalar = half
            }
            if scalar == "№" { scalar = "N" }
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .otherSymbol
                || ".,!?·、。，！？-_~*".unicodeScalars.contains(scalar)
            {
                continue
            }
            result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
        return result
    }

    private static func contains(_ text: [Unicode.Scalar], _ word: [Unicode.Scalar]) -> Bool {
        first(word, in: text, from: 0) != nil
    }

    private static func removing(_ word: [Unicode.Scalar], from text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = text
        var start = 0
        while let index = first(word, in: text, from: start) {
            // A mark in its place keeps what stands around it apart.
            text.replaceSubrange(index..<index + word.count, with: ["\u{0}"])
            start = index + 1
        }
        return text
    }

    private static func first(_ word: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int) -> Int? {
        guard !word.isEmpty, text.count - start >= word.count else { return nil }
        for index in start...(text.count - word.count) where text[index..<index + word.count].elementsEqual(word) {
            return index
        }
        return nil
    }
}
