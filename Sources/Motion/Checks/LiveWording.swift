/// Words that speak of the present: a file whose texts have one must say that it is a replay. Data, so that a user can correct it.
public struct LiveWording: Hashable, Sendable {
    /// The words; capitals do not matter.
    public var words: [String]

    /// The built-in list.
    public static let standard = LiveWording(words: [
        "实时", "刚刚", "秒前", "分钟前", "小时前", "正在抢", "正在下单", "正在购买", "正在直播", "直播中", "抢购中", "热卖中", "热抢中",
        "此刻", "现在", "当前", "LIVE",
    ])

    /// The first word of the list that a text has; nil when it speaks of no present.
    public func word(in text: String) -> String? {
        let text = text.lowercased()
        return words.first { text.contains($0.lowercased()) }
    }
}
