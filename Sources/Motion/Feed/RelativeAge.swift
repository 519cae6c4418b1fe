package import Drawing
package import Orders

/// How long ago an order was paid, by the shop time of the frame that shows it.
package enum RelativeAge {
    /// `刚刚`, `12秒前`, `5分钟前` ...
    package static func words(for at: Instant, at time: FrameTime, on clock: FeedClock) -> String {
        RelativeTime.words(for: at, now: clock.instant(at: time))
    }

    /// The forms that the words take while they age, each with zeros for figures, from the youngest on.
    private static let forms = [
        "刚刚", "0秒前", "00秒前", "0分钟前", "00分钟前", "0小时前", "00小时前", "昨天", "00月00日", "0000年00月00日",
    ]

    /// All forms that the words can have between two moments: figures of one width make each as wide as what it stands for.
    package static func forms(for at: Instant, from start: FrameTime, to end: FrameTime, on clock: FeedClock)
        -> ArraySlice<String>
    {
        let first = form(words(for: at, at: start, on: clock))
        return forms[first...max(first, form(words(for: at, at: end, on: clock)))]
    }

    private static func form(_ words: String) -> Int {
        let pattern = String(words.map { $0.isASCII && $0.isNumber ? "0" : $0 })
        if let index = forms.firstIndex(of: pattern) { return index }
        return pattern.contains("年") ? forms.count - 1 : forms.count - 2
    }
}
